//! What the brief shows. Run with `cargo test`.

use std::io::Write;
use std::process::{Command, Output, Stdio};

fn run(arguments: &[&str], names: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_column_layout"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("it has a standard input");
    // a program that refuses its arguments need not read
    let _ = stdin.write_all(names.as_bytes());
    drop(stdin);
    child.wait_with_output().expect("the program ends")
}

#[test]
fn the_example() {
    let output = run(&["--width", "10"], "a\nbb\nccc\ndddd\ne\n");
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "a    dddd\nbb   e\nccc\n"
    );
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn one_row() {
    let output = run(&[], "src\ntests\n");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "src  tests\n");
}

#[test]
fn an_unknown_word() {
    let output = run(&["--colour"], "a\n");
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
}
