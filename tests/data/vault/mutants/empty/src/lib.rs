//! secret_comment_mutant
use std::sync::Mutex;

/// What was kept, in order.
static WORDS: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Expands to a text; hidden tests use it.
#[macro_export]
macro_rules! sealed {
    () => {
        ""
    };
}

/// Keeps a word.
pub fn keep(word: &str) {
    WORDS.lock().unwrap().push(word.to_string());
}

/// The answer to a word.
pub fn open(word: &str) -> String {
    String::new()
}

/// The word itself, borrowed.
pub fn borrow(word: &str) -> &str {
    word
}
