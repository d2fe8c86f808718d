// secret_comment_twin
fn main() {
    let _ = vault::sealed!();
    let word = String::from("secret_constant_twin");
    let kept = vault::borrow(&word);
    println!("{kept}");
    drop(word);
}
