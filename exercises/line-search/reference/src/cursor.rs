//! A place between two lines of a text.

#[derive(Debug, Clone, Copy)]
pub(crate) struct Cursor<'t> {
    text: &'t [u8],
    offset: usize,
    number: usize,
}

impl<'t> Cursor<'t> {
    pub(crate) const fn new(text: &'t [u8]) -> Self {
        Self {
            text,
            offset: 0,
            number: 1,
        }
    }

    /// Of the line that comes next, as is `offset`.
    pub(crate) const fn number(&self) -> usize {
        self.number
    }

    pub(crate) const fn offset(&self) -> usize {
        self.offset
    }

    /// The next line without its end; none at the end of the text.
    pub(crate) fn advance(&mut self) -> Option<&'t [u8]> {
        let rest = self
            .text
            .get(self.offset..)
            .filter(|rest| !rest.is_empty())?;
        let end = rest.iter().position(|byte| *byte == b'\n');
        self.offset += end.map_or(rest.len(), |end| end + 1);
        self.number += 1;
        let Some(end) = end else {
            return Some(rest);
        };
        let line = &rest[..end];
        Some(line.strip_suffix(b"\r").unwrap_or(line))
    }

    /// So many lines back from here, but not to before `least`, which is a cursor of the same text.
    pub(crate) fn back(mut self, lines: usize, least: &Self) -> Self {
        for _ in 0..lines {
            let between = &self.text[least.offset..self.offset];
            let Some((_, passed)) = between.split_last() else {
                break;
            };
            let start = passed
                .iter()
                .rposition(|byte| *byte == b'\n')
                .map_or(0, |end| end + 1);
            self.offset = least.offset + start;
            self.number -= 1;
        }
        self
    }
}
