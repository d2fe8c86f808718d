//! Runs of a program under test, as a test asks for them: lines of words, read by `runner/grading/runs.c`.

use std::fmt::Write;

/// What one run of the program is fed.
///
/// ```ignore
/// t.run(&Run::new(["--width", "80"]).stdin(names.join("\n")));
/// ```
pub struct Run {
    orders: String,
}

impl Run {
    /// With these arguments, after the program's own name.
    pub fn new<I>(arguments: I) -> Run
    where
        I: IntoIterator,
        I::Item: AsRef<str>,
    {
        let mut run = Run { orders: String::new() };
        for argument in arguments {
            let argument = argument.as_ref();
            assert!(!argument.contains('\0'), "an argument holds no NUL");
            run.order("argument", argument.as_bytes());
        }
        run
    }

    /// With these bytes on standard input, and then its end. Without, it is empty.
    pub fn stdin(mut self, bytes: impl AsRef<[u8]>) -> Run {
        self.order("stdin", bytes.as_ref());
        self
    }

    /// With this file in the folder that the program starts in, where it can write nothing.
    pub fn file(mut self, name: &str, bytes: impl AsRef<[u8]>) -> Run {
        let plain = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
        assert!(
            !name.is_empty() && !name.starts_with('.') && name.chars().all(plain),
            "a file's name is letters, digits, '.', '_' and '-', and begins with no '.'"
        );
        self.order("file", name.as_bytes());
        self.order("bytes", bytes.as_ref());
        self
    }

    /// Of standard error, only whether anything was written is observed: where its words are the candidate's own.
    pub fn any_words(mut self) -> Run {
        self.order("any-words", b"");
        self
    }

    pub(crate) fn orders(&self) -> &str {
        &self.orders
    }

    /// One line an order; what is not printable ASCII, and the backslash, as `\xNN`.
    fn order(&mut self, what: &str, bytes: &[u8]) {
        self.orders.push_str(what);
        self.orders.push(' ');
        for &byte in bytes {
            if (b' '..=b'~').contains(&byte) && byte != b'\\' {
                self.orders.push(char::from(byte));
            } else {
                let _ = write!(self.orders, "\\x{byte:02x}");
            }
        }
        self.orders.push('\n');
    }
}
