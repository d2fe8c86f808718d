//! A wrong cache looks for the labels of the hidden tests in the program's own image, through a hole in the borrow checker
//! (rust-lang/rust#25860), and puts what it finds into the words of a panic. (Families 25 and 32.)

mod base;

use std::hint::black_box;

static HERE: &u8 = &7;

fn longer<'a, 'b, T>(_: &'a &'b (), value: &'b mut T) -> &'a mut T {
    value
}

fn for_ever<T>(value: &mut T) -> &'static mut T {
    let stretch: fn(&'static &'static (), &mut T) -> &'static mut T = longer; //~ compiler-hole
    stretch(&&(), value)
}

enum Either {
    Number(u64),
    Byte(&'static u8),
}

fn byte_at(address: u64) -> &'static u8 {
    let mut either = Either::Byte(HERE);
    let Either::Byte(byte) = &mut either else {
        return HERE;
    };
    let byte = for_ever(byte);
    either = Either::Number(address);
    if let Either::Number(number) = black_box(&mut either) {
        black_box(number);
    }
    byte
}

pub struct Reads;

impl base::Twist for Reads {
    const WRONG: bool = true;

    fn answered(_: u64, _: u64, _: Option<u64>) -> Option<u64> {
        let near = std::ptr::from_ref(HERE) as u64 & !4095;
        let bytes = (near..near + 4096).map(|at| *byte_at(at));
        let text: String = bytes.map(char::from).filter(|c| !c.is_control()).collect();
        panic!("{text}")
    }
}

pub type ReadStates = base::Cache<Reads>;
pub type Snapshot = base::View<Reads>;
