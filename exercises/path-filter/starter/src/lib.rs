//! Which files of a folder are synchronised: rules in the manner of ignore files, over paths as text.

use std::error::Error;
use std::fmt;

/// Rules that were read from a text.
#[derive(Debug)]
pub struct Filter {}

/// The first line that is no rule.
#[derive(Debug)]
pub struct BadRule {
    /// Counted from 1; comments and empty lines count.
    pub line: usize,
    pub reason: Reason,
}

/// What is wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Nothing is left to be matched, as in `!` or `/`.
    Nothing,
    /// A name without a character, as in `a//b`.
    EmptyName,
    /// `**` is part of a name, as in `a**`, instead of all of it.
    Stars,
}

impl fmt::Display for BadRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.reason {
            Reason::Nothing => "there is nothing to match",
            Reason::EmptyName => "a name is empty",
            Reason::Stars => "`**` must be a whole name",
        };
        write!(f, "line {}: {what}", self.line)
    }
}

impl Error for BadRule {}

impl Filter {
    /// Reads rules, one a line.
    ///
    /// # Errors
    ///
    /// Names the first line that is neither empty, a comment nor a rule.
    pub fn parse(_text: &str) -> Result<Filter, BadRule> {
        todo!("rules 1 to 4 of the brief")
    }

    /// Whether the path is left out: by a rule of its own, or with a folder that it is in.
    pub fn excludes(&self, _path: &str) -> bool {
        todo!("rules 5 to 7 of the brief")
    }

    /// The line of the rule that decided about the path, as it was written; none if no rule did.
    pub fn deciding(&self, _path: &str) -> Option<&str> {
        todo!("rule 8 of the brief")
    }
}
