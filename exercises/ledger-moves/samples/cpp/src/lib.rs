//! Six units of the ledger, each a file beside this one that compiles, or does not, by itself.
//!
//! Nothing is declared here on purpose: `cargo test --test <unit>` compiles one unit with its tests, while the others
//! are still broken.
