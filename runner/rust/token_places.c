#include "rust/token_places.h"

#include "base/memory.h"

#include <stdlib.h>

/* What opens at `index`, by what stands before it. */
static unsigned char opens(const struct tokens *tokens, size_t index, unsigned char outer)
{
	const bool inner = index >= 2 && token_is_mark(tokens, index - 1, '!') && token_is_mark(tokens, index - 2, '#');

	if (token_is_mark(tokens, index, '[') && (inner || (index >= 1 && token_is_mark(tokens, index - 1, '#'))))
		return (unsigned char)(IN_ATTRIBUTE | (inner ? IN_INNER : 0) |
				       (token_is_name(tokens, index + 1, "cfg") ? IN_CFG : 0));
	if (index >= 2 && token_is_mark(tokens, index - 1, '!') && tokens->items[index - 2].kind == TOKEN_NAME)
		return (unsigned char)(IN_MACRO | (token_is_name(tokens, index - 2, "cfg") ? IN_CFG : 0));
	if (index >= 3 && token_is_mark(tokens, index - 2, '!') && token_is_name(tokens, index - 3, "macro_rules"))
		return IN_MACRO | IN_RULES;
	if ((outer & IN_RULES) && index >= 2 && token_is_mark(tokens, index - 1, '>') &&
	    token_is_mark(tokens, index - 2, '='))
		return IN_BODY;
	return 0;
}

/* `#[$name …]`, `#[unsafe($name)]`, `cfg!($name)`; not `#[doc = $text]`. */
static bool is_named_by_parameter(const struct tokens *tokens, size_t index)
{
	return token_is_mark(tokens, index, '$') && index > 0 &&
	       (token_is_opening(tokens, index - 1) || token_is_mark(tokens, index - 1, ','));
}

void token_places_find(const struct tokens *tokens, struct token_places *places)
{
	unsigned char *stack = NULL, now = 0;
	size_t depth = 0;

	places->where = memory_new(tokens->count + 1, 1);
	for (size_t i = 0; i < tokens->count; i++) {
		if (token_is_closing(tokens, i) && depth > 0)
			now = stack[--depth];
		places->where[i] = now;
		if (token_is_opening(tokens, i)) {
			*ARRAY_ADD(stack, depth) = now;
			now |= opens(tokens, i, now);
		}
		places->attribute_by_parameter |=
			(now & (IN_ATTRIBUTE | IN_CFG)) && (now & IN_MACRO) && is_named_by_parameter(tokens, i);
	}
	free(stack);
}

void token_places_release(struct token_places *places)
{
	free(places->where);
	*places = (struct token_places){0};
}
