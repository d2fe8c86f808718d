//! Jobs whose deadlines the seed chooses, some of them overdue.

use assay::Test;
use expiry::expire;

// the API, pinned
const _: fn(&mut Vec<(u64, u64)>, u64) -> Vec<u64> = expire;

assay::tests! {
    /// What is overdue goes, also where several stand side by side; the rest keeps its order.
    fn throws_out_in_order(t: &mut Test) {
        let mut waiting: Vec<(u64, u64)> = t.rng().ids(40).into_iter().map(|id| (id, t.rng().below(10))).collect();
        waiting[3].1 = 4;
        waiting[4].1 = 4; // due at this second, side by side
        t.input("waiting", &waiting);
        for now in [4, 4, 7, 10] {
            t.observe("overdue", &expire(&mut waiting, now));
            t.observe("still waiting", &waiting);
        }
    }

    /// A look at jobs of which none is overdue changes nothing, up to the second before the first is.
    fn nothing_is_overdue(t: &mut Test) {
        let first = t.rng().between(100, 200) as u64;
        let mut waiting: Vec<(u64, u64)> = (0..200).map(|id| (id, first + t.rng().below(50))).collect();
        waiting[0].1 = first;
        let overdue = t.count("idle_allocations", || expire(&mut waiting, first - 1));
        t.observe("overdue, waiting", &(overdue.len(), waiting.len()));
        t.observe("the first", &expire(&mut waiting, first).first());
    }
}
