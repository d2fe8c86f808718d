#include "rust/lint_shield.h"

/* The index is of `clippy`, in an attribute. A list of lints is not its own name: #[allow(clippy::$lint)]. */
static bool is_named_by_parameter(const struct tokens *tokens, size_t index)
{
	return token_is_mark(tokens, index + 3, '$') && index > 0 &&
	       (token_is_mark(tokens, index - 1, '[') || token_is_mark(tokens, index - 1, ','));
}

struct lint_shield lint_shield_at(const struct tokens *tokens, const struct token_places *places, size_t index)
{
	const unsigned char where = places->where[index];
	const bool in_attribute = where & IN_ATTRIBUTE, in_macro = where & IN_MACRO;
	const bool is_path = token_is_name(tokens, index, "clippy") && token_is_path(tokens, index + 1);

	if (is_path && token_is_name(tokens, index + 3, "msrv") && (in_attribute || in_macro))
		return (struct lint_shield){4, "doc"};
	if (is_path && in_attribute && in_macro && is_named_by_parameter(tokens, index))
		return (struct lint_shield){5, "doc"};
	/* elsewhere in a macro's arguments it is a name like others, unless some macro makes attributes of such names
	 */
	if (token_is_name(tokens, index, "automatically_derived") &&
	    (in_attribute || (in_macro && places->attribute_by_parameter)))
		return (struct lint_shield){1, "warn(unused)"};
	return (struct lint_shield){0};
}
