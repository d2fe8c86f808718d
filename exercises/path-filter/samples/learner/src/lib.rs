//! Which files of a folder are synchronised: rules in the manner of ignore files, over paths as text.

use std::error::Error;
use std::fmt;

/// One rule.
#[derive(Debug, Clone)]
struct Rule {
    line: String,
    include: bool,
    folders_only: bool,
    anchored: bool,
    names: Vec<String>,
}

/// Rules that were read from a text.
#[derive(Debug)]
pub struct Filter {
    rules: Vec<Rule>,
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
    /// Reads the rules.
    pub fn parse(text: &str) -> Result<Filter, BadRule> {
        let mut rules: Vec<Rule> = Vec::new();
        let mut number = 0;
        for line in text.lines() {
            number += 1;
            if line.is_empty() || line.starts_with("#") {
                continue;
            }
            let mut pattern = line.to_string();
            let mut include = false;
            let mut folders_only = false;
            let mut anchored = false;
            if pattern.starts_with("!") {
                include = true;
                pattern = pattern[1..].to_string();
            }
            if pattern.ends_with("/") {
                folders_only = true;
                pattern = pattern[..pattern.len() - 1].to_string();
            }
            if pattern.starts_with("/") {
                anchored = true;
                pattern = pattern[1..].to_string();
            }
            if pattern.is_empty() {
                return Err(BadRule {
                    line: number,
                    reason: Reason::Nothing,
                });
            }
            let names: Vec<String> = pattern.split("/").map(|name| name.to_string()).collect();
            if names.len() > 1 {
                anchored = true;
            }
            for name in names.clone() {
                if name.is_empty() {
                    return Err(BadRule {
                        line: number,
                        reason: Reason::EmptyName,
                    });
                }
                if name.contains("**") && name != "**" {
                    return Err(BadRule {
                        line: number,
                        reason: Reason::Stars,
                    });
                }
            }
            rules.push(Rule {
                line: line.to_string(),
                include,
                folders_only,
                anchored,
                names,
            });
        }
        Ok(Filter { rules })
    }

    // The last rule that matches the path.
    fn last_rule(&self, names: &Vec<String>, is_folder: bool) -> Option<Rule> {
        let mut last = None;
        for rule in &self.rules {
            if rule.folders_only && !is_folder {
                continue;
            }
            if rule.anchored {
                if match_names(&rule.names, names) {
                    last = Some(rule.clone());
                }
            } else {
                // try it at every depth
                for start in 0..names.len() {
                    if match_names(&rule.names, &names[start..].to_vec()) {
                        last = Some(rule.clone());
                    }
                }
            }
        }
        last
    }

    fn decide(&self, path: &str) -> Option<Rule> {
        let is_folder = path.ends_with("/");
        let names: Vec<String> = path
            .split("/")
            .filter(|name| !name.is_empty())
            .map(|name| name.to_string())
            .collect();
        for count in 1..names.len() {
            let folder = names[..count].to_vec();
            let rule = self.last_rule(&folder, true);
            if rule.is_some() && !rule.clone().unwrap().include {
                return rule;
            }
        }
        self.last_rule(&names, is_folder)
    }

    /// Whether the path is left out.
    pub fn excludes(&self, path: &str) -> bool {
        match self.decide(path) {
            Some(rule) => !rule.include,
            None => false,
        }
    }

    /// The line of the rule that decided.
    pub fn deciding(&self, path: &str) -> Option<&str> {
        // decide gives me a clone, so I look for the line that is the same
        let rule = self.decide(path)?;
        for own in &self.rules {
            if own.line == rule.line {
                return Some(&own.line);
            }
        }
        None
    }
}

fn match_names(pattern: &Vec<String>, names: &Vec<String>) -> bool {
    if pattern.is_empty() {
        return names.is_empty();
    }
    let rest = pattern[1..].to_vec();
    if pattern[0] == "**" {
        // any number of names
        for skip in 0..names.len() + 1 {
            if match_names(&rest, &names[skip..].to_vec()) {
                return true;
            }
        }
        return false;
    }
    if names.is_empty() {
        return false;
    }
    let letters: Vec<char> = names[0].chars().collect();
    let wanted: Vec<char> = pattern[0].chars().collect();
    match_letters(&wanted, &letters) && match_names(&rest, &names[1..].to_vec())
}

fn match_letters(pattern: &[char], name: &[char]) -> bool {
    if pattern.is_empty() {
        return name.is_empty();
    }
    if pattern[0] == '*' {
        return match_letters(&pattern[1..], name)
            || (!name.is_empty() && match_letters(pattern, &name[1..]));
    }
    if name.is_empty() {
        return false;
    }
    (pattern[0] == '?' || pattern[0] == name[0]) && match_letters(&pattern[1..], &name[1..])
}
