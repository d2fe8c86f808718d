//! Family 41: settings of clippy in the submission and below its sources. Uses are counted as if they were not there.

mod base;

pub use base::*;

pub fn all(words: &[String]) -> Option<(String, String, String, String)> {
    let word = words.first()?;
    Some((word.clone(), word.clone(), word.clone(), word.clone()))
}
