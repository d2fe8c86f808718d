use path_filter::{Filter, Reason};

fn check(rules: &str, path: &str, excluded: bool, deciding: Option<&str>) {
    let filter = Filter::parse(rules).expect("good rules");
    assert_eq!(filter.excludes(path), excluded, "{rules:?} {path}");
    assert_eq!(filter.deciding(path), deciding, "{rules:?} {path}");
}

#[test]
fn the_table() {
    let logs = "*.log\n!a/*.log\n";
    check(logs, "a/x.log", false, Some("!a/*.log"));
    check(logs, "b/x.log", true, Some("*.log"));
    check("build/", "build", false, None);
    check("build/", "x/build/", true, Some("build/"));
    check("build/", "build/x", true, Some("build/"));
    check("/a\n!b", "a/b", true, Some("/a"));
    check("/a\n!b", "c/b", false, Some("!b"));
    check("/a\n!b", "c/a", false, None);
}

#[test]
fn double_stars() {
    check("a/**/b", "a/b", true, Some("a/**/b"));
    check("a/**", "a", false, None);
    check("a/**", "a/x/y", true, Some("a/**"));
}

#[test]
fn bad_lines() {
    for (text, reason) in [
        ("!", Reason::Nothing),
        ("a//b", Reason::EmptyName),
        ("a**", Reason::Stars),
    ] {
        let bad = Filter::parse(text).expect_err("a bad rule");
        assert_eq!((bad.line, bad.reason), (1, reason));
    }
}
