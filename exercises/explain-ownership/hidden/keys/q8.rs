//! A router's table is read by a worker thread. Once its rows are counted by `Arc`, once by `Rc`.

use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

pub struct Route {
    pub weight: u64,
}

pub fn total(table: Arc<Mutex<Vec<Arc<Route>>>>) -> JoinHandle<u64> {
    thread::spawn(move || match table.lock() {
        Ok(rows) => rows.iter().map(|row| row.weight).sum(),
        Err(_) => 0,
    })
}

pub fn total_cheaper(table: Arc<Mutex<Vec<Rc<Route>>>>) -> JoinHandle<u64> {
    thread::spawn(move || match table.lock() { //~ E0277
        Ok(rows) => rows.iter().map(|row| row.weight).sum(),
        Err(_) => 0,
    })
}
