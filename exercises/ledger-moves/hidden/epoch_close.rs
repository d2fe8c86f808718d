use assay::{Rng, Test};
use epoch_close::{Alert, Archive, Entry, Epoch};

// the unit's names and types, pinned
const _: fn(&mut Archive, String) = Archive::watch;
const _: fn(&Archive) -> &[Epoch] = Archive::epochs;
const _: fn(&Archive) -> &[Alert] = Archive::alerts;
const _: fn(&mut Archive, Epoch) -> Result<usize, Epoch> = Archive::close;
const _: fn(Epoch) -> (u64, Vec<Entry>) = |epoch| (epoch.number, epoch.entries);
const _: fn(Entry) -> (u64, String, u64) = |entry| (entry.id, entry.account, entry.amount);
const _: fn(Alert) -> (u64, u64, u64) = |alert| (alert.epoch, alert.entry, alert.amount);

type Row = (u64, &'static str, u64);

const ACCOUNTS: [&str; 5] = ["bridge", "exchange", "mint", "mixer", "toll"];

fn rows(rng: &mut Rng, most: u64) -> Vec<Row> {
    (0..rng.below(most + 1)).map(|_| (rng.below(1000), *rng.pick(&ACCOUNTS), rng.below(1_000_000))).collect()
}

fn epoch(number: u64, rows: &[Row]) -> Epoch {
    let entries = rows.iter().map(|(id, account, amount)| Entry { id: *id, account: String::from(*account), amount: *amount });
    Epoch { number, entries: entries.collect() }
}

fn plain(epoch: &Epoch) -> (u64, Vec<(u64, &str, u64)>) {
    (epoch.number, epoch.entries.iter().map(|entry| (entry.id, entry.account.as_str(), entry.amount)).collect())
}

fn look(t: &mut Test, archive: &Archive) {
    for epoch in archive.epochs() {
        t.observe("filed", &plain(epoch));
    }
    for alert in archive.alerts() {
        t.observe("alert", &(alert.epoch, alert.entry, alert.amount));
    }
}

fn close(t: &mut Test, archive: &mut Archive, number: u64, rows: &[Row]) {
    t.input("epoch", &(number, rows));
    let outcome = archive.close(epoch(number, rows));
    t.observe("alerts raised", &outcome.as_ref().ok());
    if let Err(epoch) = &outcome {
        t.observe("handed back", &plain(epoch));
    }
}

fn watching(accounts: &[&str]) -> Archive {
    let mut archive = Archive::default();
    for account in accounts {
        archive.watch(String::from(*account));
    }
    archive
}

assay::tests! {
    /// Epochs are filed by number, whatever order the shards finish in.
    fn files_by_number(t: &mut Test) {
        for _ in 0..6 {
            let mut archive = watching(&[]);
            let mut numbers: Vec<u64> = (0..10).map(|place| place * 10 + t.rng().below(10)).collect();
            t.rng().shuffle(&mut numbers);
            for number in numbers {
                let rows = rows(t.rng(), 3);
                close(t, &mut archive, number, &rows);
            }
            look(t, &archive);
        }
    }

    /// Every entry of a watched account raises an alert, in the order of the entries.
    fn raises_alerts(t: &mut Test) {
        for _ in 0..6 {
            let mut archive = watching(&["mixer", "bridge"]);
            let mut numbers: Vec<u64> = (1..=5).collect();
            t.rng().shuffle(&mut numbers);
            for number in numbers {
                let rows = rows(t.rng(), 12);
                close(t, &mut archive, number, &rows);
            }
            look(t, &archive);
        }
    }

    /// An epoch that is filed already comes back whole, and raises nothing.
    fn hands_a_repeat_back(t: &mut Test) {
        for _ in 0..6 {
            let mut archive = watching(&["toll"]);
            for _ in 0..9 {
                let number = t.rng().below(4);
                let mut rows = rows(t.rng(), 5);
                rows.push((number, "toll", 77));
                close(t, &mut archive, number, &rows);
            }
            look(t, &archive);
        }
    }

    /// An epoch of some hundred entries is filed, or comes back, as it is.
    fn files_the_epoch_itself(t: &mut Test) {
        let mut archive = watching(&["mixer", "mint"]);
        let rows: Vec<Row> = (0..400).map(|id| (id, *t.rng().pick(&ACCOUNTS), t.rng().below(1_000_000))).collect();
        let (first, again) = (epoch(7, &rows), epoch(7, &rows));
        let (raised, repeated) = t.count("close_allocations", || (archive.close(first), archive.close(again)));
        t.observe("alerts raised", &raised.ok());
        t.observe("handed back", &repeated.as_ref().err().map(plain));
        look(t, &archive);
    }
}
