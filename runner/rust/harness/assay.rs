//! The harness that hidden tests are written with.
//!
//! A hidden test does not assert. It feeds inputs to the submission and *observes* what comes back; the reference is
//! run through the same test with the same seed in a box of its own, and the two transcripts are compared outside
//! both. The process under test never holds an expected value.
//!
//! ```ignore
//! use assay::Test;
//! use read_states::ReadStates;
//!
//! assay::tests! {
//!     /// A mark that was set is read back.
//!     fn mark_then_read(t: &mut Test) {
//!         let mut states = ReadStates::new(8);
//!         let user = t.rng().below(1000);
//!         t.input("user", &user);
//!         t.observe("before", &states.last_read(user));
//!         states.mark(user, 7);
//!         t.observe("after", &states.last_read(user));
//!     }
//! }
//! ```
//!
//! Only types of std, of this harness and of the test itself ([`observable!`]) can be observed: a lying `Debug` or
//! `PartialEq` on a submission's own type never gets a say. Take such a type apart in the test and observe its plain
//! parts.
//!
//! The protocol: a request on standard input, records on descriptor 3 (see `runner/rust/records.h`, which reads them).

use std::any::{Any, TypeId};
use std::cell::RefCell;
use std::fs::File;
use std::hash::Hasher;
use std::io::{Read, Write};
use std::os::fd::FromRawFd;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Arc, Mutex, PoisonError};

mod drops;
mod ends;
mod executor;
mod heap;
mod observe;
#[doc(hidden)]
pub mod plain;
mod rng;
mod runs;
mod schedules;
mod tally;
mod threads;

pub use drops::{Drops, Item};
pub use ends::End;
pub use executor::{is_send, Executor, Task};
pub use heap::Heap;
#[doc(hidden)]
pub use observe::sealed;
pub use observe::Observe;
pub use rng::Rng;
pub use runs::Run;
pub use schedules::{Schedule, Value};

/// One hidden test: made by [`tests!`]. It does not know its name: what is linked with a submission holds neither the
/// names of its tests nor what they say.
pub struct Entry {
    pub stream: u64,
    pub body: fn(&mut Test),
}

/// Declares the hidden tests of a file and its `main`. The doc comment is the sentence that reports print.
///
/// Names and sentences are in a program that lists them (`assay_list`, set by `runner/rust/steps.c`) and in no other.
#[macro_export]
macro_rules! tests {
    ($( $(#[doc = $says:literal])+ fn $name:ident($test:ident : $type:ty) $body:block )+) => {
        $( fn $name($test: $type) $body )+

        fn main() {
            #[cfg(assay_list)]
            $crate::list(&[$( (stringify!($name), concat!($($says),+)) ),+]);
            #[cfg(not(assay_list))]
            $crate::run(&[$( $crate::Entry { stream: const { $crate::name_hash(stringify!($name)) }, body: $name } ),+]);
        }
    };
}

/// What a test feeds, sees and measures.
pub struct Test {
    rng: Rng,
    records: Records,
}

impl Test {
    /// Random choices, the same for reference and submission, other ones for each seed.
    pub fn rng(&mut self) -> &mut Rng {
        &mut self.rng
    }

    /// Says what is fed to the submission, so that a reader of the report can follow. Compared too: inputs that
    /// differ from the reference's mean that the test itself was led astray.
    #[track_caller]
    pub fn input<T: Observe + ?Sized>(&mut self, label: &str, value: &T) {
        self.records.write(Kind::Input, label, &observe::render(&value));
    }

    /// Reports what came back; it must be what the reference gave. From several threads: by a `Mutex<&mut Test>`, and in
    /// an order that is the same for every right solution.
    #[track_caller]
    pub fn observe<T: Observe + ?Sized>(&mut self, label: &str, value: &T) {
        self.records.write(Kind::Observe, label, &observe::render(&value));
    }

    /// Reports a number that is not compared but may be bounded by a criterion (`metrics:` in the manifest).
    #[track_caller]
    pub fn metric(&mut self, id: &str, value: u64) {
        self.records.write(Kind::Metric, id, &value.to_string());
    }

    /// Runs `body` and reports how many heap allocations (and reallocations) the whole process made meanwhile, as the
    /// metric `id`. They are counted outside as well, where nothing sets them back. Not within another count.
    #[track_caller]
    pub fn count<T>(&mut self, id: &str, body: impl FnOnce() -> T) -> T {
        let (allocations, value) = heap::tell_count(body);
        self.records.write(Kind::Counted, id, &allocations.to_string());
        // a test may go on after a panic, and then what was told outside and what is said here still agree
        value.unwrap_or_else(|payload| panic::resume_unwind(payload))
    }

    /// Runs `body` and counts the heap allocations (and reallocations) of the whole process while it ran. To bound them
    /// by a criterion, use [`Test::count`].
    pub fn allocations<T>(&mut self, body: impl FnOnce() -> T) -> (u64, T) {
        heap::count(body)
    }

    /// As [`Test::allocations`], with bytes, frees and the peak.
    pub fn heap<T>(&mut self, body: impl FnOnce() -> T) -> (Heap, T) {
        heap::measure(body)
    }

    /// Has the program under test run (`type: bin`): what it is fed is an input, how it ends and what it writes are
    /// observations. It runs when the test is over, in a box of its own; a test sees nothing of it.
    #[track_caller]
    pub fn run(&mut self, run: &Run) {
        self.records.write(Kind::Run, "", run.orders());
    }

    /// Items that tell when they are dropped and cloned.
    pub fn drops(&mut self) -> Drops {
        Drops::new()
    }

    /// Runs futures: polls and drops them as the test says, and counts what they do. It does not borrow the test.
    pub fn executor<'a>(&mut self) -> Executor<'a> {
        Executor::new(self.rng.next())
    }

    /// Runs `beside` on that many other threads, each with its number, while `body` runs on this one. Returns how many of
    /// them panicked. (Not generic: a thread costs a test's compile as much as all the rest of it.)
    pub fn beside(&mut self, threads: usize, beside: &(dyn Fn(usize) + Sync), body: &mut dyn FnMut()) -> usize {
        threads::beside(threads, beside, body)
    }

    /// Runs `body` so many times, each with a schedule that the seed draws. What it observes must not hang on the order of
    /// threads.
    pub fn schedules(&mut self, times: usize, body: &mut dyn FnMut(&mut Test, &Schedule)) {
        for _ in 0..times {
            let schedule = Schedule::new(self.rng.next());
            body(self, &schedule);
        }
    }

    /// Runs `body`; a panic comes back as `Err` with what kind of payload it had: its words cannot be observed.
    pub fn attempt<T>(&mut self, body: impl FnOnce() -> T) -> Result<T, Panicked> {
        panic::catch_unwind(AssertUnwindSafe(body)).map_err(Panicked::of)
    }

    /// Runs `body` on another thread: `None` where it has not come back after `ms`. It is then left alone, and what it
    /// borrows must live for ever (`Arc`, `Box::leak`). A panic in it goes on here.
    pub fn within<T: Send + 'static>(&mut self, ms: u64, body: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let left = Arc::new(Mutex::new(None));
        let slot = Arc::clone(&left);
        let leave = move || {
            let value = body();
            *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(value);
        };
        let came_back = threads::within(ms, Box::new(leave));
        let mut left = left.lock().unwrap_or_else(PoisonError::into_inner);
        // it may have come back a moment too late
        left.take().filter(|_| came_back)
    }

    /// Runs `body` on a thread with a stack of `kib` (16 at least; some 3 of them are the thread's own), and gives what it
    /// gave. An overflow ends the process: `stack-overflow` in the report. A panic in it goes on here.
    pub fn on_stack<T: Send>(&mut self, kib: usize, body: impl FnOnce() -> T + Send) -> T {
        let (mut body, mut left) = (Some(body), None);
        threads::on_stack(kib, &mut || left = body.take().map(|body| body()));
        left.expect("the body has run")
    }

    /// Runs `body`, which must end the process so, right there; the reference's must, too. The test is over with it:
    /// where the body comes back or panics nothing else runs, so that no destructor ends the process in its stead.
    pub fn ends(&mut self, how: End, body: &mut dyn FnMut()) -> ! {
        self.records.write(Kind::Ends, how.name(), "");
        how.watch();
        let (place, words) = match self.attempt(body) {
            Ok(()) => Panic::default(),
            Err(_) => last_panic(),
        };
        self.records.write(Kind::Back, cut(&place, LABEL_MOST), cut(&words, WORDS_MOST));
        exit(0)
    }
}

/// That a body panicked ([`Test::attempt`]), and with what. The payload itself is leaked: its `Drop` gets no say.
#[derive(Clone, Copy, Debug)]
pub struct Panicked {
    holds: TypeId,
}

impl Panicked {
    fn of(payload: Box<dyn Any + Send>) -> Panicked {
        let holds = (*payload).type_id();
        std::mem::forget(payload);
        Panicked { holds }
    }

    /// Whether the payload is a `T`, a type of the test's own for example that a submission must let pass.
    pub fn is<T: 'static>(&self) -> bool {
        self.holds == TypeId::of::<T>()
    }

    /// "&str", "String" or "another type". Which of the first two `panic!` makes depends on how the words were put
    /// together, so that observing the whole `Panicked` makes no difference between them.
    pub fn kind(&self) -> &'static str {
        if self.is::<&'static str>() {
            "&str"
        } else if self.is::<String>() {
            "String"
        } else {
            "another type"
        }
    }
}

// ---- the protocol ---------------------------------------------------------------------------------------------------

const MAGIC: &[u8; 8] = b"assay/2\n";
const REQUEST_SIZE: usize = 8 + 4 + 8 + 16 + 16;
const LIST: u32 = u32::MAX;
/// What `runner/rust/records.h` takes.
const RECORDS_MOST: u32 = 20_000;
const LABEL_MOST: usize = 1000;
const VALUE_MOST: usize = 1 << 20;
const WORDS_MOST: usize = 16 << 10;

#[derive(Clone, Copy)]
enum Kind {
    Listed = 1,
    Begin = 2,
    Input = 3,
    Observe = 4,
    Metric = 5,
    Panic = 6,
    End = 7,
    Ends = 8,
    Back = 9,
    Counted = 10,
    Failed = 11,
    Caught = 12,
    Run = 13,
}

/// A secret of this process, known to assay. Frames hold what was derived from it, never itself, so that what is left of
/// them in freed memory is of no use.
struct Key([u8; 16]);

impl Key {
    fn take(bytes: &mut [u8]) -> Key {
        let key = Key(bytes.try_into().unwrap());
        wipe(bytes);
        key
    }

    /// SipHash-2-4, by which nobody without the key finds the tag of another record.
    #[allow(deprecated)] // no longer what maps hash with, which is no matter here
    fn tag(&self, body: &[u8]) -> u64 {
        let half = |at: usize| u64::from_le_bytes(self.0[at..at + 8].try_into().unwrap());
        let mut hasher = std::hash::SipHasher::new_with_keys(half(0), half(8));
        hasher.write(body);
        hasher.finish()
    }
}

/// Overwrites what the compiler would say nobody reads again.
fn wipe(bytes: &mut [u8]) {
    for byte in bytes {
        unsafe { std::ptr::write_volatile(byte, 0) };
    }
}

/// Each record: size of what follows (u32), tag of all that follows it (u64), number (u32), kind (u8), label size (u16),
/// label, value. All numbers are little-endian.
struct Records {
    pipe: File,
    key: Key,
    number: u32,
}

impl Records {
    /// What a test says. Too much of it is the test's end: a panic here, so that the report says where.
    #[track_caller]
    fn write(&mut self, kind: Kind, label: &str, value: &str) {
        assert!(self.number < RECORDS_MOST, "this is record {RECORDS_MOST} of the test, and more than it may write");
        assert!(label.len() <= LABEL_MOST, "a label has {} bytes and may have {LABEL_MOST}", label.len());
        assert!(value.len() <= VALUE_MOST, "{label}: a value has {} bytes and may have {VALUE_MOST}", value.len());
        let tag = |body: &[u8]| self.key.tag(body);
        self.send(kind, label, value, &tag);
        self.number += 1;
    }

    /// The last word, for which a test has no key.
    fn close(&self, key: &Key, kind: Kind, label: &str, value: &str) -> ! {
        self.send(kind, cut(label, LABEL_MOST), cut(value, WORDS_MOST), &|body| key.tag(body));
        exit(0)
    }

    fn send(&self, kind: Kind, label: &str, value: &str, tag: &dyn Fn(&[u8]) -> u64) {
        const HEAD: usize = 4 + 8;
        let mut frame = Vec::with_capacity(HEAD + 7 + label.len() + value.len());
        frame.extend_from_slice(&[0; HEAD]);
        frame.extend_from_slice(&self.number.to_le_bytes());
        frame.push(kind as u8);
        frame.extend_from_slice(&(label.len() as u16).to_le_bytes());
        frame.extend_from_slice(label.as_bytes());
        frame.extend_from_slice(value.as_bytes());
        let size = (frame.len() - 4) as u32;
        frame[..4].copy_from_slice(&size.to_le_bytes());
        let tag = tag(&frame[HEAD..]);
        frame[4..HEAD].copy_from_slice(&tag.to_le_bytes());
        if (&self.pipe).write_all(&frame).is_err() {
            exit(3);
        }
    }
}

fn cut(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

extern "C" {
    fn _exit(code: i32) -> !;
}

/// Ends without running destructors or handlers: none of the submission's code gets a last word.
fn exit(code: i32) -> ! {
    unsafe { _exit(code) }
}

/// Place and words of a panic.
type Panic = (String, String);

thread_local! {
    /// This thread's last panic, left by the hook for the catcher.
    static PANIC: RefCell<Option<Panic>> = const { RefCell::new(None) };
}

fn last_panic() -> Panic {
    PANIC.with(|last| last.borrow_mut().take()).unwrap_or_default()
}

/// The panic that ended the test. One that was caught earlier, and never went through here, may have left its words.
fn panic_of(payload: &(dyn Any + Send)) -> Panic {
    let (place, words) = last_panic();
    if words == words_of(payload) {
        (place, words)
    } else {
        (String::new(), words_of(payload))
    }
}

fn words_of(payload: &(dyn Any + Send)) -> String {
    payload
        .downcast_ref::<&'static str>()
        .map(|text| (*text).to_string())
        .or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "(a payload that is not text)".to_string())
}

fn note_panic(info: &panic::PanicHookInfo<'_>) {
    let place = info.location().map_or_else(String::new, |at| format!("{}:{}:{}", at.file(), at.line(), at.column()));
    let words = words_of(info.payload());
    let _ = PANIC.try_with(|last| *last.borrow_mut() = Some((place, words)));
}

/// What assay asks of this process.
struct Request {
    index: u32,
    seed: u64,
    records: Records,
    end: Key,
}

fn read_request() -> Request {
    let mut request = [0u8; REQUEST_SIZE];
    // not by std's stdin, which keeps a copy of what it reads; closed at the end of this function, so that nobody reads
    // it a second time
    let mut input = unsafe { File::from_raw_fd(0) };
    if input.read_exact(&mut request).is_err() || &request[..8] != MAGIC {
        eprintln!("this program is run by assay, which tells it what to do");
        exit(2);
    }
    // the request came from assay, and assay opened descriptor 3
    let pipe = unsafe { File::from_raw_fd(3) };
    Request {
        index: u32::from_le_bytes(request[8..12].try_into().unwrap()),
        seed: u64::from_le_bytes(request[12..20].try_into().unwrap()),
        records: Records { pipe, key: Key::take(&mut request[20..36]), number: 0 },
        end: Key::take(&mut request[36..52]),
    }
}

/// The `main` of a hidden test file that is asked which tests it holds.
pub fn list(entries: &[(&str, &str)]) {
    let Request { index, mut records, end, .. } = read_request();
    if index != LIST {
        exit(2);
    }
    for (name, says) in entries {
        records.write(Kind::Listed, name, says.trim());
    }
    records.close(&end, Kind::End, "", "");
}

/// The `main` of a hidden test file: reads the request and runs one test.
pub fn run(entries: &[Entry]) {
    let Request { index, seed, mut records, end } = read_request();
    let Some(entry) = entries.get(index as usize) else { exit(2) };
    records.write(Kind::Begin, "", "");
    panic::set_hook(Box::new(note_panic));
    ends::install();
    // each test has a stream of its own, so that adding one does not change the others
    let mut test = Test { rng: Rng::new(seed ^ entry.stream), records };
    match panic::catch_unwind(AssertUnwindSafe(|| (entry.body)(&mut test))) {
        Ok(()) => test.records.close(&end, Kind::End, "", ""),
        Err(payload) => {
            let (place, words) = panic_of(&*payload);
            std::mem::forget(payload);
            test.records.close(&end, Kind::Panic, &place, &words);
        }
    }
}

/// FNV-1a.
#[doc(hidden)]
pub const fn name_hash(name: &str) -> u64 {
    let (mut hash, mut at) = (0xcbf2_9ce4_8422_2325, 0);
    while at < name.len() {
        hash = (hash ^ name.as_bytes()[at] as u64).wrapping_mul(0x0100_0000_01b3);
        at += 1;
    }
    hash
}
