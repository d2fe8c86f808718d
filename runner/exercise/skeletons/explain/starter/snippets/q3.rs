//! A list is handed on twice, to a function that names its type and to one that does not.

fn sort(values: &mut Vec<u64>) {
    values.sort_unstable();
}

fn note<T>(_noted: T) {}

pub fn tidy(values: &mut Vec<u64>) {
    sort(values);
    sort(values);
    note(values);
    values.dedup();
}
