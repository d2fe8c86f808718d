//! Patterns that are written to take long.

use path_filter::{BadRule, Filter};

#[test]
fn stars_in_a_name() -> Result<(), BadRule> {
    let rule = "*a".repeat(100) + "b";
    assert!(!Filter::parse(&rule)?.excludes(&"a".repeat(250)));
    assert!(Filter::parse(&rule)?.excludes(&("a".repeat(250) + "b")));
    Ok(())
}

#[test]
fn stars_in_a_path() -> Result<(), BadRule> {
    let rule = "**/a/".repeat(30) + "b";
    assert!(!Filter::parse(&rule)?.excludes(&("a/".repeat(60) + "a")));
    Ok(())
}
