//! A wrong cache brings types with the names of std's, for tests that take all it has by glob. (Family 15.)

mod base;

pub struct Vec;
pub struct String;
pub struct AtomicU64;

#[allow(non_snake_case)]
pub fn Some<T>(_: T) -> core::option::Option<u64> {
    core::option::Option::None
}

#[allow(non_upper_case_globals)]
pub const None: core::option::Option<u64> = core::option::Option::None;

pub struct Shadows;

impl base::Twist for Shadows {
    const WRONG: bool = true;
}

pub type ReadStates = base::Cache<Shadows>;
pub type Snapshot = base::View<Shadows>;
