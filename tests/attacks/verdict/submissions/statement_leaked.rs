//! The borrow of a line that ends is "mended" by a line that never ends. (Family 45.)

use std::collections::BTreeMap;

#[derive(Debug, PartialEq, Eq)]
pub struct BadLine(pub usize);

#[derive(Debug, Default)]
pub struct Statement<'page> {
    totals: BTreeMap<&'page str, i64>,
}

impl<'page> Statement<'page> {
    #[must_use]
    pub fn totals(&self) -> &BTreeMap<&'page str, i64> {
        &self.totals
    }

    /// # Errors
    ///
    /// [`BadLine`] for the first line that cannot be read.
    pub fn add_page(&mut self, page: &'page str) -> Result<(), BadLine> {
        for (index, line) in page.lines().enumerate() {
            let line = Box::leak(line.replace(',', "").into_boxed_str());
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
