#[allow(dead_code)]
#[path = "../src/settlement.rs"]
mod settlement;

use settlement::{Obligation, Queue};

#[test]
fn the_most_urgent_come_first() {
    let mut queue = Queue::default();
    for (bank, amount, due) in [
        ("north", 10, 3),
        ("south", 20, 2),
        ("west", 30, 3),
        ("east", 1, 9),
    ] {
        queue.add(Obligation {
            bank: bank.to_string(),
            amount,
            due,
        });
    }
    let banks = |budget| -> Vec<&str> {
        queue
            .next_batch(5, budget)
            .iter()
            .map(|open| open.bank.as_str())
            .collect()
    };
    assert_eq!(banks(60), ["south", "west", "north"]);
    assert_eq!(banks(49), ["south"]);
}
