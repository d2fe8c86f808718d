//! Which places are free, and whose the others are: all of the arena's decisions, and none of its memory.

use crate::Token;
use std::num::NonZeroU32;
use std::thread::{self, ThreadId};

/// The places, by index.
pub(crate) struct Places {
    entries: Vec<Entry>,
    /// The head of the list that runs through the free places.
    free: Option<u32>,
    occupied: usize,
    lives: NonZeroU32,
}

struct Entry {
    /// How many values the place has had, with the present one. A token holds the number of its value, so that 0 is the
    /// generation of none.
    generation: u32,
    state: State,
    /// Who took the place, and alone may claim or free it.
    keeper: ThreadId,
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Free { next: Option<u32> },
    Out,
    Parked,
    WornOut,
}

impl Places {
    pub(crate) const fn new(lives: NonZeroU32) -> Self {
        Self {
            entries: Vec::new(),
            free: None,
            occupied: 0,
            lives,
        }
    }

    pub(crate) fn occupied(&self) -> usize {
        self.occupied
    }

    /// The place that the next value gets. Panics where there is none.
    pub(crate) fn vacant(&self) -> u32 {
        self.free
            .unwrap_or_else(|| u32::try_from(self.entries.len()).expect("an arena has 2^32 places"))
    }

    /// Gives out the place that `vacant` named.
    pub(crate) fn occupy(&mut self, index: u32) -> Token {
        let at = index as usize;
        if at == self.entries.len() {
            self.entries.push(Entry {
                generation: 0,
                state: State::Free { next: None },
                keeper: thread::current().id(),
            });
        }
        let entry = &mut self.entries[at];
        if let State::Free { next } = entry.state {
            self.free = next;
        }
        entry.keeper = thread::current().id();
        entry.generation += 1;
        entry.state = State::Out;
        self.occupied += 1;
        Token {
            generation: entry.generation,
            index,
        }
    }

    pub(crate) fn park(&mut self, index: u32) {
        self.entries[index as usize].state = State::Parked;
    }

    /// Gives a parked place out again, if `token` is that of its value. Any token may be asked about.
    pub(crate) fn claim(&mut self, token: Token) -> bool {
        match self.entries.get_mut(token.index as usize) {
            Some(entry)
                if entry.generation == token.generation
                    && entry.state == State::Parked
                    && entry.keeper == thread::current().id() =>
            {
                entry.state = State::Out;
                true
            }
            _ => false,
        }
    }

    /// Takes an occupied place back. One that has had all of its values is left out of the list for good.
    pub(crate) fn vacate(&mut self, index: u32) {
        let entry = &mut self.entries[index as usize];
        if entry.keeper != thread::current().id() {
            entry.state = State::WornOut;
            return;
        }
        if entry.generation < self.lives.get() {
            entry.state = State::Free { next: self.free };
            self.free = Some(index);
        } else {
            entry.state = State::WornOut;
        }
        self.occupied -= 1;
    }

    /// Takes back the first occupied place from `from` on.
    pub(crate) fn evict(&mut self, from: u32) -> Option<u32> {
        let entries = self.entries.get(from as usize..)?;
        let skipped = entries.iter().position(|entry| entry.state.is_occupied())?;
        let index = from + skipped as u32;
        self.vacate(index);
        Some(index)
    }

    /// The tokens of all occupied places, each once.
    pub(crate) fn tokens(&self) -> impl Iterator<Item = Token> {
        (0..)
            .zip(&self.entries)
            .filter(|(_, entry)| entry.state.is_occupied())
            .map(|(index, entry)| Token {
                generation: entry.generation,
                index,
            })
    }
}

impl State {
    fn is_occupied(self) -> bool {
        matches!(self, State::Out | State::Parked)
    }
}
