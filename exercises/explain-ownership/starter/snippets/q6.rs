//! An arena hands out slots. Three ways to add one that holds its own number.

pub fn add(slots: &mut Vec<usize>) {
    slots.push(slots.len());
}

pub fn add_by_name(slots: &mut Vec<usize>) {
    let all = &mut *slots;
    all.push(slots.len());
}

pub fn add_step_by_step(slots: &mut Vec<usize>) {
    let all = &mut *slots;
    let number = all.len();
    all.push(number);
    slots.push(number + 1);
}
