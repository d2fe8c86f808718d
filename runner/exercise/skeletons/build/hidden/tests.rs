//! Streams of lines whose ids, repeats and windows the seed chooses. A test observes: the reference goes through the
//! same lines, and what it said is what must come back.

use @crate@::Recent;
use assay::Test;

// the API, pinned: what only looks like it does not compile
const _: fn(usize) -> Recent = Recent::new;
const _: fn(&mut Recent, u64) -> bool = Recent::is_new;
const _: fn(&Recent) -> usize = Recent::held;

/// A window that is full, and lines of whom some come again while they are held and some when they no longer are.
fn pass(t: &mut Test, room: usize, lines: usize) {
    let ids = t.rng().ids(room + 2);
    let mut recent = Recent::new(room);
    let mut said = Vec::new();

    for &id in &ids[..room] {
        said.push((id, recent.is_new(id), recent.held()));
    }
    if room > 0 {
        said.push((ids[0], recent.is_new(ids[0]), recent.held())); // the oldest, still held
    }
    for _ in 0..lines {
        let id = *t.rng().pick(&ids);
        said.push((id, recent.is_new(id), recent.held()));
    }
    t.observe("(id, is new, held)", &said);
}

assay::tests! {
    /// A line is new unless its id is held, and the one held longest is forgotten first.
    fn repeats_are_told(t: &mut Test) {
        let room = t.rng().between(3, 12) as usize;
        t.input("room", &room);
        pass(t, room, 60);
    }

    /// Windows of none, of one and of 64 follow the same rules.
    fn small_windows(t: &mut Test) {
        for room in [0, 1, 64] {
            t.input("room", &room);
            pass(t, room, 200);
        }
    }

    /// Lines in a window that is full, each sent twice, and what they allocate.
    fn a_full_window(t: &mut Test) {
        let ids = t.rng().ids(264);
        let mut recent = Recent::new(64);
        for &id in &ids[..64] {
            recent.is_new(id);
        }
        let mut new = 0;
        t.count("warm_allocations", || {
            for &id in &ids[64..] {
                new += u64::from(recent.is_new(id)) + u64::from(recent.is_new(id));
            }
        });
        t.observe("new, held", &(new, recent.held()));
    }
}
