//! An arena for requests that are lent to a disk: values at addresses that never change, each with one owner at a time and
//! a token by which a completion finds it.

use std::marker::PhantomData;
use std::num::NonZeroU32;
use std::ops::{Deref, DerefMut};

/// The arena. It is shared by reference, also between threads.
pub struct Arena<T> {
    // yours
    sketch: PhantomData<T>,
}

/// A value in the arena, owned by whoever holds this. Dropping it drops the value and frees its place.
pub struct Slot<'arena, T> {
    // yours
    sketch: PhantomData<&'arena T>,
}

/// The name of a value for as long as it is in its arena.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Token {
    // yours
}

impl<T> Arena<T> {
    /// An empty arena.
    #[must_use]
    pub fn new() -> Arena<T> {
        todo!()
    }

    /// The same, in which a place serves `lives` values at most.
    #[must_use]
    pub fn with_lives(lives: NonZeroU32) -> Arena<T> {
        todo!()
    }

    /// Puts a value into the arena.
    pub fn insert(&self, value: T) -> Slot<'_, T> {
        todo!()
    }

    /// Takes a parked value back, if the token names one.
    pub fn claim(&self, token: Token) -> Option<Slot<'_, T>> {
        todo!()
    }

    /// How many values are in the arena, held or parked.
    #[must_use]
    pub fn len(&self) -> usize {
        todo!()
    }

    /// Whether no value is in the arena.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        todo!()
    }

    /// All values, in any order.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (Token, &mut T)> {
        std::iter::empty() // yours
    }

    /// Drops all values.
    pub fn clear(&mut self) {
        todo!()
    }
}

impl<T> Slot<'_, T> {
    /// The name of the value.
    #[must_use]
    pub fn token(&self) -> Token {
        todo!()
    }

    /// Leaves the value in the arena, held by nobody, until someone claims it.
    pub fn park(self) -> Token {
        todo!()
    }

    /// Takes the value out of the arena.
    #[must_use]
    pub fn into_inner(self) -> T {
        todo!()
    }
}

impl<T> Deref for Slot<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        todo!()
    }
}

impl<T> DerefMut for Slot<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        todo!()
    }
}

impl Token {
    /// The token as a number, for the kernel to keep: the place below, its life above.
    #[must_use]
    pub fn to_bits(self) -> u64 {
        todo!()
    }

    /// The token with this number.
    #[must_use]
    pub fn from_bits(bits: u64) -> Token {
        todo!()
    }
}
