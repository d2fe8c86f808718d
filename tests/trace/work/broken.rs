//! Errors of several kinds, and a warning.
use std::collections::HashMap;

pub fn types() -> u32 {
    "text"
}

pub fn borrows() -> &'static str {
    let text = String::from("gone");
    &text
}

pub fn moves(items: Vec<String>) -> usize {
    drop(items);
    items.len() + undefined(1)
}

pub fn traits() {
    let unused = 1;
    println!("{}", std::cell::Cell::new(1));
    std::thread::spawn(|| std::rc::Rc::new(1));
}
