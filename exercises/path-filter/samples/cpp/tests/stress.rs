use path_filter::{Filter, Reason};

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

fn test_decides(rules: &str, path: &str, excluded: bool, line: Option<&str>) {
    let filter = Filter::parse(rules).unwrap();
    assert_eq!(filter.excludes(path), excluded, "{} on {}", rules, path);
    assert_eq!(filter.deciding(path), line, "{} on {}", rules, path);
}

#[test]
fn test_decisions() {
    test_decides("a\n!b", "a/b", true, Some("a"));
    test_decides("a\n!a/b", "a/b", true, Some("a"));
    test_decides("!a/", "a/b", false, None);
    test_decides("a\n!a", "a", false, Some("!a"));
    test_decides("a/b", "x/a/b", false, None);
    test_decides("a/", "a", false, None);
    test_decides("a/**", "a", false, None);
    test_decides("a?", "a\u{e9}", true, Some("a?"));
    test_decides("A", "a", false, None);
    test_decides(" a ", "a", false, None);
}

#[test]
fn test_bad_lines() {
    let bad = Filter::parse("# c\n\n//a").unwrap_err();
    assert_eq!(bad.line, 3);
    assert_eq!(bad.reason, Reason::EmptyName);
    assert_eq!(Filter::parse("a/***").unwrap_err().reason, Reason::Stars);
}
