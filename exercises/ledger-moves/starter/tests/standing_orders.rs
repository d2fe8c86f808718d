#[allow(dead_code)]
#[path = "../src/standing_orders.rs"]
mod standing_orders;

use standing_orders::{Ledger, Order};

#[test]
fn an_order_is_paid_then_missed() {
    let mut ledger = Ledger::default();
    ledger.open("ada".to_string(), 50);
    ledger.open("bo".to_string(), 0);
    ledger.add(Order {
        payer: "ada".to_string(),
        payee: "bo".to_string(),
        amount: 30,
        every: 7,
        next: 2,
        missed: 0,
    });
    assert_eq!([1, 2, 3, 9].map(|day| ledger.run_day(day)), [0, 1, 0, 0]);
    assert_eq!(
        (ledger.balance("ada"), ledger.balance("bo")),
        (Some(20), Some(30))
    );
    assert_eq!(
        (ledger.orders()[0].missed, ledger.orders()[0].next),
        (1, 16)
    );
}
