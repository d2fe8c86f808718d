#include "rust/token_groups.h"

#include "base/memory.h"

#include <stdlib.h>

/* Kinds of brackets are not told apart: where they do not match, the compiler says so. */
void token_groups_find(const struct tokens *tokens, struct token_groups *groups)
{
	size_t open = TOKEN_NOWHERE;

	groups->opener = memory_new(tokens->count + 1, sizeof *groups->opener);
	groups->closer = memory_new(tokens->count + 1, sizeof *groups->closer);
	for (size_t i = 0; i < tokens->count; i++) {
		groups->closer[i] = tokens->count;
		if (token_is_closing(tokens, i) && open != TOKEN_NOWHERE) {
			groups->closer[open] = i;
			open = groups->opener[open];
		}
		groups->opener[i] = open;
		if (token_is_opening(tokens, i))
			open = i;
	}
}

void token_groups_release(struct token_groups *groups)
{
	free(groups->opener);
	free(groups->closer);
	*groups = (struct token_groups){0};
}

size_t token_groups_next(const struct tokens *tokens, const struct token_groups *groups, size_t index)
{
	if (token_is_opening(tokens, index))
		index = groups->closer[index];
	return index < tokens->count ? index + 1 : tokens->count;
}
