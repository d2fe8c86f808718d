/*
 * Attributes that make lints look away whatever --force-warn says: clippy reads
 * a minimal version of Rust from clippy::msrv, and passes over what calls itself
 * derived. Told by source_scan, taken out by source_blank.
 */
#ifndef ASSAY_LINT_SHIELD_H
#define ASSAY_LINT_SHIELD_H

#include "rust/token_places.h"

struct lint_shield {
	size_t tokens;	     /* how many it is written with; 0: none begins there */
	const char *instead; /* as long as they are at most, and without effect */
};

/* What begins at `index`: `clippy::msrv`, `clippy::$name` as an attribute's own name in a macro, `automatically_derived`. */
struct lint_shield lint_shield_at(const struct tokens *tokens, const struct token_places *places, size_t index);

#endif
