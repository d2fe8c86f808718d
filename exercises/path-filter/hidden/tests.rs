//! What the rules decide, over small alphabets, so that much matches.

use assay::{Rng, Test};
use path_filter::{BadRule, Filter, Reason};

// the API, pinned; `Filter` may have a lifetime or none
const _: fn(&str) -> Result<Filter, BadRule> = |text| Filter::parse(text);
const _: fn(&Filter, &str) -> bool = |filter, path| filter.excludes(path);
const _: fn(BadRule) -> (usize, Reason) = |bad| (bad.line, bad.reason);
const fn is_error<E: std::error::Error>() {}
const _: () = is_error::<BadRule>();

fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::Nothing => "nothing",
        Reason::EmptyName => "empty name",
        Reason::Stars => "stars",
    }
}

/// Asks the rules about each path. Without a filter, what is wrong is observed.
fn ask(t: &mut Test, rules: &str, paths: &[String]) {
    t.input("rules", &rules);
    match Filter::parse(rules) {
        Ok(filter) => {
            for path in paths {
                t.observe("excluded", &(path.as_str(), filter.excludes(path)));
            }
        }
        Err(bad) => t.observe("bad rule", &(bad.line, reason(bad.reason))),
    }
}

/// Joins up to `most` of the names.
fn join(rng: &mut Rng, names: &[&str], most: u64) -> String {
    let count = 1 + rng.below(most);
    let names: Vec<&str> = (0..count).map(|_| *rng.pick(names)).collect();
    names.join("/")
}

/// Paths of some of the names, a third of them folders.
fn paths(rng: &mut Rng, names: &[&str], count: usize) -> Vec<String> {
    let one = |_| {
        let path = join(rng, names, 4);
        if rng.chance(1, 3) { path + "/" } else { path }
    };
    (0..count).map(one).collect()
}

/// Lines, each of which `line` makes.
fn lines(rng: &mut Rng, count: u64, mut line: impl FnMut(&mut Rng) -> String) -> String {
    (0..count).map(|_| line(rng) + "\n").collect()
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| String::from(*text)).collect()
}

const NAMES: [&str; 4] = ["a", "b", "ab", "ba"];

assay::tests! {
    /// A name matches at any depth, with what is in it, and `*` and `?` stay within a name.
    fn names_at_any_depth(t: &mut Test) {
        let names = ["main.rs", "main.o", "lib.rs", "lib.o", "o", "rs", "main"];
        let rules = ["*.o", "main.*", "lib.??", "*", "?", "main", "*i*s", "l*b.?", "??", "a*"];
        for rule in rules {
            let paths = paths(t.rng(), &names, 12);
            ask(t, rule, &paths);
        }
    }

    /// A slash at the beginning or in the middle ties a rule to the root.
    fn slashes_anchor(t: &mut Test) {
        ask(t, "a/b\n/ab", &strings(&["a/b", "b/a/b", "a/b/a", "ab", "b/ab", "a/ab/"]));
        for _ in 0..12 {
            let rules = lines(t.rng(), 2, |rng| {
                let anchor = if rng.chance(1, 2) { "/" } else { "" };
                String::from(anchor) + &join(rng, &["a", "b", "?", "*b"], 3)
            });
            let paths = paths(t.rng(), &NAMES, 12);
            ask(t, &rules, &paths);
        }
    }

    /// A rule with a slash at its end matches folders, not files, and takes along what is in them.
    fn folders_only(t: &mut Test) {
        for _ in 0..8 {
            let rules = lines(t.rng(), 1, |rng| join(rng, &["a", "b", "*a"], 2) + "/");
            let mut asked = paths(t.rng(), &NAMES, 12);
            asked.extend(strings(&["a", "a/", "b/a", "b/a/", "a/b", "a/b/"]));
            ask(t, &rules, &asked);
        }
    }

    /// The last rule that matches counts, whichever way it goes.
    fn last_match_counts(t: &mut Test) {
        ask(t, "*.log\n!a.log", &strings(&["a.log", "b.log", "c/a.log"]));
        let names = ["a.log", "b.log", "a.txt"];
        for _ in 0..10 {
            let rules = lines(t.rng(), 5, |rng| {
                let sign = if rng.chance(1, 2) { "!" } else { "" };
                String::from(sign) + *rng.pick(&["*.log", "a.*", "b.log", "a.txt", "?.*"])
            });
            ask(t, &rules, &strings(&names));
        }
    }

    /// Below an excluded folder nothing is included again; one that was included again is open.
    fn closed_folders_stay_closed(t: &mut Test) {
        ask(t, "a/\n!a/b\n!b\n", &strings(&["a/", "a/b", "a/b/", "a/b/c", "c/a/b", "c/b", "b/a"]));
        ask(t, "a\n!a\nb\n!a/b", &strings(&["a", "a/", "a/b", "a/c", "c/b", "b/a", "a/b/b"]));
        for _ in 0..10 {
            let rules = lines(t.rng(), 4, |rng| {
                let sign = if rng.chance(1, 2) { "!" } else { "" };
                String::from(sign) + &join(rng, &["a", "b", "*"], 3)
            });
            let paths = paths(t.rng(), &["a", "b", "c"], 12);
            ask(t, &rules, &paths);
        }
    }

    /// `**` is any number of names, but at least one where it ends a rule.
    fn double_stars(t: &mut Test) {
        let fixed = strings(&["a", "a/", "b", "a/b", "b/a", "a/a/b", "a/b/b", "b/a/b", "a/b/a/b", "ab/b", "a/ab"]);
        for rule in ["a/**", "**/a", "a/**/b", "**", "/**", "**/", "a/**/", "!**", "**/**", "a/**/**/b", "a/**/**", "/**/b/**", "**/a/*"] {
            ask(t, rule, &fixed);
        }
        for _ in 0..16 {
            let rule = join(t.rng(), &["**", "a", "b", "*"], 5);
            let paths = paths(t.rng(), &["a", "b"], 8);
            ask(t, &rule, &paths);
        }
    }

    /// A star gives back what the rest of the name needs.
    fn stars_give_back(t: &mut Test) {
        let fixed = strings(&["a.min.min.js", "min.min.js", ".min.js", "a.min.jsx", "aab", "abab", "aba"]);
        for rule in ["*.min.js", "*ab", "a*ab", "*a*b*", "*ab?", "a*?b", "**/*ab", "*?"] {
            ask(t, rule, &fixed);
        }
        for _ in 0..20 {
            let mut rule: String = (0..6).map(|_| *t.rng().pick(&['a', 'b', '*', '?'])).collect();
            while rule.contains("**") {
                rule = rule.replace("**", "*");
            }
            let length = 1 + t.rng().below(8);
            let names: Vec<String> = (0..8).map(|_| (0..length).map(|_| *t.rng().pick(&['a', 'b'])).collect()).collect();
            ask(t, &rule, &names);
        }
    }

    /// Comments, empty lines, line ends and spaces are what they are.
    fn lines_as_they_are(t: &mut Test) {
        let asked = strings(&["a", " a", "a ", "#a", "# a", "!a", " #a", " !a", "\t", " ", "a\r"]);
        for rules in ["#a\n\na\n", "a\r\n\r\n#\r\n", " a\na ", " #a\n!!a", "*\n!!a", "!a\na", "a\n!a ", " \n\t\n", " !a", "*\n!#a", "*\n! a", "", "\n", "a\r"] {
            ask(t, rules, &asked);
        }
    }

    /// The first bad line is named, and what is wrong with it.
    fn bad_lines(t: &mut Test) {
        let bad = [
            "!", "/", "!/", "//", "!//", "///", "a//b", "//a", "a//", "!a//", "a**", "**a", "***", "a/b**/c", "a**//b",
            "a//b**", "!**a", "/a**/", "x/***", "a/**//b", "****", "/",
        ];
        for line in bad {
            ask(t, line, &[]);
        }
        for _ in 0..20 {
            let rules = lines(t.rng(), 12, |rng| {
                let good = ["a", "", "#//", "!a/", "**", "a/**/b", "/a", "# a**", "*a*", " ", "!!"];
                String::from(if rng.chance(1, 6) { *rng.pick(&bad) } else { *rng.pick(&good) })
            });
            ask(t, &rules, &strings(&["a", "b/a"]));
        }
    }

    /// A question mark is one character of any script, and what is no wildcard stands for itself.
    fn every_character(t: &mut Test) {
        let asked = strings(&["é", "日本", "日本語", "aéb", "a日b", "aab", "[ab]", "a", "A", "a\\b", "ß", "SS", "e\u{301}", "{a,b}"]);
        for rule in ["?", "??", "a?b", "日*", "*本", "[ab]", "a\\*", "\\a", "A", "ß", "é", "?\u{301}", "{a,b}", "*é*"] {
            ask(t, rule, &asked);
        }
    }

    /// Paths that are none get an answer, whatever it is.
    fn strange_paths(t: &mut Test) {
        let rules = ["a", "/a/", "!a/b", "**/a", "a/**", "?", "*/", "é", "**"];
        let all: String = rules.map(|rule| String::from(rule) + "\n").concat();
        for text in rules.into_iter().chain([all.as_str()]) {
            let Ok(filter) = Filter::parse(text) else { continue };
            for path in ["", "/", "//", "/a", "a//b", "a//", "///a", "é/", "/é", ".", "..", "!", "#", "\n", "*", "**", "a/**"] {
                filter.excludes(path);
                filter.deciding(path);
            }
        }
        t.observe("answered", &true);
    }

    /// The line that decided is told as it was written.
    fn says_which_rule(t: &mut Test) {
        for count in [0, 1, 2, 3, 3, 4, 4, 5, 5, 6, 6, 6] {
            let mut rules = lines(t.rng(), count, |rng| {
                let sign = if rng.chance(1, 2) { "!" } else { "" };
                let end = if rng.chance(1, 3) { "/" } else { "" };
                String::from(sign) + &join(rng, &["a", "b", "*", "**"], 2) + end
            });
            rules.insert_str(0, "/b/\r\n!/a\r\n\n");
            let mut paths = paths(t.rng(), &["a", "b", "c"], 10);
            paths.extend(strings(&["a/c", "b/a/"]));
            t.input("rules", &rules);
            match Filter::parse(&rules) {
                Ok(filter) => {
                    for path in &paths {
                        let (path, excluded) = (path.as_str(), filter.excludes(path));
                        t.observe("deciding", &(path, excluded, filter.deciding(path)));
                    }
                }
                Err(bad) => t.observe("bad rule", &(bad.line, reason(bad.reason))),
            }
        }
    }

    /// Stars in a name cost its length times the pattern's, no more.
    fn hostile_names(t: &mut Test) {
        let letter = *t.rng().pick(&["a", "ü"]);
        let rules = [format!("*{letter}").repeat(40) + "b", format!("{letter}*").repeat(40) + "?b", "*?".repeat(60) + "b"];
        let most = 200 + t.rng().index(50);
        for rule in rules {
            ask(t, &rule, &[letter.repeat(most), letter.repeat(most) + "b", letter.repeat(most) + "bb"]);
        }
    }

    /// Double stars in a path cost its length times the pattern's, no more.
    fn hostile_folders(t: &mut Test) {
        let depth = 24 + t.rng().index(8);
        let path = "a/".repeat(depth);
        for rule in ["**/a/".repeat(14) + "b", "a/**/".repeat(14) + "?/b", "**/*/".repeat(14) + "b"] {
            ask(t, &rule, &[path.clone() + "a", path.clone() + "b", path.clone() + "c/b"]);
        }
    }

    /// Asking about four hundred paths.
    fn asking_costs(t: &mut Test) {
        let rules = "*.o\n!keep/*.o\n/build/\na/**/b\n*a*b\n**/c/\n";
        let paths = paths(t.rng(), &["a", "b", "x.o", "keep", "build", "c", "aab"], 400);
        t.input("rules", &rules);
        let Ok(filter) = Filter::parse(rules) else { return t.observe("parsed", &false) };
        let answers = t.count("asking_allocations", || {
            let excluded = paths.iter().filter(|path| filter.excludes(path)).count();
            let decided = paths.iter().filter(|path| filter.deciding(path).is_some()).count();
            (excluded, decided)
        });
        t.observe("excluded and decided", &answers);
    }
}
