//! Which files of a folder are synchronised: rules in the manner of ignore files, over paths as text.
//!
//! A [`Filter`] lends from the text of its rules and from nothing else, and asking it allocates nothing.

mod name;

use std::error::Error;
use std::fmt;

/// Rules that borrow the text they were read from.
#[derive(Debug)]
pub struct Filter<'a> {
    /// The last one first, which is the order in which they are asked.
    rules: Vec<Rule<'a>>,
}

#[derive(Debug, Clone, Copy)]
struct Rule<'a> {
    line: &'a str,
    includes: bool,
    folders_only: bool,
    anchored: bool,
    names: Names<'a>,
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

/// What is left of a path or a pattern: its names, one after the other.
#[derive(Debug, Clone, Copy)]
struct Names<'t>(Option<&'t str>);

impl<'t> Names<'t> {
    fn next(&mut self) -> Option<&'t str> {
        let rest = self.0?;
        let (name, rest) = match rest.split_once('/') {
            Some((name, rest)) => (name, Some(rest)),
            None => (rest, None),
        };
        self.0 = rest;
        Some(name)
    }

    fn is_empty(self) -> bool {
        self.0.is_none()
    }
}

impl<'a> Filter<'a> {
    /// Reads rules, one a line.
    ///
    /// # Errors
    ///
    /// Names the first line that is neither empty, a comment nor a rule.
    pub fn parse(text: &'a str) -> Result<Self, BadRule> {
        let mut rules = Vec::new();
        for (line, rule) in (1..).zip(text.lines()) {
            if !rule.is_empty() && !rule.starts_with('#') {
                rules.push(Rule::parse(rule).map_err(|reason| BadRule { line, reason })?);
            }
        }
        rules.reverse();
        Ok(Self { rules })
    }

    /// Whether the path is left out: by a rule of its own, or with a folder that it is in.
    #[must_use]
    pub fn excludes(&self, path: &str) -> bool {
        self.decide(path).is_some_and(|rule| !rule.includes)
    }

    /// The line of the rule that decided about the path, as it was written; none if no rule did.
    #[must_use]
    pub fn deciding(&self, path: &str) -> Option<&'a str> {
        Some(self.decide(path)?.line)
    }

    fn decide(&self, path: &str) -> Option<Rule<'a>> {
        let (whole, is_folder) = match path.strip_suffix('/') {
            Some(folder) => (folder, true),
            None => (path, false),
        };
        whole
            .match_indices('/')
            .filter_map(|(end, _)| self.last_match(&whole[..end], true))
            .find(|rule| !rule.includes)
            .or_else(|| self.last_match(whole, is_folder))
    }

    fn last_match(&self, path: &str, is_folder: bool) -> Option<Rule<'a>> {
        let matches = |rule: &&Rule<'_>| {
            (is_folder || !rule.folders_only)
                && names_match(rule.names, Names(Some(path)), rule.anchored)
        };
        self.rules.iter().find(matches).copied()
    }
}

impl<'a> Rule<'a> {
    fn parse(line: &'a str) -> Result<Self, Reason> {
        let unsigned = line.strip_prefix('!').unwrap_or(line);
        let placed = unsigned.strip_suffix('/').unwrap_or(unsigned);
        let pattern = placed.strip_prefix('/').unwrap_or(placed);
        if pattern.is_empty() {
            return Err(Reason::Nothing);
        }
        for name in pattern.split('/') {
            if name.is_empty() {
                return Err(Reason::EmptyName);
            }
            if name != "**" && name.contains("**") {
                return Err(Reason::Stars);
            }
        }
        Ok(Self {
            line,
            includes: unsigned.len() < line.len(),
            folders_only: placed.len() < unsigned.len(),
            anchored: placed.contains('/'),
            names: Names(Some(pattern)),
        })
    }
}

/// Matches all names of a path. Only the last `**` is ever given more names, so this takes the pattern's length times
/// the path's at most.
fn names_match<'t>(mut wanted: Names<'t>, mut names: Names<'t>, anchored: bool) -> bool {
    let mut again = (!anchored).then_some((wanted, names));
    loop {
        let fits = match wanted.next() {
            Some("**") if wanted.is_empty() => return !names.is_empty(),
            Some("**") => {
                again = Some((wanted, names));
                true
            }
            Some(pattern) => match names.next() {
                Some(found) => name::matches(pattern, found),
                None => return false,
            },
            None if names.is_empty() => return true,
            None => false,
        };
        if !fits {
            let Some((after, mut from)) = again else {
                return false;
            };
            from.next();
            again = Some((after, from));
            (wanted, names) = (after, from);
        }
    }
}
