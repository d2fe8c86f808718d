//! Lines that hold some bytes, with lines around them: lazily, over a text that is only borrowed.

/// What is looked for, and how many lines are wanted around each line that has it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Search<'n> {
    needle: &'n [u8],
    before: usize,
    after: usize,
}

/// A line that was found, or that stands near one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'t> {
    /// Counted from 1.
    pub number: usize,
    /// Where its first byte stands in the text.
    pub offset: usize,
    /// Without its end.
    pub text: &'t [u8],
    /// Why it is given.
    pub kind: Kind,
    /// Whether a gap is before it.
    pub opens: bool,
}

/// Why a line is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It holds what was looked for.
    Match,
    /// It stands near a line that does.
    Context,
}

/// A line as it lies in the text.
#[derive(Clone, Copy, Debug)]
struct Raw<'t> {
    number: usize,
    offset: usize,
    text: &'t [u8],
}

/// The lines of a text, one after the other.
#[derive(Clone, Debug)]
struct RawLines<'t> {
    rest: &'t [u8],
    number: usize,
    offset: usize,
}

impl<'t> Iterator for RawLines<'t> {
    type Item = Raw<'t>;

    fn next(&mut self) -> Option<Raw<'t>> {
        let whole = self.rest.split_inclusive(|byte| *byte == b'\n').next()?;
        let text = match whole {
            [text @ .., b'\r', b'\n'] | [text @ .., b'\n'] => text,
            text => text,
        };
        let raw = Raw {
            number: self.number,
            offset: self.offset,
            text,
        };
        self.rest = &self.rest[whole.len()..];
        self.offset += whole.len();
        self.number += 1;
        Some(raw)
    }
}

/// See [`Search::lines`].
#[derive(Clone, Debug)]
pub struct Lines<'n, 't> {
    search: Search<'n>,
    /// In front of the first line that may still be given.
    lines: RawLines<'t>,
    /// So many lines are given whatever they hold: those before a match, with the match itself as the last.
    due: usize,
    /// So many lines behind the last match.
    after: usize,
    last: Option<usize>,
}

impl<'n> Search<'n> {
    /// Looks for these bytes, without lines around.
    pub fn new(needle: &'n [u8]) -> Self {
        Search {
            needle,
            ..Search::default()
        }
    }

    /// Gives so many lines before and after each match as well.
    pub fn around(self, before: usize, after: usize) -> Self {
        Search {
            before,
            after,
            ..self
        }
    }

    /// The lines of the text that were asked for, in their order.
    pub fn lines<'t>(self, text: &'t [u8]) -> Lines<'n, 't> {
        let lines = RawLines {
            rest: text,
            number: 1,
            offset: 0,
        };
        Lines {
            search: self,
            lines,
            due: 0,
            after: 0,
            last: None,
        }
    }

    fn matches(self, line: &[u8]) -> bool {
        match self.needle {
            [] => true,
            needle => line.windows(needle.len()).any(|part| part == needle),
        }
    }
}

impl Lines<'_, '_> {
    /// Goes to the next match with two feet: the second follows as many lines behind as are wanted before it.
    fn find(&mut self) -> Option<()> {
        let mut behind = self.lines.clone();
        let mut distance = 0;
        loop {
            let line = self.lines.next()?;
            if self.search.matches(line.text) {
                break;
            }
            if distance < self.search.before {
                distance += 1;
            } else {
                behind.next();
            }
        }
        self.lines = behind;
        self.due = distance + 1;
        Some(())
    }
}

impl<'t> Iterator for Lines<'_, 't> {
    type Item = Line<'t>;

    fn next(&mut self) -> Option<Line<'t>> {
        if self.due == 0 && self.after == 0 {
            self.find()?;
        }
        let Raw {
            number,
            offset,
            text,
        } = self.lines.next()?;
        let found = if self.due > 0 {
            self.due -= 1;
            self.due == 0
        } else {
            self.search.matches(text)
        };
        if found {
            self.after = self.search.after;
        } else if self.due == 0 {
            self.after -= 1;
        }
        let opens = self.last.is_none_or(|last| last + 1 < number);
        self.last = Some(number);
        Some(Line {
            number,
            offset,
            text,
            kind: if found { Kind::Match } else { Kind::Context },
            opens,
        })
    }
}
