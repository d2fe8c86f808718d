//! A pool whose types cannot be named by others at all: every probe fails, and so does every twin. (Family 46.)

mod base;

pub struct Pool<C>(base::Pool<C>)
where
    C: Sealed;

trait Sealed {}
