//! Control: the honest wrong cache with modules in folders.
mod base;
mod parts {
    #[path = "numbers.rs"]
    pub mod numbers;
}

pub use base::*;
pub use parts::numbers::ONE;
