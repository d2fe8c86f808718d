//! The newest value is doubled and added.

pub fn double_newest(values: &mut Vec<u64>) -> usize {
    if let Some(newest) = values.last() {
        let doubled = newest * 2;
        values.push(doubled);
    }
    values.len()
}
