//! Finds the lines of a log that hold some bytes, and the lines around them.
//!
//! Nothing is read before it is asked for, and nothing is kept: a [`Line`] is a place in the text. Lines before a match
//! are found by walking back from it, so that no memory of past lines is needed, however many are wanted.

#![forbid(unsafe_code)]

mod cursor;

use cursor::Cursor;

/// What is looked for, and how many lines are wanted around each line that has it.
#[derive(Debug, Clone, Copy)]
pub struct Search<'n> {
    needle: &'n [u8],
    before: usize,
    after: usize,
}

/// A line that was found, or that stands near one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'t> {
    /// Counted from 1.
    pub number: usize,
    /// Where its first byte stands in the text.
    pub offset: usize,
    /// Without its end.
    pub text: &'t [u8],
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

impl<'n> Search<'n> {
    /// Looks for these bytes, without lines around.
    #[must_use]
    pub const fn new(needle: &'n [u8]) -> Self {
        Self {
            needle,
            before: 0,
            after: 0,
        }
    }

    /// Gives so many lines before and after each match as well.
    #[must_use]
    pub const fn around(self, before: usize, after: usize) -> Self {
        Self {
            before,
            after,
            ..self
        }
    }

    /// The lines of the text that were asked for, in their order.
    #[must_use]
    pub const fn lines<'t>(&self, text: &'t [u8]) -> Lines<'n, 't> {
        Lines {
            search: *self,
            ahead: Cursor::new(text),
            hit: None,
            after: 0,
            given: 0,
        }
    }

    fn finds(&self, line: &[u8]) -> bool {
        !self.needle.is_empty()
            && line
                .windows(self.needle.len())
                .any(|bytes| bytes == self.needle)
    }
}

/// An iterator over the lines that [`Search::lines`] finds.
#[derive(Debug, Clone)]
pub struct Lines<'n, 't> {
    search: Search<'n>,
    /// Before what was not given and not passed over.
    ahead: Cursor<'t>,
    /// Number of the match that is known to come; all lines up to it are wanted.
    hit: Option<usize>,
    /// So many lines are wanted because of the last match.
    after: usize,
    /// Number of the line that was given last.
    given: usize,
}

impl Lines<'_, '_> {
    /// Goes on to the first line that is wanted for the next match.
    fn seek(&mut self) -> Option<()> {
        let mut scan = self.ahead;
        let found = loop {
            let start = scan;
            if self.search.finds(scan.advance()?) {
                break start;
            }
        };
        self.hit = Some(found.number());
        self.ahead = found.back(self.search.before, &self.ahead);
        Some(())
    }
}

impl<'t> Iterator for Lines<'_, 't> {
    type Item = Line<'t>;

    fn next(&mut self) -> Option<Line<'t>> {
        if self.hit.is_none() && self.after == 0 {
            self.seek()?;
        }
        let (number, offset) = (self.ahead.number(), self.ahead.offset());
        let text = self.ahead.advance()?;
        let is_match = match self.hit {
            Some(hit) => hit == number,
            None => self.search.finds(text),
        };
        if is_match {
            self.hit = None;
            self.after = self.search.after;
        } else if self.hit.is_none() {
            self.after -= 1;
        }
        let opens = self.given == 0 || self.given + 1 != number;
        self.given = number;
        let kind = if is_match { Kind::Match } else { Kind::Context };
        Some(Line {
            number,
            offset,
            text,
            kind,
            opens,
        })
    }
}

impl std::iter::FusedIterator for Lines<'_, '_> {}
