//! Where values are and what becomes of them, for choices that the seed makes. The values are of a type that is neither
//! `Send` nor `Clone` and says when it is dropped.

use assay::{Drops, Item, Test};
use slot_arena::{Arena, Slot, Token};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::marker::PhantomData;
use std::num::NonZeroU32;
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

// the API, pinned
const _: fn() -> Arena<Request> = Arena::new;
const _: fn(NonZeroU32) -> Arena<Request> = Arena::with_lives;
const _: for<'a> fn(&'a Arena<Request>, Request) -> Slot<'a, Request> = Arena::insert;
const _: for<'a> fn(&'a Arena<Request>, Token) -> Option<Slot<'a, Request>> = Arena::claim;
const _: fn(&Arena<Request>) -> usize = Arena::len;
const _: fn(&mut Arena<Request>) = Arena::clear;
const _: fn(&Slot<'static, Request>) -> Token = Slot::token;
const _: fn(Slot<'static, Request>) -> Token = Slot::park;
const _: fn(Slot<'static, Request>) -> Request = Slot::into_inner;
const _: fn(Token) -> u64 = Token::to_bits;
const _: fn(u64) -> Token = Token::from_bits;
const fn is_plain<T: Copy + Eq + std::hash::Hash + std::fmt::Debug + Send + Sync + 'static>() {}
const _: () = is_plain::<Token>();

struct Request {
    number: u64,
    blocks: Vec<u64>,
    /// Whether its destructor panics.
    fails: bool,
    /// Dropped with the request, after its destructor and whatever that does.
    item: Item,
    /// Makes it stay on one thread.
    here: PhantomData<Rc<()>>,
}

impl Request {
    fn new(number: u64, drops: &Drops) -> Request {
        Request { number, blocks: Vec::new(), fails: false, item: drops.item(number), here: PhantomData }
    }
}

impl Drop for Request {
    fn drop(&mut self) {
        assert!(!self.fails, "the destructor of a request");
    }
}

/// Numbers of what was dropped, where the order is nobody's business.
fn in_any_order(drops: &Drops) -> Vec<u64> {
    let mut numbers = drops.order();
    numbers.sort_unstable();
    numbers
}

/// Requests with numbers from 0 on, all parked.
fn parked(arena: &Arena<Request>, count: u64, drops: &Drops) -> Vec<Token> {
    (0..count).map(|number| arena.insert(Request::new(number, drops)).park()).collect()
}

fn address<T>(slot: &Slot<'_, T>) -> usize {
    std::ptr::from_ref::<T>(slot).addr()
}

/// How many of the tokens find something. Nothing that is found stays.
fn found(arena: &Arena<Request>, tokens: &[Token]) -> usize {
    tokens.iter().filter(|&&token| arena.claim(token).is_some()).count()
}

/// What a disk writes to: its size is its alignment.
#[repr(align(4096))]
struct Page([u8; 4096]);

assay::tests! {
    /// Values are put in, changed and taken out.
    fn values_come_and_go(t: &mut Test) {
        let drops = t.drops();
        let arena = Arena::new();
        t.observe("empty", &(arena.len(), arena.is_empty()));
        let mut held = Vec::new();
        for number in 0..24 {
            if held.is_empty() || t.rng().chance(2, 3) {
                let mut slot = arena.insert(Request::new(number, &drops));
                slot.blocks.push(number); // memory of its own, whose end can be told twice
                held.push(slot);
            } else {
                let slot: Slot<'_, Request> = held.swap_remove(t.rng().index(held.len()));
                let mut request = slot.into_inner();
                request.blocks.push(number);
                t.observe("taken out", &(request.number, &request.blocks));
            }
            if !held.is_empty() {
                let (at, block) = (t.rng().index(held.len()), t.rng().below(1000));
                t.input("written to", &(at, block));
                held[at].blocks.push(block);
            }
            t.observe("size", &(arena.len(), arena.is_empty()));
        }
        for slot in &held {
            t.observe("held", &(slot.number, &slot.blocks));
        }
    }

    /// A parked value is found by its token, as it was left, by one at a time.
    fn parked_values_are_claimed(t: &mut Test) {
        let drops = t.drops();
        let arena = Arena::new();
        let mut numbers: Vec<u64> = Vec::new();
        for number in 0..8 {
            let slot = arena.insert(Request::new(number, &drops));
            let before = slot.token();
            t.observe("out is not to be found", &arena.claim(before).is_some());
            let token = slot.park();
            t.observe("the same token", &(token == before));
            numbers.push(token.to_bits());
        }
        for _ in 0..20 {
            let at = t.rng().index(numbers.len());
            let block = t.rng().below(1000);
            t.input("completion", &(at, block));
            let token = Token::from_bits(numbers[at]);
            let Some(mut slot) = arena.claim(token) else { return t.observe("found", &false) };
            slot.blocks.push(block);
            t.observe("found", &(slot.number, &slot.blocks, slot.token() == token));
            t.observe("found a second time", &arena.claim(token).is_some());
            t.observe("the same number", &(slot.park().to_bits() == numbers[at]));
            t.observe("size", &arena.len());
        }
        t.observe("dropped", &drops.order());
    }

    /// When a value is gone, its token finds nothing, whoever has its place by then.
    fn a_token_ends_with_its_value(t: &mut Test) {
        let drops = t.drops();
        let arena = Arena::new();
        let mut late = Vec::new();
        for number in 0..16 {
            let token = arena.insert(Request::new(number, &drops)).park();
            t.observe("late tokens that find something", &found(&arena, &late));
            let Some(slot) = arena.claim(token) else { return t.observe("found", &false) };
            if t.rng().chance(1, 2) {
                drop(slot);
            } else {
                t.observe("taken out", &slot.into_inner().number);
            }
            t.observe("dropped", &drops.order());
            t.observe("its own token", &arena.claim(token).is_some());
            late.push(token);
        }
        t.observe("size", &arena.len());
    }

    /// Nothing moves: not when others come by the hundred, when slots and the arena move, when parked and claimed.
    fn addresses_hold(t: &mut Test) {
        let drops = t.drops();
        let arena = Arena::new();
        let mut out = Vec::new();
        let mut known = Vec::new();
        let mut others = Vec::new();
        for number in 0..60 {
            let mut slot = arena.insert(Request::new(number, &drops));
            let before = address(&slot);
            let disk = std::ptr::from_mut::<Request>(&mut slot);
            let crowd = t.rng().below(30);
            others.extend((0..crowd).map(|other| arena.insert(Request::new(1000 + other, &drops)).park()));
            slot.blocks.push(crowd);
            t.observe("stayed", &(address(&slot) == before));
            if t.rng().chance(1, 2) {
                out.push((slot, before));
            } else {
                known.push((slot.park(), before, disk));
            }
        }
        for (slot, before) in &out {
            t.observe("stayed while out", &(slot.number, &slot.blocks, address(slot) == *before));
        }
        drop(out);
        let arena = Box::new(arena);
        for (token, before, disk) in known {
            // the disk writes where it was told to, while nobody has the slot
            if arena.claim(token).is_none_or(|slot| (address(&slot), slot.park()).0 != before) {
                return t.observe("stayed while parked", &false);
            }
            // SAFETY: the value is parked, at this address
            unsafe { (*disk).number += 500 };
            let Some(slot) = arena.claim(token) else { return t.observe("found", &false) };
            t.observe("stayed while parked", &(slot.number, &slot.blocks, address(&slot) == before));
        }
        t.observe("others", &found(&arena, &others));
    }

    /// Values are where their type wants them.
    fn disks_want_alignment(t: &mut Test) {
        let arena = Arena::new();
        let mut out = Vec::new();
        for _ in 0..20 {
            let byte = t.rng().below(256) as u8;
            out.push(arena.insert(Page([byte; 4096])));
        }
        for slot in &out {
            t.observe("past a boundary", &(address(slot) % 4096));
            t.observe("bytes", &(slot.0[0], slot.0[4095]));
        }
    }

    /// Whatever is done, each value is in one place and is dropped once, at the moment when it goes.
    fn each_is_dropped_once(t: &mut Test) {
        let drops = t.drops();
        let arena = Arena::new();
        let (mut held, mut tokens) = (Vec::new(), Vec::new());
        for number in 0..150 {
            let at = t.rng().next() as usize;
            match t.rng().below(8) {
                0 | 1 if !held.is_empty() => {
                    let slot: Slot<'_, Request> = held.swap_remove(at % held.len());
                    tokens.push(slot.park());
                }
                2 | 3 if !tokens.is_empty() => held.extend(arena.claim(tokens.swap_remove(at % tokens.len()))),
                4 if !held.is_empty() => drop(held.swap_remove(at % held.len())),
                5 if !held.is_empty() => {
                    let request = held.swap_remove(at % held.len()).into_inner();
                    t.observe("dropped before its time", &(request.number, drops.order().contains(&request.number)));
                }
                _ => held.push(arena.insert(Request::new(number, &drops))),
            }
            t.observe("size", &arena.len());
            t.observe("dropped", &drops.order());
        }
        t.observe("held", &held.iter().map(|slot| slot.number).collect::<Vec<_>>());
        drop(held);
        t.observe("dropped", &drops.order());
        drop(arena);
        t.observe("dropped in all", &in_any_order(&drops));
    }

    /// The arena takes with it what is parked.
    fn an_arena_ends(t: &mut Test) {
        let drops = t.drops();
        let count = 2 + t.rng().below(40);
        t.input("parked", &count);
        let arena = Arena::new();
        let tokens = parked(&arena, count, &drops);
        drop(arena.claim(*t.rng().pick(&tokens)));
        t.observe("dropped", &drops.order());
        drop(arena);
        t.observe("dropped at the end", &in_any_order(&drops));
    }

    /// Seventy thousand values, one after the other, leave tokens that find nothing.
    fn late_tokens_find_nothing(t: &mut Test) {
        const VALUES: u64 = 70_000;
        let arena = Arena::new();
        let mut numbers: Vec<u64> = (0..VALUES).map(|value| arena.insert(value).token().to_bits()).collect();
        let last = VALUES + t.rng().below(1000);
        let token = arena.insert(last).park();
        let late = numbers.iter().filter(|&&number| arena.claim(Token::from_bits(number)).is_some()).count();
        t.observe("late tokens that find something", &late);
        t.observe("found", &arena.claim(token).map(|slot| *slot == last));
        numbers.sort_unstable();
        numbers.dedup();
        t.observe("different tokens", &numbers.len());
    }

    /// A number that came from nowhere finds nothing.
    fn any_number_is_a_token(t: &mut Test) {
        let drops = t.drops();
        let arena = Arena::new();
        t.observe("in an empty arena", &(0..64).filter(|bit| arena.claim(Token::from_bits(1 << bit)).is_some()).count());
        let tokens = parked(&arena, 12, &drops);
        let mut known: BTreeSet<u64> = tokens.iter().map(|token| token.to_bits()).collect();
        t.observe("different tokens", &known.len());
        for &token in &tokens[..4] {
            known.remove(&token.to_bits());
            drop(arena.claim(token));
        }
        let mut numbers = vec![0, 1, u64::MAX, u64::MAX - 1, u64::from(u32::MAX), 1 << 32, 1 << 63];
        for _ in 0..200 {
            let any = t.rng().next();
            numbers.extend([any, any >> 32, any << 32, any >> t.rng().below(64)]);
        }
        numbers.extend(tokens.iter().flat_map(|token| (0..64).map(|bit| token.to_bits() ^ (1 << bit))));
        numbers.retain(|number| !known.contains(number));
        let found = |&&number: &&u64| arena.claim(Token::from_bits(number)).is_some();
        t.observe("found", &numbers.iter().filter(found).count());
        t.observe("back and forth", &numbers.iter().all(|&number| Token::from_bits(number).to_bits() == number));
        t.observe("size", &arena.len());
    }

    /// Places count their lives, have no more than they should, and no token comes twice.
    fn places_wear_out(t: &mut Test) {
        for lives in [1, 2, 3 + t.rng().below(5) as u32] {
            t.input("lives", &lives);
            let Some(lives) = NonZeroU32::new(lives) else { return };
            let drops = t.drops();
            let mut arena = Arena::with_lives(lives);
            let mut last: BTreeMap<u32, u32> = BTreeMap::new();
            let mut wrong = 0;
            let (mut tokens, mut parked) = (BTreeSet::new(), Vec::new());
            for number in 0..120 {
                let slot = arena.insert(Request::new(number, &drops));
                let bits = slot.token().to_bits();
                tokens.insert(bits);
                let (place, life) = (bits as u32, (bits >> 32) as u32);
                let before = last.insert(place, life).unwrap_or(0);
                wrong += usize::from(life != before + 1 || life > lives.get());
                match t.rng().below(4) {
                    0 => parked.push(slot.park()),
                    1 => drop(slot.into_inner()),
                    2 => drop(arena.claim(slot.park())),
                    _ => drop(slot),
                }
                if t.rng().chance(1, 20) {
                    arena.clear();
                }
            }
            t.observe("lives that do not follow on, or are too many", &wrong);
            t.observe("different tokens", &tokens.len());
            t.observe("size", &arena.len());
            t.observe("parked", &found(&arena, &parked));
        }
    }

    /// A walk meets each value once, with its token, and may change it.
    fn all_are_walked(t: &mut Test) {
        let drops = t.drops();
        let mut arena = Arena::new();
        t.observe("none", &arena.iter_mut().count());
        let count = 20 + t.rng().below(60);
        let tokens = parked(&arena, count, &drops);
        for &token in &tokens {
            if t.rng().chance(1, 3) {
                drop(arena.claim(token));
            }
        }
        let mut met: Vec<(u64, bool)> = Vec::new();
        for (token, request) in arena.iter_mut() {
            request.blocks.push(request.number * 10);
            met.push((request.number, token == tokens[request.number as usize]));
        }
        met.sort_unstable();
        t.observe("met", &met);
        let mut all: Vec<&mut Request> = arena.iter_mut().map(|(_, request)| request).collect();
        all.sort_unstable_by_key(|request| request.number);
        for request in all {
            request.number += 1000;
        }
        for token in tokens {
            t.observe("left", &arena.claim(token).map(|slot| (slot.number, slot.blocks.clone())));
        }
    }

    /// Clearing drops all at once and ends their tokens; the arena goes on.
    fn clearing_ends_all(t: &mut Test) {
        let drops = t.drops();
        let mut arena = Arena::new();
        let mut late: Vec<Token> = Vec::new();
        for _ in 0..4 {
            let count = 2 + t.rng().below(20);
            t.input("parked", &count);
            let tokens = parked(&arena, count, &drops);
            t.observe("late tokens that find something", &found(&arena, &late));
            drop(arena.claim(*t.rng().pick(&tokens)));
            arena.clear();
            t.observe("dropped", &in_any_order(&drops));
            t.observe("size", &(arena.len(), arena.is_empty(), arena.iter_mut().count()));
            late.extend(tokens);
        }
        t.observe("late tokens that find something", &found(&arena, &late));
    }

    /// Values without a size are values all the same.
    fn values_without_size(t: &mut Test) {
        static DROPPED: AtomicU64 = AtomicU64::new(0);
        struct Permit;
        impl Drop for Permit {
            fn drop(&mut self) {
                DROPPED.fetch_add(1, Relaxed);
            }
        }
        let mut arena = Arena::new();
        let (mut tokens, mut held) = (Vec::new(), Vec::new());
        for _ in 0..100 {
            let slot = arena.insert(Permit);
            match t.rng().below(3) {
                0 => tokens.push(slot.park()),
                1 => held.push(slot),
                _ => drop(slot),
            }
            t.observe("size, dropped", &(arena.len(), DROPPED.load(Relaxed)));
        }
        t.observe("different tokens", &tokens.iter().map(|token| token.to_bits()).collect::<BTreeSet<_>>().len());
        let half = tokens.len() / 2;
        let claimed = tokens[..half].iter().filter_map(|&token| arena.claim(token)).map(Slot::into_inner).count();
        t.observe("claimed", &(claimed, held.len(), DROPPED.load(Relaxed)));
        drop(held);
        t.observe("walked", &arena.iter_mut().count());
        drop(arena);
        t.observe("dropped in all", &DROPPED.load(Relaxed));
    }

    /// Arenas come and go, and so does their memory: all of them together would be twice what there is.
    fn memory_comes_back(t: &mut Test) {
        let mut sum = 0;
        for _ in 0..100 {
            let arena = Arena::new();
            let byte = t.rng().below(256) as u8;
            let tokens: Vec<Token> = (0..252).map(|_| arena.insert(Page([byte; 4096])).park()).collect();
            sum += arena.claim(*t.rng().pick(&tokens)).map_or(0, |slot| u64::from(slot.0[1000]));
        }
        t.observe("sum", &sum);
    }

    /// A destructor that panics has been called: the value is gone, its place is free, the arena goes on.
    fn a_destructor_panics(t: &mut Test) {
        let drops = t.drops();
        let arena = Arena::new();
        let others = parked(&arena, 5, &drops);
        for number in 10..20 {
            let mut slot = arena.insert(Request::new(number, &drops));
            // one does whatever the seed
            slot.fails = number == 15 || t.rng().chance(1, 2);
            let token = slot.token();
            t.input("panics", &slot.fails);
            let outcome = t.attempt(|| drop(slot));
            t.observe("outcome", &outcome);
            t.observe("dropped", &drops.order());
            t.observe("size", &(arena.len(), arena.claim(token).is_some()));
        }
        t.observe("others", &found(&arena, &others));
        drop(arena);
        t.observe("dropped in all", &drops.order());
    }

    /// One destructor that panics does not keep the other values, when an arena is cleared or ends.
    fn the_others_are_dropped(t: &mut Test) {
        let drops = t.drops();
        let mut arena = Arena::new();
        let mut tokens = Vec::new();
        for round in 0..3 {
            let count = 3 + t.rng().below(20);
            tokens.extend(parked(&arena, count, &drops));
            let at = t.rng().below(count);
            for (_, request) in arena.iter_mut() {
                request.fails = request.number == at;
            }
            t.input("parked, panics", &(count, at));
            if round < 2 {
                let outcome = t.attempt(|| arena.clear());
                t.observe("outcome", &outcome);
                t.observe("size", &(arena.len(), arena.iter_mut().count(), found(&arena, &tokens)));
            }
            t.observe("dropped", &in_any_order(&drops));
        }
        let outcome = t.attempt(|| drop(arena));
        t.observe("outcome", &outcome);
        t.observe("dropped in all", &in_any_order(&drops));
    }

    /// A destructor puts something into the arena and claims something from it: it stands on a place of its own.
    fn a_destructor_uses_the_arena(t: &mut Test) {
        struct Retry {
            left: u64,
            arena: &'static Arena<Retry>,
            seen: Rc<RefCell<Vec<(u64, bool)>>>,
        }
        impl Drop for Retry {
            fn drop(&mut self) {
                if self.left > 0 {
                    let next = Retry { left: self.left - 1, arena: self.arena, seen: Rc::clone(&self.seen) };
                    let slot = self.arena.insert(next);
                    let same_place = address(&slot) == std::ptr::from_ref(self).addr();
                    self.seen.borrow_mut().push((self.left, same_place));
                    drop(self.arena.claim(slot.park()));
                }
            }
        }
        let arena: &'static Arena<Retry> = Box::leak(Box::new(Arena::new()));
        let seen = Rc::default();
        let left = 2 + t.rng().below(5);
        t.input("retries", &left);
        drop(arena.insert(Retry { left, arena, seen: Rc::clone(&seen) }));
        t.observe("left, in the same place", &*seen.borrow());
        t.observe("size", &arena.len());
    }

    /// A slot that was forgotten keeps its value out, until there can be no slots any more.
    fn forgotten_slots(t: &mut Test) {
        let drops = t.drops();
        let mut arena = Arena::new();
        for round in 0..3 {
            let tokens = parked(&arena, 12, &drops);
            for &token in &tokens {
                if t.rng().chance(1, 2) {
                    arena.claim(token).map(std::mem::forget);
                    t.observe("forgotten is out", &arena.claim(token).is_some());
                }
            }
            t.observe("size", &arena.len());
            let mut met: Vec<u64> = arena.iter_mut().map(|(_, request)| request.number).collect();
            met.sort_unstable();
            t.observe("met", &met);
            if round < 2 {
                arena.clear();
                t.observe("dropped", &in_any_order(&drops));
            }
        }
        drop(arena);
        t.observe("dropped in all", &in_any_order(&drops));
    }

    /// Forty thousand in flight: no operation walks them all.
    fn forty_thousand_in_flight(t: &mut Test) {
        const VALUES: u64 = 40_000;
        let arena = Arena::new();
        let mut tokens: Vec<Token> = (0..VALUES).map(|value| arena.insert(value).park()).collect();
        let mut sum = 0;
        for value in 0..VALUES {
            let at = t.rng().index(tokens.len());
            let Some(slot) = arena.claim(tokens[at]) else { return t.observe("found", &false) };
            sum += slot.into_inner();
            tokens[at] = arena.insert(VALUES + value).park();
            sum += arena.len() as u64;
        }
        t.observe("sum", &sum);
    }

    /// Ten thousand values come into a new arena.
    fn cold_costs(t: &mut Test) {
        let values: Vec<u64> = (0..10_000).map(|_| t.rng().below(1 << 40)).collect();
        let mut tokens = Vec::with_capacity(values.len());
        let arena = t.count("cold_allocations", || {
            let arena = Arena::new();
            tokens.extend(values.iter().map(|&value| arena.insert(value).park()));
            arena
        });
        t.observe("sum", &tokens.iter().filter_map(|&token| arena.claim(token)).map(Slot::into_inner).sum::<u64>());
    }

    /// Values come and go in an arena that has had as many before.
    fn warm_costs(t: &mut Test) {
        let mut arena = Arena::new();
        let peak = 500 + t.rng().below(500);
        let mut tokens: Vec<Token> = (0..peak).map(|value| arena.insert(value).park()).collect();
        let work: Vec<(usize, u64)> = (0..3000).map(|value| (t.rng().index(tokens.len()), value)).collect();
        let sum = t.count("warm_allocations", || {
            let mut sum = 0;
            for &(at, value) in &work {
                if let Some(mut slot) = arena.claim(tokens[at]) {
                    *slot += value;
                    sum += slot.into_inner();
                }
                tokens[at] = arena.insert(value).park();
            }
            arena.clear();
            tokens.clear();
            tokens.extend((0..peak).map(|value| arena.insert(value).park()));
            sum
        });
        t.observe("sum", &(sum, arena.len()));
    }
}
