use crate::half::{longer, Outlives};

type Stretch<T> = fn(Outlives<'static, 'static>, &mut T) -> &'static mut T; //~ compiler-hole

pub fn for_ever<T>(value: &mut T) -> &'static mut T {
    let stretch: Stretch<T> = longer;
    stretch(Outlives(None), value)
}
