//! The gate is used after a permit was given back.
use @crate@::Gate;

fn main() {
    let gate = Gate::new(1);
    let permit = gate.enter().unwrap();
    permit.leave();
    gate.free();
}
