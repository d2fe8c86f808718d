//! Finds the lines of a log that hold some bytes, and the lines around them.

/// What is looked for, and how many lines are wanted around each line that has it.
#[derive(Debug)]
pub struct Search {}

/// A line that was found, or that stands near one.
#[derive(Debug)]
pub struct Line {
    /// Counted from 1.
    pub number: usize,
    /// Where its first byte stands in the text.
    pub offset: usize,
    /// Without its end.
    pub text: Vec<u8>,
    pub kind: Kind,
    /// Whether it is the first line of all, or the line before it in the text is not given.
    pub opens: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It holds what was looked for.
    Match,
    /// It stands near a line that does.
    Context,
}

impl Search {
    /// Looks for these bytes, without lines around.
    pub fn new(_needle: &[u8]) -> Search {
        todo!("rule 2 of the brief")
    }

    /// Gives so many lines before and after each match as well.
    pub fn around(self, _before: usize, _after: usize) -> Search {
        todo!("rule 3 of the brief")
    }

    /// The lines of the text that were asked for, in their order.
    pub fn lines(&self, _text: &[u8]) -> Vec<Line> {
        todo!("rules 1 to 5 of the brief")
    }
}
