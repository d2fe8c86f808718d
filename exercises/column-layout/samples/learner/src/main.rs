use std::io::Read;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let mut width = 80;
    let mut across = false;
    let mut i = 1;
    while i < args.len() {
        if args[i] == "--width" {
            width = args[i + 1].clone().parse::<usize>().unwrap();
            i = i + 2;
        } else if args[i] == "--across" {
            across = true;
            i = i + 1;
        } else {
            println!("unknown argument {}", args[i]);
            std::process::exit(2);
        }
    }
    let mut input = String::new();
    std::io::stdin().read_to_string(&mut input).unwrap();
    let mut names: Vec<String> = Vec::new();
    for line in input.lines() {
        if line.len() > 0 {
            names.push(line.to_string());
        }
    }
    if names.len() == 0 {
        return;
    }
    // try with one row, then two rows ...
    let mut rows = 1;
    let mut widths: Vec<usize> = Vec::new();
    while rows <= names.len() {
        widths = get_widths(names.clone(), rows, across);
        let mut total = 0;
        for w in widths.clone() {
            total = total + w + 2;
        }
        if total - 2 <= width {
            break;
        }
        rows = rows + 1;
    }
    if rows > names.len() {
        rows = names.len();
    }
    let cols = widths.len();
    for r in 0..rows {
        let mut line = String::new();
        for c in 0..cols {
            let n = if across { r * cols + c } else { c * rows + r };
            if n < names.len() {
                line = line + &names[n];
                for _ in names[n].len()..widths[c] + 2 {
                    line = line + " ";
                }
            }
        }
        println!("{}", line.trim_end());
    }
}

fn get_widths(names: Vec<String>, rows: usize, across: bool) -> Vec<usize> {
    let cols = (names.len() + rows - 1) / rows;
    let mut widths: Vec<usize> = vec![0; cols];
    for i in 0..names.len() {
        let c = if across { i % cols } else { i / rows };
        if names[i].len() > widths[c] {
            widths[c] = names[i].len();
        }
    }
    // the last column can be empty
    while widths.len() > 1 && widths[widths.len() - 1] == 0 {
        widths.pop();
    }
    widths
}
