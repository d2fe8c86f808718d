use @crate@::Gate;

#[test]
fn a_place_comes_back() {
    let gate = Gate::new(1);
    let permit = gate.enter().expect("a place is free");
    assert!(gate.enter().is_none());
    permit.leave();
    assert_eq!(gate.free(), 1);
}
