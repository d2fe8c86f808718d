#include "rust/lifetime_hole.h"

#include "base/memory.h"

#include <string.h>

static bool is_same_lifetime(const struct token *left, const struct token *right)
{
	return right->kind == TOKEN_LIFETIME && left->length == right->length &&
	       memcmp(left->text, right->text, left->length) == 0;
}

/* `&'a &'b T`, `&'a Type<'b>`: from such a type the compiler concludes that 'b outlives 'a. The index is of 'a. */
static bool implies_bound(const struct tokens *tokens, size_t index)
{
	const struct token *outer = &tokens->items[index];

	if (index == 0 || !token_is_mark(tokens, index - 1, '&') || outer->kind != TOKEN_LIFETIME)
		return false;
	for (size_t i = index + 1; i < tokens->count && i < index + 8; i++) {
		const struct token *inner = &tokens->items[i];

		if (token_is_mark(tokens, i, ',') || token_is_mark(tokens, i, ')') || token_is_mark(tokens, i, ';') ||
		    token_is_mark(tokens, i, '{') || token_is_mark(tokens, i, '='))
			return false;
		if (inner->kind == TOKEN_LIFETIME)
			return !is_same_lifetime(outer, inner);
	}
	return false;
}

/* Whether `for<…>` right before the pointer at `index` declares the lifetime. */
static bool is_declared(const struct tokens *tokens, size_t index, const struct token *lifetime)
{
	if (index == 0 || !token_is_mark(tokens, index - 1, '>'))
		return false;
	while (index-- > 0 && !token_is_mark(tokens, index, '<'))
		if (is_same_lifetime(lifetime, &tokens->items[index]))
			return true;
	return false;
}

/* `fn(` of a type, `dyn Fn(`; both with or without `for<…>` before. */
static bool is_pointer(const struct tokens *tokens, size_t index)
{
	static const char *const traits[] = {"Fn", "FnMut", "FnOnce"};
	size_t before = index;

	if (!token_is_mark(tokens, index + 1, '('))
		return false;
	if (token_is_name(tokens, index, "fn"))
		return true;
	if (index > 0 && token_is_mark(tokens, index - 1, '>')) {
		while (before > 0 && !token_is_mark(tokens, before, '<'))
			before--;
		before -= before > 0; /* `for` */
	}
	for (size_t i = 0; before > 0 && i < ARRAY_LENGTH(traits); i++)
		if (token_is_name(tokens, index, traits[i]))
			return token_is_name(tokens, before - 1, "dyn");
	return false;
}

/* Part of the pointer's type is left open, or tied to a lifetime that it does not declare. */
static bool is_tied_pointer(const struct tokens *tokens, size_t index)
{
	size_t depth = 0;

	if (!is_pointer(tokens, index))
		return false;
	for (size_t i = index + 1; i < tokens->count; i++) {
		const struct token *token = &tokens->items[i];

		depth += token_is_opening(tokens, i);
		if (token_is_closing(tokens, i) && depth-- == 0)
			return false;
		if (depth == 0 && (token_is_mark(tokens, i, ',') || token_is_mark(tokens, i, ';') ||
				   token_is_mark(tokens, i, '=') || token_is_name(tokens, i, "where")))
			return false;
		if (token_is_name(tokens, i, "_"))
			return true;
		if (token->kind == TOKEN_LIFETIME && !(token->length == 2 && token->text[1] == '_') &&
		    !is_declared(tokens, index, token))
			return true;
	}
	return false;
}

bool lifetime_hole_find(const struct tokens *tokens, size_t *at)
{
	bool bound = false, pointer = false;

	for (size_t i = tokens->count; i-- > 0;) {
		bound |= implies_bound(tokens, i);
		if (is_tied_pointer(tokens, i)) {
			pointer = true;
			*at = i;
		}
	}
	return bound && pointer;
}
