#include "rust/compiler_hole.h"

#include "base/memory.h"

#include <string.h>

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

/* Where the type of the pointer at `index` ends. */
static size_t pointer_end(const struct tokens *tokens, size_t index)
{
	size_t depth = 0, angles = 0;

	for (size_t i = index + 1; i < tokens->count; i++) {
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
	return tokens->count;
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

	for (; i < tokens->count; i++) {
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
	for (; at < tokens->count && !token_is_closing(tokens, at); at = end + token_is_mark(tokens, end, ',')) {
		struct part argument;

		end = argument_end(tokens, at);
		argument = look_at_part(tokens, index, at, end);
		any |= argument.any && !argument.tied;
		bound |= argument.tied;
	}
	return any && bound && look_at_part(tokens, index, at, pointer_end(tokens, index)).tied;
}

static bool is_same_name(const struct tokens *tokens, size_t left, size_t right)
{
	return right < tokens->count && tokens->items[left].length == tokens->items[right].length &&
	       memcmp(tokens->items[left].text, tokens->items[right].text, tokens->items[left].length) == 0;
}

/* `impl<T: ?Sized, …> Trait<…> for …`, of the trait named at `trait`. */
static bool is_blanket(const struct tokens *tokens, size_t index, size_t trait)
{
	bool unsized_too = false, of_trait = false;

	if (!token_is_name(tokens, index, "impl") || !token_is_mark(tokens, index + 1, '<'))
		return false;
	for (size_t i = index + 2; i < tokens->count; i++) {
		if (token_is_mark(tokens, i, '{') || token_is_mark(tokens, i, ';'))
			return false;
		/* for the type itself, not for a box of it */
		if (token_is_name(tokens, i, "for"))
			return unsized_too && of_trait &&
			       (token_is_mark(tokens, i + 2, '{') || token_is_name(tokens, i + 2, "where"));
		unsized_too |= token_is_mark(tokens, i, '?') && token_is_name(tokens, i + 1, "Sized");
		of_trait |= is_same_name(tokens, trait, i);
	}
	return false;
}

/* `dyn Trait<…, Name = …>` of a trait that is implemented for everything. */
static bool is_named_object(const struct tokens *tokens, size_t index)
{
	bool named = false;

	if (!token_is_name(tokens, index, "dyn") || !token_is_mark(tokens, index + 2, '<'))
		return false;
	for (size_t i = index + 3; i < tokens->count && !token_is_opening(tokens, i) && !token_is_mark(tokens, i, ';');
	     i++)
		named |= token_is_mark(tokens, i, '=') && tokens->items[i - 1].kind == TOKEN_NAME;
	for (size_t i = 0; named && i < tokens->count; i++)
		if (is_blanket(tokens, i, index + 1))
			return true;
	return false;
}

unsigned int compiler_hole_halves(const struct tokens *tokens, size_t *at)
{
	unsigned int halves = 0;

	for (size_t i = tokens->count; i-- > 0;) {
		halves |= implies_bound(tokens, i) ? HOLE_IMPLIED_BOUND : 0;
		if (is_tied_pointer(tokens, i)) {
			halves |= HOLE_TIED_POINTER;
			*at = i;
		}
		if (is_named_object(tokens, i)) {
			halves |= HOLE_NAMED_OBJECT;
			*at = i;
		}
	}
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
