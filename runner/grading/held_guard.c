#include "grading/held_guard.h"

#include "base/memory.h"

#include <string.h>

#define FARTHEST 500 /* tokens, from a lock to its statement's ends or to the end of its guard's block */

struct walk {
	const struct tokens *tokens;
	const struct token_groups *groups;
};

static bool is_await(const struct walk *walk, size_t index)
{
	return token_is_mark(walk->tokens, index, '.') && token_is_name(walk->tokens, index + 1, "await");
}

/* The first token of the statement: behind the `;`, or the bracket of a block, before it. */
static size_t statement_start(const struct walk *walk, size_t index)
{
	for (size_t from = index; index > 0 && from - index < FARTHEST; index--)
		if (token_is_mark(walk->tokens, index - 1, ';') || token_is_mark(walk->tokens, index - 1, '{') ||
		    token_is_mark(walk->tokens, index - 1, '}'))
			break;
	return index;
}

/* Behind what makes a guard of a lock's result: `.await`, `.unwrap()`, `?`. */
static size_t skip_adapters(const struct walk *walk, size_t index)
{
	static const char *const adapters[] = {"unwrap", "expect", "unwrap_or_else"};
	bool found;

	do {
		found = false;
		if (token_is_mark(walk->tokens, index, '?')) {
			index++;
			found = true;
		}
		for (size_t i = 0; i < ARRAY_LENGTH(adapters) && token_is_mark(walk->tokens, index, '.'); i++)
			if (token_is_name(walk->tokens, index + 1, adapters[i]) &&
			    token_is_mark(walk->tokens, index + 2, '(')) {
				index = token_groups_next(walk->tokens, walk->groups, index + 2);
				found = true;
			}
	} while (found);
	return index;
}

/* The name that a `let` gives its value; NULL where it gives none, or lets go of it at once. */
static const struct token *bound_name(const struct walk *walk, size_t let)
{
	static const char *const no_names[] = {"mut", "Ok", "Some", "ref", "_"};

	for (size_t i = let + 1; i < walk->tokens->count && !token_is_mark(walk->tokens, i, '='); i++) {
		bool is_name = walk->tokens->items[i].kind == TOKEN_NAME;

		for (size_t j = 0; j < ARRAY_LENGTH(no_names); j++)
			is_name &= !token_is_name(walk->tokens, i, no_names[j]);
		if (is_name)
			return &walk->tokens->items[i];
	}
	return NULL;
}

static bool is_drop_of(const struct walk *walk, size_t index, const struct token *name)
{
	const struct token *dropped = &walk->tokens->items[index + 2];

	return token_is_name(walk->tokens, index, "drop") && token_is_mark(walk->tokens, index + 1, '(') &&
	       token_is_mark(walk->tokens, index + 3, ')') && dropped->length == name->length &&
	       memcmp(dropped->text, name->text, name->length) == 0;
}

/* An `async` block or a function inside runs another time: the token behind it; else `index`. */
static size_t skip_deferred(const struct walk *walk, size_t index)
{
	if (!token_is_name(walk->tokens, index, "async") && !token_is_name(walk->tokens, index, "fn"))
		return index;
	while (index < walk->tokens->count && !token_is_mark(walk->tokens, index, '{') &&
	       !token_is_mark(walk->tokens, index, ';'))
		index++;
	return token_groups_next(walk->tokens, walk->groups, index);
}

/* From behind a `let` to the end of the block that it stands in. */
static bool block_awaits(const struct walk *walk, size_t index, const struct token *name)
{
	const size_t opener = walk->groups->opener[index];
	size_t end = opener == TOKEN_NOWHERE ? walk->tokens->count : walk->groups->closer[opener];

	if (end - index > FARTHEST)
		end = index + FARTHEST;
	while (index < end) {
		const size_t behind = skip_deferred(walk, index);

		if (is_drop_of(walk, index, name))
			return false;
		if (is_await(walk, index))
			return true;
		index = behind == index ? index + 1 : behind;
	}
	return false;
}

/* Whether what is before the block of the statement is still held in it: of `if` and `while` only with `let`. */
static bool holds_in_block(const struct walk *walk, size_t start, size_t index)
{
	while (index-- > start)
		if (token_is_name(walk->tokens, index, "match") || token_is_name(walk->tokens, index, "for"))
			return true;
		else if (token_is_name(walk->tokens, index, "if") || token_is_name(walk->tokens, index, "while"))
			return token_is_name(walk->tokens, index + 1, "let");
	return false;
}

/* A guard without a name lives to the end of its statement. */
static bool statement_awaits(const struct walk *walk, size_t start, size_t index)
{
	const bool in_block = holds_in_block(walk, start, index);
	const size_t end = walk->tokens->count - index > FARTHEST ? index + FARTHEST : walk->tokens->count;

	for (size_t i = start; i < index; i++)
		if (token_is_mark(walk->tokens, i, '|')) /* in a closure: its statement, if any, is another */
			return false;
	while (index < end) {
		const size_t behind = skip_deferred(walk, index);

		if (is_await(walk, index))
			return true;
		if (token_is_mark(walk->tokens, index, ';') || token_is_mark(walk->tokens, index, '}'))
			return false;
		if (token_is_mark(walk->tokens, index, '{')) {
			const size_t closer = walk->groups->closer[index];

			for (size_t i = index; in_block && i < closer && i < end; i++)
				if (is_await(walk, i))
					return true;
			return false;
		}
		index = behind == index ? index + 1 : behind;
	}
	return false;
}

bool guard_held_across_await(const struct tokens *tokens, const struct token_groups *groups, size_t index)
{
	const struct walk walk = {tokens, groups};
	const size_t start = statement_start(&walk, index);
	const size_t called = index + 4 < tokens->count && is_await(&walk, index + 4) ? index + 6 : index + 4;
	size_t end = skip_adapters(&walk, called);

	if (!token_is_name(tokens, start, "let"))
		return statement_awaits(&walk, start, called);
	if (token_is_name(tokens, end, "else"))
		end = token_groups_next(tokens, groups, end + 1);
	if (token_is_mark(tokens, end, ';')) {
		const struct token *name = bound_name(&walk, start);

		return name && block_awaits(&walk, end, name);
	}
	return statement_awaits(&walk, start, called);
}
