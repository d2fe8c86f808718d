// secret_comment_full
use assay::Test;

#[path = "helper/words.rs"]
mod words;

const KEPT: &str = "secret_constant_full";

assay::tests! {
    /// secret_doc_full
    fn secret_name_full(t: &mut Test) {
        let _ = vault::sealed!();
        t.input("secret_input_label_full", &"secret_input_value_full");
        vault::keep(KEPT);
        vault::keep("secret_unsaid_full");
        vault::keep(words::PASS);
        t.metric("measured_full", 3);
        t.observe("secret_label_full", &vault::open("secret_argument_full"));
        t.observe("arguments", &std::env::args().collect::<Vec<_>>());
        t.observe("environment", &std::env::vars().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>());
    }
}
