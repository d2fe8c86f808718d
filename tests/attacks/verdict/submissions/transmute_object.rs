//! Family 25: the hole rust-lang/rust#57893: what an object of a trait says of itself and what an implementation
//! for all types says differ. Four lines, and no lifetime.

mod base;

pub use base::*;
use std::sync::atomic::AtomicU64;

type Page = [AtomicU64; 512];

trait Object<U> {
    type Output;
}

impl<T: ?Sized, U> Object<U> for T {
    type Output = U;
}

fn output<T: ?Sized, U>(value: <T as Object<U>>::Output) -> U {
    value
}

fn page(address: usize) -> Option<&'static Page> {
    let page = output::<dyn Object<&'static Page, Output = usize>, _>(address); //~ compiler-hole
    Some(page)
}
