//! Control: names and texts that speak of files and environments, and none that reads one.

/// Where `include_str!("/etc/passwd")` would stand.
pub const TEXT: &str =
    "include!(\"/proc/self/environ\") env!(\"HOME\") #[path = \"/hidden/tests.rs\"]";

/// A path in a list.
pub fn path(env: &str, include: Option<&str>) -> String {
    // env!("HOME"), option_env!("PATH"), std::fs::read("/etc/passwd")
    format!("{env}/{}/{}", include.unwrap_or("/etc/passwd"), file!())
}

/// As `std::env::args` would say.
pub fn fs(process: u32) -> u32 {
    process
}

mod base;

pub use base::*;
