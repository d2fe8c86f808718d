pub mod target;

/// A name.
pub const NAME: &str = "name";
