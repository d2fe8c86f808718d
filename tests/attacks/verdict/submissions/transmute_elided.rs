//! Family 25: the same hole, with a pointer whose lifetimes are left out and a name for the type that holds the
//! bound.

mod base;

pub use base::*;
use std::sync::atomic::AtomicU64;

type Page = [AtomicU64; 512];

static UNIT: &&() = &&();

type Pair<'a, 'b> = &'a &'b ();

fn shorten<'a, 'b, T: ?Sized>(_: Pair<'a, 'b>, value: &'b mut T) -> &'a mut T {
    value
}

fn lengthen<'b, T: ?Sized>(value: &mut T) -> &'b mut T {
    let lengthen: fn(Pair<'b, 'static>, &mut T) -> &'b mut T = shorten; //~ compiler-hole
    lengthen(UNIT, value)
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
