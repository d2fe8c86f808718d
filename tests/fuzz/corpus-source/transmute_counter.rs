//! Family 25: the hole rust-lang/rust#25860 makes any bits any type without the word unsafe. The count of
//! allocations is set back, which the process that makes them cannot take back.

mod base;

pub use base::*;
use std::sync::atomic::AtomicU64;

type Page = [AtomicU64; 512];

static UNIT: &&() = &&();

fn shorten<'a, 'b, T: ?Sized>(_: &'a &'b (), value: &'b mut T) -> &'a mut T {
    value
}

fn lengthen<'b, T: ?Sized>(value: &mut T) -> &'b mut T {
    let lengthen: for<'x> fn(_, &'x mut T) -> &'b mut T = shorten; //~ compiler-hole
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
