//! Control: names that mean something to the linker or to clippy are variables here, and a macro gives
//! documentation on.

macro_rules! documented {
    ($text:literal, $item:item) => {
        #[doc = $text]
        $item
    };
}

documented!("One.", pub const ONE: u64 = 1;);

/// Whether nothing is worn, and what clippy costs.
pub fn listed(naked: bool, clippy: u64) -> String {
    debug_assert!(naked || clippy > 0);
    format!("{}: {}", naked, clippy + ONE)
}

mod base;

pub use base::*;
