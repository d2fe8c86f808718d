//! A test for each rule of the brief.

use path_filter::{BadRule, Filter, Reason};

fn excluded<'p>(rules: &str, paths: &[&'p str]) -> Result<Vec<&'p str>, BadRule> {
    let filter = Filter::parse(rules)?;
    Ok(paths
        .iter()
        .copied()
        .filter(|path| filter.excludes(path))
        .collect())
}

fn refused(rules: &str) -> Option<(usize, Reason)> {
    Filter::parse(rules).err().map(|bad| (bad.line, bad.reason))
}

#[test]
fn lines_are_rules_comments_or_empty() -> Result<(), BadRule> {
    let paths = ["a", "b", "#c", " d", "d", "e ", "e"];
    assert_eq!(
        excluded("#c\r\n\r\na\r\n d\n\ne \n", &paths)?,
        ["a", " d", "e "]
    );
    Ok(())
}

#[test]
fn bad_lines_are_named() {
    for nothing in ["!", "/", "!/", "//"] {
        assert_eq!(refused(nothing), Some((1, Reason::Nothing)), "{nothing}");
    }
    for empty in ["///", "a//b", "//a", "a//", "a//b**"] {
        assert_eq!(refused(empty), Some((1, Reason::EmptyName)), "{empty}");
    }
    for stars in ["a**", "***", "x/**b/y", "**a//"] {
        assert_eq!(refused(stars), Some((1, Reason::Stars)), "{stars}");
    }
    assert_eq!(refused("#\n\na\n!\n//\n"), Some((4, Reason::Nothing)));
    assert_eq!(refused("!!"), None);
}

#[test]
fn a_slash_anchors() -> Result<(), BadRule> {
    let paths = ["a/b", "x/a/b", "a", "x/a"];
    assert_eq!(excluded("a/b", &paths)?, ["a/b"]);
    assert_eq!(excluded("/a", &paths)?, ["a/b", "a"]);
    assert_eq!(excluded("a", &paths)?, paths);
    Ok(())
}

#[test]
fn wildcards_stay_in_a_name() -> Result<(), BadRule> {
    let paths = ["ab", "aüb", "a/b", "a.min.min.js"];
    assert_eq!(excluded("a*b", &paths)?, ["ab", "aüb"]);
    assert_eq!(excluded("a?b", &paths)?, ["aüb"]);
    assert_eq!(excluded("*.min.js", &paths)?, ["a.min.min.js"]);
    Ok(())
}

#[test]
fn double_stars_are_names() -> Result<(), BadRule> {
    let paths = ["a/", "a/b", "a/x/b", "a/x/y/b", "c/b"];
    assert_eq!(excluded("a/**/b", &paths)?, ["a/b", "a/x/b", "a/x/y/b"]);
    assert_eq!(excluded("a/**", &paths)?, ["a/b", "a/x/b", "a/x/y/b"]);
    assert_eq!(excluded("**/b", &paths)?, paths[1..]);
    assert_eq!(excluded("**", &paths)?, paths);
    Ok(())
}

#[test]
fn a_closed_folder_stays_closed() -> Result<(), BadRule> {
    let paths = ["a/", "a/b", "c/b"];
    assert_eq!(excluded("a\nb\n!b\n!a/b", &paths)?, ["a/", "a/b"]);
    assert_eq!(excluded("a\n!a", &paths)?, [""; 0]);
    Ok(())
}

#[test]
fn hostile_patterns_end() -> Result<(), BadRule> {
    let name = "a".repeat(200);
    let folders = "a/".repeat(200);
    assert!(!Filter::parse(&format!("{}b", "*a".repeat(50)))?.excludes(&name));
    assert!(!Filter::parse(&format!("{}b", "**/a/".repeat(50)))?.excludes(&folders));
    Ok(())
}
