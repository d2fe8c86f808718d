//! Control: the borrow of a line that ends is mended by not cleaning the name, which must stay a slice of the page. The box that
//! is made once is no leak, and ends. (Families 45 and 47.)

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
            let mut words = line.split_whitespace();
            let Some(account) = words.next() else {
                continue;
            };
            let (Some(amount), None) = (words.next(), words.next()) else {
                return Err(BadLine(index + 1));
            };
            let amount: i64 = amount
                .replace(',', "")
                .parse()
                .map_err(|_| BadLine(index + 1))?;
            let booked = Box::new(amount);
            *self.totals.entry(account).or_insert(0) += *booked;
        }
        Ok(())
    }
}
