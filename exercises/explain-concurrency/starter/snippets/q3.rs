//! Who is online in a chat room, behind a lock.

use std::sync::Mutex;

pub struct Room {
    members: Mutex<Vec<String>>,
}

impl Room {
    pub fn count(&self) -> usize {
        self.members.lock().map_or(0, |members| members.len())
    }

    pub fn names(&self) -> Vec<&str> {
        let members = self.members.lock().expect("nobody panics with it");
        members.iter().map(String::as_str).collect()
    }

    pub fn all(&self) -> Vec<String> {
        let members = self.members.lock().expect("nobody panics with it");
        members.clone()
    }
}
