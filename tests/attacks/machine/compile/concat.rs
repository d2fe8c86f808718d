//! A string literal of 256 GiB, from a few lines.

macro_rules! times_16 {
    ($outer:ident, $inner:ident) => {
        macro_rules! $outer {
            () => {
                concat!(
                    $inner!(), $inner!(), $inner!(), $inner!(), $inner!(), $inner!(), $inner!(), $inner!(),
                    $inner!(), $inner!(), $inner!(), $inner!(), $inner!(), $inner!(), $inner!(), $inner!()
                )
            };
        }
    };
}
macro_rules! one { () => { "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" } }
times_16!(second, one);
times_16!(third, second);
times_16!(fourth, third);
times_16!(fifth, fourth);
times_16!(sixth, fifth);
times_16!(seventh, sixth);
times_16!(eighth, seventh);
times_16!(ninth, eighth);

fn main() {
    println!("{}", ninth!());
}
