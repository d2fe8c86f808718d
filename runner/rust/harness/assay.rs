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
//! Only std types can be observed ([`Observe`] is sealed): a lying `Debug` or `PartialEq` on a submission's own type
//! never gets a say. Take such a type apart in the test and observe its plain parts.
//!
//! The protocol: a request on standard input, records on descriptor 3 (see `runner/rust/records.h`, which reads them).

use std::alloc::{GlobalAlloc, Layout, System};
use std::any::Any;
use std::cell::RefCell;
use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::FromRawFd;
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicU64, Ordering};

mod observe;
#[doc(hidden)]
pub mod plain;
mod rng;

pub use observe::Observe;
pub use rng::Rng;

/// One hidden test: made by [`tests!`].
pub struct Entry {
    pub name: &'static str,
    pub says: &'static str,
    pub body: fn(&mut Test),
}

/// Declares the hidden tests of a file and its `main`. The doc comment is the sentence that reports print.
#[macro_export]
macro_rules! tests {
    ($( $(#[doc = $says:literal])+ fn $name:ident($test:ident : $type:ty) $body:block )+) => {
        $( fn $name($test: $type) $body )+

        fn main() {
            $crate::run(&[$( $crate::Entry { name: stringify!($name), says: concat!($($says),+), body: $name } ),+]);
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
    pub fn input<T: Observe + ?Sized>(&mut self, label: &str, value: &T) {
        self.records.write(Kind::Input, label, &observe::render(&value));
    }

    /// Reports what came back; it must be what the reference gave.
    pub fn observe<T: Observe + ?Sized>(&mut self, label: &str, value: &T) {
        self.records.write(Kind::Observe, label, &observe::render(&value));
    }

    /// Reports a number that is not compared but may be bounded by a criterion (`metrics:` in the manifest).
    pub fn metric(&mut self, id: &str, value: u64) {
        self.records.write(Kind::Metric, id, &value.to_string());
    }

    /// Runs `body` and counts the heap allocations (and reallocations) of the whole process while it ran.
    pub fn allocations<T>(&mut self, body: impl FnOnce() -> T) -> (u64, T) {
        let before = ALLOCATIONS.load(Ordering::Relaxed);
        let value = body();
        (ALLOCATIONS.load(Ordering::Relaxed) - before, value)
    }

    /// Runs `beside` on that many other threads, each with its number, while `body` runs on this one. Returns how many of
    /// them panicked. (Not generic: a thread costs a test's compile as much as all the rest of it.)
    pub fn beside(&mut self, threads: usize, beside: &(dyn Fn(usize) + Sync), body: &mut dyn FnMut()) -> usize {
        std::thread::scope(|scope| {
            let running: Vec<_> = (0..threads).map(|number| scope.spawn(move || beside(number))).collect();
            body();
            running.into_iter().map(|thread| usize::from(thread.join().is_err())).sum()
        })
    }

    /// Runs `body`; a panic comes back as `Err` with no payload: "it panicked" can be observed, its words cannot.
    pub fn attempt<T>(&mut self, body: impl FnOnce() -> T) -> Result<T, ()> {
        panic::catch_unwind(AssertUnwindSafe(body)).map_err(std::mem::forget)
    }
}

// ---- the protocol ---------------------------------------------------------------------------------------------------

const MAGIC: &[u8; 8] = b"assay/1\n";
const REQUEST_SIZE: usize = 8 + 4 + 8 + 16;
const LIST: u32 = u32::MAX;

#[derive(Clone, Copy)]
enum Kind {
    Listed = 1,
    Begin = 2,
    Input = 3,
    Observe = 4,
    Metric = 5,
    Panic = 6,
    End = 7,
    Failed = 8,
    Caught = 9,
}

/// Each record: size of what follows (u32), nonce (16 bytes), number (u32), kind (u8), label size (u16), label, value.
/// All numbers are little-endian.
struct Records {
    pipe: File,
    nonce: [u8; 16],
    number: u32,
}

impl Records {
    fn write(&mut self, kind: Kind, label: &str, value: &str) {
        let mut frame = Vec::with_capacity(27 + label.len() + value.len());
        let size = (16 + 4 + 1 + 2 + label.len() + value.len()) as u32;
        frame.extend_from_slice(&size.to_le_bytes());
        frame.extend_from_slice(&self.nonce);
        frame.extend_from_slice(&self.number.to_le_bytes());
        frame.push(kind as u8);
        frame.extend_from_slice(&(label.len() as u16).to_le_bytes());
        frame.extend_from_slice(label.as_bytes());
        frame.extend_from_slice(value.as_bytes());
        self.number += 1;
        if self.pipe.write_all(&frame).is_err() {
            exit(3);
        }
    }
}

extern "C" {
    fn _exit(code: i32) -> !;
    fn close(descriptor: i32) -> i32;
}

/// Ends without running destructors or handlers: none of the submission's code gets a last word.
fn exit(code: i32) -> ! {
    unsafe { _exit(code) }
}

thread_local! {
    /// Place and words of this thread's last panic, left by the hook for the catcher.
    static PANIC: RefCell<Option<(String, String)>> = const { RefCell::new(None) };
}

fn note_panic(info: &panic::PanicHookInfo<'_>) {
    let place = info.location().map_or_else(String::new, |at| format!("{}:{}:{}", at.file(), at.line(), at.column()));
    let words = words_of(info.payload());
    let _ = PANIC.try_with(|last| *last.borrow_mut() = Some((place, words)));
}

fn words_of(payload: &(dyn Any + Send)) -> String {
    payload
        .downcast_ref::<&'static str>()
        .map(|text| (*text).to_string())
        .or_else(|| payload.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "(a payload that is not text)".to_string())
}

/// Place and words of this thread's last panic.
fn take_panic() -> (String, String) {
    PANIC.with(|last| last.borrow_mut().take()).unwrap_or_default()
}

/// Reads the request: index of the test, seed, and where the records go.
fn accept() -> (u32, u64, Records) {
    let mut request = [0u8; REQUEST_SIZE];
    if std::io::stdin().read_exact(&mut request).is_err() || &request[..8] != MAGIC {
        eprintln!("this program is run by assay, which tells it what to do");
        exit(2);
    }
    let index = u32::from_le_bytes(request[8..12].try_into().unwrap());
    let seed = u64::from_le_bytes(request[12..20].try_into().unwrap());
    let records = Records {
        // the request came from assay, and assay opened descriptor 3
        pipe: unsafe { File::from_raw_fd(3) },
        nonce: request[20..36].try_into().unwrap(),
        number: 0,
    };
    // nobody reads the request a second time
    request.fill(0);
    unsafe { close(0) };
    (index, seed, records)
}

/// The `main` of a hidden test file: runs one test, or lists them all.
pub fn run(entries: &[Entry]) {
    let (index, seed, mut records) = accept();
    if index == LIST {
        for entry in entries {
            records.write(Kind::Listed, entry.name, entry.says.trim());
        }
        records.write(Kind::End, "", "");
        exit(0);
    }
    let Some(entry) = entries.get(index as usize) else { exit(2) };
    records.write(Kind::Begin, "", "");
    panic::set_hook(Box::new(note_panic));
    // each test has a stream of its own, so that adding one does not change the others
    let rng = Rng::new(seed ^ name_hash(entry.name));
    let mut test = Test { rng, records };
    let outcome = panic::catch_unwind(AssertUnwindSafe(|| (entry.body)(&mut test)));
    match outcome {
        Ok(()) => test.records.write(Kind::End, "", ""),
        Err(payload) => {
            std::mem::forget(payload);
            let (place, words) = take_panic();
            test.records.write(Kind::Panic, &place, &words);
        }
    }
    exit(0);
}

/// FNV-1a.
fn name_hash(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

// ---- counting allocations -------------------------------------------------------------------------------------------

static ALLOCATIONS: AtomicU64 = AtomicU64::new(0);

struct Counting;

// SAFETY: every call goes to the system's allocator unchanged; counting allocates nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Ordering::Relaxed);
        unsafe { System.realloc(pointer, layout, size) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;
