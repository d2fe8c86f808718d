/*
 * Files of plain `#[test]` functions, made ready to be compiled and listed.
 *
 * Such a file is compiled by `rustc --test` against a stand-in for the
 * compiler's own test crate (harness/test.rs), which runs one test a process and
 * writes the end record that a pass needs. It is compiled from a copy of the
 * hidden folder in which it, and the modules that it takes in by `mod name;`,
 * have pins (rust/pins.h).
 */
#ifndef ASSAY_PLAIN_H
#define ASSAY_PLAIN_H

#include "exercise/exercise.h"
#include "rust/records.h"

#include <stdbool.h>

bool plain_is(const struct exercise *exercise, const char *file);

/* Lays the copy in `folder`, where the exercise has plain tests. */
int plain_lay(const struct exercise *exercise, const char *folder, struct error **err);

/*
 * Turns what a plain program lists, paths of tests and where they stand, into
 * names and sentences. A test's name is its function's, or its whole path with
 * "__" between the parts where several functions of the file are called so. Its
 * sentence is the function's documentation; empty where it has none.
 */
int plain_describe(const struct exercise *exercise, const char *file, struct transcript *listed, struct error **err);

#endif
