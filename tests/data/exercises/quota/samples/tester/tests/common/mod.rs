use quota::Quota;

pub fn used(limit: u64, bytes: u64) -> Quota {
    let mut quota = Quota::new(limit);
    quota.take(bytes).expect("it is not that much");
    quota
}
