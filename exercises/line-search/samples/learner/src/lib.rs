//! Finds the lines of a log that hold some bytes, and the lines around them.

/// What is looked for, and how many lines are wanted around each line that has it.
#[derive(Debug)]
pub struct Search {
    needle: Vec<u8>,
    before: usize,
    after: usize,
}

/// A line that was found, or that stands near one.
#[derive(Debug, Clone)]
pub struct Line {
    pub number: usize,
    pub offset: usize,
    pub text: Vec<u8>,
    pub kind: Kind,
    pub opens: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Match,
    Context,
}

impl Search {
    pub fn new(needle: &[u8]) -> Search {
        return Search { needle: needle.to_vec(), before: 0, after: 0 };
    }

    pub fn around(self, before: usize, after: usize) -> Search {
        Search { needle: self.needle.clone(), before: before, after: after }
    }

    pub fn lines(&self, text: &[u8]) -> Vec<Line> {
        // first all lines
        let mut all: Vec<Line> = Vec::new();
        let mut offset = 0;
        let mut number = 1;
        for part in text.split(|b| *b == b'\n') {
            let mut line = part.to_vec();
            let length = line.len();
            if line.ends_with(b"\r") {
                line.pop();
            }
            all.push(Line { number: number, offset: offset, text: line.clone(), kind: Kind::Context, opens: false });
            offset = offset + length + 1;
            number += 1;
        }
        if all.len() > 0 && all.last().unwrap().text.len() == 0 {
            all.pop();
        }
        // then the ones that match, and those around
        let mut wanted = vec![false; all.len()];
        for i in 0..all.len() {
            let found = self.contains(&all[i].text.clone());
            if found {
                all[i].kind = Kind::Match;
                let mut j = i as i64 - self.before as i64;
                if j < 0 {
                    j = 0;
                }
                while j <= (i + self.after) as i64 {
                    if (j as usize) < all.len() {
                        wanted[j as usize] = true;
                    }
                    j += 1;
                }
            }
        }
        let mut result = Vec::new();
        for i in 0..all.len() {
            if wanted[i] {
                let mut line = all[i].clone();
                line.opens = i == 0 || !wanted[i - 1];
                result.push(line);
            }
        }
        result
    }

    fn contains(&self, line: &Vec<u8>) -> bool {
        if self.needle.len() == 0 {
            return true;
        }
        line.windows(self.needle.len()).any(|w| w == &self.needle[..])
    }
}
