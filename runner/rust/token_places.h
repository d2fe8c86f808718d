/*
 * Where tokens stand: in attributes, in arguments of macros, in the rules of
 * one. Told by the brackets around them and what stands before these; nothing is
 * expanded.
 */
#ifndef ASSAY_TOKEN_PLACES_H
#define ASSAY_TOKEN_PLACES_H

#include "rust/tokens.h"

/* Where a token stands; a token may stand in several. */
enum token_place {
	IN_ATTRIBUTE = 1 << 0, /* #[…] */
	IN_INNER = 1 << 1,     /* #![…] */
	IN_CFG = 1 << 2,       /* #[cfg(…)], cfg!(…) */
	IN_MACRO = 1 << 3,     /* arguments of a macro, or the rules of one */
	IN_RULES = 1 << 4,     /* macro_rules! name {…} */
	IN_BODY = 1 << 5,      /* what a rule expands to */
};

struct token_places {
	unsigned char *where; /* one a token, of enum token_place */
	/* some macro makes an attribute, or a condition, of a name that it is given: #[$name], cfg!($name) */
	bool attribute_by_parameter;
};

void token_places_find(const struct tokens *tokens, struct token_places *places);
void token_places_release(struct token_places *places);

#endif
