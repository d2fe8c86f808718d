use path_filter::Filter;

#[test]
fn test_backtracking_is_bounded() {
    let mut pattern = String::new();
    for _ in 0..64 {
        pattern.push_str("*a");
    }
    pattern.push_str("b");
    let filter = Filter::parse(&pattern).unwrap();
    let mut name = String::new();
    for _ in 0..255 {
        name.push('a');
    }
    assert_eq!(filter.excludes(&name), false);
    name.push('b');
    assert_eq!(filter.excludes(&name), true);
}

#[test]
fn test_double_star() {
    let filter = Filter::parse("a/**/b").unwrap();
    assert_eq!(filter.excludes("a/b"), true);
    assert_eq!(filter.excludes("a/x/y/b"), true);
    assert_eq!(filter.excludes("x/a/b"), false);
}
