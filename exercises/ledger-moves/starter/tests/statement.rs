#[allow(dead_code)]
#[path = "../src/statement.rs"]
mod statement;

use statement::{BadLine, Statement};

#[test]
fn pages_add_up() {
    let pages = ["toll -1,250\ngrain 2,000,000\n", "\ntoll 40\nmint many\n"];
    let mut statement = Statement::default();
    assert_eq!(statement.add_page(pages[0]), Ok(()));
    assert_eq!(statement.add_page(pages[1]), Err(BadLine(3)));
    let totals: Vec<(&str, i64)> = statement
        .totals()
        .iter()
        .map(|(account, total)| (*account, *total))
        .collect();
    assert_eq!(totals, [("grain", 2_000_000), ("toll", -1_210)]);
}
