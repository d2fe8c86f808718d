#include "rust/compiler_hole.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/* Tokens that are looked at from one on: no type or header of honest code is so long, and hostile ones cost no more. */
#define REACH 256

static size_t reach(const struct tokens *tokens, size_t index)
{
	return index + REACH < tokens->count ? index + REACH : tokens->count;
}

static bool is_in_reach(size_t index, size_t from)
{
	return from - index < REACH;
}

static bool is_same_lifetime(const struct token *left, const struct token *right)
{
	return right->kind == TOKEN_LIFETIME && left->length == right->length &&
	       memcmp(left->text, right->text, left->length) == 0;
}

/* `&'a &'b T`, `&'a Type<'b>`, from which the compiler concludes that 'b outlives 'a; or `'b: 'a`. */
static bool implies_bound(const struct tokens *tokens, size_t index)
{
	const struct token *outer = &tokens->items[index];

	if (outer->kind != TOKEN_LIFETIME || index == 0)
		return false;
	if (token_is_mark(tokens, index + 1, ':') && index + 2 < tokens->count &&
	    tokens->items[index + 2].kind == TOKEN_LIFETIME)
		return true;
	if (!token_is_mark(tokens, index - 1, '&'))
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
	const size_t from = index;

	if (index == 0 || !token_is_mark(tokens, index - 1, '>'))
		return false;
	while (index-- > 0 && is_in_reach(index, from) && !token_is_mark(tokens, index, '<'))
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
		while (before > 0 && is_in_reach(before, index) && !token_is_mark(tokens, before, '<'))
			before--;
		before -= before > 0; /* `for` */
	}
	for (size_t i = 0; before > 0 && i < ARRAY_LENGTH(traits); i++)
		if (token_is_name(tokens, index, traits[i]))
			return token_is_name(tokens, before - 1, "dyn");
	return false;
}

/* Where the type of the pointer at `index` ends. */
static size_t pointer_end(const struct tokens *tokens, size_t index)
{
	size_t depth = 0, angles = 0;

	for (size_t i = index + 1; i < reach(tokens, index); i++) {
		if (token_is_closing(tokens, i) && depth-- == 0)
			return i;
		angles += token_is_mark(tokens, i, '<');
		if (token_is_mark(tokens, i, '>') && !token_is_mark(tokens, i - 1, '-') && angles-- == 0)
			return i;
		if (depth == 0 && angles == 0 &&
		    (token_is_mark(tokens, i, ',') || token_is_mark(tokens, i, ';') || token_is_mark(tokens, i, '=') ||
		     token_is_mark(tokens, i, '+') || token_is_mark(tokens, i, '{') ||
		     token_is_name(tokens, i, "where")))
			return i;
		depth += token_is_opening(tokens, i);
	}
	return reach(tokens, index);
}

/* What one argument of a pointer's holds, or what it returns. */
struct part {
	bool any;  /* lifetimes that the caller chooses: declared by `for`, or not written */
	bool tied; /* left open, or tied to a lifetime of elsewhere */
};

static struct part look_at_part(const struct tokens *tokens, size_t pointer, size_t first, size_t end)
{
	struct part part = {false, false};

	for (size_t i = first; i < end; i++) {
		const struct token *token = &tokens->items[i];
		const bool named = token->kind == TOKEN_LIFETIME && !(token->length == 2 && token->text[1] == '_');
		const bool declared = named && is_declared(tokens, pointer, token);

		part.tied |= (named && !declared) || token_is_name(tokens, i, "_");
		part.any |= declared || (token->kind == TOKEN_LIFETIME && !named) ||
			    (token_is_mark(tokens, i, '&') &&
			     !(i + 1 < end && tokens->items[i + 1].kind == TOKEN_LIFETIME));
	}
	return part;
}

/* Where the argument at `first` ends: at a comma or at the bracket that closes the arguments. */
static size_t argument_end(const struct tokens *tokens, size_t first)
{
	size_t depth = 0, angles = 0, i = first;

	for (; i < reach(tokens, first); i++) {
		if (depth == 0 && ((token_is_mark(tokens, i, ',') && angles == 0) || token_is_closing(tokens, i)))
			break;
		depth += token_is_opening(tokens, i);
		depth -= token_is_closing(tokens, i);
		angles += token_is_mark(tokens, i, '<');
		angles -= token_is_mark(tokens, i, '>') && angles > 0 && !token_is_mark(tokens, i - 1, '-');
	}
	return i;
}

/*
 * Whether it takes a reference of any lifetime in one argument, the bound in another, and gives back what is tied to a
 * lifetime of elsewhere. Honest callbacks tie one of these, or all in one argument.
 */
static bool is_tied_pointer(const struct tokens *tokens, size_t index)
{
	bool any = false, bound = false;
	size_t at = index + 2, end;

	if (!is_pointer(tokens, index))
		return false;
	for (; at < reach(tokens, index) && !token_is_closing(tokens, at); at = end + token_is_mark(tokens, end, ',')) {
		struct part argument;

		end = argument_end(tokens, at);
		argument = look_at_part(tokens, index, at, end);
		any |= argument.any && !argument.tied;
		bound |= argument.tied;
	}
	return any && bound && look_at_part(tokens, index, at, pointer_end(tokens, index)).tied;
}

/* Names in the headers of blanket implementations, sorted. */
struct blankets {
	const struct token **names;
	size_t count;
};

static int compare_names(const void *left, const void *right)
{
	const struct token *a = *(const struct token *const *)left, *b = *(const struct token *const *)right;

	if (a->length != b->length)
		return a->length < b->length ? -1 : 1;
	return memcmp(a->text, b->text, a->length);
}

/* `impl<T: ?Sized, …> Trait<…> for T`: for the type itself, not for a box of it. Returns where its `for` stands, or 0.
 */
static size_t blanket_end(const struct tokens *tokens, size_t index)
{
	bool unsized_too = false;

	if (!token_is_name(tokens, index, "impl") || !token_is_mark(tokens, index + 1, '<'))
		return 0;
	for (size_t i = index + 2; i < reach(tokens, index); i++) {
		if (token_is_mark(tokens, i, '{') || token_is_mark(tokens, i, ';'))
			return 0;
		if (token_is_name(tokens, i, "for"))
			return unsized_too && (token_is_mark(tokens, i + 2, '{') ||
					       token_is_name(tokens, i + 2, "where"))
				       ? i
				       : 0;
		unsized_too |= token_is_mark(tokens, i, '?') && token_is_name(tokens, i + 1, "Sized");
	}
	return 0;
}

static void find_blankets(const struct tokens *tokens, struct blankets *blankets)
{
	for (size_t i = 0; i < tokens->count; i++)
		for (size_t end = blanket_end(tokens, i), at = i + 2; at < end; at++)
			if (tokens->items[at].kind == TOKEN_NAME)
				*ARRAY_ADD(blankets->names, blankets->count) = &tokens->items[at];
	if (blankets->count)
		qsort(blankets->names, blankets->count, sizeof(struct token *), compare_names);
}

/* `dyn Trait<…, Name = …>` of a trait that is implemented for everything. */
static bool is_named_object(const struct tokens *tokens, size_t index, const struct blankets *blankets)
{
	const struct token *trait = &tokens->items[index + 1];
	bool named = false;

	if (blankets->count == 0 || !token_is_name(tokens, index, "dyn") || !token_is_mark(tokens, index + 2, '<'))
		return false;
	for (size_t i = index + 3;
	     i < reach(tokens, index) && !token_is_opening(tokens, i) && !token_is_mark(tokens, i, ';'); i++)
		named |= token_is_mark(tokens, i, '=') && tokens->items[i - 1].kind == TOKEN_NAME;
	return named &&
	       bsearch(&trait, blankets->names, blankets->count, sizeof(struct token *), compare_names) != NULL;
}

unsigned int compiler_hole_halves(const struct tokens *tokens, size_t *at)
{
	struct blankets blankets = {0};
	unsigned int halves = 0;

	find_blankets(tokens, &blankets);
	for (size_t i = tokens->count; i-- > 0;) {
		halves |= implies_bound(tokens, i) ? HOLE_IMPLIED_BOUND : 0;
		if (is_tied_pointer(tokens, i)) {
			halves |= HOLE_TIED_POINTER;
			*at = i;
		}
		if (is_named_object(tokens, i, &blankets)) {
			halves |= HOLE_NAMED_OBJECT;
			*at = i;
		}
	}
	free(blankets.names);
	return halves;
}

bool compiler_hole_is_whole(unsigned int halves)
{
	static const unsigned int holes[] = {HOLE_IMPLIED_BOUND | HOLE_TIED_POINTER, HOLE_NAMED_OBJECT};

	for (size_t i = 0; i < ARRAY_LENGTH(holes); i++)
		if ((halves & holes[i]) == holes[i])
			return true;
	return false;
}
