//! An arena for requests that are lent to a disk: each has an address that never changes, one owner at a time, and a
//! token by which a completion finds it, or nothing.
//!
//! A value is in one of two hands. A [`Slot`] owns it like a `Box`; [`Slot::park`] gives it to the [`Arena`], and
//! [`Arena::claim`] takes it back. Two parts make that up. `places` decides which place is free and whose a token is: it
//! is safe code behind one lock, held for a few instructions and never while a value is read, written, moved or dropped.
//! `chunks` is memory that never moves. What makes the unsafe code here sound is one rule between the two:
//!
//! **A place that is out belongs to the one `Slot` that has its token. Every other place that is occupied is parked, and
//! belongs to whoever has `&mut Arena`. An occupied place holds a value.**

#![warn(missing_docs, unreachable_pub)]
#![deny(clippy::undocumented_unsafe_blocks)]

mod chunks;
mod places;

use chunks::Chunks;
use places::{Entry, Places};
use std::fmt;
use std::mem::ManuallyDrop;
use std::num::NonZeroU32;
use std::ops::{Deref, DerefMut};
use std::ptr::NonNull;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The arena. Share it by reference, also between threads where its values may move between them.
///
/// ```compile_fail,E0277
/// # use {slot_arena::Arena, std::rc::Rc};
/// let arena = Arena::new();
/// arena.insert(Rc::new(1)).park();
/// std::thread::scope(|scope| scope.spawn(|| arena.len()).join());
/// ```
pub struct Arena<T> {
    state: Mutex<State<T>>,
}

struct State<T> {
    places: Places,
    chunks: Chunks<T>,
}

/// A value in the arena, owned by whoever holds this. Dropping it drops the value and frees its place.
///
/// It is invariant in `T`, because what is written through it may be parked and claimed as a `T` again:
///
/// ```compile_fail,E0597
/// # use slot_arena::Arena;
/// let arena: Arena<&str> = Arena::new();
/// let mut slot = arena.insert("long-lived");
/// {
///     let short = String::from("short-lived");
///     *slot = &short;
/// }
/// let token = slot.park();
/// # arena.claim(token);
/// ```
#[must_use = "a slot that is not kept drops its value at once"]
pub struct Slot<'arena, T> {
    value: NonNull<T>,
    token: Token,
    entry: *const Entry,
    arena: &'arena Arena<T>,
}

/// The name of a value for as long as it is in its arena: 64 bits that fit where the kernel keeps a request's user data.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Token {
    generation: u32,
    index: u32,
}

// SAFETY: A slot owns its value and gives access to no other; moving it moves the value. The arena that it will free its
// place in is `Sync`, since `T: Send`.
unsafe impl<T: Send> Send for Slot<'_, T> {}

// SAFETY: Through `&Slot` there is no way but to `&T` and to a copy of the token.
unsafe impl<T: Sync> Sync for Slot<'_, T> {}

impl<T> Arena<T> {
    /// An empty arena, which has no memory yet.
    #[must_use]
    pub const fn new() -> Self {
        Self::with_lives(NonZeroU32::MAX)
    }

    /// The same, in which a place serves `lives` values at most, one after the other, and none after them.
    #[must_use]
    pub const fn with_lives(lives: NonZeroU32) -> Self {
        let state = State {
            places: Places::new(lives),
            chunks: Chunks::new(),
        };
        Self {
            state: Mutex::new(state),
        }
    }

    /// Moves `value` into the arena.
    ///
    /// # Panics
    ///
    /// Where all 2³² places are occupied or worn out.
    pub fn insert(&self, value: T) -> Slot<'_, T> {
        let slot = self.reserve();
        // SAFETY: The place is out, so it is ours alone, and it is memory for a `T`. From here to the end of this
        // function nothing panics, so no slot without a value is ever dropped.
        unsafe { slot.value.write(value) };
        ManuallyDrop::into_inner(slot)
    }

    /// A slot of a place that is out and has no value yet.
    fn reserve(&self) -> ManuallyDrop<Slot<'_, T>> {
        let mut state = self.state();
        // the memory first: where there is none, nothing has changed yet
        let index = state.places.vacant();
        let value = state.chunks.reach(index);
        let token = state.places.occupy(index);
        ManuallyDrop::new(Slot {
            value,
            token,
            entry: state.places.entry(index),
            arena: self,
        })
    }

    /// Takes a parked value back. `None` where the token names none: its value is gone, or out, or there never was one.
    pub fn claim(&self, token: Token) -> Option<Slot<'_, T>> {
        let mut state = self.state();
        if !state.places.claim(token) {
            return None;
        }
        Some(Slot {
            value: state.chunks.reach(token.index),
            token,
            entry: state.places.entry(token.index),
            arena: self,
        })
    }

    /// How many values are in the arena, parked or out.
    #[must_use]
    pub fn len(&self) -> usize {
        self.state().places.occupied()
    }

    /// Whether no value is in the arena.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All values, in no particular order. Nobody holds a slot by now, so that all of them are the arena's, those whose
    /// slot was forgotten too.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (Token, &mut T)> {
        let State { places, chunks } = self.state_mut();
        places.tokens().map(|token| {
            let mut value = chunks.reach(token.index);
            // SAFETY: The place is occupied and belongs to us, who have `&mut self` for as long as the reference lives.
            // `tokens` names each place once.
            (token, unsafe { value.as_mut() })
        })
    }

    /// Drops all values. The memory stays for others.
    pub fn clear(&mut self) {
        Rest {
            state: self.state_mut(),
            from: 0,
        }
        .clear();
    }

    fn state(&self) -> MutexGuard<'_, State<T>> {
        // nothing panics between two steps that belong together
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn state_mut(&mut self) -> &mut State<T> {
        self.state.get_mut().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Drop for Arena<T> {
    fn drop(&mut self) {
        self.clear();
    }
}

/// Values that are still to be dropped. One whose destructor panics does not keep the others.
struct Rest<'arena, T> {
    state: &'arena mut State<T>,
    from: u32,
}

impl<T> Rest<'_, T> {
    fn clear(&mut self) {
        while let Some(index) = self.state.places.evict(self.from) {
            self.from = index;
            // SAFETY: The place was occupied and belonged to us, who have `&mut Arena`. Now it is free, so that nobody
            // drops this value again, even if its destructor panics; and nobody is given the place before we return.
            unsafe { self.state.chunks.reach(index).drop_in_place() };
        }
    }
}

impl<T> Drop for Rest<'_, T> {
    fn drop(&mut self) {
        self.clear();
    }
}

impl<T> Slot<'_, T> {
    /// The value's name, for as long as it is in the arena.
    #[must_use]
    pub fn token(&self) -> Token {
        self.token
    }

    /// Leaves the value in the arena, where it is, until someone claims it.
    pub fn park(self) -> Token {
        let slot = ManuallyDrop::new(self);
        slot.arena.state().places.park(slot.token.index);
        slot.token
    }

    /// Moves the value out of the arena.
    #[must_use = "the value is dropped at once where it is not kept"]
    pub fn into_inner(self) -> T {
        let slot = ManuallyDrop::new(self);
        // SAFETY: The place holds a value, which is ours. It is read once: this slot drops nothing any more, and the
        // place is vacated before anyone else can be given it.
        let value = unsafe { slot.value.read() };
        slot.vacate();
        value
    }

    /// Frees the place, whose value is gone.
    fn vacate(&self) {
        // SAFETY: The entry is there as long as the arena is, which we borrow.
        let generation = unsafe { std::ptr::read_volatile(&raw const (*self.entry).generation) };
        // whatever it says, the place is the one that the token names
        let index = if generation == self.token.generation {
            self.token.index
        } else {
            Token::from_bits(self.token.to_bits()).index
        };
        self.arena.state().places.vacate(index);
    }
}

impl<T> Drop for Slot<'_, T> {
    fn drop(&mut self) {
        /// Frees the place when the value's destructor is through, even by a panic.
        struct Vacate<'slot, 'arena, T>(&'slot Slot<'arena, T>);
        impl<T> Drop for Vacate<'_, '_, T> {
            fn drop(&mut self) {
                self.0.vacate();
            }
        }

        let vacate = Vacate(self);
        // SAFETY: The place holds a value, which is ours, and this is the only time that we drop it. It stays out
        // meanwhile, so that a destructor which uses the arena is not given the place it stands on.
        unsafe { vacate.0.value.drop_in_place() };
    }
}

impl<T> Deref for Slot<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: The place holds a value, which is ours, and does not move or change while `self` is borrowed.
        unsafe { self.value.as_ref() }
    }
}

impl<T> DerefMut for Slot<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: As above, and nobody else looks at it while `self` is borrowed exclusively.
        unsafe { self.value.as_mut() }
    }
}

impl Token {
    /// The token as a number, the place below and its life above; no two values of an arena have the same.
    #[must_use]
    pub const fn to_bits(self) -> u64 {
        (self.generation as u64) << 32 | self.index as u64
    }

    /// The token with this number. It names a value only where [`to_bits`](Token::to_bits) gave the number.
    #[must_use]
    pub const fn from_bits(bits: u64) -> Self {
        Self {
            generation: (bits >> 32) as u32,
            index: bits as u32,
        }
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
            .finish_non_exhaustive()
    }
}

impl<T: fmt::Debug> fmt::Debug for Slot<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Slot")
            .field(&self.token)
            .field(&**self)
            .finish()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Token({}v{})", self.index, self.generation)
    }
}
