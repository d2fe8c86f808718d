//! Line search over a byte buffer. Zero-copy: a Line is a view into the caller's buffer.

#[derive(Debug, Clone, Copy)]
pub struct Search<'n> {
    m_needle: &'n [u8],
    m_before: usize,
    m_after: usize,
}

#[derive(Debug, Clone, Copy)]
pub struct Line<'t> {
    pub number: usize,
    pub offset: usize,
    pub text: &'t [u8],
    pub kind: Kind,
    pub opens: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Match,
    Context,
}

/// Walks the buffer. Holds positions only, never owns memory.
pub struct LineIterator<'n, 't> {
    m_search: Search<'n>,
    m_text: &'t [u8],
    m_pos: usize,
    m_number: usize,
    m_hit: usize,
    m_has_hit: bool,
    m_after: usize,
    m_last: usize,
}

/// Index one past the last byte of the line that begins at pos, line feed included.
fn line_end(text: &[u8], pos: usize) -> usize {
    let mut i: usize = pos;
    while i < text.len() {
        if text[i] == b'\n' {
            return i + 1;
        }
        i += 1;
    }
    return text.len();
}

/// Strips the terminator of the line [begin, end).
fn strip<'t>(text: &'t [u8], begin: usize, end: usize) -> &'t [u8] {
    let mut e: usize = end;
    if e > begin && text[e - 1] == b'\n' {
        e -= 1;
        if e > begin && text[e - 1] == b'\r' {
            e -= 1;
        }
    }
    return &text[begin..e];
}

fn contains(line: &[u8], needle: &[u8]) -> bool {
    if needle.len() == 0 {
        return true;
    }
    if needle.len() > line.len() {
        return false;
    }
    for i in 0..(line.len() - needle.len() + 1) {
        let mut k: usize = 0;
        while k < needle.len() && line[i + k] == needle[k] {
            k += 1;
        }
        if k == needle.len() {
            return true;
        }
    }
    return false;
}

impl<'n> Search<'n> {
    pub fn new(needle: &'n [u8]) -> Search<'n> {
        return Search { m_needle: needle, m_before: 0, m_after: 0 };
    }

    pub fn around(self, before: usize, after: usize) -> Search<'n> {
        return Search { m_needle: self.m_needle, m_before: before, m_after: after };
    }

    pub fn lines<'t>(&self, text: &'t [u8]) -> LineIterator<'n, 't> {
        return LineIterator {
            m_search: *self,
            m_text: text,
            m_pos: 0,
            m_number: 1,
            m_hit: 0,
            m_has_hit: false,
            m_after: 0,
            m_last: 0,
        };
    }
}

impl<'n, 't> LineIterator<'n, 't> {
    fn seek(&mut self) -> bool {
        let mut pos: usize = self.m_pos;
        let mut number: usize = self.m_number;
        loop {
            if pos >= self.m_text.len() {
                return false;
            }
            let end: usize = line_end(self.m_text, pos);
            if contains(strip(self.m_text, pos, end), self.m_search.m_needle) {
                break;
            }
            pos = end;
            number += 1;
        }
        self.m_hit = number;
        self.m_has_hit = true;
        // walk back over the context
        let mut steps: usize = 0;
        while steps < self.m_search.m_before && pos > self.m_pos {
            let mut i: usize = pos - 1;
            while i > self.m_pos && self.m_text[i - 1] != b'\n' {
                i -= 1;
            }
            pos = i;
            number -= 1;
            steps += 1;
        }
        self.m_pos = pos;
        self.m_number = number;
        return true;
    }
}

impl<'n, 't> Iterator for LineIterator<'n, 't> {
    type Item = Line<'t>;

    fn next(&mut self) -> Option<Line<'t>> {
        if self.m_has_hit == false && self.m_after == 0 {
            if self.seek() == false {
                return None;
            }
        }
        if self.m_pos >= self.m_text.len() {
            return None;
        }
        let begin: usize = self.m_pos;
        let end: usize = line_end(self.m_text, begin);
        let number: usize = self.m_number;
        let text: &'t [u8] = strip(self.m_text, begin, end);
        self.m_pos = end;
        self.m_number += 1;
        let is_match: bool;
        if self.m_has_hit {
            is_match = number == self.m_hit;
        } else {
            is_match = contains(text, self.m_search.m_needle);
        }
        if is_match {
            self.m_has_hit = false;
            self.m_after = self.m_search.m_after;
        } else if self.m_has_hit == false {
            self.m_after -= 1;
        }
        let opens: bool = self.m_last == 0 || self.m_last + 1 != number;
        self.m_last = number;
        return Some(Line {
            number: number,
            offset: begin,
            text: text,
            kind: if is_match { Kind::Match } else { Kind::Context },
            opens: opens,
        });
    }
}
