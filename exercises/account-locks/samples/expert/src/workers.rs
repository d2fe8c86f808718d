//! Workers that take from a plan what can start.

use crate::plan::Plan;
use crate::{Address, Guard, Keys, Ledger, Outcome, Program, Transaction};
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

struct Shared<'b, 'p, A: Address> {
    ledger: &'b Ledger<A>,
    keys: &'b [Keys<A>],
    programs: Vec<Mutex<Option<Program<'p, A>>>>,
    plan: Mutex<Plan>,
}

pub(crate) fn execute<A: Address>(
    ledger: &Ledger<A>,
    batch: Vec<Transaction<'_, A>>,
    workers: NonZeroUsize,
) -> Vec<Outcome> {
    let mut outcomes = vec![Outcome::NoAccount; batch.len()];
    let (keys, programs): (Vec<_>, Vec<_>) = batch
        .into_iter()
        .map(|transaction| (transaction.keys, Mutex::new(Some(transaction.program))))
        .unzip();
    let known = keys
        .iter()
        .map(|keys| Some(keys).filter(|keys| ledger.has_all(keys)));
    let shared = Shared {
        ledger,
        keys: &keys,
        programs,
        plan: Mutex::new(Plan::new(known)),
    };
    let (sender, ended) = channel();
    thread::scope(|scope| {
        for _ in 0..workers.get().min(keys.len()) {
            let (shared, sender) = (&shared, sender.clone());
            scope.spawn(move || shared.work(&sender));
        }
    });
    for (number, outcome) in ended.try_iter() {
        if let Some(place) = outcomes.get_mut(number) {
            *place = outcome;
        }
    }
    outcomes
}

impl<A: Address> Shared<'_, '_, A> {
    fn work(&self, ended: &Sender<(usize, Outcome)>) {
        loop {
            // an epoch that passes between here and the wait is not missed
            let epoch = self.ledger.epoch();
            let started = self.with_plan(|plan| {
                let started = plan.start(|number| {
                    let guard = self.ledger.try_lock(self.keys.get(number)?).ok()?;
                    Some((number, guard))
                });
                started.ok_or(plan.all_started())
            });
            match started {
                Ok((number, guard)) => {
                    // who listens is there for as long as there are workers
                    ended
                        .send((number, self.run(number, guard)))
                        .unwrap_or_default();
                    self.with_plan(|plan| plan.end(number));
                    self.ledger.advance_epoch();
                }
                Err(false) => self.ledger.await_epoch_after(epoch),
                Err(true) => return,
            }
        }
    }

    fn run(&self, number: usize, mut guard: Guard<'_, A>) -> Outcome {
        let program = self.programs.get(number).and_then(|program| {
            let mut program = program.lock().unwrap_or_else(PoisonError::into_inner);
            program.take()
        });
        let Some(program) = program else {
            return Outcome::Failed;
        };
        match catch_unwind(AssertUnwindSafe(|| program(&mut guard))) {
            Ok(Ok(())) => guard
                .commit()
                .map_or(Outcome::Unbalanced, |()| Outcome::Committed),
            Ok(Err(_)) => Outcome::Failed,
            Err(_) => Outcome::Panicked,
        }
    }

    fn with_plan<T>(&self, act: impl FnOnce(&mut Plan) -> T) -> T {
        act(&mut self.plan.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
