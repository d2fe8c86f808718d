//! Four units of an image editor, each a file beside this one that compiles, or does not, by itself.
