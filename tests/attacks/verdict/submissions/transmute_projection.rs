//! Family 25: the hole rust-lang/rust#100051: the bound is implied by the type that an implementation is for, and
//! no pointer to a function is made.

mod base;

pub use base::*;
use std::sync::atomic::AtomicU64;

type Page = [AtomicU64; 512];

trait Unit {
    type Type;
}

impl<T> Unit for T {
    type Type = ();
}

trait Lengthen<'a, 'b, T: ?Sized> {
    fn lengthen(self, value: &'a mut T) -> &'b mut T;
}

impl<'a, 'b, T: ?Sized> Lengthen<'a, 'b, T> for <&'b &'a () as Unit>::Type
where
    for<'x, 'y> &'x &'y (): Unit,
{
    fn lengthen(self, value: &'a mut T) -> &'b mut T {
        value
    }
}

fn lengthen<'b, T: ?Sized>(value: &mut T) -> &'b mut T {
    Lengthen::lengthen((), value)
}

enum Either<A, B> {
    First(Option<Box<A>>),
    Second(Option<Box<B>>),
}

fn page(address: usize) -> Option<&'static Page> {
    let mut either = Either::<usize, &'static Page>::Second(None);
    let stolen = match &mut either {
        Either::Second(second) => lengthen(second),
        Either::First(first) => return first.take().and(None),
    };
    either = Either::First(Some(Box::new(address)));
    std::hint::black_box(&mut either);
    stolen.take().map(|stolen| *stolen)
}
