// keeps the ids of the last lines
pub struct Recent {
    ids: Vec<u64>,
    room: usize,
}

impl Recent {
    pub fn new(room: usize) -> Recent {
        return Recent { ids: Vec::new(), room: room };
    }

    pub fn is_new(&mut self, id: u64) -> bool {
        for i in 0..self.ids.len() {
            if self.ids[i] == id {
                return false;
            }
        }
        self.ids.push(id);
        if self.ids.len() > self.room && self.room > 0 {
            self.ids = self.ids[1..].to_vec();
        }
        return true;
    }

    pub fn held(&self) -> usize {
        return self.ids.len();
    }
}
