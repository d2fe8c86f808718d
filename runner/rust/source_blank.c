/* What blinds lints, blanked out before the compile: the part of source_rules.h that writes. */
#include "rust/source_rules.h"

#include "rust/token_places.h"

#include <string.h>

/* Blanks what stands from one token to another, but for line ends, and writes `instead` where it began. */
static void replace(char *data, const struct token *first, const struct token *last, const char *instead)
{
	char *at = data + (first->text - data), *end = data + (last->text - data) + last->length;

	for (char *byte = at; byte < end; byte++)
		if (*byte != '\n')
			*byte = ' ';
	memcpy(at, instead, strlen(instead));
}

/* `clippy::msrv`, or `clippy::$name` as an attribute's own name in a macro; the index is of `clippy`. */
static bool may_be_msrv(const struct tokens *tokens, const struct token_places *places, size_t index)
{
	if (!token_is_name(tokens, index, "clippy") || !token_is_path(tokens, index + 1))
		return false;
	if (token_is_name(tokens, index + 3, "msrv"))
		return true;
	/* a list of lints is not its own name: #[allow(clippy::$lint)] */
	return (places->where[index] & IN_MACRO) && (places->where[index] & IN_ATTRIBUTE) &&
	       token_is_mark(tokens, index + 3, '$') && index > 0 &&
	       (token_is_mark(tokens, index - 1, '[') || token_is_mark(tokens, index - 1, ','));
}

/*
 * Attributes that make lints look away whatever --force-warn says: clippy reads a minimal version of Rust from
 * clippy::msrv, and passes over what calls itself derived. What comes instead is as long at most, and without effect.
 */
void source_blank(char *data, size_t length, const char *edition)
{
	struct tokens tokens = {0};
	struct token_places places = {0};

	tokens_read(data, length, strcmp(edition, "2018") != 0, &tokens);
	token_places_find(&tokens, &places);
	for (size_t i = 0; i < tokens.count; i++) {
		const struct token *token = &tokens.items[i];
		const bool given = (places.where[i] & IN_MACRO) && places.attribute_by_parameter;

		if ((places.where[i] & (IN_ATTRIBUTE | IN_MACRO)) && may_be_msrv(&tokens, &places, i))
			replace(data, token, &tokens.items[i + (token_is_mark(&tokens, i + 3, '$') ? 4 : 3)], "doc");
		else if (((places.where[i] & IN_ATTRIBUTE) || given) &&
			 token_is_name(&tokens, i, "automatically_derived"))
			replace(data, token, token, "warn(unused)");
	}
	tokens_release(&tokens);
	token_places_release(&places);
}
