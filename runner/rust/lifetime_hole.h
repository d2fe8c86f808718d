/*
 * rust-lang/rust#25860, open since 2015: a function that relies on an implied
 * bound, made a pointer that forgets it, turns any reference into one that never
 * ends, and with that safe code does all that unsafe code can. No flag of the
 * compiler's forbids it. Two things are needed: a type from which the bound is
 * implied, and a pointer (or trait object) that is left open or tied to a lifetime of
 * elsewhere. Each is rare in honest code, and both in one file were not seen in
 * half a million lines of it. It can be taken apart further than tokens can tell: a sign, not a proof.
 */
#ifndef ASSAY_LIFETIME_HOLE_H
#define ASSAY_LIFETIME_HOLE_H

#include "rust/tokens.h"

/* Whether the file has both; `at` is then the pointer's token. */
bool lifetime_hole_find(const struct tokens *tokens, size_t *at);

#endif
