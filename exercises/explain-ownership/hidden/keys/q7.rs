//! A resolver's cache counts its hits. Two ways to look a name up.

use std::collections::HashMap;

pub struct Cache {
    addresses: HashMap<String, String>,
    hits: u64,
}

impl Cache {
    fn count(&mut self) {
        self.hits += 1;
    }

    pub fn lookup(&mut self, name: &str) -> Option<&str> {
        let address = self.addresses.get(name)?;
        self.hits += 1;
        Some(address)
    }

    pub fn lookup_tidy(&mut self, name: &str) -> Option<&str> {
        let address = self.addresses.get(name)?;
        self.count(); //~ E0502
        Some(address)
    }
}
