use assay::Test;
use settlement::{Obligation, Queue};

// the unit's names and types, pinned
const _: fn(&mut Queue, Obligation) = Queue::add;
const _: fn(&Queue) -> &[Obligation] = Queue::obligations;
const _: fn(&Queue, u32, u64) -> Vec<&Obligation> = Queue::next_batch;
const _: fn(Obligation) -> (String, u64, u32) = |open| (open.bank, open.amount, open.due);

fn fill(t: &mut Test, rows: &[(String, u64, u32)]) -> Queue {
    t.input("obligations", rows);
    let mut queue = Queue::default();
    for (bank, amount, due) in rows {
        queue.add(Obligation { bank: bank.clone(), amount: *amount, due: *due });
    }
    queue
}

fn batch(t: &mut Test, queue: &Queue, day: u32, budget: u64) {
    t.input("day and budget", &(day, budget));
    let batch: Vec<&Obligation> = queue.next_batch(day, budget);
    let plain: Vec<(&str, u64, u32)> = batch.iter().map(|open| (open.bank.as_str(), open.amount, open.due)).collect();
    t.observe("batch", &plain);
    t.observe("still owed", &queue.obligations().len());
}

assay::tests! {
    /// What is due comes by day, then by amount, as far as the budget goes.
    fn most_urgent_first(t: &mut Test) {
        for _ in 0..8 {
            let length = t.rng().index(16);
            let rows: Vec<(String, u64, u32)> = (0..length)
                .map(|place| (format!("bank-{place}"), 1 + t.rng().below(500), t.rng().below(12) as u32))
                .collect();
            let queue = fill(t, &rows);
            for _ in 0..6 {
                let (day, budget) = (t.rng().below(13) as u32, t.rng().below(3000));
                batch(t, &queue, day, budget);
            }
            batch(t, &queue, 12, u64::MAX);
            batch(t, &queue, 12, 0);
        }
    }

    /// Among equals, the one that arose first comes first.
    fn equals_keep_their_order(t: &mut Test) {
        for _ in 0..6 {
            let rows: Vec<(String, u64, u32)> = (0..40)
                .map(|place| (format!("bank-{place}"), 100 + 50 * t.rng().below(2), 3 + t.rng().below(2) as u32))
                .collect();
            let queue = fill(t, &rows);
            let budget = 1000 + t.rng().below(2000);
            batch(t, &queue, 4, budget);
            batch(t, &queue, 3, budget);
        }
    }

    /// The first that the budget does not cover ends the batch; a smaller one behind it does not slip in.
    fn nobody_jumps_the_queue(t: &mut Test) {
        for _ in 0..12 {
            let mut rows: Vec<(String, u64, u32)> =
                (0..8).map(|place| (format!("bank-{place}"), 1 + t.rng().below(20), place)).collect();
            let large = t.rng().index(6);
            rows[large].1 = 100;
            let queue = fill(t, &rows);
            let upto: u64 = rows[..=large].iter().map(|row| row.1).sum();
            batch(t, &queue, 9, upto);
            batch(t, &queue, 9, upto - 1);
        }
    }

    /// A batch of some hundred obligations lends them from the queue.
    fn lends_what_it_has(t: &mut Test) {
        let rows: Vec<(String, u64, u32)> =
            (0..400).map(|place| (format!("bank-{place}"), 1 + t.rng().below(20), t.rng().below(9) as u32)).collect();
        let queue = fill(t, &rows);
        let batch = t.count("batch_allocations", || queue.next_batch(8, 1 << 40));
        let banks: Vec<&str> = batch.iter().map(|open| open.bank.as_str()).collect();
        t.observe("batch", &banks);
    }
}
