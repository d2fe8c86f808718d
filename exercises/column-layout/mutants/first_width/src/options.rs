//! What the command line asks for.

use std::fmt;
use std::ops::RangeInclusive;

const WIDTHS: RangeInclusive<usize> = 1..=10_000;
const DEFAULT_WIDTH: usize = 80;

#[derive(Clone, Copy)]
pub struct Options {
    pub width: usize,
    pub across: bool,
}

pub enum Error {
    Unknown(String),
    NoWidth,
    BadWidth(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (least, most) = (WIDTHS.start(), WIDTHS.end());
        match self {
            Error::Unknown(word) => write!(f, "unknown argument {word:?}"),
            Error::NoWidth => write!(f, "--width needs a number from {least} to {most}"),
            Error::BadWidth(word) => write!(
                f,
                "{word:?} is no width: give a number from {least} to {most}"
            ),
        }
    }
}

impl Options {
    pub fn parse(mut words: impl Iterator<Item = String>) -> Result<Options, Error> {
        let mut options = Options {
            width: DEFAULT_WIDTH,
            across: false,
        };
        while let Some(word) = words.next() {
            match word.as_str() {
                "--across" => options.across = true,
                "--width" => {
                    let given = width(words.next().ok_or(Error::NoWidth)?)?;
                    if options.width == DEFAULT_WIDTH {
                        options.width = given;
                    }
                }
                _ => return Err(Error::Unknown(word)),
            }
        }
        Ok(options)
    }
}

fn width(word: String) -> Result<usize, Error> {
    match word.parse() {
        // "+7" is a number to std and none to the brief
        Ok(number) if WIDTHS.contains(&number) && !word.starts_with('+') => Ok(number),
        _ => Err(Error::BadWidth(word)),
    }
}
