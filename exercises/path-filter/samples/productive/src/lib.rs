//! Which files of a folder are synchronised: rules in the manner of ignore files, over paths as text.

mod pattern;

use pattern::Pattern;
use std::error::Error;
use std::fmt;

/// Rules that were read from a text.
#[derive(Debug)]
pub struct Filter {
    rules: Vec<Rule>,
}

#[derive(Debug)]
struct Rule {
    line: String,
    action: Action,
    folders_only: bool,
    pattern: Pattern,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    Include,
    Exclude,
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

impl Filter {
    /// Reads rules, one a line.
    ///
    /// # Errors
    ///
    /// Names the first line that is neither empty, a comment nor a rule.
    pub fn parse(text: &str) -> Result<Filter, BadRule> {
        let mut rules = Vec::new();
        for (index, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let rule = Rule::parse(line).map_err(|reason| BadRule {
                line: index + 1,
                reason,
            })?;
            rules.push(rule);
        }
        Ok(Filter { rules })
    }

    /// Whether the path is left out: by a rule of its own, or with a folder that it is in.
    pub fn excludes(&self, path: &str) -> bool {
        self.decide(path)
            .is_some_and(|rule| rule.action == Action::Exclude)
    }

    /// The line of the rule that decided about the path, as it was written; none if no rule did.
    pub fn deciding(&self, path: &str) -> Option<&str> {
        self.decide(path).map(|rule| rule.line.as_str())
    }

    fn decide(&self, path: &str) -> Option<&Rule> {
        let is_folder = path.ends_with('/');
        let names: Vec<&str> = path.trim_end_matches('/').split('/').collect();

        let closed = (1..names.len()).find_map(|depth| {
            self.last_match(&names[..depth], true)
                .filter(|rule| rule.action == Action::Exclude)
        });
        closed.or_else(|| self.last_match(&names, is_folder))
    }

    fn last_match(&self, names: &[&str], is_folder: bool) -> Option<&Rule> {
        self.rules
            .iter()
            .rev()
            .filter(|rule| is_folder || !rule.folders_only)
            .find(|rule| rule.pattern.matches(names))
    }
}

impl Rule {
    fn parse(line: &str) -> Result<Rule, Reason> {
        let (action, rest) = match line.strip_prefix('!') {
            Some(rest) => (Action::Include, rest),
            None => (Action::Exclude, line),
        };
        let (folders_only, rest) = match rest.strip_suffix('/') {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        Ok(Rule {
            line: line.to_owned(),
            action,
            folders_only,
            pattern: Pattern::parse(rest)?,
        })
    }
}
