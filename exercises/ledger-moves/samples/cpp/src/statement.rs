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
        let mut number: usize = 0;
        for line in page.lines() {
            number += 1;
            let words: Vec<&'page str> = line.split_whitespace().collect();
            if words.len() == 0 {
                continue;
            }
            if words.len() != 2 {
                return Err(BadLine(number));
            }
            // only the amount is copied, the account stays a view into the page
            let digits: String = words[1].replace(",", "");
            let amount = digits.parse::<i64>();
            if amount.is_err() {
                return Err(BadLine(number));
            }
            *self.totals.entry(words[0]).or_insert(0) += amount.unwrap();
        }
        return Ok(());
    }
}
