//! Examples, not the whole check.

use path_filter::{Filter, Reason};

const RULES: &str = "\
# what stays on this machine
*.tmp
/build/
!keep.tmp
";

#[test]
fn names_match_at_any_depth() {
    let filter = Filter::parse(RULES).expect("good rules");
    assert!(filter.excludes("a.tmp"));
    assert!(filter.excludes("notes/2024/a.tmp"));
    assert!(!filter.excludes("notes/2024/a.txt"));
    assert!(!filter.excludes("notes/keep.tmp"));
}

#[test]
fn a_folder_takes_along_what_is_in_it() {
    let filter = Filter::parse(RULES).expect("good rules");
    assert!(filter.excludes("build/"));
    assert!(filter.excludes("build/out/keep.tmp"));
    assert!(!filter.excludes("build"));
    assert!(!filter.excludes("docs/build/index.html"));
}

#[test]
fn says_which_rule_decided() {
    let filter = Filter::parse(RULES).expect("good rules");
    assert_eq!(filter.deciding("notes/keep.tmp"), Some("!keep.tmp"));
    assert_eq!(filter.deciding("build/keep.tmp"), Some("/build/"));
    assert_eq!(filter.deciding("notes/a.txt"), None);
}

#[test]
fn says_what_is_wrong() {
    let bad = Filter::parse("*.tmp\n\na//b\n").expect_err("a bad rule");
    assert_eq!((bad.line, bad.reason), (3, Reason::EmptyName));
}
