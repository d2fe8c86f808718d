#[path = "../src/filing.rs"]
mod filing;

use filing::{file, Job};

#[test]
fn a_job_is_filed() {
    let mut filed = Vec::new();
    let job = Job {
        id: 7,
        failures: vec!["timed out".to_string(), "no route".to_string()],
    };
    assert_eq!(
        file(job, &mut filed),
        "job 7 failed 2 times, at last: no route"
    );
    assert_eq!(filed.len(), 1);
}
