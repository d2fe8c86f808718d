//! A lock that nobody will ever give back.

use std::sync::Mutex;

fn main() {
    let lock = Mutex::new(());
    let _held = lock.lock();
    let _never = lock.lock();

    println!("BREACH: a lock was had twice");
}
