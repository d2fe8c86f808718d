use assay::Test;
use std::sync::{mpsc, Barrier};
use sums::Sums;

assay::tests! {
    /// One thread adds.
    fn one_adds(t: &mut Test) {
        let sums = Sums::new();
        for _ in 0..3 {
            sums.add(t.rng().below(9));
        }
        let both: (u64, u64) = sums.both();
        t.observe("both", &both);
    }

    /// Threads add at the same time.
    fn they_add_at_once(t: &mut Test) {
        let sums = Sums::new();
        t.schedules(4, &mut |t, s| {
            // what threads meet at orders them; nothing may stand between it and what they are to do unordered
            let together = Barrier::new(2);
            let panicked = s.run(2, &|number| {
                together.wait();
                sums.add(number as u64);
            });
            t.observe("panicked", &panicked);
        });
        t.observe("count", &sums.both().0);
    }

    /// What threads bring by a channel is added up.
    fn brought_by_a_channel(t: &mut Test) {
        let (sums, (sender, receiver)) = (Sums::new(), mpsc::channel::<Box<u64>>());
        std::thread::scope(|scope| {
            for number in 0..3 {
                let sender = sender.clone();
                scope.spawn(move || (0..50).for_each(|value| sender.send(Box::new(value * number)).unwrap()));
            }
            drop(sender);
            receiver.iter().for_each(|value| sums.add(*value));
        });
        t.observe("both", &sums.both());
    }
}
