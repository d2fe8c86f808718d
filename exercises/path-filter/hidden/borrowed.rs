//! Filters and answers that borrow the text of the rules, and nothing else.

use assay::Test;
use path_filter::{BadRule, Filter};

const fn pinned<'a>() {
    let _: fn(&'a str) -> Result<Filter<'a>, BadRule> = Filter::<'a>::parse;
    let _: for<'f, 'p> fn(&'f Filter<'a>, &'p str) -> Option<&'a str> = Filter::<'a>::deciding;
}
const _: () = pinned();

/// The filter and the path are gone when the answer is looked at.
fn decided<'a>(rules: &'a str, name: &str) -> Option<&'a str> {
    let filter = Filter::parse(rules).ok()?;
    let path = format!("folder/{name}");
    filter.deciding(&path)
}

assay::tests! {
    /// An answer is a slice of the text, and outlives the filter and the path.
    fn answers_outlive_the_filter(t: &mut Test) {
        for _ in 0..8 {
            let word = t.rng().word(3, 8);
            let rules = format!("# {word}\r\n{word}\n\n*.{word}\n!folder/b.{word}\n/x/{word}/**/");
            let names = [word.clone(), format!("a.{word}"), format!("b.{word}"), String::from("none")];
            t.input("rules", &rules);
            for name in &names {
                let line = decided(&rules, name);
                let at = line.map(|line| (line, line.as_ptr() as usize - rules.as_ptr() as usize));
                t.observe("line, and where in the text it stands", &(name.as_str(), at));
            }
        }
    }
}
