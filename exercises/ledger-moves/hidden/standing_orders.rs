use assay::Test;
use standing_orders::{Ledger, Order};

// the unit's names and types, pinned
const _: fn(&mut Ledger, String, u64) = Ledger::open;
const _: fn(&mut Ledger, Order) = Ledger::add;
const _: fn(&Ledger, &str) -> Option<u64> = Ledger::balance;
const _: fn(&Ledger) -> &[Order] = Ledger::orders;
const _: fn(&mut Ledger, u32) -> usize = Ledger::run_day;
const _: fn(Order) -> (String, String, u64) = |order| (order.payer, order.payee, order.amount);
const _: fn(Order) -> (u32, u32, u32) = |order| (order.every, order.next, order.missed);

fn order(payer: &str, payee: &str, amount: u64, every: u32, next: u32) -> Order {
    Order { payer: payer.to_string(), payee: payee.to_string(), amount, every, next, missed: 0 }
}

fn look(t: &mut Test, ledger: &Ledger, accounts: &[&str]) {
    for account in accounts {
        t.observe("balance", &(*account, ledger.balance(account)));
    }
    for order in ledger.orders() {
        t.observe("order", &((order.payer.as_str(), order.payee.as_str()), order.amount, order.every, order.next, order.missed));
    }
}

const PEOPLE: [&str; 6] = ["ada", "bo", "cleo", "dov", "eli", "fay"];

assay::tests! {
    /// Orders are paid or missed on their days, and are due again.
    fn pays_over_many_days(t: &mut Test) {
        for _ in 0..4 {
            let mut ledger = Ledger::default();
            for person in &PEOPLE[..5] {
                let balance = t.rng().below(400);
                ledger.open(String::from(*person), balance);
            }
            // fay has no account: orders from and to her are missed
            for _ in 0..10 {
                let (payer, payee) = (*t.rng().pick(&PEOPLE), *t.rng().pick(&PEOPLE));
                let (amount, every, next) = (1 + t.rng().below(150), 1 + t.rng().below(6) as u32, t.rng().below(8) as u32);
                t.input("order", &((payer, payee), amount, every, next));
                ledger.add(order(payer, payee, amount, every, next));
            }
            let mut day = 0;
            for _ in 0..12 {
                // some days nobody runs it: what was due then is paid late, once
                day += 1 + t.rng().below(3) as u32;
                t.input("day", &day);
                let paid = ledger.run_day(day);
                t.observe("paid", &paid);
            }
            look(t, &ledger, &PEOPLE);
        }
    }

    /// One payment can be what makes the next one possible, the same day.
    fn money_passes_down_a_chain(t: &mut Test) {
        for _ in 0..6 {
            let mut ledger = Ledger::default();
            let amount = 10 + t.rng().below(90);
            for (place, person) in PEOPLE.iter().enumerate() {
                ledger.open(String::from(*person), if place == 0 { amount } else { 0 });
            }
            let mut links: Vec<usize> = (0..5).collect();
            // mostly in order; sometimes a link is asked before its money is there
            if t.rng().chance(1, 2) {
                let (one, other) = (t.rng().index(5), t.rng().index(5));
                links.swap(one, other);
            }
            t.input("links", &links);
            for link in &links {
                ledger.add(order(PEOPLE[*link], PEOPLE[link + 1], amount, 3, 1));
            }
            for day in 1..6 {
                let paid = ledger.run_day(day);
                t.observe("paid", &(day, paid));
            }
            // an order that is added later runs like any other
            ledger.add(order("fay", "ada", 1 + amount / 2, 1, 0));
            let paid = ledger.run_day(6);
            t.observe("paid at last", &paid);
            look(t, &ledger, &PEOPLE);
        }
    }

    /// A day's run looks at orders and balances where they are.
    fn runs_in_place(t: &mut Test) {
        let mut ledger = Ledger::default();
        for person in PEOPLE {
            ledger.open(String::from(person), 100);
        }
        for _ in 0..200 {
            let (payer, payee) = (*t.rng().pick(&PEOPLE), *t.rng().pick(&PEOPLE));
            let amount = 1 + t.rng().below(40);
            ledger.add(order(payer, payee, amount, 2, 1));
        }
        let paid = t.count("run_day_allocations", || ledger.run_day(1));
        t.observe("paid", &paid);
        look(t, &ledger, &PEOPLE);
    }
}
