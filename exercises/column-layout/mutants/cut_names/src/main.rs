//! Lays names from standard input out in columns.

use std::io::{self, Read, Write};
use std::process::ExitCode;

use layout::{Direction, Layout};
use options::Options;

mod layout;
mod options;

fn main() -> ExitCode {
    let options = match Options::parse(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(error) => {
            eprintln!("column_layout: {error}");
            return ExitCode::from(2);
        }
    };
    match run(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("column_layout: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Reads everything before anything is written: the layout hangs on the last name, too.
fn run(options: Options) -> io::Result<()> {
    let mut input = String::new();
    io::stdin().lock().read_to_string(&mut input)?;
    let names: Vec<&str> = input.split('\n').filter(|name| !name.is_empty())
        .map(|name| name.get(..options.width).unwrap_or(name)).collect();
    let direction = if options.across {
        Direction::Across
    } else {
        Direction::Down
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    Layout::choose(&names, options.width, direction).write(&mut out)?;
    out.flush()
}
