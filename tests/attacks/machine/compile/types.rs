//! A type whose name doubles with each line.

macro_rules! double {
    ($value:expr;) => { $value };
    ($value:expr; $_line:tt $($more:tt)*) => {{ let half = $value; double!((half, half); $($more)*) }};
}

fn main() {
    drop(double!(0_u8; + + + + + + + + + + + + + + + + + + + + + + + + + + + + + + + +));
}
