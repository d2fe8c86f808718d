//! A cache that the tests do not compile against, with words of its own for the compiler's message, which terminals and pages would
//! obey. Reports show them as text. (Families 12 and 34.)

#[diagnostic::on_unimplemented(
    message = "\u{1b}[2J<script>alert(1)</script>\n::error::level 3\r\n`{Self}`",
    label = "\u{202e}dessap",
    note = "=HYPERLINK(\"http://x\")"
)]
pub trait Capacity {}

pub struct ReadStates;

#[derive(Clone)]
pub struct Snapshot;

impl ReadStates {
    pub fn new<C: Capacity>(_: C) -> Self {
        ReadStates
    }
}
