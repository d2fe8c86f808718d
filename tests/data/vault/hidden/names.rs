// secret_comment_names
use assay::Test;

#[path = "helper/words.rs"]
mod words;

const KEPT: &str = "secret_constant_names";

assay::tests! {
    /// secret_doc_names
    fn secret_name_names(t: &mut Test) {
        let _ = vault::sealed!();
        t.input("secret_input_label_names", &"secret_input_value_names");
        vault::keep(KEPT);
        vault::keep("secret_unsaid_names");
        vault::keep(words::PASS);
        t.metric("measured_names", 3);
        t.observe("secret_label_names", &vault::open("secret_argument_names"));
    }
}
