//! A permit is used while its gate is there.
use @crate@::Gate;

fn main() {
    let gate = Gate::new(1);
    let permit = gate.enter().unwrap();
    gate.free();
    permit.leave();
}
