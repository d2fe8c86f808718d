//! Which name stands where.

use std::io::{self, Write};

const GAP: usize = 2;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Down,
    Across,
}

struct Cell<'a> {
    name: &'a str,
    width: usize,
}

/// Names in a grid, and how wide each of its columns is.
pub struct Layout<'a> {
    cells: Vec<Cell<'a>>,
    columns: Vec<usize>,
    rows: usize,
    direction: Direction,
}

impl<'a> Layout<'a> {
    pub fn choose(names: &[&'a str], width: usize, direction: Direction) -> Layout<'a> {
        let cells: Vec<Cell<'a>> = names
            .iter()
            .map(|name| Cell {
                name,
                width: name.len(),
            })
            .collect();
        let count = cells.len();
        // no layout has more columns than the narrowest name alone would
        let narrowest = cells.iter().map(|cell| cell.width).min().unwrap_or(1);
        let most = count.min((width + GAP) / (narrowest + GAP)).max(1);
        let fitting = match direction {
            Direction::Down => (count.div_ceil(most).max(1)..=count)
                .find_map(|rows| fit(cells.chunks(rows), width).map(|columns| (columns, rows))),
            Direction::Across => (1..=most.min(count)).rev().find_map(|columns| {
                let each = (0..columns).map(|first| cells[first..].iter().step_by(columns));
                fit(each, width).map(|widths| (widths, count.div_ceil(columns)))
            }),
        };
        // too wide for any: the only column is never padded, so its width does not matter
        let (columns, rows) = fitting.unwrap_or((vec![0], count));
        Layout {
            cells,
            columns,
            rows,
            direction,
        }
    }

    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        for row in 0..self.rows {
            let mut pending = 0;
            for (column, width) in self.columns.iter().enumerate() {
                let Some(cell) = self.cell(row, column) else {
                    break;
                };
                write!(out, "{:pending$}{}", "", cell.name)?;
                pending = (width + GAP).saturating_sub(cell.width);
            }
            writeln!(out)?;
        }
        Ok(())
    }

    fn cell(&self, row: usize, column: usize) -> Option<&Cell<'a>> {
        self.cells.get(match self.direction {
            Direction::Down => column * self.rows + row,
            Direction::Across => row * self.columns.len() + column,
        })
    }
}

/// The widths of the columns, or `None` as soon as they are too wide together.
fn fit<'c, 'a: 'c, I>(columns: impl Iterator<Item = I>, width: usize) -> Option<Vec<usize>>
where
    I: IntoIterator<Item = &'c Cell<'a>>,
{
    let mut widths = Vec::new();
    let mut used = 0;
    for column in columns {
        let start = if widths.is_empty() { 0 } else { used + GAP };
        let mut widest = 0;
        for cell in column {
            widest = widest.max(cell.width);
            if start + widest > width {
                return None;
            }
        }
        used = start + widest;
        widths.push(widest);
    }
    Some(widths)
}
