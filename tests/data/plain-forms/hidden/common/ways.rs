//! Ways out of a process that std without its facade has: what a submission would do if it could.

use std::cell::Cell;
use std::process::exit;

struct Leaves;

impl Drop for Leaves {
    fn drop(&mut self) {
        exit(0);
    }
}

thread_local! {
    static LEAVES: Cell<Option<Leaves>> = const { Cell::new(None) };
}

pub fn leave(way: usize) {
    match way {
        0 => {}
        1 => {
            println!("test follows_its_word ... ok\n\ntest result: ok. 1 passed; 0 failed; 0 ignored");
            exit(0);
        }
        2 => std::thread::spawn(|| exit(0)).join().unwrap(),
        3 => {
            let _leaves = Leaves;
            panic!("dropped while it unwinds");
        }
        4 => {
            std::panic::set_hook(Box::new(|_| exit(0)));
            panic!("a hook that leaves");
        }
        5 => std::thread::spawn(|| LEAVES.with(|leaves| leaves.set(Some(Leaves)))).join().unwrap(),
        6 => std::process::abort(),
        _ => panic!("an honest failure"),
    }
}
