//! A constant of 32 GiB.

static HUGE: [[u64; 1 << 16]; 1 << 16] = [[1; 1 << 16]; 1 << 16];

fn main() {
    println!("{}", HUGE[0][0]);
}
