//! Lays names from standard input out in columns.

fn main() {
    todo!("read the names, lay them out, write them")
}
