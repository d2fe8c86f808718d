// secret_comment_none
use assay::Test;

#[path = "helper/words.rs"]
mod words;

const KEPT: &str = "secret_constant_none";

assay::tests! {
    /// secret_doc_none
    fn secret_name_none(t: &mut Test) {
        let _ = vault::sealed!();
        t.input("secret_input_label_none", &"secret_input_value_none");
        vault::keep(KEPT);
        vault::keep("secret_unsaid_none");
        vault::keep(words::PASS);
        t.metric("measured_none", 3);
        t.observe("secret_label_none", &vault::open("secret_argument_none"));
    }
}
