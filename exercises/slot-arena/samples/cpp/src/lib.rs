// Slot arena: segmented storage (like std::deque / plf::colony), intrusive free list, versioned handles.
// All bookkeeping sits in Control blocks next to the values; one mutex protects the control blocks.

use std::cell::UnsafeCell;
use std::marker::PhantomData;
use std::mem::MaybeUninit;
use std::num::NonZeroU32;
use std::ops::{Deref, DerefMut};
use std::ptr::null_mut;
use std::sync::Mutex;

const SEGMENT_SIZE: usize = 256;
const NIL: u32 = 0xFFFFFFFF;

const FREE: u8 = 0;
const OUT: u8 = 1;
const PARKED: u8 = 2;
const DEAD: u8 = 3;

struct Control<T> {
    m_value: MaybeUninit<T>,
    m_version: u32,
    m_next: u32,
    m_state: u8,
}

struct Impl<T> {
    m_segments: Vec<*mut Control<T>>,
    m_size: u32,
    m_free: u32,
    m_live: usize,
}

pub struct Arena<T> {
    m_mutex: Mutex<()>,
    m_impl: UnsafeCell<Impl<T>>,
    m_lives: u32,
    m_owns: PhantomData<T>,
}

// guarded by m_mutex; values are only touched by whoever owns the slot
unsafe impl<T: Send> Send for Arena<T> {}
unsafe impl<T: Send> Sync for Arena<T> {}

pub struct Slot<'a, T> {
    m_arena: &'a Arena<T>,
    m_control: *mut Control<T>,
    m_token: Token,
}

unsafe impl<'a, T: Send> Send for Slot<'a, T> {}
unsafe impl<'a, T: Sync> Sync for Slot<'a, T> {}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Token { m_bits: u64 }

impl<T> Impl<T> {
    fn control(&self, index: u32) -> *mut Control<T> {
        let i = index as usize;
        return unsafe { self.m_segments[i / SEGMENT_SIZE].add(i % SEGMENT_SIZE) };
    }

    fn grow(&mut self) {
        let mut segment: Vec<Control<T>> = Vec::with_capacity(SEGMENT_SIZE);
        for _i in 0..SEGMENT_SIZE {
            segment.push(Control { m_value: MaybeUninit::uninit(), m_version: 0, m_next: NIL, m_state: FREE });
        }
        let raw = Box::into_raw(segment.into_boxed_slice()) as *mut Control<T>;
        self.m_segments.push(raw);
    }

    fn release(&mut self, index: u32, lives: u32) {
        let c = self.control(index);
        unsafe {
            if (*c).m_version >= lives {
                (*c).m_state = DEAD;
            } else {
                (*c).m_state = FREE;
                (*c).m_next = self.m_free;
                self.m_free = index;
            }
        }
        self.m_live -= 1;
    }
}

impl<T> Arena<T> {
    pub fn new() -> Arena<T> {
        return Arena::with_lives(NonZeroU32::MAX);
    }

    pub fn with_lives(lives: NonZeroU32) -> Arena<T> {
        return Arena {
            m_mutex: Mutex::new(()),
            m_impl: UnsafeCell::new(Impl { m_segments: Vec::new(), m_size: 0, m_free: NIL, m_live: 0 }),
            m_lives: lives.get(),
            m_owns: PhantomData,
        };
    }

    // run f with the lock held; f must not call out
    fn locked<R>(&self, f: impl FnOnce(&mut Impl<T>) -> R) -> R {
        let _lock = match self.m_mutex.lock() { Ok(l) => l, Err(e) => e.into_inner() };
        return f(unsafe { &mut *self.m_impl.get() });
    }

    pub fn insert(&self, value: T) -> Slot<'_, T> {
        let mut control: *mut Control<T> = null_mut();
        let mut token = Token { m_bits: 0 };
        self.locked(|im| {
            let index: u32;
            if im.m_free != NIL {
                index = im.m_free;
                im.m_free = unsafe { (*im.control(index)).m_next };
            } else {
                if im.m_size == NIL { panic!("arena is full"); }
                if im.m_size as usize == im.m_segments.len() * SEGMENT_SIZE {
                    im.grow();
                }
                index = im.m_size;
                im.m_size += 1;
            }
            control = im.control(index);
            unsafe {
                (*control).m_version += 1;
                (*control).m_state = OUT;
                token = Token { m_bits: ((*control).m_version as u64) << 32 | index as u64 };
            }
            im.m_live += 1;
        });
        unsafe { (*control).m_value.as_mut_ptr().write(value); }
        return Slot { m_arena: self, m_control: control, m_token: token };
    }

    pub fn claim(&self, token: Token) -> Option<Slot<'_, T>> {
        let index = token.index();
        let control = self.locked(|im| {
            if index >= im.m_size {
                return null_mut();
            }
            let c = im.control(index);
            unsafe {
                if (*c).m_state != PARKED || (*c).m_version != token.version() {
                    return null_mut();
                }
                (*c).m_state = OUT;
            }
            return c;
        });
        if control == null_mut() {
            return None;
        }
        return Some(Slot { m_arena: self, m_control: control, m_token: token });
    }

    pub fn len(&self) -> usize {
        return self.locked(|im| im.m_live);
    }

    pub fn is_empty(&self) -> bool {
        return self.len() == 0;
    }

    pub fn iter_mut(&mut self) -> impl Iterator<Item = (Token, &mut T)> {
        let im = self.m_impl.get_mut();
        let mut index: u32 = 0;
        return std::iter::from_fn(move || {
            while index < im.m_size {
                let i = index;
                index += 1;
                let c = im.control(i);
                unsafe {
                    if (*c).m_state == OUT || (*c).m_state == PARKED {
                        let token = Token { m_bits: ((*c).m_version as u64) << 32 | i as u64 };
                        return Some((token, &mut *(*c).m_value.as_mut_ptr()));
                    }
                }
            }
            return None;
        });
    }

    pub fn clear(&mut self) {
        // RAII: if a destructor throws, the destructor of Eraser erases the rest
        struct Eraser<'a, T> { m_impl: &'a mut Impl<T>, m_lives: u32, m_next: u32 }
        impl<'a, T> Eraser<'a, T> {
            fn erase(&mut self) {
                while self.m_next < self.m_impl.m_size {
                    let i = self.m_next;
                    self.m_next += 1;
                    let c = self.m_impl.control(i);
                    unsafe {
                        if (*c).m_state == OUT || (*c).m_state == PARKED {
                            self.m_impl.release(i, self.m_lives);
                            (*c).m_value.as_mut_ptr().drop_in_place();
                        }
                    }
                }
            }
        }
        impl<'a, T> Drop for Eraser<'a, T> {
            fn drop(&mut self) { self.erase(); }
        }
        let lives = self.m_lives;
        let mut eraser = Eraser { m_impl: self.m_impl.get_mut(), m_lives: lives, m_next: 0 };
        eraser.erase();
    }
}

impl<T> Drop for Impl<T> {
    fn drop(&mut self) {
        for i in 0..self.m_segments.len() {
            let slice = std::ptr::slice_from_raw_parts_mut(self.m_segments[i], SEGMENT_SIZE);
            unsafe { drop(Box::from_raw(slice)); }
        }
    }
}

impl<T> Drop for Arena<T> {
    fn drop(&mut self) { self.clear(); }
}

impl<'a, T> Slot<'a, T> {
    pub fn token(&self) -> Token {
        return self.m_token;
    }

    pub fn park(self) -> Token {
        let token = self.m_token;
        let control = self.m_control;
        self.m_arena.locked(|_| unsafe { (*control).m_state = PARKED });
        std::mem::forget(self);
        return token;
    }

    pub fn into_inner(self) -> T {
        let arena = self.m_arena;
        let index = self.m_token.index();
        let value = unsafe { (*self.m_control).m_value.as_ptr().read() };
        std::mem::forget(self);
        arena.locked(|im| im.release(index, arena.m_lives));
        return value;
    }
}

impl<'a, T> Drop for Slot<'a, T> {
    fn drop(&mut self) {
        struct Releaser<'a, T> { m_arena: &'a Arena<T>, m_index: u32 }
        impl<'a, T> Drop for Releaser<'a, T> {
            fn drop(&mut self) {
                let lives = self.m_arena.m_lives;
                self.m_arena.locked(|im| im.release(self.m_index, lives));
            }
        }
        let _releaser = Releaser { m_arena: self.m_arena, m_index: self.m_token.index() };
        unsafe { (*self.m_control).m_value.as_mut_ptr().drop_in_place(); }
    }
}

impl<'a, T> Deref for Slot<'a, T> {
    type Target = T;
    fn deref(&self) -> &T { return unsafe { &*(*self.m_control).m_value.as_ptr() }; }
}

impl<'a, T> DerefMut for Slot<'a, T> {
    fn deref_mut(&mut self) -> &mut T { return unsafe { &mut *(*self.m_control).m_value.as_mut_ptr() }; }
}

impl Token {
    fn index(self) -> u32 { return (self.m_bits & 0xFFFFFFFF) as u32; }
    fn version(self) -> u32 { return (self.m_bits >> 32) as u32; }
    pub fn to_bits(self) -> u64 { return self.m_bits; }
    pub fn from_bits(bits: u64) -> Token { return Token { m_bits: bits }; }
}
