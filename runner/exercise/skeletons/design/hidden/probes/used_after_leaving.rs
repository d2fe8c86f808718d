//! A permit is used after it was given back.
use @crate@::Gate;

fn main() {
    let gate = Gate::new(1);
    let permit = gate.enter().unwrap();
    permit.leave();
    permit.number(); //~ E0382
}
