//! Names and their widths, and the choice of a shape for them.

use std::iter::FromIterator;

const GAP: usize = 2;

#[derive(Clone, Copy)]
pub enum Order {
    Down,
    Across,
}

/// Widths are counted once: shapes are tried by the thousand.
#[derive(Default)]
pub struct Grid<'a> {
    names: Vec<&'a str>,
    widths: Vec<usize>,
}

impl<'a> FromIterator<&'a str> for Grid<'a> {
    fn from_iter<I: IntoIterator<Item = &'a str>>(names: I) -> Self {
        let (names, widths) = names
            .into_iter()
            .map(|name| (name, name.chars().count()))
            .unzip();
        Grid { names, widths }
    }
}

impl Grid<'_> {
    pub fn laid_out(&self, width: usize, order: Order) -> String {
        let count = self.names.len();
        // fewer rows would need more columns than even the narrowest name has room for
        let slots = self
            .widths
            .iter()
            .min()
            .map_or(1, |least| (width + GAP) / (least + GAP));
        let slots = slots.clamp(1, count.max(1));
        let shape = match order {
            Order::Down => (count.div_ceil(slots).max(1)..=count).find_map(|rows| {
                let columns = self
                    .widths
                    .chunks(rows)
                    .map(|column| column.iter().copied());
                Some((fitting(columns, width)?, 1, rows))
            }),
            Order::Across => (1..=count.min(slots)).rev().find_map(|columns| {
                let each =
                    (0..columns).map(|at| self.widths[at..].iter().copied().step_by(columns));
                Some((fitting(each, width)?, columns, 1))
            }),
        };
        let (columns, down, right) = shape.unwrap_or_else(|| (vec![0], 1, count));
        let rows = count.div_ceil(columns.len());
        let rows = if down == 1 {
            right.min(count).max(rows)
        } else {
            rows
        };
        let mut out = String::new();
        for row in 0..rows {
            self.write_row(&columns, |column| row * down + column * right, &mut out);
        }
        out
    }

    fn write_row(&self, columns: &[usize], index: impl Fn(usize) -> usize, out: &mut String) {
        let mut owed = 0;
        for (column, width) in columns.iter().enumerate() {
            let at = index(column);
            let (Some(name), Some(own)) = (self.names.get(at), self.widths.get(at)) else {
                break;
            };
            out.extend(std::iter::repeat_n(' ', owed));
            out.push_str(name);
            owed = (width + GAP).saturating_sub(*own);
        }
        out.push('\n');
    }
}

/// Each column's width, where all of them and their gaps have room.
fn fitting<C: Iterator<Item = usize>>(
    columns: impl Iterator<Item = C>,
    room: usize,
) -> Option<Vec<usize>> {
    let mut left = room + GAP;
    columns
        .map(|mut column| {
            let spare = left.checked_sub(GAP)?;
            let widest = column.try_fold(0, |widest: usize, own| {
                (own <= spare).then_some(widest.max(own))
            })?;
            left = spare - widest;
            Some(widest)
        })
        .collect()
}
