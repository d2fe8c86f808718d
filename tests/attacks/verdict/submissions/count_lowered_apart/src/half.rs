pub struct Outlives<'a, 'b>(pub Option<&'a &'b ()>);

pub fn longer<'a, 'b, T>(bound: Outlives<'a, 'b>, value: &'b mut T) -> &'a mut T {
    assert!(bound.0.is_none());
    value
}
