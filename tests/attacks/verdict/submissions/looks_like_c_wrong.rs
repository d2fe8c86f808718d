//! Control: the honest wrong cache beside functions of the C convention and inline hints.

#[inline]
#[must_use]
#[doc(alias = "no_mangle")]
pub extern "C" fn double(number: u64) -> u64 {
    number.wrapping_mul(2)
}

#[cold]
#[track_caller]
pub fn export_name(link_section: &str) -> usize {
    link_section.len()
}

mod base;

pub use base::*;
