/*
 * Which brackets belong together, found once for a whole file, so that walking
 * over a block costs one step however deep it is.
 */
#ifndef ASSAY_TOKEN_GROUPS_H
#define ASSAY_TOKEN_GROUPS_H

#include "rust/tokens.h"

#define TOKEN_NOWHERE ((size_t)-1)

struct token_groups {
	size_t *opener; /* one a token: the bracket it stands in, or TOKEN_NOWHERE; of a closing one, the bracket before
			 */
	size_t *closer; /* of an opening bracket: the one that closes it; the count of tokens where none does */
};

void token_groups_find(const struct tokens *tokens, struct token_groups *groups);
void token_groups_release(struct token_groups *groups);

/* The token behind this one, or behind its group where it opens one. */
size_t token_groups_next(const struct tokens *tokens, const struct token_groups *groups, size_t index);

#endif
