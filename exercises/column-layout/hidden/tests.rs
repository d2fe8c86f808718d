//! Runs of the program: what it is fed is drawn by the seed, what it says is compared with the reference.

use assay::{Run, Test};

fn names(t: &mut Test, count: usize, shortest: usize, longest: usize) -> Vec<String> {
    (0..count).map(|_| t.rng().word(shortest, longest)).collect()
}

fn lines(names: &[String]) -> String {
    names.iter().map(|name| format!("{name}\n")).collect()
}

assay::tests! {
    /// Names run down columns, in as few rows as fit.
    fn runs_down(t: &mut Test) {
        for width in [80, 40, 25] {
            let count = 20 + t.rng().index(30);
            let names = names(t, count, 1, 12);
            t.run(&Run::new(["--width", &width.to_string()]).stdin(lines(&names)));
        }
    }

    /// A few short names stand in one row.
    fn one_row(t: &mut Test) {
        let few = names(t, 5, 1, 9);
        t.run(&Run::new(["--width", "100"]).stdin(lines(&few)));
        t.run(&Run::new(["--width", "10"]).stdin(lines(&few[..1])));
    }

    /// Without names nothing is written.
    fn nothing_to_lay_out(t: &mut Test) {
        t.run(&Run::new([""; 0]));
        t.run(&Run::new(["--across"]).stdin("\n\n\n"));
    }

    /// Without --width, a line has 80 characters.
    fn eighty_by_default(t: &mut Test) {
        // 79, 80 and 81 characters in one row
        for last in [6, 7, 8] {
            let mut row = names(t, 5, 12, 12);
            row.push("x".repeat(last));
            row.push("y".to_string());
            t.run(&Run::new([""; 0]).stdin(lines(&row)));
        }
        let many = names(t, 60, 3, 15);
        t.run(&Run::new([""; 0]).stdin(lines(&many)));
    }

    /// A layout that is exactly as wide as the line fits; one that is wider by one does not.
    fn to_the_last_character(t: &mut Test) {
        let (left, right) = (3 + t.rng().index(9), 3 + t.rng().index(9));
        let two = format!("{}\n{}\n", "l".repeat(left), "r".repeat(right));
        for more in [0, 1, 2] {
            let width = (left + right + 1 + more).to_string();
            t.run(&Run::new(["--width", &width]).stdin(&two));
            t.run(&Run::new(["--across", "--width", &width]).stdin(&two));
        }
    }

    /// Where two numbers of rows need as many columns, the smaller one that fits is taken, and no larger one.
    fn each_number_of_rows_is_tried(t: &mut Test) {
        // five rows and six need four columns each; only six put both wide names into the first
        let mut nineteen = names(t, 19, 4, 4);
        for at in [0, 5] {
            nineteen[at] = t.rng().word(14, 18);
        }
        t.run(&Run::new(["--width", "40"]).stdin(lines(&nineteen)));
        for _ in 0..3 {
            let count = 9 + t.rng().index(20);
            let mut names = names(t, count, 1, 4);
            for _ in 0..3 {
                let at = t.rng().index(count);
                names[at] = t.rng().word(14, 18);
            }
            t.run(&Run::new(["--width", "44"]).stdin(lines(&names)));
        }
    }

    /// Names that are wider than the line have rows of their own, whole.
    fn too_wide(t: &mut Test) {
        let mut names = names(t, 6, 1, 3);
        let at = t.rng().index(5);
        names[at] = t.rng().word(20, 30);
        t.run(&Run::new(["--width", "12"]).stdin(lines(&names)));
        t.run(&Run::new(["--width", "12", "--across"]).stdin(lines(&names)));
        t.run(&Run::new(["--width", "1"]).stdin(lines(&names)));
    }

    /// With --across names run along rows, in as many columns as fit.
    fn runs_across(t: &mut Test) {
        for width in [80, 33, 20] {
            let count = 15 + t.rng().index(30);
            let names = names(t, count, 1, 11);
            t.run(&Run::new(["--across", "--width", &width.to_string()]).stdin(lines(&names)));
        }
    }

    /// A name is as wide as it has characters, not bytes.
    fn characters_not_bytes(t: &mut Test) {
        let mut names = names(t, 12, 1, 6);
        for name in names.iter_mut().step_by(2) {
            let tail: &&str = t.rng().pick(&["é", "ßü", "日本", "naïve", "Ω"]);
            name.push_str(tail);
        }
        t.run(&Run::new(["--width", "30"]).stdin(lines(&names)));
        t.run(&Run::new(["--width", "30", "--across"]).stdin(lines(&names)));
    }

    /// Empty lines are no names, the last line may lack its end, and nothing is taken off a name.
    fn lines_as_they_come(t: &mut Test) {
        let a = t.rng().word(2, 5);
        let b = t.rng().word(2, 5);
        t.run(&Run::new(["--width", "9"]).stdin(format!("\n{a}\n\n\n{b}\n\nlast")));
        t.run(&Run::new(["--width", "30"]).stdin(format!(" {a}\n{b} \n  \nend")));
        t.run(&Run::new(["--width", "30"]).stdin(format!("{a}\r\n{b}\r\n")));
        t.run(&Run::new(["--width", "30"]).stdin(format!("{a}\tx\n{b}\n")));
    }

    /// Arguments that the program does not know are refused: code 2, and nothing on standard output.
    fn wrong_arguments(t: &mut Test) {
        let word = format!("--{}", t.rng().word(3, 6).to_uppercase());
        let cases: [&[&str]; 8] = [
            &[&word],
            &["--width"],
            &["--width", "0"],
            &["--width", "10001"],
            &["--width", "-5"],
            &["--width", "8x"],
            &["--width", "99999999999999999999999"],
            &["--width", "20", "names"],
        ];
        for arguments in cases {
            t.run(&Run::new(arguments).stdin("a\nb\n").any_words());
        }
    }

    /// Of several widths the last holds, and the largest and the smallest are widths.
    fn widths_again(t: &mut Test) {
        let some = names(t, 30, 2, 9);
        t.run(&Run::new(["--width", "20", "--across", "--width", "50"]).stdin(lines(&some)));
        t.run(&Run::new(["--width", "10000"]).stdin(lines(&some)));
        t.run(&Run::new(["--across", "--across", "--width", "1"]).stdin(lines(&some)));
    }

    /// Input that is not text is refused: code 1, and nothing on standard output.
    fn not_text(t: &mut Test) {
        let mut bytes = lines(&names(t, 4, 2, 5)).into_bytes();
        bytes.extend([b'n', 0xff, b'\n']);
        t.run(&Run::new(["--width", "30"]).stdin(bytes).any_words());
    }

    /// A folder of thousands of names is laid out within a second.
    fn a_full_folder(t: &mut Test) {
        let names = names(t, 12000, 30, 38);
        t.run(&Run::new(["--width", "80"]).stdin(lines(&names)));
    }
}
