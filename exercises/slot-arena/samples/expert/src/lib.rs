//! Requests at fixed addresses, owned one at a time, found again by token.
//!
//! Each place carries a *mark*: its generation, and whether it is free, out or parked. Whoever moves a mark from parked to
//! out, which one compare-and-exchange does, has the value to themselves until they move it on; that is the whole argument
//! for every unsafe block here. Claiming and parking take no lock. One short lock guards the list of free places.
//!
//! What the types rule out:
//!
//! ```compile_fail,E0382
//! # let arena = slot_arena::Arena::new();
//! let mut slot = arena.insert(1);
//! slot.park();
//! *slot += 1; // somebody else's by now
//! ```
//! ```compile_fail,E0502
//! # let mut arena = slot_arena::Arena::new();
//! let slot = arena.insert(1);
//! arena.clear(); // while a slot is out
//! drop(slot);
//! ```
//! ```compile_fail,E0277
//! # use std::cell::Cell;
//! fn shared<T: Sync>(_: &T) {}
//! let arena = slot_arena::Arena::new();
//! shared(&arena); // may be: claiming moves, and a `Cell` may move
//! shared(&arena.insert(Cell::new(1))); // may not: it derefs to the `Cell`
//! ```

#![warn(missing_docs, clippy::undocumented_unsafe_blocks)]

use std::cell::UnsafeCell;
use std::fmt;
use std::marker::PhantomData;
use std::mem::{ManuallyDrop, MaybeUninit};
use std::num::NonZeroU32;
use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicU32, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

const FIRST: usize = 8;
/// Enough for every `u32`: chunk n has `FIRST << n` places.
const CHUNKS: usize = 30;
/// The end of the list of free places.
const NONE: u32 = u32::MAX;

/// Values of one type. Share it by reference.
pub struct Arena<T> {
    chunks: [OnceLock<Box<[Place<T>]>>; CHUNKS],
    free: Mutex<Free>,
    len: AtomicUsize,
    lives: NonZeroU32,
}

struct Free {
    head: u32,
    /// Places from here on were never used.
    fresh: u32,
}

struct Place<T> {
    value: UnsafeCell<MaybeUninit<T>>,
    mark: AtomicU64,
    /// The next free place, while this one is free. Guarded by the lock on `Free`.
    next: AtomicU32,
}

// SAFETY: The value is reached only by the owner of a mark that is out, or through `&mut Arena`; both may be on any thread,
// one after the other, as the marks' Release and Acquire order them. So values move between threads, and are not shared.
unsafe impl<T: Send> Sync for Place<T> {}

/// Owns a value in the arena; drops it when dropped.
#[must_use = "dropping a slot drops its value"]
pub struct Slot<'arena, T> {
    place: &'arena Place<T>,
    arena: &'arena Arena<T>,
    token: Token,
    /// Derefs to `T` as an exclusive reference does, so that it is `Send` and `Sync` where one is.
    access: PhantomData<&'arena mut T>,
}

/// Names a value for as long as it is in its arena.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Token(u64);

/// A generation in the upper half, one of the three states in the lower.
#[derive(Clone, Copy, PartialEq)]
struct Mark(u64);

impl Mark {
    const fn free(generation: u32) -> Self {
        Self((generation as u64) << 32)
    }

    const fn out(generation: u32) -> Self {
        Self(Self::free(generation).0 | 1)
    }

    const fn parked(generation: u32) -> Self {
        Self(Self::free(generation).0 | 2)
    }

    const fn generation(self) -> u32 {
        (self.0 >> 32) as u32
    }

    const fn is_free(self) -> bool {
        self.0 as u32 == 0
    }
}

impl Token {
    const fn new(generation: u32, index: u32) -> Self {
        Self((generation as u64) << 32 | index as u64)
    }

    const fn generation(self) -> u32 {
        (self.0 >> 32) as u32
    }

    const fn index(self) -> u32 {
        self.0 as u32
    }

    /// The token as 64 bits.
    #[must_use]
    pub const fn to_bits(self) -> u64 {
        self.0
    }

    /// The token of these 64 bits, which may name nothing.
    #[must_use]
    pub const fn from_bits(bits: u64) -> Self {
        Self(bits)
    }
}

impl<T> Arena<T> {
    /// An empty arena; allocates nothing.
    #[must_use]
    pub const fn new() -> Self {
        Self::with_lives(NonZeroU32::MAX)
    }

    /// The same, retiring a place after `lives` values.
    #[must_use]
    pub const fn with_lives(lives: NonZeroU32) -> Self {
        Self {
            chunks: [const { OnceLock::new() }; CHUNKS],
            free: Mutex::new(Free {
                head: NONE,
                fresh: 0,
            }),
            len: AtomicUsize::new(0),
            lives,
        }
    }

    /// Moves a value in.
    ///
    /// # Panics
    ///
    /// When 2³² - 1 places are used up.
    pub fn insert(&self, value: T) -> Slot<'_, T> {
        let (index, place) = self.vacant();
        // SAFETY: The place came off the list of free places, so it is nobody else's and holds no value.
        unsafe { (*place.value.get()).write(value) };
        let generation = place.mark().generation() + 1;
        place.mark.store(Mark::out(generation).0, Ordering::Relaxed);
        self.len.fetch_add(1, Ordering::Relaxed);
        self.slot(place, Token::new(generation, index))
    }

    /// Takes a parked value.
    pub fn claim(&self, token: Token) -> Option<Slot<'_, T>> {
        let place = self.place(token.index())?;
        let (parked, out) = (
            Mark::parked(token.generation()),
            Mark::out(token.generation()),
        );
        // Acquire, so that what its last owner wrote is seen
        place
            .mark
            .compare_exchange(parked.0, out.0, Ordering::Acquire, Ordering::Relaxed)
            .ok()?;
        Some(self.slot(place, token))
    }

    /// How many values there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len.load(Ordering::Relaxed)
    }

    /// Whether there is no value.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every value, in the order of places.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (Token, &mut T)> {
        let places = self.chunks.iter_mut().filter_map(OnceLock::get_mut);
        (0..)
            .zip(places.flatten())
            .filter_map(|(index, place): (u32, &mut Place<T>)| {
                let mark = place.mark();
                let token = Token::new(mark.generation(), index);
                // SAFETY: A place that is not free holds a value, and `&mut self` says that no slot has it.
                (!mark.is_free())
                    .then(|| (token, unsafe { place.value.get_mut().assume_init_mut() }))
            })
    }

    /// Drops every value.
    pub fn clear(&mut self) {
        /// Goes on with the next value when a destructor panics.
        struct Sweep<'arena, T> {
            arena: &'arena Arena<T>,
            next: u32,
        }
        impl<T> Sweep<'_, T> {
            fn run(&mut self) {
                let end = self.arena.free().fresh;
                while self.next < end {
                    let index = self.next;
                    self.next += 1;
                    let place = self.arena.place(index);
                    if let Some(place) = place.filter(|place| !place.mark().is_free()) {
                        // nobody else has it: the slot that once did was parked or forgotten
                        let token = Token::new(place.mark().generation(), index);
                        drop(self.arena.slot(place, token));
                    }
                }
            }
        }
        impl<T> Drop for Sweep<'_, T> {
            fn drop(&mut self) {
                self.run();
            }
        }
        Sweep {
            arena: self,
            next: 0,
        }
        .run();
    }

    /// A slot of a place that is out (or, for the sweep, as good as out).
    fn slot<'arena>(&'arena self, place: &'arena Place<T>, token: Token) -> Slot<'arena, T> {
        Slot {
            place,
            arena: self,
            token,
            access: PhantomData,
        }
    }

    fn vacant(&self) -> (u32, &Place<T>) {
        let mut free = self.free();
        if let Some(place) = self.place(free.head) {
            let index = free.head;
            free.head = place.next.load(Ordering::Relaxed);
            return (index, place);
        }
        let index = free.fresh;
        assert!(index < NONE, "an arena has 2^32 - 1 places");
        let (chunk, offset) = locate(index);
        let places = self.chunks[chunk].get_or_init(|| Place::many(FIRST << chunk));
        free.fresh += 1;
        (index, &places[offset])
    }

    /// The place with this index, if there is memory for it.
    fn place(&self, index: u32) -> Option<&Place<T>> {
        if index == NONE {
            return None;
        }
        let (chunk, offset) = locate(index);
        self.chunks.get(chunk)?.get()?.get(offset)
    }

    fn free(&self) -> MutexGuard<'_, Free> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Place<T> {
    fn many(count: usize) -> Box<[Self]> {
        let place = || Self {
            value: UnsafeCell::new(MaybeUninit::uninit()),
            mark: AtomicU64::new(Mark::free(0).0),
            next: AtomicU32::new(NONE),
        };
        std::iter::repeat_with(place).take(count).collect()
    }

    fn mark(&self) -> Mark {
        Mark(self.mark.load(Ordering::Relaxed))
    }
}

/// Chunk of a place, and its number there.
fn locate(index: u32) -> (usize, usize) {
    let shifted = index as usize + FIRST;
    let chunk = (shifted / FIRST).ilog2() as usize;
    (chunk, shifted - (FIRST << chunk))
}

impl<T> Drop for Arena<T> {
    fn drop(&mut self) {
        self.clear();
    }
}

impl<T> Slot<'_, T> {
    /// The value's token.
    #[must_use]
    pub fn token(&self) -> Token {
        self.token
    }

    /// Leaves the value where it is.
    pub fn park(self) -> Token {
        let slot = ManuallyDrop::new(self);
        let parked = Mark::parked(slot.token.generation());
        // Release: see `claim`
        slot.place.mark.store(parked.0, Ordering::Release);
        slot.token
    }

    /// Moves the value out.
    #[must_use]
    pub fn into_inner(self) -> T {
        let slot = ManuallyDrop::new(self);
        // SAFETY: The value is ours; the slot is not dropped, and the place is vacated, so this is its last use.
        let value = unsafe { (*slot.place.value.get()).assume_init_read() };
        slot.vacate();
        value
    }

    /// Gives the place back, which holds no value any more.
    fn vacate(&self) {
        let generation = self.token.generation();
        self.arena.len.fetch_sub(1, Ordering::Relaxed);
        let mut free = self.arena.free();
        let mark = Mark::free(generation);
        self.place.mark.store(mark.0, Ordering::Relaxed);
        if generation < self.arena.lives.get() {
            self.place.next.store(free.head, Ordering::Relaxed);
            free.head = self.token.index();
        }
    }
}

impl<T> Drop for Slot<'_, T> {
    fn drop(&mut self) {
        struct Vacated<'slot, 'arena, T>(&'slot Slot<'arena, T>);
        impl<T> Drop for Vacated<'_, '_, T> {
            fn drop(&mut self) {
                self.0.vacate();
            }
        }
        let slot = Vacated(self);
        // SAFETY: The value is ours, and this is its last use. The place is vacated afterwards, even by a panic.
        unsafe { (*slot.0.place.value.get()).assume_init_drop() };
    }
}

impl<T> Deref for Slot<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: The value is ours, and nobody writes to it while we are borrowed.
        unsafe { (*self.place.value.get()).assume_init_ref() }
    }
}

impl<T> DerefMut for Slot<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: The value is ours, and we are borrowed exclusively.
        unsafe { (*self.place.value.get()).assume_init_mut() }
    }
}

impl<T> Default for Arena<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> fmt::Debug for Arena<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Arena")
            .field("len", &self.len())
            .field("lives", &self.lives)
            .finish_non_exhaustive()
    }
}

impl<T: fmt::Debug> fmt::Debug for Slot<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        T::fmt(self, f)
    }
}
