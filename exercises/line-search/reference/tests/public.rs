//! Examples, not the whole check.

use line_search::{Kind, Search};

const LOG: &[u8] = b"start\r\nslow: 310 ms\nok\nok\nslow: 12 ms\nstop";

/// Number, offset, text, whether it matches, whether it opens a group.
type Seen = (usize, usize, String, bool, bool);

fn seen(search: &Search) -> Vec<Seen> {
    let mut all = Vec::new();
    for line in search.lines(LOG) {
        let text = String::from_utf8_lossy(line.text).into_owned();
        all.push((
            line.number,
            line.offset,
            text,
            line.kind == Kind::Match,
            line.opens,
        ));
    }
    all
}

#[test]
fn finds_lines() {
    let found = seen(&Search::new(b"slow"));
    assert_eq!(
        found,
        [
            (2, 7, "slow: 310 ms".into(), true, true),
            (5, 26, "slow: 12 ms".into(), true, true)
        ]
    );
}

#[test]
fn gives_lines_around() {
    let found = seen(&Search::new(b"slow").around(1, 0));
    assert_eq!(
        found,
        [
            (1, 0, "start".into(), false, true),
            (2, 7, "slow: 310 ms".into(), true, false),
            (4, 23, "ok".into(), false, true),
            (5, 26, "slow: 12 ms".into(), true, false),
        ]
    );
}
