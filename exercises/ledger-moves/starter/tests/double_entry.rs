#[allow(dead_code)]
#[path = "../src/double_entry.rs"]
mod double_entry;

use double_entry::{Ledger, Refused};

#[test]
fn both_sides_or_neither() {
    let mut ledger = Ledger::default();
    ledger.open(1, 100);
    ledger.open(2, 0);
    let balances =
        |ledger: &Ledger| [1, 2].map(|id| ledger.account(id).map(|account| account.balance));

    assert_eq!(ledger.transfer(1, 2, 70), Ok(()));
    assert_eq!(balances(&ledger), [Some(30), Some(70)]);
    assert_eq!(
        ledger.transfer(1, 2, 70),
        Err(Refused::Short { missing: 40 })
    );
    assert_eq!(ledger.transfer(1, 9, 10), Err(Refused::UnknownAccount(9)));
    assert_eq!(balances(&ledger), [Some(30), Some(70)]);
}
