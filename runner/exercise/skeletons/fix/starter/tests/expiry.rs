#[path = "../src/expiry.rs"]
mod expiry;

#[test]
fn overdue_jobs_go() {
    let mut waiting = vec![(1, 10), (2, 30), (3, 20)];
    assert_eq!(expiry::expire(&mut waiting, 20), [1, 3]);
    assert_eq!(waiting, [(2, 30)]);
}
