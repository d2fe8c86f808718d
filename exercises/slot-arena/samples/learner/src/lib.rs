//! My arena. The values are in a Vec<Option<T>> while they are parked, and inside the Slot while somebody uses them.

use std::cell::RefCell;
use std::num::NonZeroU32;
use std::ops::{Deref, DerefMut};

pub struct Arena<T> {
    values: RefCell<Vec<Option<T>>>,
    generations: RefCell<Vec<u32>>,
    free: RefCell<Vec<usize>>,
    len: RefCell<usize>,
    lives: u32,
}

pub struct Slot<'arena, T> {
    arena: &'arena Arena<T>,
    value: Option<T>,
    token: Token,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Token {
    index: u32,
    generation: u32,
}

impl<T> Arena<T> {
    pub fn new() -> Arena<T> {
        Arena {
            values: RefCell::new(Vec::new()),
            generations: RefCell::new(Vec::new()),
            free: RefCell::new(Vec::new()),
            len: RefCell::new(0),
            lives: u32::MAX,
        }
    }

    pub fn with_lives(lives: NonZeroU32) -> Arena<T> {
        let mut arena = Arena::new();
        arena.lives = lives.get();
        return arena;
    }

    pub fn insert(&self, value: T) -> Slot<'_, T> {
        let index;
        if self.free.borrow().len() > 0 {
            index = self.free.borrow_mut().pop().unwrap();
            self.generations.borrow_mut()[index] += 1;
        } else {
            index = self.values.borrow().len();
            self.values.borrow_mut().push(None);
            self.generations.borrow_mut().push(1);
        }
        *self.len.borrow_mut() += 1;
        let generation = self.generations.borrow()[index].clone();
        Slot {
            arena: self,
            value: Some(value),
            token: Token {
                index: index as u32,
                generation: generation,
            },
        }
    }

    pub fn claim(&self, token: Token) -> Option<Slot<'_, T>> {
        let index = token.index as usize;
        if index >= self.values.borrow().len() {
            return None;
        }
        if self.generations.borrow()[index] != token.generation {
            return None;
        }
        let value = self.values.borrow_mut()[index].take();
        if value.is_none() {
            return None;
        }
        Some(Slot {
            arena: self,
            value: value,
            token: token.clone(),
        })
    }

    pub fn len(&self) -> usize {
        self.len.borrow().clone()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn iter_mut(&mut self) -> impl Iterator<Item = (Token, &mut T)> {
        let generations = self.generations.borrow().clone();
        let mut result = Vec::new();
        let mut index = 0;
        for value in self.values.get_mut() {
            if value.is_some() {
                let token = Token {
                    index: index as u32,
                    generation: generations[index].clone(),
                };
                result.push((token, value.as_mut().unwrap()));
            }
            index += 1;
        }
        result.into_iter()
    }

    pub fn clear(&mut self) {
        let mut tokens = Vec::new();
        for (token, _) in self.iter_mut() {
            tokens.push(token.clone());
        }
        for token in tokens {
            drop(self.claim(token).unwrap());
        }
    }

    fn give_back(&self, token: Token) {
        *self.len.borrow_mut() -= 1;
        if token.generation < self.lives {
            self.free.borrow_mut().push(token.index as usize);
        }
    }
}

impl<T> Slot<'_, T> {
    pub fn token(&self) -> Token {
        self.token.clone()
    }

    pub fn park(mut self) -> Token {
        let value = self.value.take();
        self.arena.values.borrow_mut()[self.token.index as usize] = value;
        self.token.clone()
    }

    pub fn into_inner(mut self) -> T {
        let value = self.value.take().unwrap();
        self.arena.give_back(self.token.clone());
        value
    }
}

// the value is None after park and into_inner
impl<T> Drop for Slot<'_, T> {
    fn drop(&mut self) {
        if self.value.is_some() {
            drop(self.value.take().unwrap());
            self.arena.give_back(self.token.clone());
        }
    }
}

impl<T> Deref for Slot<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.value.as_ref().unwrap()
    }
}

impl<T> DerefMut for Slot<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        self.value.as_mut().unwrap()
    }
}

impl Token {
    pub fn to_bits(self) -> u64 {
        self.generation as u64 * 4294967296 + self.index as u64
    }

    pub fn from_bits(bits: u64) -> Token {
        Token {
            generation: (bits / 4294967296) as u32,
            index: (bits % 4294967296) as u32,
        }
    }
}
