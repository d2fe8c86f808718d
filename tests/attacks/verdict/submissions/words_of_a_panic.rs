//! A wrong cache panics with text that terminals, pages, build servers and spreadsheets would obey. Reports show it as
//! text. (Family 12.)

mod base;

pub struct Shouts;

impl base::Twist for Shouts {
    const WRONG: bool = true;

    fn answered(_: u64, _: u64, _: Option<u64>) -> Option<u64> {
        panic!(
            "\u{1b}[2J\u{1b}]0;passed\u{7}<script>alert(1)</script>\n::set-output name=level::3\n\
             ##[error]\n=HYPERLINK(\"http://x\")\n]]></failure><!-- \u{202e}dessap \r\n\"level\": 3"
        )
    }
}

pub type ReadStates = base::Cache<Shouts>;
pub type Snapshot = base::View<Shouts>;
