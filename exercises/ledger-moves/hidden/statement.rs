use assay::{Rng, Test};
use statement::{BadLine, Statement};
use std::collections::BTreeMap;

// the unit's names and types, pinned
const _: for<'own> fn(&'own Statement<'static>) -> &'own BTreeMap<&'static str, i64> = Statement::totals;
const _: fn(&mut Statement<'static>, &'static str) -> Result<(), BadLine> = Statement::add_page;
const _: fn(usize) -> BadLine = BadLine;

const ACCOUNTS: [&str; 7] = ["grain-exchange", "harbour-toll", "KELP", "lighthouse.7", "mint", "Ümlaut", "zinc"];

/// With a comma for sure where `least` is above 3.
fn amount(rng: &mut Rng, least: u32, most: u32) -> String {
    let digits = least + rng.below(u64::from(most - least + 1)) as u32;
    let smallest = if least > 1 { 10_u64.pow(digits - 1) } else { 0 };
    let value = (smallest + rng.below(10_u64.pow(digits) - smallest)).to_string();
    let mut text = String::from(*rng.pick(&["", "", "-", "+"]));
    for (place, digit) in value.chars().enumerate() {
        if place > 0 && (value.len() - place) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn line(rng: &mut Rng) -> String {
    let account = *rng.pick(&ACCOUNTS);
    let gap = *rng.pick(&[" ", "    ", "\t"]);
    let margin = *rng.pick(&["", "", "  "]);
    format!("{margin}{account}{gap}{}{margin}", amount(rng, 1, 9))
}

fn page(rng: &mut Rng, most: usize) -> String {
    let mut text = String::new();
    for _ in 0..rng.index(most + 1) {
        if rng.chance(1, 8) {
            text.push_str(*rng.pick(&["\n", "  \n", "\r\n"]));
        }
        text.push_str(&line(rng));
        text.push_str(*rng.pick(&["\n", "\n", "\r\n"]));
    }
    text
}

fn add<'page>(t: &mut Test, statement: &mut Statement<'page>, page: &'page str) {
    t.input("page", page);
    let outcome = statement.add_page(page).map_err(|BadLine(number)| number);
    t.observe("outcome", &outcome);
}

/// The totals, and whether each account is a slice of a page, as the unit promises, or text that lies elsewhere.
fn look(t: &mut Test, statement: &Statement, pages: &[String]) {
    t.observe("totals", statement.totals());
    let of_a_page =
        |account: &&str| pages.iter().any(|page| page.as_bytes().as_ptr_range().contains(&account.as_ptr()));
    t.observe("accounts are slices of the pages", &statement.totals().keys().all(of_a_page));
}

assay::tests! {
    /// Each account's amounts are summed over all pages.
    fn sums_over_pages(t: &mut Test) {
        for _ in 0..6 {
            let pages: Vec<String> = (0..4).map(|_| page(t.rng(), 12)).collect();
            let mut statement = Statement::default();
            for page in &pages {
                add(t, &mut statement, page);
            }
            look(t, &statement, &pages);
        }
    }

    /// Amounts with and without commas mean the same.
    fn commas_are_only_for_people(t: &mut Test) {
        for _ in 0..6 {
            let text = amount(t.rng(), 4, 9);
            let page = format!("with {text}\nwithout {}\n", text.replace(',', ""));
            let mut statement = Statement::default();
            add(t, &mut statement, &page);
            t.observe("totals", statement.totals());
        }
    }

    /// The first bad line is named by its number; what stood above it counts.
    fn names_the_bad_line(t: &mut Test) {
        for _ in 0..24 {
            let good = page(t.rng(), 6);
            let bad = *t.rng().pick(&["mint", "mint 12 13", "mint twelve", "mint 1.5", "mint -", "mint 99,999,999,999,999,999,999", "12 mint"]);
            let page = format!("{good}{bad}\n{}\n", line(t.rng()));
            let mut statement = Statement::default();
            add(t, &mut statement, &page);
            t.observe("totals", statement.totals());
        }
    }
}
