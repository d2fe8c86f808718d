use assay::Test;
use ring::Ring;
use std::cell::Cell;
use std::rc::Rc;

struct Counted(Rc<Cell<u64>>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.set(self.0.get() + 1);
    }
}

assay::tests! {
    /// What goes in first comes out first.
    fn first_in_first_out(t: &mut Test) {
        let mut ring = Ring::new(4);
        for _ in 0..200 {
            if t.rng().chance(1, 2) {
                let value = t.rng().next();
                t.observe("pushed", &ring.push(value).is_ok());
            } else {
                t.observe("popped", &ring.pop());
            }
            t.observe("length", &ring.len());
        }
    }

    /// What is left in a ring is dropped with it, once.
    fn drops_what_is_left(t: &mut Test) {
        let dropped = Rc::new(Cell::new(0));
        let mut ring = Ring::new(3);
        for _ in 0..3 {
            t.observe("pushed", &ring.push(Counted(dropped.clone())).is_ok());
        }
        drop(ring.pop());
        drop(ring);
        t.observe("dropped", &dropped.get());
    }

    /// A large ring is empty at first.
    fn large(t: &mut Test) {
        let mut ring = Ring::new(20_000);
        t.observe("popped", &ring.pop());
        let value = t.rng().next() | 1;
        t.observe("pushed", &ring.push(value).is_ok());
        t.observe("popped", &ring.pop());
    }
}
