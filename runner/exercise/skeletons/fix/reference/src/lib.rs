//! Each unit is a file of its own, and is compiled for itself: see README.md.
