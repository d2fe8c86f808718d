use @crate@::Recent;

#[test]
fn a_repeat_is_told() {
    let mut recent = Recent::new(2);
    assert!(recent.is_new(7));
    assert!(!recent.is_new(7));
    assert_eq!(recent.held(), 1);
}

#[test]
fn the_oldest_is_forgotten() {
    let mut recent = Recent::new(2);
    for id in [1, 2, 3] {
        assert!(recent.is_new(id));
    }
    assert!(recent.is_new(1));
}
