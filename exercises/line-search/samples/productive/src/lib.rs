//! Finds the lines of a log that hold some bytes, and the lines around them.

/// What is looked for, and how many lines are wanted around each line that has it.
#[derive(Debug)]
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
    /// Whether it begins a group.
    pub opens: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It holds what was looked for.
    Match,
    /// It stands near a line that does.
    Context,
}

/// All lines of a text, as context for now.
fn split(text: &[u8]) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut offset = 0;
    for (index, part) in text.split_inclusive(|byte| *byte == b'\n').enumerate() {
        let line = match part.strip_suffix(b"\n") {
            Some(line) => line.strip_suffix(b"\r").unwrap_or(line),
            None => part,
        };
        lines.push(Line {
            number: index + 1,
            offset,
            text: line,
            kind: Kind::Context,
            opens: false,
        });
        offset += part.len();
    }
    lines
}

impl<'n> Search<'n> {
    /// Looks for these bytes, without lines around.
    pub fn new(needle: &'n [u8]) -> Self {
        Search {
            needle,
            before: 0,
            after: 0,
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

    fn matches(&self, line: &[u8]) -> bool {
        self.needle.is_empty()
            || line
                .windows(self.needle.len())
                .any(|part| part == self.needle)
    }

    /// The lines of the text that were asked for, in their order.
    pub fn lines<'t>(&self, text: &'t [u8]) -> impl Iterator<Item = Line<'t>> {
        let mut lines = split(text);
        for line in &mut lines {
            if self.matches(line.text) {
                line.kind = Kind::Match;
            }
        }
        let mut given: Vec<Line<'t>> = Vec::new();
        // what is before this is given, or passed over
        let mut start = 0;
        let mut after = 0;
        for (index, line) in lines.iter().enumerate() {
            if line.kind == Kind::Match {
                let from = index.saturating_sub(self.before).max(start);
                given.extend(&lines[from..=index]);
                start = index + 1;
                after = self.after;
            } else if after > 0 {
                given.push(*line);
                start = index + 1;
                after -= 1;
            }
        }
        let mut last = None;
        for line in &mut given {
            line.opens = last.is_none_or(|last: usize| last + 1 != line.number);
            last = Some(line.number);
        }
        given.into_iter()
    }
}
