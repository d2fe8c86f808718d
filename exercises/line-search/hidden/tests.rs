//! What is found, over texts of few different lines, so that much is.

use assay::{Rng, Test};
use line_search::{Kind, Search};

// the API, pinned; `Search` and `Line` may have lifetimes or none, and lines may come in a Vec or from an iterator
const _: fn(&[u8]) -> Search = |needle| Search::new(needle);
const _: fn(Search, usize, usize) -> Search = |search, before, after| search.around(before, after);

/// Searches, and observes every line that is given.
fn find(t: &mut Test, text: &[u8], needle: &[u8], before: usize, after: usize) {
    t.input("text", &text);
    t.input("needle, lines before and after", &(needle, before, after));
    let search = Search::new(needle).around(before, after);
    for line in search.lines(text) {
        let bytes: &[u8] = line.text.as_ref();
        let is_match = match line.kind {
            Kind::Match => true,
            Kind::Context => false,
        };
        t.observe("number, offset, text, match, opens", &(line.number, line.offset, bytes, is_match, line.opens));
    }
}

/// A log of so many lines, one in `sparse` of which has the word `slow`.
fn log(rng: &mut Rng, lines: u64, sparse: u64) -> Vec<u8> {
    let mut text = Vec::new();
    for _ in 0..lines {
        text.extend_from_slice(rng.word(0, 6).as_bytes());
        if rng.chance(1, sparse) {
            text.extend_from_slice(b" slow ");
            text.extend_from_slice(rng.word(0, 3).as_bytes());
        }
        text.push(b'\n');
    }
    text
}

/// A text of so many pieces.
fn pieces(rng: &mut Rng, count: u64, pieces: &[&[u8]]) -> Vec<u8> {
    let mut text = Vec::new();
    for _ in 0..count {
        let piece: &[u8] = rng.pick::<&[u8]>(pieces);
        text.extend_from_slice(piece);
    }
    text
}

assay::tests! {
    /// Lines that hold the bytes, at their beginning, in their middle and at their end.
    fn finds_lines(t: &mut Test) {
        for _ in 0..6 {
            let text = log(t.rng(), 12, 3);
            find(t, &text, b"slow", 0, 0);
        }
        find(t, b"slow\nnot\nvery slow\nslow, he said\nslo\nlow\n", b"slow", 0, 0);
    }

    /// Lines around a match are given with it.
    fn lines_around(t: &mut Test) {
        for (before, after) in [(1, 0), (0, 1), (1, 1), (2, 3), (3, 0), (0, 4)] {
            let text = log(t.rng(), 30, 9);
            find(t, &text, b"slow", before, after);
        }
    }

    /// A line near two matches is given once, and a match near another is a match.
    fn shared_lines_once(t: &mut Test) {
        for (before, after) in [(1, 1), (2, 2), (3, 1), (1, 3)] {
            let text = log(t.rng(), 24, 3);
            find(t, &text, b"slow", before, after);
        }
    }

    /// What opens a group stands after a gap.
    fn groups_open(t: &mut Test) {
        for gap in 0..5 {
            let text = [b"slow\n".as_slice(), &b"ok\n".repeat(gap), b"slow\nok\n"].concat();
            find(t, &text, b"slow", 0, 0);
            find(t, &text, b"slow", 1, 1);
            find(t, &text, b"slow", 1, 0);
        }
    }

    /// A carriage return before a line feed belongs to the end of the line, and no other does.
    fn line_ends(t: &mut Test) {
        find(t, b"a\r\nb\ra\n\ra\r\r\na\n", b"a", 0, 0);
        find(t, b"a\r\nb\ra\n\ra\r\r\na\n", b"\r", 0, 0);
        for _ in 0..8 {
            let text = pieces(t.rng(), 16, &[b"a", b"b", b"\r", b"\n", b"\r\n"]);
            find(t, &text, b"a", 0, 1);
        }
    }

    /// A last line needs no end, and behind a last end there is no line.
    fn last_lines(t: &mut Test) {
        for text in ["", "\n", "\n\n", "a", "a\n", "b\na", "b\na\n", "a\nb\n\n", "b\na\r"] {
            find(t, text.as_bytes(), b"a", 1, 2);
            find(t, text.as_bytes(), b"", 0, 0);
        }
    }

    /// Nothing is in every line; what has a line feed, or is longer than a line, is in none.
    fn strange_needles(t: &mut Test) {
        let text = log(t.rng(), 9, 3);
        for needle in ["", "\n", "slow\n", "\nslow", "a line that is longer than all of them", "slow "] {
            find(t, &text, needle.as_bytes(), 0, 0);
        }
    }

    /// Bytes are bytes, whether or not they are text.
    fn any_bytes(t: &mut Test) {
        for _ in 0..4 {
            let text = pieces(t.rng(), 24, &[b"\xff", b"\xc3", b"\xa9", b"\0", b"\n", "é".as_bytes()]);
            find(t, &text, b"\xa9", 0, 0);
            find(t, &text, b"\xff\xc3", 1, 0);
            find(t, &text, b"\0", 0, 1);
        }
    }

    /// As many lines around as there are.
    fn all_around(t: &mut Test) {
        for (before, after) in [(usize::MAX, 0), (0, usize::MAX), (usize::MAX, usize::MAX), (usize::MAX - 1, 1)] {
            let text = log(t.rng(), 12, 6);
            find(t, &text, b"slow", before, after);
        }
    }

    /// A search can be asked again, and about another text.
    fn asked_again(t: &mut Test) {
        let texts = [log(t.rng(), 8, 3), log(t.rng(), 8, 3)];
        let search = Search::new(b"slow").around(1, 1);
        for text in [&texts[0], &texts[1], &texts[0]] {
            t.input("text", text);
            let mut numbers = Vec::new();
            for line in search.lines(text) {
                numbers.push(line.number);
            }
            t.observe("numbers", &numbers);
        }
    }

    /// Twenty thousand matches with many lines around.
    fn many_matches(t: &mut Test) {
        let text = b"slow\nok\n".repeat(20_000);
        for around in [0, 1, 100_000] {
            let search = Search::new(b"slow").around(around, around);
            let mut sums = (0, 0, 0_usize);
            for line in search.lines(&text) {
                sums = (sums.0 + 1, sums.1 + line.number, sums.2 + line.offset);
            }
            t.observe("lines, and sums of numbers and offsets", &(around, sums));
        }
    }

    /// The first match of a large log costs no more than the way to it.
    fn first_ones_are_cheap(t: &mut Test) {
        let text = log(t.rng(), 200_000, 50);
        for around in [0, 3] {
            let mut sum = 0_usize;
            for at in 0..400 {
                let search = Search::new(b"slow").around(around, around);
                sum += search.lines(&text[at * 8..]).into_iter().take(2).map(|line| line.offset).sum::<usize>();
            }
            t.observe("sum of offsets", &(around, sum));
        }
    }

    /// What a search through a whole log allocates.
    fn search_costs(t: &mut Test) {
        let text = log(t.rng(), 2_000, 5);
        let mut seen = (0, 0, 0);
        let search = Search::new(b"slow").around(2, 1);
        t.count("search_allocations", || {
            for line in search.lines(&text) {
                let bytes: &[u8] = line.text.as_ref();
                seen = (seen.0 + 1, seen.1 + line.number, seen.2 + bytes.len());
            }
        });
        t.observe("lines, sum of numbers, bytes", &seen);
    }
}
