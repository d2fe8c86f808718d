#[allow(dead_code)]
#[path = "../src/epoch_close.rs"]
mod epoch_close;

use epoch_close::{Alert, Archive, Entry, Epoch};

fn epoch(number: u64, account: &str) -> Epoch {
    let entries = vec![Entry {
        id: 11,
        account: account.to_string(),
        amount: 5,
    }];
    Epoch { number, entries }
}

#[test]
fn epochs_are_filed_and_watched() {
    let mut archive = Archive::default();
    archive.watch("mixer".to_string());
    assert_eq!(archive.close(epoch(4, "mixer")).ok(), Some(1));
    assert_eq!(archive.close(epoch(3, "toll")).ok(), Some(0));
    let numbers: Vec<u64> = archive.epochs().iter().map(|epoch| epoch.number).collect();
    assert_eq!(numbers, [3, 4]);
    let alert = Alert {
        epoch: 4,
        entry: 11,
        amount: 5,
    };
    assert_eq!(archive.alerts(), [alert]);
}
