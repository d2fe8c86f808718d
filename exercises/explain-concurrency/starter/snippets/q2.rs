//! Jobs for two workers of a build service, over a channel.

use std::sync::mpsc::{Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::thread;

pub type Job = Box<dyn FnOnce() + Send>;

pub fn fed_by_two(jobs: &Sender<Job>) {
    for _ in 0..2 {
        let mine = jobs.clone();
        thread::spawn(move || mine.send(Box::new(|| ())).is_ok());
    }
}

pub fn shared(jobs: Receiver<Job>) {
    let jobs = Arc::new(jobs);
    let other = Arc::clone(&jobs);
    thread::spawn(move || other.recv().map(|job| job()).is_ok());
}

pub fn locked(jobs: Receiver<Job>) {
    let jobs = Arc::new(Mutex::new(jobs));
    let other = Arc::clone(&jobs);
    thread::spawn(move || other.lock().is_ok());
}
