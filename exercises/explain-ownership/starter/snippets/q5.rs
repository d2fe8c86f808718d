//! An edge proxy finds where a path goes, and which of two rules fits better.

pub struct Routes {
    targets: Vec<(String, String)>,
    fallback: String,
}

pub struct Fit {
    pub rule: &str,
    pub length: usize,
}

impl Routes {
    pub fn target(&self, path: &str) -> &str {
        let mut targets = self.targets.iter();
        match targets.find(|(prefix, _)| path.starts_with(prefix)) {
            Some((_, target)) => target,
            None => &self.fallback,
        }
    }
}

pub fn closer(rule: &str, other: &str) -> &str {
    if rule.len() > other.len() {
        rule
    } else {
        other
    }
}
