//! A bounded cache of who has read what: for each user the last message read in each channel.

/// The cache: at most a given number of users, each with all of their marks.
pub struct ReadStates {
    // yours
}

/// One user's marks at one moment. It never changes.
#[derive(Clone)]
pub struct Snapshot {
    // yours
}

impl ReadStates {
    /// An empty cache for at most `capacity` users.
    #[must_use]
    pub fn new(capacity: usize) -> ReadStates {
        todo!()
    }

    /// How many users there is room for.
    #[must_use]
    pub fn capacity(&self) -> usize {
        todo!()
    }

    /// How many users are in the cache.
    #[must_use]
    pub fn len(&self) -> usize {
        todo!()
    }

    /// Whether nobody is in the cache.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        todo!()
    }

    /// `user` has read `channel` up to `message`. Gives back the user who had to go, if one had to.
    pub fn mark(&mut self, user: u64, channel: u64, message: u64) -> Option<Snapshot> {
        todo!()
    }

    /// What the database knows of `user`: (channel, message). Gives back the user who had to go, if one had to.
    pub fn load(&mut self, user: u64, marks: &[(u64, u64)]) -> Option<Snapshot> {
        todo!()
    }

    /// How far `user` has read `channel`, as far as the cache knows. Counts as a use of the user.
    pub fn last_read(&mut self, user: u64, channel: u64) -> Option<u64> {
        todo!()
    }

    /// The same, without being a use.
    #[must_use]
    pub fn peek(&self, user: u64, channel: u64) -> Option<u64> {
        todo!()
    }

    /// All marks of `user` as they are now. Not a use.
    #[must_use]
    pub fn snapshot(&self, user: u64) -> Option<Snapshot> {
        todo!()
    }

    /// Takes `user` out of the cache.
    pub fn forget(&mut self, user: u64) -> Option<Snapshot> {
        todo!()
    }
}

impl Snapshot {
    /// Whose marks these are.
    #[must_use]
    pub fn user(&self) -> u64 {
        todo!()
    }

    /// How far the user had read `channel`.
    #[must_use]
    pub fn last_read(&self, channel: u64) -> Option<u64> {
        todo!()
    }

    /// (channel, message), ascending by channel.
    #[must_use]
    pub fn marks(&self) -> &[(u64, u64)] {
        todo!()
    }
}
