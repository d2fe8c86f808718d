#[test]
fn marks_are_read_back() {}
