//! Permits that come and go in an order that the seed chooses. A test observes: the reference goes through the same
//! order, and what it said is what must come back.

use @crate@::Gate;
use assay::Test;

// the API, pinned where a design is not free
const _: fn(usize) -> Gate = Gate::new;
const _: fn(&Gate) -> usize = Gate::free;

fn pass(t: &mut Test, places: usize, steps: usize) {
    let gate = Gate::new(places);
    let mut out = Vec::new();
    let mut said = Vec::new();

    for _ in 0..steps {
        if t.rng().chance(1, 2) || out.is_empty() {
            let permit = gate.enter();
            said.push((permit.as_ref().map(|permit| permit.number()), gate.free()));
            out.extend(permit);
        } else {
            let permit = out.swap_remove(t.rng().index(out.len()));
            if t.rng().chance(1, 2) {
                permit.leave();
            } else {
                drop(permit);
            }
            said.push((None, gate.free()));
        }
    }
    drop(out);
    t.observe("(number, free)", &said);
    t.observe("free at last", &gate.free());
}

assay::tests! {
    /// Places are taken while they are free, and come back.
    fn places_come_back(t: &mut Test) {
        let places = t.rng().between(3, 9) as usize;
        t.input("places", &places);
        pass(t, places, 100);
    }

    /// Gates of no place and of one follow the same rules.
    fn gates_of_none_and_one(t: &mut Test) {
        for places in [0, 1] {
            t.input("places", &places);
            pass(t, places, 40);
        }
        let gate = Gate::new(1);
        for _ in 0..3 {
            let permit = gate.enter();
            t.observe("a place is free again", &permit.is_some());
        }
    }
}
