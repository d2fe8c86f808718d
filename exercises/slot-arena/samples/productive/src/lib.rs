//! Values with stable addresses, handed out as owning slots and found again by tokens.
//!
//! Each value is boxed, so it stays where it is while the box moves between its slot and the arena. There is no unsafe code.

use std::num::NonZeroU32;
use std::ops::{Deref, DerefMut};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// An arena of values of one type.
#[derive(Debug)]
pub struct Arena<T> {
    table: Mutex<Table<T>>,
    lives: NonZeroU32,
}

#[derive(Debug)]
struct Table<T> {
    entries: Vec<Entry<T>>,
    free: Vec<u32>,
    len: usize,
}

#[derive(Debug)]
struct Entry<T> {
    generation: u32,
    /// The value, while it is parked.
    parked: Option<Box<T>>,
}

/// Owns one value of the arena.
#[derive(Debug)]
pub struct Slot<'arena, T> {
    // dropped in this order: first the value, then its place
    value: Box<T>,
    lease: Lease<'arena, T>,
}

/// The right to a place in the table. Gives it back when dropped.
#[derive(Debug)]
struct Lease<'arena, T> {
    arena: &'arena Arena<T>,
    token: Token,
    parked: bool,
}

/// Identifies a value of the arena.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Token {
    index: u32,
    generation: u32,
}

impl<T> Arena<T> {
    /// An empty arena.
    #[must_use]
    pub fn new() -> Arena<T> {
        Arena::with_lives(NonZeroU32::MAX)
    }

    /// An empty arena whose places are used for at most `lives` values each.
    #[must_use]
    pub fn with_lives(lives: NonZeroU32) -> Arena<T> {
        let table = Table {
            entries: Vec::new(),
            free: Vec::new(),
            len: 0,
        };
        Arena {
            table: Mutex::new(table),
            lives,
        }
    }

    /// Puts a value into the arena.
    pub fn insert(&self, value: T) -> Slot<'_, T> {
        let value = Box::new(value);
        let mut table = self.lock();
        let index = table.free.pop().unwrap_or_else(|| {
            table.entries.push(Entry {
                generation: 0,
                parked: None,
            });
            u32::try_from(table.entries.len() - 1).expect("too many values")
        });
        table.len += 1;
        let entry = &mut table.entries[index as usize];
        entry.generation += 1;
        let token = Token {
            index,
            generation: entry.generation,
        };
        Slot {
            value,
            lease: self.lease(token),
        }
    }

    /// Takes a parked value back.
    pub fn claim(&self, token: Token) -> Option<Slot<'_, T>> {
        let mut table = self.lock();
        let entry = table.entries.get_mut(token.index as usize)?;
        if entry.generation != token.generation {
            return None;
        }
        let value = entry.parked.take()?;
        Some(Slot {
            value,
            lease: self.lease(token),
        })
    }

    /// How many values there are, parked or not.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lock().len
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All values.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (Token, &mut T)> {
        let table = self.table.get_mut().unwrap_or_else(PoisonError::into_inner);
        (0..).zip(&mut table.entries).filter_map(|(index, entry)| {
            let token = Token {
                index,
                generation: entry.generation,
            };
            Some((token, entry.parked.as_deref_mut()?))
        })
    }

    /// Drops all values.
    pub fn clear(&mut self) {
        let tokens: Vec<Token> = self.iter_mut().map(|(token, _)| token).collect();
        for token in tokens {
            drop(self.claim(token));
        }
    }

    fn lease(&self, token: Token) -> Lease<'_, T> {
        Lease {
            arena: self,
            token,
            parked: false,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Table<T>> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Default for Arena<T> {
    fn default() -> Self {
        Arena::new()
    }
}

impl<T> Drop for Lease<'_, T> {
    fn drop(&mut self) {
        if self.parked {
            return;
        }
        let mut table = self.arena.lock();
        table.len -= 1;
        if self.token.generation < self.arena.lives.get() {
            table.free.push(self.token.index);
        }
    }
}

impl<T> Slot<'_, T> {
    /// The token of the value.
    #[must_use]
    pub fn token(&self) -> Token {
        self.lease.token
    }

    /// Leaves the value in the arena.
    pub fn park(self) -> Token {
        let Slot { value, mut lease } = self;
        lease.parked = true;
        let token = lease.token;
        lease.arena.lock().entries[token.index as usize].parked = Some(value);
        token
    }

    /// Takes the value out of the arena.
    #[must_use]
    pub fn into_inner(self) -> T {
        *self.value
    }
}

impl<T> Deref for Slot<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Slot<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}

impl Token {
    /// The token as a number.
    #[must_use]
    pub fn to_bits(self) -> u64 {
        u64::from(self.generation) << 32 | u64::from(self.index)
    }

    /// The token with that number.
    #[must_use]
    pub fn from_bits(bits: u64) -> Token {
        Token {
            index: bits as u32,
            generation: (bits >> 32) as u32,
        }
    }
}
