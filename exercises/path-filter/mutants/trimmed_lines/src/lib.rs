//! Which files of a folder are synchronised: rules in the manner of ignore files, over paths as text.
//!
//! ```
//! let filter = path_filter::Filter::parse("target/\n*.tmp\n!keep.tmp\n")?;
//! assert!(filter.excludes("server/target/debug/app"));
//! assert_eq!(filter.deciding("keep.tmp"), Some("!keep.tmp"));
//! # Ok::<(), path_filter::BadRule>(())
//! ```

mod wild;

use std::error::Error;
use std::fmt;

/// Rules that borrow the text they were read from. Later ones outrank earlier ones.
#[derive(Debug)]
pub struct Filter<'a> {
    rules: Vec<Rule<'a>>,
}

#[derive(Debug)]
struct Rule<'a> {
    /// As it was written.
    line: &'a str,
    /// Its names, without what stands around them.
    pattern: &'a str,
    excludes: bool,
    anchored: bool,
    folders_only: bool,
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

impl<'a> Filter<'a> {
    /// Reads rules, one a line.
    ///
    /// # Errors
    ///
    /// Names the first line that is neither empty, a comment nor a rule.
    pub fn parse(text: &'a str) -> Result<Filter<'a>, BadRule> {
        let rules = text
            .lines()
            .zip(1..)
            .filter(|(line, _)| !line.is_empty() && !line.starts_with('#'))
            .map(|(text, line)| Rule::parse(text.trim_end()).map_err(|reason| BadRule { line, reason }))
            .collect::<Result<_, _>>()?;
        Ok(Filter { rules })
    }

    /// Whether the path is left out: by a rule of its own, or with a folder that it is in.
    #[must_use]
    pub fn excludes(&self, path: &str) -> bool {
        self.decision(path).is_some_and(|rule| rule.excludes)
    }

    /// The line of the rule that decided about the path, as it was written; none if no rule did. It outlives the
    /// filter, as it is lent from the text.
    #[must_use]
    pub fn deciding(&self, path: &str) -> Option<&'a str> {
        self.decision(path).map(|rule| rule.line)
    }

    /// Goes down the path's folders to the path itself, and ends at the first that is excluded.
    fn decision(&self, path: &str) -> Option<&Rule<'a>> {
        let mut decision = None;
        for (part, is_folder) in parts(path) {
            decision = self.last_match(part, is_folder);
            if decision.is_some_and(|rule| rule.excludes) {
                break;
            }
        }
        decision
    }

    fn last_match(&self, path: &str, is_folder: bool) -> Option<&Rule<'a>> {
        self.rules
            .iter()
            .rfind(|rule| rule.matches(path, is_folder))
    }
}

/// The folders that lead to a path and then the path, each without its last `/`, and whether it is a folder.
fn parts(path: &str) -> impl Iterator<Item = (&str, bool)> {
    let file = (!path.ends_with('/')).then_some((path, false));
    path.match_indices('/')
        .map(|(end, _)| (&path[..end], true))
        .chain(file)
}

impl<'a> Rule<'a> {
    fn parse(line: &'a str) -> Result<Rule<'a>, Reason> {
        let (excludes, rest) = match line.strip_prefix('!') {
            Some(rest) => (false, rest),
            None => (true, line),
        };
        let (folders_only, rest) = match rest.strip_suffix('/') {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        let pattern = rest.strip_prefix('/').unwrap_or(rest);
        if pattern.is_empty() {
            return Err(Reason::Nothing);
        }
        pattern.split('/').try_for_each(check_name)?;
        Ok(Rule {
            line,
            pattern,
            excludes,
            anchored: rest.contains('/'),
            folders_only,
        })
    }

    fn matches(&self, path: &str, is_folder: bool) -> bool {
        (is_folder || !self.folders_only) && wild::path(self.pattern, self.anchored, path)
    }
}

fn check_name(name: &str) -> Result<(), Reason> {
    match name {
        "" => Err(Reason::EmptyName),
        "**" => Ok(()),
        _ if name.contains("**") => Err(Reason::Stars),
        _ => Ok(()),
    }
}
