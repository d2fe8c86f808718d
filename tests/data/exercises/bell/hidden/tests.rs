use assay::{Executor, Test};
use bell::Bell;
use std::cell::RefCell;
use std::future::{poll_fn, Future};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

type Shared<'a> = Rc<RefCell<Pin<Box<dyn Future<Output = u64> + 'a>>>>;

/// Several tasks poll one future.
fn polled<'a>(shared: Shared<'a>) -> impl Future<Output = u64> + 'a {
    poll_fn(move |context| shared.borrow_mut().as_mut().poll(context))
}

assay::tests! {
    /// A ring wakes those who wait, once each, and they hear it.
    fn rings_are_heard(t: &mut Test) {
        let bell = Bell::new();
        let mut run = t.executor();
        let tasks: Vec<_> = (0..t.rng().between(2, 5)).map(|_| run.spawn(bell.heard())).collect();
        t.observe("polls", &run.until_stalled());
        bell.ring();
        t.observe("woken", &tasks.iter().map(|task| (run.is_woken(task), run.wakes(task))).collect::<Vec<_>>());
        t.observe("polls after", &run.until_stalled());
        t.observe("heard", &tasks.iter().map(|task| (task.take(), run.polls(task), run.is_over(task))).collect::<Vec<_>>());
    }

    /// What is dropped midway leaves no waker behind.
    fn cancelled_ones_leave(t: &mut Test) {
        let bell = Bell::new();
        let mut run = t.executor();
        let task = run.spawn(assay::is_send(bell.heard()));
        run.until_stalled();
        let before = run.wakers(&task);
        t.observe("cancelled, wakers before and after", &(run.cancel(&task), before, run.wakers(&task)));
        bell.ring();
        t.observe("wakes", &run.wakes(&task));
    }

    /// A future that goes to another task wakes the one that polled it last.
    fn the_last_waker_counts(t: &mut Test) {
        let bell = Bell::new();
        let mut first = t.executor();
        let mut second = Executor::new(7);
        let shared: Shared<'_> = Rc::new(RefCell::new(Box::pin(bell.heard())));
        let one = first.spawn_local(polled(shared.clone()));
        let other = second.spawn_local(polled(shared));
        t.observe("pending", &(first.poll(&one).is_pending(), second.poll(&other).is_pending()));
        bell.ring();
        t.observe("wakes", &(first.wakes(&one), second.wakes(&other)));
    }

    /// Nothing is locked while others are woken.
    fn woken_without_a_lock(t: &mut Test) {
        let rang = t.within(400, || {
            let bell = Arc::new(Bell::new());
            let waiting = Arc::clone(&bell);
            let mut run = Executor::new(1);
            let task = run.spawn(async move { waiting.heard().await });
            run.until_stalled();
            let asked = Arc::clone(&bell);
            run.on_wake(&task, Box::new(move || assert_eq!(asked.rings(), 1)));
            bell.ring();
            run.until_stalled();
            task.take()
        });
        t.observe("rang", &rang);
    }
}
