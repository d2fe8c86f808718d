//! What tests do at run time, a part each: `program PART`.
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::File;
use std::io::{self, BufRead, BufReader, IoSlice, IsTerminal, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::FileExt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{mpsc, Arc, Barrier, Condvar, Mutex, Once, RwLock};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

fn plain() {
    println!("{:?} {:?}", std::env::args().collect::<Vec<_>>(), std::env::vars().count());
    println!("{} {}", std::process::id(), io::stdout().is_terminal());
    let mut lines = Vec::new();
    for line in io::stdin().lock().lines() {
        lines.push(line.unwrap());
    }
    let mut text = String::new();
    io::stdin().read_to_string(&mut text).unwrap();
    let words: HashMap<String, usize> = (0..1000).map(|i| (format!("word {i}"), i)).collect();
    let even: HashSet<usize> = words.values().copied().filter(|i| i % 2 == 0).collect();
    let ordered: BTreeMap<_, _> = words.iter().collect();
    assert_eq!((even.len(), ordered.len()), (500, 1000));
    println!("{:?} {:?}", Instant::now().elapsed(), SystemTime::now());
    io::stdout().write_vectored(&[IoSlice::new(b"two "), IoSlice::new(b"pieces\n")]).unwrap();
    io::stdout().flush().unwrap();
    eprintln!("to standard error");
}

fn memory() {
    let mut grown = Vec::new();
    for i in 0..8_000_000u64 {
        grown.push(i);
    }
    grown.truncate(1000);
    grown.shrink_to_fit();
    drop(vec![0u8; 64 << 20]);
    assert!(Vec::<u8>::new().try_reserve(usize::MAX / 4).is_err());
    let small: Vec<Box<[u8; 100]>> = (0..100_000).map(|_| Box::new([1; 100])).collect();
    drop(small);
    thread::scope(|scope| {
        for _ in 0..4 {
            // arenas of their own, which grow and shrink
            scope.spawn(|| {
                for round in 1..4 {
                    drop((0..2000).map(|i| vec![1u8; i * round]).collect::<Vec<_>>());
                }
            });
        }
    });
}

struct Last(&'static str);
impl Drop for Last {
    fn drop(&mut self) {
        println!("dropped {}", self.0);
    }
}
thread_local! { static KEPT: RefCell<Last> = const { RefCell::new(Last("with the thread")) }; }

fn threads() {
    static BEGIN: Once = Once::new();
    let processors = thread::available_parallelism().unwrap().get();
    let sum = Arc::new(Mutex::new(0u64));
    let count = AtomicU64::new(0);
    let barrier = Barrier::new(8);
    let lock = RwLock::new(0);
    thread::scope(|scope| {
        for i in 0..8 {
            let (sum, count, barrier, lock) = (&sum, &count, &barrier, &lock);
            scope.spawn(move || {
                BEGIN.call_once(|| println!("{processors} processors"));
                barrier.wait();
                for _ in 0..2000 {
                    *sum.lock().unwrap() += 1;
                    count.fetch_add(1, Ordering::Relaxed);
                    if i == 0 {
                        *lock.write().unwrap() += 1;
                    } else {
                        assert!(*lock.read().unwrap() <= 2000);
                    }
                    thread::yield_now();
                }
            });
        }
    });
    assert_eq!(*sum.lock().unwrap(), 16000);
    let named = thread::Builder::new().name("named".into()).stack_size(1 << 20);
    let kept = named.spawn(|| KEPT.with(|kept| kept.borrow_mut().0 = "its thread")).unwrap();
    kept.join().unwrap();
    let (sender, receiver) = mpsc::sync_channel(1);
    let producer = thread::spawn(move || (0..100).for_each(|i| sender.send(i).unwrap()));
    assert_eq!(receiver.iter().sum::<i32>(), 4950);
    producer.join().unwrap();
    let pair = Arc::new((Mutex::new(false), Condvar::new()));
    let other = Arc::clone(&pair);
    let waker = thread::spawn(move || {
        thread::sleep(Duration::from_millis(5));
        *other.0.lock().unwrap() = true;
        other.1.notify_all();
    });
    let guard = pair.1.wait_while(pair.0.lock().unwrap(), |ready| !*ready).unwrap();
    let (guard, late) = pair.1.wait_timeout(guard, Duration::from_millis(2)).unwrap();
    assert!(late.timed_out() && *guard);
    waker.join().unwrap();
    thread::park_timeout(Duration::from_millis(2));
    assert!(receiver.recv_timeout(Duration::from_millis(2)).is_err());
    assert!(thread::spawn(|| panic!("in a thread")).join().is_err());
    let poisoned = Mutex::new(0);
    let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let _guard = poisoned.lock();
        panic!("with a lock");
    }));
    assert!(caught.is_err() && poisoned.is_poisoned());
}

fn files() -> io::Result<()> {
    let program = std::env::current_exe()?;
    let mut file = File::open(&program)?;
    let mut start = [0; 4];
    file.read_exact(&mut start)?;
    assert_eq!(&start, b"\x7fELF");
    file.seek(SeekFrom::Start(1))?;
    file.read_exact_at(&mut start, 0)?;
    let mut two = [0; 2];
    file.read_vectored(&mut [io::IoSliceMut::new(&mut start), io::IoSliceMut::new(&mut two)])?;
    let copy = file.try_clone()?;
    println!("{copy:?}");
    assert_eq!(copy.metadata()?.len(), std::fs::metadata(&program)?.len());
    let mut lines = String::new();
    BufReader::new(file).take(100).read_to_string(&mut lines).unwrap_err();
    std::fs::symlink_metadata("/lib64")?;
    assert!(std::fs::read_dir("/lib64")?.count() > 0);
    assert!(std::fs::canonicalize("/lib64")?.is_dir());
    assert!(std::fs::read_link("/proc/self/exe").is_ok());
    println!("{:?}", std::env::current_dir()?);
    assert!(std::fs::read("/lib64/absent").is_err() && !program.join("x").exists());
    Ok(())
}

#[inline(never)]
fn deeper(depth: u64) -> u64 {
    let room = std::hint::black_box([depth; 64]);
    room[0] + deeper(depth + 1) + room[63]
}

fn main() {
    match std::env::args().nth(1).as_deref() {
        Some("plain") => plain(),
        Some("memory") => memory(),
        Some("threads") => threads(),
        Some("files") => files().unwrap(),
        Some("sleep") => thread::sleep(Duration::from_millis(20)),
        Some("panic") => panic!("on purpose"),
        Some("abort") => std::process::abort(),
        Some("exit") => std::process::exit(3),
        Some("overflow") => println!("{}", deeper(0)),
        Some("overflow-thread") => println!("{:?}", thread::spawn(|| deeper(0)).join().is_ok()),
        Some("null") => println!("{}", unsafe { std::hint::black_box(std::ptr::null::<u8>()).read_volatile() }),
        Some("no-memory") => drop(std::hint::black_box(Vec::<u8>::with_capacity(1 << 46))),
        part => panic!("no such part: {part:?}"),
    }
}
