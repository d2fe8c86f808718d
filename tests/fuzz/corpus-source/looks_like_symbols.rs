// Control: words of the linker and of assembly as names, in strings and in comments; types and functions of the C
// convention, an explicit alloc.

#![warn(clippy::pedantic)]
#![deny(unsafe_code)]

extern crate alloc;

use alloc::collections::BTreeSet;

// #[no_mangle] extern "C" { fn main(); } global_asm!("nop");
/* extern { /* #[link(name = "c")] */ } #[used] */

/// A call as C makes it: `extern "C" { fn abort(); }` is not one.
///
/// ```
/// let text = "#[unsafe(no_mangle)]";
/// assert!(text.contains("no_mangle"));
/// ```
pub type Call = extern "C" fn(u64) -> u64;

extern "C" fn same(link: u64) -> u64 {
    link
}

/// What stands in a listing.
#[must_use]
pub fn listing(asm: &str, used: u64, global: bool) -> String {
    let (link, naked, extern_id) = (
        "#[link(name = \"c\")] extern \"C\" {}",
        r##"global_asm!("nop") "# {"##,
        'e',
    );
    let call: Call = same;
    let no_mangle: BTreeSet<u64> = BTreeSet::from([call(used)]);
    let bytes = br#"#![no_main] extern "C" {"#.len();
    format!("{asm} {link} {naked} {extern_id} {no_mangle:?} {global} {bytes}")
}

mod base;

pub use base::*;
