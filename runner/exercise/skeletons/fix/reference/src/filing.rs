/// A job, and what went wrong each time it was tried.
#[derive(Clone, Debug)]
pub struct Job {
    pub id: u64,
    pub failures: Vec<String>,
}

/// Files the job at the end of `filed`, and gives the line for the log: "job 7 failed 2 times, at last: no route".
/// A job that was never tried has "never tried" after its number.
pub fn file(job: Job, filed: &mut Vec<Job>) -> String {
    let line = match job.failures.last() {
        Some(last) => format!(
            "job {} failed {} times, at last: {last}",
            job.id,
            job.failures.len()
        ),
        None => format!("job {} never tried", job.id),
    };
    filed.push(job);
    line
}
