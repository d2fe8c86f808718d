//! Memory for values, at addresses that never change.

use std::mem::MaybeUninit;
use std::ptr::NonNull;

/// Places in the first chunk. Each further chunk has twice as many as the one before, so that an allocation is for ever
/// more places, and no more than about half of the memory is idle at the peak.
const FIRST: usize = 4;

/// Chunks of places, each a heap allocation of its own. It neither writes nor drops a value: which of the places hold one
/// is not known here.
pub(crate) struct Chunks<T>(Vec<Chunk<T>>);

/// A boxed slice by its pointer. A `Box` would claim, each time it is moved or borrowed, that nobody else has a pointer
/// into it; here everybody who has a slot does.
struct Chunk<T>(NonNull<[MaybeUninit<T>]>);

// SAFETY: A chunk owns its memory, and with it the values there. No method takes `&Chunk` to a value of it.
unsafe impl<T: Send + Sync> Send for Chunk<T> {}

impl<T> Chunks<T> {
    pub(crate) const fn new() -> Self {
        Self(Vec::new())
    }

    /// The place with this index: valid for reads and writes of a `T` for as long as the chunks are there, whether or not
    /// more are added. There is memory for it after this, if there was none before.
    pub(crate) fn reach(&mut self, index: u32) -> NonNull<T> {
        let (chunk, offset) = locate(index);
        while self.0.len() <= chunk {
            let places = Box::new_uninit_slice(FIRST << self.0.len());
            self.0.push(Chunk::from(places));
        }
        let first = self.0[chunk].0.cast::<T>();
        // SAFETY: Chunk number `chunk` has `FIRST << chunk` places, and `offset` is below that.
        unsafe { first.add(offset) }
    }
}

/// The chunk in which a place is, and where in it.
fn locate(index: u32) -> (usize, usize) {
    // chunk n begins at FIRST * (2^n - 1)
    let shifted = index as usize + FIRST;
    let chunk = (shifted.ilog2() - FIRST.ilog2()) as usize;
    (chunk, shifted - (FIRST << chunk))
}

impl<T> From<Box<[MaybeUninit<T>]>> for Chunk<T> {
    fn from(places: Box<[MaybeUninit<T>]>) -> Self {
        Self(NonNull::from(Box::leak(places)))
    }
}

impl<T> Drop for Chunk<T> {
    fn drop(&mut self) {
        // SAFETY: The pointer is that of a box, taken apart in `from` and put together here only.
        drop(unsafe { Box::from_raw(self.0.as_ptr()) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_numbered_through_the_chunks() {
        let mut next = 0;
        for chunk in 0..10 {
            for offset in 0..FIRST << chunk {
                assert_eq!(locate(next), (chunk, offset));
                next += 1;
            }
        }
        assert_eq!(locate(u32::MAX).0, 30);
    }
}
