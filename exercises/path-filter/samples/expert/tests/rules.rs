//! One table for the rules of the brief: rules, path, what decided.

use path_filter::{Filter, Reason};

#[test]
fn decisions() {
    let cases = [
        ("a/**/b", "a/b", Some("a/**/b")),
        ("a/**", "a/", None),
        ("a/**", "a/b/c", Some("a/**")),
        ("**", "a", Some("**")),
        ("a?c", "a日c", Some("a?c")),
        ("*.min.js", "a.min.min.js", Some("*.min.js")),
        ("a\n!b", "a/b", Some("a")),
        ("a/\n!a/", "a/b", None),
        ("!!a", "!a", Some("!!a")),
        ("x/y", "a/x/y", None),
    ];
    for (rules, path, line) in cases {
        let filter = Filter::parse(rules);
        let decided = filter.as_ref().map(|filter| filter.deciding(path));
        assert!(
            matches!(decided, Ok(found) if found == line),
            "{rules} {path}: {decided:?}"
        );
    }
}

#[test]
fn refusals() {
    let cases = [
        ("#\n!/", 2, Reason::Nothing),
        ("a//", 1, Reason::EmptyName),
        ("a\n\nb/***", 3, Reason::Stars),
    ];
    for (rules, line, reason) in cases {
        let bad = Filter::parse(rules).map_err(|bad| (bad.line, bad.reason));
        assert_eq!(bad.err(), Some((line, reason)));
    }
}
