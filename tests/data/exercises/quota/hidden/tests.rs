use assay::Test;
use quota::Quota;

const _: fn(u64) -> Quota = Quota::new;
const _: fn(&mut Quota, u64) -> Result<u64, u64> = Quota::take;
const _: fn(&mut Quota, u64) = Quota::give_back;
const _: fn(&Quota) -> u64 = Quota::left;

assay::tests! {
    /// It counts what is taken up to the last byte, and takes nothing of what it refuses.
    fn takes_what_is_left(t: &mut Test) {
        let limit = 10 + t.rng().below(90);
        let mut quota = Quota::new(limit);
        for bytes in [1, limit, limit - 2, 2, 1] {
            t.input("take", &bytes);
            t.observe("taken", &quota.take(bytes));
            t.observe("left", &quota.left());
        }
    }

    /// What is given back can be taken again, and no more than that.
    fn gives_back(t: &mut Test) {
        let limit = 10 + t.rng().below(90);
        let mut quota = Quota::new(limit);
        t.observe("taken", &quota.take(5));
        for bytes in [2, 9] {
            t.input("give back", &bytes);
            quota.give_back(bytes);
            t.observe("left", &quota.left());
        }
    }
}
