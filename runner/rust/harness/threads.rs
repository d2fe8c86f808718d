//! Bodies on threads of their own. Nothing here is generic: a thread costs a test's compile as much as all the rest of it.

use crate::{Panic, PANIC};
use std::any::Any;
use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc;
use std::thread::{self, Builder};
use std::time::Duration;

/// A panic on its way from the thread where it began to the test's own.
struct Travelling {
    payload: Box<dyn Any + Send>,
    told: Option<Panic>,
}

impl Travelling {
    fn go_on(self) -> ! {
        PANIC.with(|last| *last.borrow_mut() = self.told);
        panic::resume_unwind(self.payload)
    }
}

fn caught(body: impl FnOnce()) -> Result<(), Travelling> {
    panic::catch_unwind(AssertUnwindSafe(body))
        .map_err(|payload| Travelling { payload, told: PANIC.with(|last| last.borrow_mut().take()) })
}

pub(crate) fn beside(threads: usize, beside: &(dyn Fn(usize) + Sync), body: &mut dyn FnMut()) -> usize {
    thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|number| scope.spawn(move || beside(number))).collect();
        body();
        running.into_iter().map(|thread| usize::from(thread.join().map_err(std::mem::forget).is_err())).sum()
    })
}

/// Whether `body` came back in time. A thread that did not is left alone, and ends with the process.
pub(crate) fn within(ms: u64, body: Box<dyn FnOnce() + Send>) -> bool {
    let (sender, receiver) = mpsc::channel();
    let run = move || drop(sender.send(caught(body)));
    Builder::new().spawn(run).expect("a thread for within()");
    match receiver.recv_timeout(Duration::from_millis(ms)) {
        Ok(Ok(())) => true,
        Ok(Err(panic)) => panic.go_on(),
        Err(_) => false,
    }
}

pub(crate) fn on_stack(kib: usize, body: &mut (dyn FnMut() + Send)) {
    let outcome = thread::scope(|scope| {
        let thread = Builder::new().stack_size(kib * 1024).spawn_scoped(scope, || caught(body));
        thread.expect("a thread for on_stack()").join()
    });
    if let Ok(Err(panic)) = outcome {
        panic.go_on();
    }
}

/// Calls `then` after so long, unless the process has ended before.
pub(crate) fn later(ms: u64, then: fn()) {
    let wait = move || {
        thread::sleep(Duration::from_millis(ms));
        then();
    };
    Builder::new().spawn(wait).expect("a thread that waits");
}
