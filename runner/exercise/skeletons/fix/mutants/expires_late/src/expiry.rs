/// A job's number, and the second by which it must have begun.
pub type Waiting = (u64, u64);

/// Throws out the jobs whose deadline has come (`deadline <= now`), and gives their numbers, in the order in which they
/// stood. The others keep their order.
pub fn expire(waiting: &mut Vec<Waiting>, now: u64) -> Vec<u64> {
    let mut overdue = Vec::new();
    waiting.retain(|&(id, deadline)| {
        let stays = deadline >= now;
        if !stays {
            overdue.push(id);
        }
        stays
    });
    overdue
}
