/*
 * Whether a lock is still held where something is awaited: told by tokens, for
 * a question in an interview (sightings.h), not for a verdict. What is doubtful is
 * taken for no.
 */
#ifndef ASSAY_HELD_GUARD_H
#define ASSAY_HELD_GUARD_H

#include "rust/token_groups.h"

#include <stdbool.h>

/* `index` is the dot of `.lock()`, `.read()` or `.write()`. */
bool guard_held_across_await(const struct tokens *tokens, const struct token_groups *groups, size_t index);

#endif
