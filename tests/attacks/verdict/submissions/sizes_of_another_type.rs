//! A right cache whose sizes are of other types than the brief says. Written down they look alike, so the tests must pin them.
//! (Family 16.)

mod base;

pub struct Plain;

impl base::Twist for Plain {}

pub struct ReadStates(base::Cache<Plain>);

pub struct Snapshot(base::View<Plain>);

fn wrap(view: Option<base::View<Plain>>) -> Option<Snapshot> {
    view.map(Snapshot)
}

impl ReadStates {
    pub fn new(capacity: usize) -> Self {
        ReadStates(base::Cache::new(capacity))
    }

    pub fn capacity(&self) -> u128 {
        self.0.capacity() as u128
    }

    pub fn len(&self) -> i16 {
        self.0.len() as i16
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn mark(&mut self, user: u64, channel: u64, message: u64) -> Option<Snapshot> {
        wrap(self.0.mark(user, channel, message))
    }

    pub fn load(&mut self, user: u64, marks: &[(u64, u64)]) -> Option<Snapshot> {
        wrap(self.0.load(user, marks))
    }

    pub fn last_read(&mut self, user: u64, channel: u64) -> Option<u64> {
        self.0.last_read(user, channel)
    }

    pub fn peek(&self, user: u64, channel: u64) -> Option<u64> {
        self.0.peek(user, channel)
    }

    pub fn snapshot(&self, user: u64) -> Option<Snapshot> {
        wrap(self.0.snapshot(user))
    }

    pub fn forget(&mut self, user: u64) -> Option<Snapshot> {
        wrap(self.0.forget(user))
    }
}

impl Snapshot {
    pub fn user(&self) -> u64 {
        self.0.user()
    }

    pub fn last_read(&self, channel: u64) -> Option<i128> {
        self.0.last_read(channel).map(i128::from)
    }

    pub fn marks(&self) -> &[(u64, u64)] {
        self.0.marks()
    }
}

impl Clone for Snapshot {
    fn clone(&self) -> Self {
        Snapshot(self.0.clone())
    }
}
