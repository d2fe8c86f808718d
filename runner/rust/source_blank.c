/* What blinds lints, blanked out before the compile: the part of source_rules.h that writes. */
#include "rust/source_rules.h"

#include "rust/lint_shield.h"

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

void source_blank(char *data, size_t length, const char *edition)
{
	struct tokens tokens = {0};
	struct token_places places = {0};

	tokens_read(data, length, strcmp(edition, "2018") != 0, &tokens);
	token_places_find(&tokens, &places);
	for (size_t i = 0; i < tokens.count; i++) {
		const struct lint_shield shield = lint_shield_at(&tokens, &places, i);
		/* `clippy::$` may be the end of the file */
		const size_t last = i + shield.tokens <= tokens.count ? i + shield.tokens - 1 : tokens.count - 1;

		if (shield.tokens)
			replace(data, &tokens.items[i], &tokens.items[last], shield.instead);
	}
	tokens_release(&tokens);
	token_places_release(&places);
}
