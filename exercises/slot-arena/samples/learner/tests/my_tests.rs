use slot_arena::Arena;

#[test]
fn test_insert() {
    let arena = Arena::new();
    let slot = arena.insert(5);
    assert_eq!(*slot, 5);
    assert_eq!(arena.len(), 1);
}

#[test]
fn test_clear() {
    let mut arena = Arena::new();
    let token = arena.insert(5).park();
    arena.clear();
    assert_eq!(arena.len(), 0);
    assert!(arena.claim(token).is_none());
}
