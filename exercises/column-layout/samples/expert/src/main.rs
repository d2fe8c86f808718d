//! `column_layout`: names on standard input, columns on standard output.

use std::error::Error;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::process::ExitCode;

mod grid;

use grid::{Grid, Order};

const MOST: usize = 10_000;

enum Failure {
    Usage(String),
    Input(Box<dyn Error>),
}

impl<E: Error + 'static> From<E> for Failure {
    fn from(error: E) -> Self {
        Failure::Input(Box::new(error))
    }
}

fn main() -> ExitCode {
    let (code, message) = match run() {
        Ok(()) => return ExitCode::SUCCESS,
        Err(Failure::Usage(message)) => (2, message),
        Err(Failure::Input(error)) => (1, error.to_string()),
    };
    eprintln!("column_layout: {message}");
    ExitCode::from(code)
}

fn run() -> Result<(), Failure> {
    let (width, order) = arguments(std::env::args().skip(1)).map_err(Failure::Usage)?;
    let text = io::read_to_string(io::stdin())?;
    let grid: Grid = text.split('\n').filter(|name| !name.is_empty()).collect();
    let text = grid.laid_out(width.get(), order);
    io::stdout().lock().write_all(text.as_bytes())?;
    Ok(())
}

fn arguments(mut words: impl Iterator<Item = String>) -> Result<(NonZeroUsize, Order), String> {
    let mut width = NonZeroUsize::new(80);
    let mut order = Order::Down;
    while let Some(word) = words.next() {
        if word == "--across" {
            order = Order::Across;
        } else if word == "--width" {
            let number = words.next().unwrap_or_default();
            width = number
                .bytes()
                .all(|byte| byte.is_ascii_digit())
                .then(|| number.parse().ok())
                .flatten()
                .filter(|width: &NonZeroUsize| width.get() <= MOST);
            if width.is_none() {
                return Err(format!(
                    "--width takes a number from 1 to {MOST}, not {number:?}"
                ));
            }
        } else {
            return Err(format!("what is {word:?}?"));
        }
    }
    width.map(|width| (width, order)).ok_or_else(String::new)
}
