//! Plain `#[test]` functions: run one at a time by us, each in a process of its own.
//!
//! Such a test asserts, so the process under test knows what is expected; what it cannot do is to end a test well. A
//! pass is an END record with the run's secret, written here after the body came back: no exit code and no printed
//! line counts. The functions come from `test.rs`, which the compiler takes for its own test harness.

use super::{exit, last_panic, note_panic, read_request, words_of, Kind, Request, LIST};
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicU64, Ordering};

/// What the hidden files are called while they are compiled: assertions that fail stand there.
const HIDDEN: &str = "/hidden/";

pub enum Panics {
    Never,
    /// With words that hold these, where they are given.
    Must(Option<&'static str>),
}

pub struct PlainTest {
    /// With its modules: `parsing::empty_input`.
    pub path: &'static str,
    pub file: &'static str,
    pub line: usize,
    pub panics: Panics,
    /// `Err` where the function returned something else than success.
    pub body: fn() -> Result<(), String>,
}

/// How many panics there were, on any thread, and how many of them began at a place in a hidden file.
static PANICS: AtomicU64 = AtomicU64::new(0);
static OWN_PANICS: AtomicU64 = AtomicU64::new(0);

fn note(info: &panic::PanicHookInfo<'_>) {
    PANICS.fetch_add(1, Ordering::Relaxed);
    if info.location().is_some_and(|at| at.file().starts_with(HIDDEN)) {
        OWN_PANICS.fetch_add(1, Ordering::Relaxed);
    }
    note_panic(info);
}

/// The `main` of a file of plain tests: reads the request and runs one test, or lists them all.
pub fn run(tests: &[PlainTest]) -> ! {
    let Request { index, mut records, end, .. } = read_request();
    if index == LIST {
        for test in tests {
            let file = test.file.strip_prefix(HIDDEN).unwrap_or(test.file);
            records.write(Kind::Listed, test.path, &format!("{}:{file}", test.line));
        }
        records.close(&end, Kind::End, "", "");
    }
    let Some(test) = tests.get(index as usize) else { exit(2) };
    // the name is compared: a macro of the submission's that adds tests must not put another one in this one's place
    records.write(Kind::Begin, test.path, "");
    panic::set_hook(Box::new(note));
    let outcome = panic::catch_unwind(AssertUnwindSafe(test.body)).map_err(|payload| {
        let words = words_of(&*payload);
        std::mem::forget(payload);
        words
    });
    match judge(test, outcome) {
        End::Well { panics, own_panics } => {
            // an assertion that failed where somebody caught the panic: compared with the reference's (compare.c)
            let own = OWN_PANICS.load(Ordering::Relaxed).saturating_sub(own_panics);
            let all = PANICS.load(Ordering::Relaxed).saturating_sub(panics);
            records.write(Kind::Caught, &own.to_string(), &all.to_string());
            records.close(&end, Kind::End, "", "")
        }
        End::Panic { place, words } => records.close(&end, Kind::Panic, &place, &words),
        End::Otherwise(sentence) => records.close(&end, Kind::Failed, "", &sentence),
    }
}

enum End {
    /// With so many panics that it had to end with, one at most, and so many of them in its own text.
    Well { panics: u64, own_panics: u64 },
    Panic { place: String, words: String },
    Otherwise(String),
}

/// `Err` holds the words of the panic that ended the body.
fn judge(test: &PlainTest, outcome: Result<Result<(), String>, String>) -> End {
    let (place, noted) = last_panic();
    let place = place.strip_prefix('/').filter(|_| place.starts_with(HIDDEN)).unwrap_or(&place);
    match (&test.panics, outcome) {
        (Panics::Never, Ok(Ok(()))) => End::Well { panics: 0, own_panics: 0 },
        (Panics::Never, Ok(Err(sentence))) => End::Otherwise(sentence),
        (Panics::Never, Err(words)) => End::Panic { place: place.to_string(), words },
        (_, Ok(_)) => End::Otherwise("it did not panic, as it must".to_string()),
        (Panics::Must(expected), Err(words)) => match fault_of_panic(expected.unwrap_or_default(), &words) {
            None => {
                // one that was caught and begun again has not been noted
                let panics = u64::from(noted == words);
                End::Well { panics, own_panics: if place.starts_with(&HIDDEN[1..]) { panics } else { 0 } }
            }
            Some(sentence) => End::Otherwise(sentence),
        },
    }
}

/// Why this is not the panic that a test must end with.
fn fault_of_panic(expected: &str, words: &str) -> Option<String> {
    // the words of todo! and unimplemented!
    if ["not yet implemented", "not implemented"].iter().any(|start| words.starts_with(start)) {
        Some(format!("it panicked because something is not written yet: {words}"))
    } else if !words.contains(expected) {
        Some(format!("it panicked with \"{words}\", and must with \"{expected}\""))
    } else {
        None
    }
}

/// What is imported into every module of a plain file, by name (`runner/rust/pins.c`): an import by name wins over what
/// a glob brings, so that no `use their_crate::*` changes what `assert_eq!` or `Some` means.
pub mod pins {
    #![allow(hidden_glob_reexports)]
    mod macros_and_modules {
        pub use std::{env, panic, vec};
    }
    pub use macros_and_modules::*;
    // the modules of these names stay behind, the macros pass
    mod env {}
    mod panic {}
    mod vec {}
    pub use std::prelude::rust_2021::*;
    pub use std::primitive::*;
    pub use std::{
        assert, assert_eq, assert_ne, cfg, column, compile_error, concat, dbg, debug_assert, debug_assert_eq,
        debug_assert_ne, eprint, eprintln, file, format, format_args, include, include_bytes, include_str, line, matches,
        module_path, option_env, print, println, stringify, thread_local, todo, unimplemented, unreachable, write,
        writeln,
    };
}
