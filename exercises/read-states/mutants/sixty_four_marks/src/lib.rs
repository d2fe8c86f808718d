//! A bounded cache of who has read what: for each user the last message read in each channel.
//!
//! A user's marks are one shared, sorted slice. A [`Snapshot`] is another handle to it, so taking one costs a reference
//! count; the cache copies a user's marks only when they move on while a reader still holds them. A user who is pushed
//! out leaves as such a handle too: nothing is copied, and the memory is free when the caller drops it.

#![warn(missing_docs)]

mod recency;

use recency::Recency;
use std::sync::Arc;

/// The cache: at most a given number of users, each with all of their marks.
#[derive(Debug)]
pub struct ReadStates {
    capacity: usize,
    users: Recency<Arc<Marks>>,
}

/// One user's marks at one moment. It never changes, and cloning it copies no marks.
#[derive(Clone, Debug)]
pub struct Snapshot(Arc<Marks>);

#[derive(Clone, Debug)]
struct Marks {
    user: u64,
    /// (channel, message), ascending by channel, each channel once.
    by_channel: Vec<(u64, u64)>,
}

impl ReadStates {
    /// An empty cache for at most `capacity` users.
    #[must_use]
    pub fn new(capacity: usize) -> ReadStates {
        // no room is reserved: a capacity is a limit, not a promise that so many users come
        ReadStates {
            capacity,
            users: Recency::new(),
        }
    }

    /// How many users there is room for.
    #[must_use]
    pub fn capacity(&self) -> usize {
        self.capacity
    }

    /// How many users are in the cache.
    #[must_use]
    pub fn len(&self) -> usize {
        self.users.len()
    }

    /// Whether nobody is in the cache.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// `user` has read `channel` up to `message`. Gives back the user who had to go, if one had to.
    pub fn mark(&mut self, user: u64, channel: u64, message: u64) -> Option<Snapshot> {
        self.load(user, &[(channel, message)])
    }

    /// What the database knows of `user`: (channel, message), in any order, marks of one channel more than once if need
    /// be. Gives back the user who had to go, if one had to.
    pub fn load(&mut self, user: u64, marks: &[(u64, u64)]) -> Option<Snapshot> {
        if let Some(known) = self.users.touch(user) {
            advance(known, marks);
            return None;
        }
        let mut fresh = Arc::new(Marks {
            user,
            by_channel: Vec::with_capacity(marks.len()),
        });
        advance(&mut fresh, marks);
        if self.capacity == 0 {
            return Some(Snapshot(fresh));
        }
        let gone = if self.len() == self.capacity {
            self.users.remove_oldest()
        } else {
            None
        };
        self.users.insert(user, fresh);
        gone.map(Snapshot)
    }

    /// How far `user` has read `channel`, as far as the cache knows. Counts as a use of the user.
    pub fn last_read(&mut self, user: u64, channel: u64) -> Option<u64> {
        self.users.touch(user)?.last_read(channel)
    }

    /// The same, without being a use.
    #[must_use]
    pub fn peek(&self, user: u64, channel: u64) -> Option<u64> {
        self.users.peek(user)?.last_read(channel)
    }

    /// All marks of `user` as they are now. Not a use.
    #[must_use]
    pub fn snapshot(&self, user: u64) -> Option<Snapshot> {
        self.users
            .peek(user)
            .map(|marks| Snapshot(Arc::clone(marks)))
    }

    /// Takes `user` out of the cache.
    pub fn forget(&mut self, user: u64) -> Option<Snapshot> {
        self.users.remove(user).map(Snapshot)
    }
}

impl Snapshot {
    /// Whose marks these are.
    #[must_use]
    pub fn user(&self) -> u64 {
        self.0.user
    }

    /// How far the user had read `channel`.
    #[must_use]
    pub fn last_read(&self, channel: u64) -> Option<u64> {
        self.0.last_read(channel)
    }

    /// (channel, message), ascending by channel.
    #[must_use]
    pub fn marks(&self) -> &[(u64, u64)] {
        &self.0.by_channel
    }
}

impl Marks {
    fn find(&self, channel: u64) -> Result<usize, usize> {
        self.by_channel
            .binary_search_by_key(&channel, |&(channel, _)| channel)
    }

    fn last_read(&self, channel: u64) -> Option<u64> {
        let at = self.find(channel).ok()?;
        Some(self.by_channel[at].1)
    }
}

/// Moves marks forward. A mark that is already there or further on costs nothing, not even a copy for a reader's sake.
fn advance(marks: &mut Arc<Marks>, news: &[(u64, u64)]) {
    for &(channel, message) in news {
        match marks.find(channel) {
            Ok(at) if marks.by_channel[at].1 >= message => {}
            Ok(at) => Arc::make_mut(marks).by_channel[at].1 = message,
            Err(_) if marks.by_channel.len() == 64 => {}
            Err(at) => Arc::make_mut(marks)
                .by_channel
                .insert(at, (channel, message)),
        }
    }
}
