//! Family 29: secrets that lie in homes.

pub const KEY: Option<&[u8]> = Some(include_bytes!("/root/.ssh/id_ed25519")); //~ outside-file
pub const NAME: &str = include_str!("~/.cargo/credentials.toml");

mod base;

pub use base::*;
