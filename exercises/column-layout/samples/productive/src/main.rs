use std::env;
use std::io::{self, Read};
use std::process;

struct Config {
    width: usize,
    across: bool,
}

fn parse_args(args: &[String]) -> Result<Config, String> {
    let mut config = Config {
        width: 80,
        across: false,
    };
    let mut iter = args.iter();
    while let Some(arg) = iter.next() {
        match arg.as_str() {
            "--across" => config.across = true,
            "--width" => {
                let value = iter.next().ok_or("--width needs a value")?;
                if !value.bytes().all(|b| b.is_ascii_digit()) {
                    return Err(format!("not a number: {value}"));
                }
                let width: usize = value.parse().map_err(|e| format!("{value}: {e}"))?;
                if !(1..=10_000).contains(&width) {
                    return Err(format!("width out of range: {width}"));
                }
                config.width = width;
            }
            other => return Err(format!("unknown argument: {other}")),
        }
    }
    Ok(config)
}

/// The width of each column if `names` stand in that many rows (or columns, across).
fn column_widths(names: &[&str], per_line: usize, across: bool) -> Vec<usize> {
    let columns = if across {
        per_line
    } else {
        names.len().div_ceil(per_line)
    };
    let mut widths = vec![0; columns];
    for (i, name) in names.iter().enumerate() {
        let column = if across { i % columns } else { i / per_line };
        widths[column] = widths[column].max(name.chars().count());
    }
    widths
}

fn fits(widths: &[usize], width: usize) -> bool {
    widths.iter().sum::<usize>() + 2 * (widths.len() - 1) <= width
}

fn layout(names: &[&str], config: &Config) -> String {
    let count = names.len();
    let (rows, widths) = if config.across {
        let widths = (1..=count)
            .rev()
            .map(|columns| column_widths(names, columns, true))
            .find(|widths| fits(widths, config.width))
            .unwrap_or_else(|| vec![0]);
        (count.div_ceil(widths.len()), widths)
    } else {
        (1..=count)
            .map(|rows| (rows, column_widths(names, rows, false)))
            .find(|(_, widths)| fits(widths, config.width))
            .unwrap_or_else(|| (count, vec![0]))
    };
    let mut out = String::new();
    for row in 0..rows {
        let mut padding = 0;
        for (column, width) in widths.iter().enumerate() {
            let index = if config.across {
                row * widths.len() + column
            } else {
                column * rows + row
            };
            if let Some(name) = names.get(index) {
                out.push_str(&" ".repeat(padding));
                out.push_str(name);
                padding = (width + 2).saturating_sub(name.chars().count());
            }
        }
        out.push('\n');
    }
    out
}

fn main() {
    let args: Vec<String> = env::args().skip(1).collect();
    let config = parse_args(&args).unwrap_or_else(|message| {
        eprintln!("{message}");
        process::exit(2);
    });
    let mut input = String::new();
    if let Err(error) = io::stdin().read_to_string(&mut input) {
        eprintln!("cannot read the names: {error}");
        process::exit(1);
    }
    let names: Vec<&str> = input.split('\n').filter(|name| !name.is_empty()).collect();
    print!("{}", layout(&names, &config));
}
