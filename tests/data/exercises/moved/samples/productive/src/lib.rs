//! One unit.
