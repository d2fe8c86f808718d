/// A job, and what went wrong each time it was tried.
#[derive(Clone, Debug)]
pub struct Job {
    pub id: u64,
    pub failures: Vec<String>,
}

/// Files the job at the end of `filed`, and gives the line for the log: "job 7 failed 2 times, at last: no route".
/// A job that was never tried has "never tried" after its number.
pub fn file(job: Job, filed: &mut Vec<Job>) -> String {
    let id = job.id;
    let line = if let Some(last) = job.failures.last() {
        let times = job.failures.len();
        format!("job {id} failed {times} times, at last: {last}")
    } else {
        format!("job {id} never tried")
    };
    filed.push(job);
    line
}
