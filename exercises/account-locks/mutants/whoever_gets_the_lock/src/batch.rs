//! A batch is a graph: each transaction waits for the earlier ones that it conflicts with, and for nothing else.

use crate::{Address, Guard, Keys, Ledger, Outcome, Program, Transaction};
use std::collections::{BTreeSet, HashMap};
use std::num::NonZeroUsize;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::{mem, thread};

pub(crate) fn execute<A: Address>(
    ledger: &Ledger<A>,
    batch: Vec<Transaction<'_, A>>,
    workers: NonZeroUsize,
) -> Vec<Outcome> {
    let (keys, programs): (Vec<_>, Vec<_>) = batch
        .into_iter()
        .map(|Transaction { keys, program }| (keys, program))
        .unzip();
    let course = Course {
        ledger,
        keys: &keys,
        progress: Mutex::new(Progress::new(ledger, &keys, programs)),
    };
    thread::scope(|scope| {
        // this thread is a worker too
        for _ in 1..workers.get().min(keys.len()) {
            scope.spawn(|| course.work());
        }
        course.work();
    });
    let progress = course.progress.into_inner();
    progress.unwrap_or_else(PoisonError::into_inner).outcomes
}

/// What the workers of a batch share.
struct Course<'b, 'p, A: Address> {
    ledger: &'b Ledger<A>,
    keys: &'b [Keys<A>],
    progress: Mutex<Progress<'p, A>>,
}

struct Progress<'p, A: Address> {
    /// Taken when they start.
    programs: Vec<Option<Program<'p, A>>>,
    /// By how many earlier ones each is kept waiting.
    waits: Vec<usize>,
    /// Whom each keeps waiting.
    followers: Vec<Vec<usize>>,
    /// Those that no other of the batch keeps waiting, the first of them in front.
    ready: BTreeSet<usize>,
    unstarted: usize,
    outcomes: Vec<Outcome>,
}

/// A transaction that has its accounts.
struct Job<'b, 'p, A: Address> {
    number: usize,
    guard: Guard<'b, A>,
    program: Program<'p, A>,
}

enum Next<'b, 'p, A: Address> {
    Run(Job<'b, 'p, A>),
    Wait,
    AllStarted,
}

impl<'b, 'p, A: Address> Course<'b, 'p, A> {
    fn work(&self) {
        loop {
            // before looking, so that what is let go of meanwhile is not slept through
            let seen = self.ledger.releases();
            match self.next() {
                Next::Run(job) => self.run(job),
                Next::Wait => self.ledger.wait(seen),
                Next::AllStarted => return,
            }
        }
    }

    /// The first that is ready and whose accounts nobody else holds.
    fn next(&self) -> Next<'b, 'p, A> {
        let mut progress = self.progress();
        if progress.unstarted == 0 {
            return Next::AllStarted;
        }
        let found = progress.ready.iter().find_map(|&number| {
            let guard = self.ledger.try_lock(self.keys.get(number)?).ok()?;
            Some((number, guard))
        });
        let Some((number, guard)) = found else {
            return Next::Wait;
        };
        match progress.start(number) {
            Some(program) => Next::Run(Job {
                number,
                guard,
                program,
            }),
            None => Next::Wait,
        }
    }

    fn run(&self, job: Job<'b, 'p, A>) {
        let Job {
            number,
            mut guard,
            program,
        } = job;
        let ran = panic::catch_unwind(AssertUnwindSafe(|| program(&mut guard)));
        // before the guard lets go, which wakes those who wait: its accounts keep the followers back until then
        self.progress().finish(number);
        let outcome = match ran {
            Ok(Ok(())) => match guard.commit() {
                Ok(()) => Outcome::Committed,
                Err(_) => Outcome::Unbalanced,
            },
            Ok(Err(_)) => Outcome::Failed,
            Err(_) => Outcome::Panicked,
        };
        if let Some(place) = self.progress().outcomes.get_mut(number) {
            *place = outcome;
        }
    }

    fn progress(&self) -> MutexGuard<'_, Progress<'p, A>> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<'p, A: Address> Progress<'p, A> {
    fn new(ledger: &Ledger<A>, keys: &[Keys<A>], programs: Vec<Program<'p, A>>) -> Self {
        let mut progress = Progress {
            programs: programs.into_iter().map(Some).collect(),
            waits: vec![0; keys.len()],
            followers: vec![Vec::new(); keys.len()],
            ready: BTreeSet::new(),
            unstarted: 0,
            outcomes: vec![Outcome::NoAccount; keys.len()],
        };
        let mut users = HashMap::new();
        for (number, keys) in keys.iter().enumerate() {
            if ledger.has(keys) {
                progress.enter(number, keys, &mut users);
            }
        }
        progress
    }

    /// Puts one behind those before it that it conflicts with. For each account these are the last that writes it,
    /// and those that have read it since: so there are never more edges than twice the accounts named.
    fn enter<'k>(&mut self, number: usize, keys: &'k Keys<A>, users: &mut HashMap<&'k A, Users>) {
        for key in keys.reads() {
            let users = users.entry(key).or_default();
            self.follow(number, users.writer);
            users.readers.push(number);
        }
        for key in keys.writes() {
            let users = users.entry(key).or_default();
            if users.readers.is_empty() {
                self.follow(number, users.writer);
            }
            self.follow(number, mem::take(&mut users.readers));
            users.writer = Some(number);
        }
        if self.waits.get(number).is_some() {
            self.ready.insert(number);
        }
        self.unstarted += 1;
    }

    fn follow(&mut self, number: usize, earlier: impl IntoIterator<Item = usize>) {
        for earlier in earlier {
            if let Some(followers) = self.followers.get_mut(earlier) {
                followers.push(number);
            }
            if let Some(waits) = self.waits.get_mut(number) {
                *waits += 1;
            }
        }
    }

    fn start(&mut self, number: usize) -> Option<Program<'p, A>> {
        self.ready.remove(&number);
        self.unstarted -= 1;
        self.programs.get_mut(number)?.take()
    }

    fn finish(&mut self, number: usize) {
        let followers = self.followers.get_mut(number).map(mem::take);
        for follower in followers.unwrap_or_default() {
            if let Some(waits) = self.waits.get_mut(follower) {
                *waits -= 1;
                if *waits == 0 {
                    self.ready.insert(follower);
                }
            }
        }
    }
}

/// Who of the batch names an account, as far as those who come later have to know.
#[derive(Default)]
struct Users {
    writer: Option<usize>,
    /// Since then.
    readers: Vec<usize>,
}
