use assay::Test;
use double_entry::{Account, Ledger, Refused};

// the unit's names and types, pinned
const _: fn(&mut Ledger, u64, u64) = Ledger::open;
const _: fn(&Ledger, u64) -> Option<&Account> = Ledger::account;
const _: fn(&mut Ledger, u64, u64, u64) -> Result<(), Refused> = Ledger::transfer;
const _: fn(Account) -> (u64, u32, u32) = |account| (account.balance, account.sent, account.received);
const _: fn(u64) -> Refused = Refused::UnknownAccount;
const _: fn(u64) -> Refused = |missing| Refused::Short { missing };

fn look(t: &mut Test, ledger: &Ledger, ids: &[u64]) {
    for id in ids {
        let account = ledger.account(*id).map(|account| (account.balance, account.sent, account.received));
        t.observe("account", &(*id, account));
    }
}

fn plain(outcome: Result<(), Refused>) -> Result<(), (&'static str, u64)> {
    outcome.map_err(|refused| match refused {
        Refused::UnknownAccount(id) => ("unknown account", id),
        Refused::Short { missing } => ("short by", missing),
    })
}

fn transfer(t: &mut Test, ledger: &mut Ledger, payer: u64, payee: u64, amount: u64) {
    t.input("transfer", &(payer, payee, amount));
    let outcome = ledger.transfer(payer, payee, amount);
    t.observe("outcome", &plain(outcome));
}

assay::tests! {
    /// Both sides of every transfer are booked.
    fn books_both_sides(t: &mut Test) {
        let ids: Vec<u64> = (0..6).map(|place| place * 1000 + t.rng().below(1000)).collect();
        let mut ledger = Ledger::default();
        for id in &ids {
            ledger.open(*id, 500);
        }
        for _ in 0..40 {
            let mut pair = ids.clone();
            t.rng().shuffle(&mut pair);
            let amount = t.rng().below(300);
            transfer(t, &mut ledger, pair[0], pair[1], amount);
        }
        look(t, &ledger, &ids);
    }

    /// A transfer that is refused says why and changes nothing.
    fn refuses_without_a_trace(t: &mut Test) {
        for _ in 0..20 {
            let (known, balance) = (1 + t.rng().below(9), t.rng().below(100));
            let other = 10 + t.rng().below(9);
            let (nobody, nowhere) = (20 + t.rng().below(9), 30 + t.rng().below(9));
            let mut ledger = Ledger::default();
            ledger.open(known, balance);
            ledger.open(other, 7);
            // an amount that is covered, one that is short by a little, one that is far out
            let amounts = [balance, balance + 1, balance + 2 + t.rng().below(1000), u64::MAX];
            for amount in amounts {
                transfer(t, &mut ledger, nobody, nowhere, amount);
                transfer(t, &mut ledger, nobody, known, amount);
                transfer(t, &mut ledger, known, nowhere, amount);
            }
            for amount in &amounts[1..] {
                transfer(t, &mut ledger, known, other, *amount);
            }
            look(t, &ledger, &[known, other, nobody, nowhere]);
            transfer(t, &mut ledger, known, other, balance);
            look(t, &ledger, &[known, other]);
        }
    }

    /// An account that pays itself has as much as before, and both sides are counted.
    fn pays_itself(t: &mut Test) {
        for _ in 0..12 {
            let (id, balance) = (t.rng().below(50), 1 + t.rng().below(1000));
            let mut ledger = Ledger::default();
            ledger.open(id, balance);
            let within = 1 + t.rng().below(balance);
            for amount in [within, balance, balance + within, 0] {
                transfer(t, &mut ledger, id, id, amount);
                look(t, &ledger, &[id]);
            }
        }
    }
}
