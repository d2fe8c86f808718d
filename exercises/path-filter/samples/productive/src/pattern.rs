//! A pattern, cut into what each name of a path must be.

use crate::Reason;

#[derive(Debug)]
pub struct Pattern {
    anchored: bool,
    names: Vec<Name>,
}

#[derive(Debug)]
enum Name {
    /// `**`
    Any,
    /// Letters, `*` and `?`.
    Like(Vec<char>),
}

impl Pattern {
    pub fn parse(text: &str) -> Result<Pattern, Reason> {
        let (rooted, text) = match text.strip_prefix('/') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        if text.is_empty() {
            return Err(Reason::Nothing);
        }
        let names = text
            .split('/')
            .map(Name::parse)
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Pattern {
            anchored: rooted || names.len() > 1,
            names,
        })
    }

    pub fn matches(&self, path: &[&str]) -> bool {
        if self.anchored {
            return names_match(&self.names, path);
        }
        (0..path.len()).any(|start| names_match(&self.names, &path[start..]))
    }
}

impl Name {
    fn parse(text: &str) -> Result<Name, Reason> {
        match text {
            "" => Err(Reason::EmptyName),
            "**" => Ok(Name::Any),
            _ if text.contains("**") => Err(Reason::Stars),
            _ => Ok(Name::Like(text.chars().collect())),
        }
    }
}

fn names_match(pattern: &[Name], path: &[&str]) -> bool {
    match (pattern, path) {
        ([], _) => path.is_empty(),
        ([Name::Any], _) => !path.is_empty(),
        ([Name::Any, rest @ ..], _) => {
            (0..=path.len()).any(|skipped| names_match(rest, &path[skipped..]))
        }
        ([Name::Like(wanted), rest @ ..], [name, below @ ..]) => {
            let name: Vec<char> = name.chars().collect();
            letters_match(wanted, &name) && names_match(rest, below)
        }
        _ => false,
    }
}

fn letters_match(pattern: &[char], name: &[char]) -> bool {
    match (pattern, name) {
        ([], _) => name.is_empty(),
        (['*', rest @ ..], _) => {
            (0..=name.len()).any(|skipped| letters_match(rest, &name[skipped..]))
        }
        ([wanted, rest @ ..], [letter, more @ ..]) => {
            (*wanted == '?' || wanted == letter) && letters_match(rest, more)
        }
        _ => false,
    }
}
