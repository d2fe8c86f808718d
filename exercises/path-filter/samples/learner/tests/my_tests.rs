use path_filter::Filter;

#[test]
fn stars() {
    let filter = Filter::parse("*.o\nma?n.rs").unwrap();
    assert!(filter.excludes("a/b/x.o"));
    assert!(filter.excludes("main.rs"));
    assert!(!filter.excludes("mn.rs"));
}

#[test]
fn in_a_folder() {
    let filter = Filter::parse("a\n!a/b").unwrap();
    assert!(filter.excludes("a/b"));
}
