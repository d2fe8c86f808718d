// secret_comment_probe
fn main() {
    let _ = vault::sealed!();
    let word = String::from("secret_constant_probe");
    let kept = vault::borrow(&word);
    drop(word); //~ E0505
    println!("{kept}");
}
