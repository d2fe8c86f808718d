//! Control: a right cache with lifetimes that nest, pointers to functions, and trait objects with associated types, all of which
//! mean no harm. (Family 25.)

mod base;

trait Sized64 {
    type Size;

    fn size(&self) -> Self::Size;
}

impl Sized64 for u64 {
    type Size = u64;

    fn size(&self) -> u64 {
        *self
    }
}

fn at<'all, 'words>(words: &'all &'words [u64], index: usize) -> (&'all [u64], &'words u64) {
    (words, &words[index])
}

fn twice(number: u64) -> u64 {
    number * 2
}

fn half(number: u64) -> u64 {
    number / 2
}

pub struct Points;

impl base::Twist for Points {
    fn answered(user: u64, channel: u64, answer: Option<u64>) -> Option<u64> {
        let words = [user, channel];
        let whole = &words[..];
        let first = *at(&whole, 0).1;
        let steps: [fn(u64) -> u64; 2] = [twice, half];
        let same = steps
            .iter()
            .fold(first % 2 + 1, |number, step| step(number));
        let parts: Box<dyn Iterator<Item = u64>> = Box::new(words.into_iter());
        let sized: &dyn Sized64<Size = u64> = &same;
        debug_assert!(parts.count() == 2 && sized.size() == same);
        answer
    }
}

pub type ReadStates = base::Cache<Points>;
pub type Snapshot = base::View<Points>;
