// What honest code of an exercise uses of std without asking for more.
#![deny(warnings)]
#![allow(dead_code, bare_trait_objects, deprecated)]

extern crate alloc;

use std::any::{Any, TypeId};
use std::borrow::Cow;
use std::cell::{Cell, OnceCell, RefCell};
use std::cmp::{Ordering, Reverse};
use std::collections::{btree_map, hash_map, BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, LinkedList, VecDeque};
use std::convert::{Infallible, TryFrom, TryInto};
use std::error::Error;
use std::fmt::{self, Display, Write as _};
use std::future::Future;
use std::hash::{BuildHasher, Hash, Hasher};
use std::iter::{FromIterator, Peekable};
use std::marker::PhantomData;
use std::mem::{ManuallyDrop, MaybeUninit};
use std::num::{NonZeroU32, ParseIntError, Wrapping};
use std::ops::{Add, ControlFlow, Deref, DerefMut, Index, RangeInclusive};
use std::panic::{catch_unwind, AssertUnwindSafe, Location};
use std::pin::Pin;
use std::ptr::NonNull;
use std::rc::{Rc, Weak};
use std::str::FromStr;
use std::sync::atomic::{AtomicUsize, Ordering as Order};
use std::sync::mpsc::{channel, sync_channel, RecvTimeoutError};
use std::sync::{Arc, Barrier, Condvar, LazyLock, Mutex, Once, OnceLock, RwLock};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point<const N: usize> {
    at: (i64, i64),
}

#[derive(Clone, Debug, Default)]
pub enum Shape {
    #[default]
    Empty,
    Named(String),
}

#[derive(Debug)]
pub enum Failure {
    Number(ParseIntError),
    Other(Box<dyn Error + Send + Sync>),
}

impl Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Number(error) => write!(f, "no number: {}", error),
            Failure::Other(error) => write!(f, "{error}"),
        }
    }
}
impl Error for Failure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(match self {
            Failure::Number(error) => error,
            Failure::Other(error) => error.as_ref(),
        })
    }
}
impl From<ParseIntError> for Failure {
    fn from(error: ParseIntError) -> Self {
        Failure::Number(error)
    }
}
impl FromStr for Point<2> {
    type Err = Failure;
    fn from_str(text: &str) -> Result<Self, Failure> {
        let (x, y) = text.split_once(',').ok_or_else(|| Failure::Other("no comma".into()))?;
        Ok(Point { at: (x.trim().parse()?, y.trim().parse()?) })
    }
}
impl<const N: usize> Add for Point<N> {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Point { at: (self.at.0 + other.at.0, self.at.1 + other.at.1) }
    }
}

pub struct Guarded<T>(Option<Box<T>>, PhantomData<*const ()>);
impl<T> Deref for Guarded<T> {
    type Target = T;
    fn deref(&self) -> &T {
        self.0.as_ref().unwrap()
    }
}
impl<T> DerefMut for Guarded<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0.as_mut().unwrap()
    }
}
impl<T> Drop for Guarded<T> {
    fn drop(&mut self) {
        if thread::panicking() {
            eprintln!("dropped while panicking");
        }
    }
}
impl<T> Index<usize> for Guarded<Vec<T>> {
    type Output = T;
    fn index(&self, at: usize) -> &T {
        &self.0.as_deref().unwrap()[at]
    }
}

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
    static SEEN: RefCell<HashSet<String>> = RefCell::new(HashSet::new());
}
static TABLE: LazyLock<HashMap<&'static str, u32>> = LazyLock::new(|| vec![("a", 1), ("b", 2)].into_iter().collect());
static NAME: OnceLock<String> = OnceLock::new();
static COUNT: AtomicUsize = AtomicUsize::new(0);
static START: Once = Once::new();

pub fn collections(words: &[&str]) -> BTreeMap<String, usize> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for word in words {
        match counts.entry(word) {
            hash_map::Entry::Occupied(mut entry) => *entry.get_mut() += 1,
            hash_map::Entry::Vacant(entry) => drop(entry.insert(1)),
        }
    }
    let mut heap: BinaryHeap<_> = counts.iter().map(|(word, n)| (Reverse(*n), *word)).collect();
    let mut queue: VecDeque<_> = heap.drain().collect();
    queue.make_contiguous().sort_by(|a, b| a.1.cmp(b.1).then(Ordering::Equal));
    let list: LinkedList<u8> = vec![1, 2].into_iter().collect();
    let set: BTreeSet<_> = list.iter().copied().collect();
    let mut map: BTreeMap<String, usize> = queue.into_iter().map(|(n, word)| (word.to_string(), (n.0).max(set.len()))).collect();
    if let btree_map::Entry::Occupied(entry) = map.entry(String::new()) {
        entry.remove();
    }
    map
}

pub fn text(input: &str) -> Cow<'_, str> {
    let mut chars: Peekable<std::str::Chars<'_>> = input.chars().peekable();
    let mut out = String::with_capacity(input.len());
    while let Some(c) = chars.next() {
        if let Some(digit) = c.to_digit(16) {
            write!(out, "{digit:02x}").unwrap();
        } else if char::is_alphanumeric(c) {
            out.extend(c.to_uppercase());
        }
    }
    let bytes: &[u8; 2] = b"ab";
    out += std::str::from_utf8(bytes).unwrap_or_default();
    out.push_str(&format!("{:>width$.2}|{:#?}|{:e}", 1.5f64, Some(1), 2f32, width = 8));
    if out == input { Cow::Borrowed(input) } else { Cow::Owned(out) }
}

pub fn numbers(n: u64) -> Option<i8> {
    let wide = u128::from(n).checked_mul(u128::MAX / 2)?;
    let _ = (Wrapping(n) + Wrapping(1), n.rotate_left(3), f64::from(3u8).sqrt().to_bits(), std::f64::consts::PI);
    let small = NonZeroU32::new(n as u32).map(|it| it.leading_zeros());
    let range: RangeInclusive<u32> = 0..=small.unwrap_or(u32::MAX);
    let flow: ControlFlow<u32> = range.into_iter().try_for_each(|it| if it > 3 { ControlFlow::Break(it) } else { ControlFlow::Continue(()) });
    assert!(matches!(flow, ControlFlow::Break(4) | ControlFlow::Continue(())), "at {}:{}", file!(), line!());
    let _: Result<u8, Infallible> = Ok(1);
    i8::try_from(wide % 100).ok().or_else(|| n.try_into().ok())
}

pub fn threads(jobs: Vec<Box<dyn FnOnce() -> usize + Send>>) -> usize {
    let total = Arc::new((Mutex::new(0usize), Condvar::new(), RwLock::new(Vec::new()), Barrier::new(1)));
    let (sender, receiver) = channel();
    let (bounded, _kept) = sync_channel::<u8>(1);
    let handles: Vec<JoinHandle<thread::Result<usize>>> = jobs
        .into_iter()
        .map(|job| {
            let (total, sender, bounded) = (Arc::clone(&total), sender.clone(), bounded.clone());
            thread::Builder::new()
                .name("worker".to_owned())
                .spawn(move || {
                    let found = catch_unwind(AssertUnwindSafe(job));
                    *total.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) += 1;
                    total.1.notify_all();
                    total.2.write().unwrap().push(thread::current().id());
                    let _ = (sender.send(1usize), bounded.try_send(1));
                    total.3.wait();
                    COUNT.fetch_add(1, Order::Relaxed);
                    found
                })
                .unwrap()
        })
        .collect();
    drop(sender);
    let begun = Instant::now();
    let waited = receiver.recv_timeout(Duration::from_millis(1)) == Err(RecvTimeoutError::Timeout);
    let mut counted = total.0.lock().unwrap();
    while *counted > 1000 && begun.elapsed() < Duration::from_secs(1) {
        counted = total.1.wait_timeout(counted, Duration::from_millis(5)).unwrap().0;
    }
    drop(counted);
    thread::scope(|scope| {
        scope.spawn(|| START.call_once(|| drop(NAME.set("n".into()))));
        thread::yield_now();
        thread::park_timeout(Duration::ZERO);
        thread::sleep(Duration::ZERO);
    });
    DEPTH.with(|depth| depth.set(depth.get() + u32::from(waited)));
    SEEN.with(|seen| seen.borrow_mut().insert(TABLE.len().to_string()));
    handles.into_iter().filter_map(|handle| handle.join().ok()?.ok()).sum()
}

struct Unpark(thread::Thread);
impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}
struct Twice(u8);
impl Future for Twice {
    type Output = u8;
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<u8> {
        context.waker().wake_by_ref();
        self.0 += 1;
        if self.0 > 1 { Poll::Ready(self.0) } else { Poll::Pending }
    }
}
async fn adds(a: u8) -> u8 {
    let other = async { Twice(0).await };
    a + other.await + std::future::ready(1).await
}
pub fn block_on() -> u8 {
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut future = Box::pin(adds(1));
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return value;
        }
        thread::park();
    }
}

struct Node {
    parent: RefCell<Weak<Node>>,
    children: RefCell<Vec<Rc<Node>>>,
    once: OnceCell<u8>,
}
pub fn tree() -> usize {
    let leaf = Rc::new(Node { parent: RefCell::new(Weak::new()), children: RefCell::default(), once: OnceCell::new() });
    let root = Rc::new(Node { parent: RefCell::default(), children: RefCell::new(vec![leaf.clone()]), once: OnceCell::from(1) });
    *leaf.parent.borrow_mut() = Rc::downgrade(&root);
    let taken = std::mem::replace(&mut *root.children.borrow_mut(), std::mem::take(&mut Vec::new()));
    taken.len() + Rc::strong_count(&leaf) + usize::from(Rc::ptr_eq(&leaf, &taken[0])) + usize::from(*root.once.get().unwrap())
}

#[track_caller]
pub fn places<T: Any>(value: &T) -> u32 {
    let hasher = std::hash::RandomState::new();
    let mut state = hasher.build_hasher();
    (TypeId::of::<T>(), std::any::type_name::<T>()).hash(&mut state);
    let _ = (state.finish(), (value as &dyn Any).downcast_ref::<u8>(), NonNull::from(value), std::hint::black_box(1));
    let _ = (ManuallyDrop::new(1), MaybeUninit::<u8>::uninit(), std::ptr::eq(value, value), env!("PATH").len());
    let _ = (option_env!("NOT_THERE"), stringify!(a b), concat!("a", 1), module_path!(), cfg!(debug_assertions));
    debug_assert_eq!(1, 1);
    Location::caller().line()
}

// the same types, whichever name they have
pub fn same(a: core::option::Option<alloc::string::String>) -> std::option::Option<std::string::String> {
    let list: alloc::vec::Vec<core::time::Duration> = std::vec::Vec::<std::time::Duration>::new();
    let _: std::sync::Arc<[std::time::Duration]> = alloc::sync::Arc::from(list);
    let _: &dyn core::error::Error = &fmt::Error as &dyn std::error::Error;
    let _: Vec<u8> = FromIterator::from_iter(core::iter::once(1));
    a
}

pub fn ends(n: u8) -> u8 {
    match n {
        0 => panic!("{}", n),
        1 => std::panic!("one"),
        2 => unreachable!(),
        3 => todo!("later"),
        4 => unimplemented!(),
        5 => std::panic::resume_unwind(Box::new(1)),
        6 => std::panic::panic_any("any"),
        _ => dbg!(n),
    }
}
