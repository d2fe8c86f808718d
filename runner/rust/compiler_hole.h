/*
 * Holes of the compiler's, by which code without `unsafe` does what unsafe code
 * can: write anywhere in its process, for instance. No flag forbids them.
 *
 *   rust-lang/rust#25860 (2015): a function that relies on an implied bound, made a pointer that forgets it, turns
 *   any reference into one that never ends. It needs a type from which a bound between two lifetimes is implied, and a
 *   pointer to a function (or a trait object of one) that takes a reference of any lifetime, the bound in another
 *   argument, and gives back what is left open or tied to a lifetime of elsewhere.
 *
 *   rust-lang/rust#57893 (2019): the associated type that a trait object names and the one that a blanket
 *   implementation gives it need not be the same, which turns any type into any other. It needs a trait of one's own, an implementation of it for
 *   every `T: ?Sized`, and `dyn Trait<Name = …>`.
 *
 * Both halves together were not seen in two and a half million lines of honest code (tests/attacks/verdict/README.md).
 * They can be written in ways that tokens do not show: a sign, not a proof, and nothing rests on it alone.
 */
#ifndef ASSAY_COMPILER_HOLE_H
#define ASSAY_COMPILER_HOLE_H

#include "rust/tokens.h"

/* The halves that a file has. */
enum compiler_hole_half {
	HOLE_IMPLIED_BOUND = 1 << 0,
	HOLE_TIED_POINTER = 1 << 1,
	HOLE_NAMED_OBJECT = 1 << 2, /* of a trait that the same file implements for everything */
};

/* Which halves the file has; `at` is the token of the first that could be used: a pointer or an object. */
unsigned int compiler_hole_halves(const struct tokens *tokens, size_t *at);
/* Whether the halves of a submission's files make a hole. */
bool compiler_hole_is_whole(unsigned int halves);

#endif
