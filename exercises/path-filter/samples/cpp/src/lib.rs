//! Path filter. Views into the rules' text, no copies; matching is iterative (no recursion, no heap).

use std::error::Error;
use std::fmt;

#[derive(Debug)]
struct Rule<'a> {
    m_line: &'a str,
    m_pattern: &'a [u8],
    m_include: bool,
    m_dir_only: bool,
    m_anchored: bool,
}

#[derive(Debug)]
pub struct Filter<'a> {
    m_rules: Vec<Rule<'a>>,
}

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

impl<'a> Rule<'a> {
    fn get_line(&self) -> &'a str { return self.m_line; }
    fn get_include(&self) -> bool { return self.m_include; }

    // returns false and sets reason if the line is not a rule
    fn init(&mut self, line: &'a str, reason: &mut Reason) -> bool {
        self.m_line = line;
        let bytes: &'a [u8] = line.as_bytes();
        let mut begin: usize = 0;
        let mut end: usize = bytes.len();
        if begin < end && bytes[begin] == b'!' { self.m_include = true; begin += 1; }
        if begin < end && bytes[end - 1] == b'/' { self.m_dir_only = true; end -= 1; }
        if begin < end && bytes[begin] == b'/' { self.m_anchored = true; begin += 1; }
        if begin == end {
            *reason = Reason::Nothing;
            return false;
        }
        let mut name_begin: usize = begin;
        let mut i: usize = begin;
        while i <= end {
            if i == end || bytes[i] == b'/' {
                if i == name_begin {
                    *reason = Reason::EmptyName;
                    return false;
                }
                if i - name_begin != 2 || bytes[name_begin] != b'*' || bytes[name_begin + 1] != b'*' {
                    for j in name_begin..i - 1 {
                        if bytes[j] == b'*' && bytes[j + 1] == b'*' {
                            *reason = Reason::Stars;
                            return false;
                        }
                    }
                }
                if i < end { self.m_anchored = true; }
                name_begin = i + 1;
            }
            i += 1;
        }
        self.m_pattern = &bytes[begin..end];
        return true;
    }

    fn match_path(&self, path: &[u8], is_dir: bool) -> bool {
        if self.m_dir_only && is_dir == false {
            return false;
        }
        return match_path(self.m_pattern, path, self.m_anchored);
    }
}

impl<'a> Filter<'a> {
    pub fn parse(text: &'a str) -> Result<Filter<'a>, BadRule> {
        let mut filter = Filter { m_rules: Vec::new() };
        let mut line_no: usize = 0;
        for line in text.lines() {
            line_no += 1;
            if line.len() == 0 || line.as_bytes()[0] == b'#' {
                continue;
            }
            let mut rule = Rule { m_line: "", m_pattern: &[], m_include: false, m_dir_only: false, m_anchored: false };
            let mut reason = Reason::Nothing;
            if rule.init(line, &mut reason) == false {
                return Err(BadRule { line: line_no, reason: reason });
            }
            filter.m_rules.push(rule);
        }
        return Ok(filter);
    }

    pub fn excludes(&self, path: &str) -> bool {
        let rule = self.find(path.as_bytes());
        if rule.is_none() {
            return false;
        }
        return !rule.unwrap().get_include();
    }

    pub fn deciding(&self, path: &str) -> Option<&'a str> {
        let rule = self.find(path.as_bytes());
        if rule.is_none() {
            return None;
        }
        return Some(rule.unwrap().get_line());
    }

    fn find(&self, path: &[u8]) -> Option<&Rule<'a>> {
        for i in 0..path.len() {
            if path[i] == b'/' {
                let rule = self.last_match(&path[0..i], true);
                if i == path.len() - 1 || (rule.is_some() && !rule.unwrap().get_include()) {
                    return rule;
                }
            }
        }
        return self.last_match(path, false);
    }

    fn last_match(&self, path: &[u8], is_dir: bool) -> Option<&Rule<'a>> {
        let mut i: usize = self.m_rules.len();
        while i > 0 {
            i -= 1;
            if self.m_rules[i].match_path(path, is_dir) {
                return Some(&self.m_rules[i]);
            }
        }
        return None;
    }
}

const NPOS: usize = usize::MAX;

// one past the last byte of the name that begins at pos
fn name_end(text: &[u8], pos: usize) -> usize {
    let mut end = pos;
    while end < text.len() && text[end] != b'/' {
        end += 1;
    }
    return end;
}

// length of the UTF-8 sequence at pos
fn char_len(text: &[u8], pos: usize) -> usize {
    let mut n: usize = 1;
    while pos + n < text.len() && (text[pos + n] & 0xC0) == 0x80 {
        n += 1;
    }
    return n;
}

fn match_name(p: &[u8], s: &[u8]) -> bool {
    let mut pi: usize = 0;
    let mut si: usize = 0;
    let mut star: usize = NPOS;
    let mut mark: usize = 0;
    while si < s.len() {
        if pi < p.len() && p[pi] == b'*' {
            pi += 1;
            star = pi;
            mark = si;
        } else if pi < p.len() && p[pi] == b'?' {
            pi += 1;
            si += char_len(s, si);
        } else if pi < p.len() && p[pi] == s[si] {
            pi += 1;
            si += 1;
        } else if star != NPOS {
            mark += char_len(s, mark);
            pi = star;
            si = mark;
        } else {
            return false;
        }
    }
    while pi < p.len() && p[pi] == b'*' {
        pi += 1;
    }
    return pi == p.len();
}

// Positions are begins of names; length + 1 means that there is none left.
fn match_path(p: &[u8], s: &[u8], anchored: bool) -> bool {
    let mut pi: usize = 0;
    let mut si: usize = 0;
    let mut star: usize = if anchored { NPOS } else { 0 };
    let mut mark: usize = 0;
    while si <= s.len() {
        if pi <= p.len() {
            let pe = name_end(p, pi);
            let se = name_end(s, si);
            if pe - pi == 2 && p[pi] == b'*' && p[pi + 1] == b'*' {
                if pe == p.len() {
                    return true;
                }
                pi = pe + 1;
                star = pi;
                mark = si;
                continue;
            }
            if match_name(&p[pi..pe], &s[si..se]) {
                pi = pe + 1;
                si = se + 1;
                continue;
            }
        }
        if star == NPOS {
            return false;
        }
        mark = name_end(s, mark) + 1;
        pi = star;
        si = mark;
    }
    return pi == p.len() + 1;
}
