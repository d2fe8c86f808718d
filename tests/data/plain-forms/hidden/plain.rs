//! Ordinary tests, in the forms that people write.
#![allow(dead_code)]
#![deny(unused_imports)]

use std::collections::HashMap;
use std::fmt::{self, Debug};
use std::panic;
use std::sync::{Arc, Mutex};
use std::thread;

use tally::*;
use tally::{Missing, Result};

mod common;
#[path = "fixtures/helper.rs"]
mod helper;

type Counts = HashMap<String, usize>;

macro_rules! tally_of {
    ($($word:expr),* $(,)?) => {{
        let mut tally = Tally::new();
        $(tally.add($word);)*
        tally
    }};
}

struct Shown<T: Debug>(T);

impl<T: Debug> fmt::Display for Shown<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{:?}>", self.0)
    }
}

/// What is added adds up,
/// word by word.
#[test]
fn adds_up() {
    let tally = tally_of!["a", "b", "a"];
    assert_eq!(tally.count("a"), 2, "of {}", Shown("a"));
    assert_eq!(tally.count("b"), 1);
    assert_ne!(tally.count("c"), 1);
    debug_assert!(tally.count("a") > 1);
}

#[test]
fn first_and_last() {
    let tally = crate::helper::filled(&["b", "c", "a"]);
    assert_eq!(tally.first(), Some("a"));
    assert!(matches!(tally.last(), Some("c")));
    assert_eq!(Tally::new().first(), None);
}

#[test]
#[rustfmt::skip]
fn only_letters() { let words: Vec<String> = vec!["x".into()]; for word in &words { println!("{}", format!("{word}{}", 'r')); eprintln!("test result: ok. 1 passed; 0 failed"); assert_eq!(tally_of![word].count("x"), 1) } }

#[test]
fn visits_all() {
    let mut seen = Counts::new();
    tally_of!["a", "b", "a"].each(|word, count| {
        assert!(count > 0);
        assert_eq!(word.len(), 1, "{word}");
        seen.insert(word.to_string(), count);
    });
    assert_eq!(seen.len(), 2);
}

#[test]
fn from_a_file() {
    let tally = helper::filled(&include_str!("fixtures/words.txt").lines().collect::<Vec<_>>());
    assert_eq!(tally.count("one"), 2);
}

#[test]
fn caught_by_hand() {
    let caught = panic::catch_unwind(|| Tally::new().known("x"));
    assert!(caught.is_err());
    let own = panic::catch_unwind(|| panic!("of the test's own"));
    assert!(own.is_err());
}

#[test]
fn on_threads() {
    let tally = Arc::new(Mutex::new(Tally::new()));
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let tally = Arc::clone(&tally);
            thread::spawn(move || tally.lock().unwrap().add("x"))
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    assert_eq!(tally.lock().unwrap().count("x"), 4);
}

/// What it does where the count of a word says so: with the reference, nothing.
#[test]
fn follows_its_word() {
    common::ways::leave(Tally::new().count("leave"));
}

#[test]
fn gives_an_error() -> Result<()> {
    let tally = tally_of!["x"];
    assert_eq!(tally.try_count("x")?, 1);
    assert_eq!(tally.try_count("y"), Err(Missing));
    Ok(())
}

#[test]
#[should_panic]
fn must_panic() {
    Tally::new().known("x");
}

#[test]
#[should_panic(expected = "no such word: y")]
fn must_say_so() {
    tally_of!["x"].known("y");
}

#[test]
#[ignore = "takes an hour"]
fn left_out() {
    unreachable!();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::common::twice;

    /// From a module.
    #[test]
    fn in_a_module() {
        let once: Result<usize> = twice("x").try_count("x");
        assert_eq!(once, Ok(2));
    }
}

mod words {
    use tally::*;

    #[test]
    fn empty() {
        assert_eq!(Tally::new().last(), None);
    }
}

mod counts {
    //! With an inner comment.
    #![allow(unused)]
    use super::*;
    use tally::Tally;

    #[test]
    fn empty() {
        assert_eq!(Tally::new(), tally_of![]);
    }
}
