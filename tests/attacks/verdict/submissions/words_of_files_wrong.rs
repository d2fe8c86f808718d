//! Control: the honest wrong cache, with a test of its own beside it and macros that hold text.

macro_rules! env_name {
    ($name:literal) => {
        concat!("$", $name)
    };
}

/// How the variable is written: `env!("HOME")` would read it.
pub const NAME: &str = env_name!("HOME");

#[cfg(test)]
mod tests {
    #[test]
    fn written_with_a_dollar() {
        assert_eq!(super::NAME, "$HOME");
    }
}

mod base;

pub use base::*;
