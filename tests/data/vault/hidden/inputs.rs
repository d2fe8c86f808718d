// secret_comment_inputs
use assay::Test;

#[path = "helper/words.rs"]
mod words;

const KEPT: &str = "secret_constant_inputs";

assay::tests! {
    /// secret_doc_inputs
    fn secret_name_inputs(t: &mut Test) {
        let _ = vault::sealed!();
        t.input("secret_input_label_inputs", &"secret_input_value_inputs");
        vault::keep(KEPT);
        vault::keep("secret_unsaid_inputs");
        vault::keep(words::PASS);
        t.metric("measured_inputs", 3);
        t.observe("secret_label_inputs", &vault::open("secret_argument_inputs"));
    }
}
