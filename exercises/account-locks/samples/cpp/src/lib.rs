// Parallel ledger. One manager mutex protects the lock table and the balances, a scheduler
// with dependency counters hands out the transactions.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::num::NonZeroUsize;
use std::panic::AssertUnwindSafe;
use std::sync::{Condvar, Mutex};

/// What names an account.
pub trait Address: Clone + Ord + Hash + Send + Sync {}

impl<A: Clone + Ord + Hash + Send + Sync> Address for A {}

/// The most accounts that a transaction may name.
pub const MAX_ACCOUNTS: usize = 64;

/// More accounts than [`MAX_ACCOUNTS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooManyAccounts;

/// Why accounts were not locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The ledger does not have one of them.
    NoAccount,
    /// One of them is held in a way that forbids it.
    InUse,
}

/// The account was not declared for this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotDeclared;

/// What was written has another sum than what was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unbalanced;

/// A program gives up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failed;

impl From<NotDeclared> for Failed {
    fn from(_: NotDeclared) -> Failed {
        Failed
    }
}

/// What became of a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Committed,
    Failed,
    Panicked,
    Unbalanced,
    NoAccount,
}

/// What a transaction does with the accounts that it declared.
pub type Program<'p, A> = Box<dyn FnOnce(&mut Guard<'_, A>) -> Result<(), Failed> + Send + 'p>;

/// The accounts that a program may touch, and the program.
pub struct Transaction<'p, A: Address> {
    pub keys: Keys<A>,
    pub program: Program<'p, A>,
}

pub struct Keys<A: Address> {
    m_reads: Vec<A>,
    m_writes: Vec<A>,
}

impl<A: Address> Keys<A> {
    pub fn new(reads: Vec<A>, writes: Vec<A>) -> Result<Keys<A>, TooManyAccounts> {
        let mut r = reads;
        let mut w = writes;
        w.sort();
        w.dedup();
        r.sort();
        r.dedup();
        let mut i: usize = 0;
        while i < r.len() {
            if w.binary_search(&r[i]).is_ok() {
                r.remove(i);
            } else {
                i += 1;
            }
        }
        if r.len() + w.len() > MAX_ACCOUNTS {
            return Err(TooManyAccounts);
        }
        return Ok(Keys { m_reads: r, m_writes: w });
    }

    pub fn reads(&self) -> &[A] {
        return &self.m_reads;
    }

    pub fn writes(&self) -> &[A] {
        return &self.m_writes;
    }

    fn isWritable(&self, account: &A) -> bool {
        return self.m_writes.binary_search(account).is_ok();
    }

    fn isDeclared(&self, account: &A) -> bool {
        return self.isWritable(account) || self.m_reads.binary_search(account).is_ok();
    }
}

// readers > 0: shared, writer: exclusive
struct Entry {
    balance: u64,
    readers: u32,
    writer: bool,
}

struct Table<A> {
    entries: HashMap<A, Entry>,
    version: u64,
}

pub struct Ledger<A: Address> {
    m_table: Mutex<Table<A>>,
    m_cv: Condvar,
}

pub struct Guard<'l, A: Address> {
    m_ledger: &'l Ledger<A>,
    m_keys: &'l Keys<A>,
    m_pending: Vec<(usize, u64)>, // index into writes
}

impl<A: Address> Ledger<A> {
    pub fn new(balances: BTreeMap<A, u64>) -> Ledger<A> {
        let mut entries: HashMap<A, Entry> = HashMap::new();
        entries.reserve(balances.len());
        for (k, v) in balances.into_iter() {
            entries.insert(k, Entry { balance: v, readers: 0, writer: false });
        }
        return Ledger { m_table: Mutex::new(Table { entries: entries, version: 0 }), m_cv: Condvar::new() };
    }

    fn hasAll(&self, keys: &Keys<A>) -> bool {
        let table = self.m_table.lock().unwrap();
        for k in keys.m_reads.iter() {
            if table.entries.contains_key(k) == false {
                return false;
            }
        }
        for k in keys.m_writes.iter() {
            if table.entries.contains_key(k) == false {
                return false;
            }
        }
        return true;
    }

    pub fn try_lock<'l>(&'l self, keys: &'l Keys<A>) -> Result<Guard<'l, A>, Refused> {
        if !self.hasAll(keys) {
            return Err(Refused::NoAccount);
        }
        let mut table = self.m_table.lock().unwrap();
        for k in keys.m_reads.iter() {
            if table.entries[k].writer {
                return Err(Refused::InUse);
            }
        }
        for k in keys.m_writes.iter() {
            let e = &table.entries[k];
            if e.writer || e.readers > 0 {
                return Err(Refused::InUse);
            }
        }
        for k in keys.m_reads.iter() {
            table.entries.get_mut(k).unwrap().readers += 1;
        }
        for k in keys.m_writes.iter() {
            table.entries.get_mut(k).unwrap().writer = true;
        }
        return Ok(Guard { m_ledger: self, m_keys: keys, m_pending: Vec::new() });
    }

    pub fn execute(&self, batch: Vec<Transaction<'_, A>>, workers: NonZeroUsize) -> Vec<Outcome> {
        let n = batch.len();
        let mut keys: Vec<Keys<A>> = Vec::with_capacity(n);
        let mut programs: Vec<Option<Program<'_, A>>> = Vec::with_capacity(n);
        for t in batch {
            keys.push(t.keys);
            programs.push(Some(t.program));
        }

        // build the dependency graph
        let mut deps: Vec<usize> = vec![0; n];
        let mut succ: Vec<Vec<usize>> = vec![Vec::new(); n];
        let mut pending: Vec<usize> = Vec::new();
        let mut remaining: usize = 0;
        {
            let mut lastWriter: HashMap<&A, usize> = HashMap::new();
            let mut lastReaders: HashMap<&A, Vec<usize>> = HashMap::new();
            for i in 0..n {
                if !self.hasAll(&keys[i]) {
                    continue;
                }
                for k in keys[i].m_reads.iter() {
                    match lastWriter.get(k) {
                        Some(w) => {
                            succ[*w].push(i);
                            deps[i] += 1;
                        }
                        None => {}
                    }
                    lastReaders.entry(k).or_insert(Vec::new()).push(i);
                }
                for k in keys[i].m_writes.iter() {
                    match lastWriter.get(k) {
                        Some(w) => {
                            succ[*w].push(i);
                            deps[i] += 1;
                        }
                        None => {}
                    }
                    match lastReaders.get_mut(k) {
                        Some(rs) => {
                            for r in rs.iter() {
                                succ[*r].push(i);
                                deps[i] += 1;
                            }
                            rs.clear();
                        }
                        None => {}
                    }
                    lastWriter.insert(k, i);
                }
                if deps[i] == 0 {
                    pending.push(i);
                }
                remaining += 1;
            }
        }
        pending.reverse(); // used as a stack, smallest index at the end

        let sched = Mutex::new(Scheduler {
            programs: programs,
            deps: deps,
            succ: succ,
            ready: pending,
            remaining: remaining,
            outcomes: vec![Outcome::NoAccount; n],
        });
        let mut numThreads = workers.get();
        if numThreads > n {
            numThreads = n;
        }
        std::thread::scope(|s| {
            for _i in 0..numThreads {
                s.spawn(|| {
                    self.workerLoop(&sched, &keys);
                });
            }
        });
        return sched.into_inner().unwrap().outcomes;
    }

    fn workerLoop(&self, sched: &Mutex<Scheduler<'_, A>>, keys: &Vec<Keys<A>>) {
        loop {
            let version = self.m_table.lock().unwrap().version;
            let mut job: Option<(usize, Guard<'_, A>, Program<'_, A>)> = None;
            {
                let mut s = sched.lock().unwrap();
                if s.remaining == 0 {
                    return;
                }
                let mut pos: usize = s.ready.len();
                while pos > 0 {
                    pos -= 1;
                    let i = s.ready[pos];
                    match self.try_lock(&keys[i]) {
                        Ok(g) => {
                            s.ready.remove(pos);
                            s.remaining -= 1;
                            let p = s.programs[i].take().unwrap();
                            job = Some((i, g, p));
                            break;
                        }
                        Err(_) => {}
                    }
                }
            }
            if job.is_none() {
                let mut table = self.m_table.lock().unwrap();
                while table.version == version {
                    table = self.m_cv.wait(table).unwrap();
                }
                continue;
            }
            let (i, mut guard, program) = job.unwrap();
            let result = std::panic::catch_unwind(AssertUnwindSafe(|| program(&mut guard)));
            let outcome: Outcome;
            if result.is_err() {
                drop(guard);
                outcome = Outcome::Panicked;
            } else if result.unwrap().is_err() {
                drop(guard);
                outcome = Outcome::Failed;
            } else if guard.commit().is_ok() {
                outcome = Outcome::Committed;
            } else {
                outcome = Outcome::Unbalanced;
            }
            let mut s = sched.lock().unwrap();
            s.outcomes[i] = outcome;
            let next = std::mem::replace(&mut s.succ[i], Vec::new());
            for j in next.iter() {
                s.deps[*j] -= 1;
                if s.deps[*j] == 0 {
                    // keep it sorted, descending
                    let at = s.ready.partition_point(|x| *x > *j);
                    s.ready.insert(at, *j);
                }
            }
            drop(s);
            self.m_table.lock().unwrap().version += 1;
            self.m_cv.notify_all();
        }
    }

    pub fn into_balances(self) -> BTreeMap<A, u64> {
        let mut out: BTreeMap<A, u64> = BTreeMap::new();
        let table = self.m_table.into_inner().unwrap();
        for (k, v) in table.entries.into_iter() {
            out.insert(k, v.balance);
        }
        return out;
    }
}

struct Scheduler<'p, A: Address> {
    programs: Vec<Option<Program<'p, A>>>,
    deps: Vec<usize>,
    succ: Vec<Vec<usize>>,
    ready: Vec<usize>,
    remaining: usize,
    outcomes: Vec<Outcome>,
}

impl<'l, A: Address> Guard<'l, A> {
    pub fn get(&self, account: &A) -> Result<u64, NotDeclared> {
        if !self.m_keys.isDeclared(account) {
            return Err(NotDeclared);
        }
        for i in 0..self.m_pending.len() {
            if self.m_keys.m_writes[self.m_pending[i].0] == *account {
                return Ok(self.m_pending[i].1);
            }
        }
        let table = self.m_ledger.m_table.lock().unwrap();
        return Ok(table.entries[account].balance);
    }

    pub fn set(&mut self, account: &A, balance: u64) -> Result<(), NotDeclared> {
        let index = match self.m_keys.m_writes.binary_search(account) {
            Ok(i) => i,
            Err(_) => return Err(NotDeclared),
        };
        for i in 0..self.m_pending.len() {
            if self.m_pending[i].0 == index {
                self.m_pending[i].1 = balance;
                return Ok(());
            }
        }
        self.m_pending.push((index, balance));
        return Ok(());
    }

    pub fn commit(self) -> Result<(), Unbalanced> {
        let mut before: u128 = 0;
        let mut after: u128 = 0;
        let mut table = self.m_ledger.m_table.lock().unwrap();
        for i in 0..self.m_pending.len() {
            let (index, value) = self.m_pending[i];
            before += table.entries[&self.m_keys.m_writes[index]].balance as u128;
            after += value as u128;
        }
        if before != after {
            return Err(Unbalanced);
        }
        for i in 0..self.m_pending.len() {
            let (index, value) = self.m_pending[i];
            table.entries.get_mut(&self.m_keys.m_writes[index]).unwrap().balance = value;
        }
        return Ok(());
    }
}

impl<'l, A: Address> Drop for Guard<'l, A> {
    fn drop(&mut self) {
        {
            let mut table = self.m_ledger.m_table.lock().unwrap();
            for k in self.m_keys.m_reads.iter() {
                table.entries.get_mut(k).unwrap().readers -= 1;
            }
            for k in self.m_keys.m_writes.iter() {
                table.entries.get_mut(k).unwrap().writer = false;
            }
            table.version += 1;
        }
        self.m_ledger.m_cv.notify_all();
    }
}
