//! A right cache of read states, with a word for an attack at each place that a hidden test comes by.
//!
//! Who twists nothing has a right solution. `Twist::WRONG` makes it an honest wrong one: a channel that was never
//! marked reads as 0.

use std::collections::{BTreeMap, HashMap};
use std::marker::PhantomData;
use std::sync::Arc;

/// What an attack does, and where.
pub trait Twist: Send + Sync + 'static {
    const WRONG: bool = false;

    /// A cache was made.
    fn made() {}

    /// A mark came in.
    #[track_caller]
    fn marked(_user: u64, _channel: u64, _message: u64) {}

    /// An answer goes out.
    #[track_caller]
    fn answered(_user: u64, _channel: u64, answer: Option<u64>) -> Option<u64> {
        answer
    }

    /// Marks of a snapshot are looked at.
    fn shown() {}

    /// Whether a use of a user who is in is noted.
    fn notes_uses() -> bool {
        true
    }

    /// A snapshot ends.
    fn dropped() {}

    /// The cache ends.
    fn ended() {}
}

type Marks = Vec<(u64, u64)>;

pub struct Cache<T: Twist> {
    capacity: usize,
    /// When each was used last, and the marks.
    users: HashMap<u64, (u64, Arc<Marks>)>,
    order: BTreeMap<u64, u64>,
    clock: u64,
    twist: PhantomData<T>,
}

pub struct View<T: Twist> {
    user: u64,
    marks: Arc<Marks>,
    twist: PhantomData<T>,
}

fn find<T: Twist>(marks: &[(u64, u64)], channel: u64) -> Option<u64> {
    match marks.binary_search_by_key(&channel, |mark| mark.0) {
        Ok(at) => Some(marks[at].1),
        Err(_) if T::WRONG => Some(0),
        Err(_) => None,
    }
}

impl<T: Twist> Cache<T> {
    pub fn new(capacity: usize) -> Self {
        T::made();
        Cache {
            capacity,
            users: HashMap::new(),
            order: BTreeMap::new(),
            clock: 0,
            twist: PhantomData,
        }
    }

    pub fn capacity(&self) -> usize {
        self.capacity
    }

    pub fn len(&self) -> usize {
        self.users.len()
    }

    pub fn is_empty(&self) -> bool {
        self.users.is_empty()
    }

    #[track_caller]
    pub fn mark(&mut self, user: u64, channel: u64, message: u64) -> Option<View<T>> {
        T::marked(user, channel, message);
        self.load(user, &[(channel, message)])
    }

    pub fn load(&mut self, user: u64, marks: &[(u64, u64)]) -> Option<View<T>> {
        if self.touch(user) {
            if let Some((_, known)) = self.users.get_mut(&user) {
                advance(known, marks);
            }
            return None;
        }
        let mut fresh = Arc::default();
        advance(&mut fresh, marks);
        if self.capacity == 0 {
            return Some(View::of(user, fresh));
        }
        let mut gone = None;
        if self.len() == self.capacity {
            if let Some((_, oldest)) = self.order.pop_first() {
                gone = self
                    .users
                    .remove(&oldest)
                    .map(|(_, marks)| View::of(oldest, marks));
            }
        }
        self.users.insert(user, (self.clock, fresh));
        self.order.insert(self.clock, user);
        gone
    }

    #[track_caller]
    pub fn last_read(&mut self, user: u64, channel: u64) -> Option<u64> {
        self.touch(user);
        self.peek(user, channel)
    }

    #[track_caller]
    pub fn peek(&self, user: u64, channel: u64) -> Option<u64> {
        let answer = self
            .users
            .get(&user)
            .and_then(|(_, marks)| find::<T>(marks, channel));
        T::answered(user, channel, answer)
    }

    pub fn snapshot(&self, user: u64) -> Option<View<T>> {
        let (_, marks) = self.users.get(&user)?;
        Some(View::of(user, Arc::clone(marks)))
    }

    pub fn forget(&mut self, user: u64) -> Option<View<T>> {
        let (at, marks) = self.users.remove(&user)?;
        self.order.remove(&at);
        Some(View::of(user, marks))
    }

    /// Whether the user is in, and is the newest now.
    fn touch(&mut self, user: u64) -> bool {
        if !T::notes_uses() {
            return self.users.contains_key(&user);
        }
        self.clock += 1;
        let Some((at, _)) = self.users.get_mut(&user) else {
            return false;
        };
        self.order.remove(at);
        *at = self.clock;
        self.order.insert(self.clock, user);
        true
    }
}

impl<T: Twist> Drop for Cache<T> {
    fn drop(&mut self) {
        T::ended();
    }
}

impl<T: Twist> View<T> {
    fn of(user: u64, marks: Arc<Marks>) -> Self {
        View {
            user,
            marks,
            twist: PhantomData,
        }
    }

    pub fn user(&self) -> u64 {
        self.user
    }

    pub fn last_read(&self, channel: u64) -> Option<u64> {
        find::<T>(&self.marks, channel)
    }

    pub fn marks(&self) -> &[(u64, u64)] {
        T::shown();
        &self.marks
    }
}

impl<T: Twist> Clone for View<T> {
    fn clone(&self) -> Self {
        View::of(self.user, Arc::clone(&self.marks))
    }
}

impl<T: Twist> Drop for View<T> {
    fn drop(&mut self) {
        T::dropped();
    }
}

/// Moves marks forward; copies first where a snapshot holds them and something moves.
fn advance(marks: &mut Arc<Marks>, news: &[(u64, u64)]) {
    for &(channel, message) in news {
        match marks.binary_search_by_key(&channel, |mark| mark.0) {
            Ok(at) if marks[at].1 >= message => {}
            Ok(at) => Arc::make_mut(marks)[at].1 = message,
            Err(at) => Arc::make_mut(marks).insert(at, (channel, message)),
        }
    }
}
