//! Jobs whose tries the seed chooses.

use assay::Test;
use filing::{file, Job};

// the API, pinned
const _: fn(Job, &mut Vec<Job>) -> String = file;

assay::tests! {
    /// A job is filed at the end, as it was, and the log is told how often it failed and how at last.
    fn files_and_tells(t: &mut Test) {
        let mut filed = Vec::new();
        for tries in [2, 0, 1, 5] {
            let id = t.rng().below(100_000);
            let failures: Vec<String> = (0..tries).map(|_| t.rng().word(3, 9)).collect();
            t.input("failures", &failures);
            t.observe("line", &file(Job { id, failures }, &mut filed));
            t.observe("filed", &filed.iter().map(|job| (job.id, job.failures.as_slice())).collect::<Vec<_>>());
        }
    }
}
