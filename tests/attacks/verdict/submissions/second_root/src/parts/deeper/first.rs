/// The first: not `env!("HOME")`, nor `include_str!("/etc/passwd")`.
pub const FIRST: u64 = 1;
