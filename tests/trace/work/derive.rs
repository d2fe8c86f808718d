//! A procedural macro, which rustc loads as a library.
extern crate proc_macro;
use proc_macro::TokenStream;

#[proc_macro_derive(Named)]
pub fn named(item: TokenStream) -> TokenStream {
    let mut words = item.into_iter().map(|token| token.to_string()).skip_while(|word| word != "struct");
    let name = words.nth(1).unwrap();
    format!("impl {name} {{ pub fn name() -> &'static str {{ {name:?} }} }}").parse().unwrap()
}
