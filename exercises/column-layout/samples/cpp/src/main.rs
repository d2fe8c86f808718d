use std::env;
use std::io;
use std::io::Read;
use std::io::Write;
use std::process;

const GAP: usize = 2;

struct Settings {
    m_width: usize,
    m_across: bool,
}

impl Settings {
    fn new() -> Settings {
        return Settings { m_width: 80, m_across: false };
    }

    fn get_width(&self) -> usize {
        return self.m_width;
    }

    fn get_across(&self) -> bool {
        return self.m_across;
    }
}

// returns false where the arguments are wrong
fn parse(args: &Vec<String>, settings: &mut Settings) -> bool {
    let mut i: usize = 1;
    while i < args.len() {
        if args[i] == "--across" {
            settings.m_across = true;
        } else if args[i] == "--width" {
            if i + 1 >= args.len() {
                return false;
            }
            i += 1;
            let digits = args[i].as_bytes();
            let mut value: usize = 0;
            if digits.len() == 0 {
                return false;
            }
            for k in 0..digits.len() {
                if digits[k] < b'0' || digits[k] > b'9' {
                    return false;
                }
                value = value * 10 + (digits[k] - b'0') as usize;
                if value > 10000 {
                    return false;
                }
            }
            if value == 0 {
                return false;
            }
            settings.m_width = value;
        } else {
            return false;
        }
        i += 1;
    }
    return true;
}

// fills `out`; false as soon as it is too wide
fn try_rows(lengths: &Vec<usize>, rows: usize, width: usize, out: &mut Vec<usize>) -> bool {
    out.clear();
    let mut total: usize = 0;
    let mut i: usize = 0;
    while i < lengths.len() {
        let mut widest: usize = 0;
        let mut k: usize = i;
        while k < i + rows && k < lengths.len() {
            if lengths[k] > widest {
                widest = lengths[k];
                if total + widest > width {
                    return false;
                }
            }
            k += 1;
        }
        out.push(widest);
        total += widest + GAP;
        i += rows;
    }
    return true;
}

fn try_columns(lengths: &Vec<usize>, columns: usize, width: usize, out: &mut Vec<usize>) -> bool {
    out.clear();
    out.resize(columns, 0);
    for i in 0..lengths.len() {
        if lengths[i] > out[i % columns] {
            out[i % columns] = lengths[i];
        }
    }
    let mut total: usize = 0;
    for c in 0..columns {
        total += out[c];
        if c > 0 {
            total += GAP;
        }
    }
    return total <= width;
}

fn main() {
    let args: Vec<String> = env::args().collect();
    let mut settings = Settings::new();
    if !parse(&args, &mut settings) {
        eprintln!("usage: column_layout [--width N] [--across]");
        process::exit(2);
    }
    let mut bytes: Vec<u8> = Vec::new();
    io::stdin().read_to_end(&mut bytes).unwrap();
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => {
            eprintln!("input is not UTF-8");
            process::exit(1);
        }
    };
    let mut names: Vec<&str> = Vec::new();
    let mut lengths: Vec<usize> = Vec::new();
    for line in text.split('\n') {
        if line.len() != 0 {
            names.push(line);
            lengths.push(line.chars().count());
        }
    }
    let count = names.len();
    let mut widths: Vec<usize> = Vec::new();
    let mut rows: usize = 0;
    let mut found = false;
    if settings.get_across() {
        let mut columns = count;
        while columns > 0 && !found {
            found = try_columns(&lengths, columns, settings.get_width(), &mut widths);
            if found {
                rows = (count + columns - 1) / columns;
            }
            columns -= 1;
        }
    } else {
        let mut r: usize = 1;
        while r <= count && !found {
            found = try_rows(&lengths, r, settings.get_width(), &mut widths);
            rows = r;
            r += 1;
        }
    }
    if !found {
        widths = vec![0];
        rows = count;
    }
    let mut out = String::new();
    for r in 0..rows {
        let mut pad: usize = 0;
        for c in 0..widths.len() {
            let index = if settings.get_across() { r * widths.len() + c } else { c * rows + r };
            if index < count {
                for _ in 0..pad {
                    out.push(' ');
                }
                out.push_str(names[index]);
                if widths[c] + GAP > lengths[index] {
                    pad = widths[c] + GAP - lengths[index];
                }
            }
        }
        out.push('\n');
    }
    io::stdout().write_all(out.as_bytes()).unwrap();
}
