//! A permit is used after its gate is gone.
use @crate@::Gate;

fn main() {
    let gate = Gate::new(1);
    let permit = gate.enter().unwrap();
    drop(gate); //~ E0505
    permit.leave();
}
