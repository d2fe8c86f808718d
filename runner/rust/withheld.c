#include "rust/withheld.h"

#include "base/memory.h"
#include "base/text.h"
#include "rust/std_items.h"

#include <string.h>

#define FACADE_SOURCE "/facade/facade.rs" /* as facade_build has it recorded */

static const cJSON *get(const cJSON *object, const char *key)
{
	return cJSON_GetObjectItemCaseSensitive(object, key);
}

/* The item that a span of the facade is the definition of; NULL for any other span. */
static const struct std_item *item_of(const cJSON *span)
{
	const char *file = cJSON_GetStringValue(get(span, "file_name"));
	const cJSON *line = get(span, "line_start");

	if (!file || strcmp(file, FACADE_SOURCE) != 0 || !cJSON_IsNumber(line) || line->valuedouble < 1)
		return NULL;
	return std_item_at((unsigned int)line->valuedouble);
}

/* "private module … note: the module `fs` is defined here": a name that stands in the facade, and is not for all. */
static const struct std_item *private_item(const cJSON *error)
{
	const cJSON *child, *span;

	cJSON_ArrayForEach (child, get(error, "children")) {
		cJSON_ArrayForEach (span, get(child, "spans")) {
			const struct std_item *item = item_of(span);

			if (item && item->standing != STD_OFFERED)
				return item;
		}
	}
	return NULL;
}

/* A macro of the facade that only says that it is withheld. It is named where it was called. */
static const struct std_item *refusing_macro(const cJSON *error, const cJSON **use)
{
	const cJSON *span = cJSON_GetArrayItem(get(error, "spans"), 0);
	const struct std_item *item = item_of(span);

	if (!item || item->standing != STD_WITHHELD)
		return NULL;
	while (item_of(span) && cJSON_IsObject(get(span, "expansion")))
		span = get(get(span, "expansion"), "span");
	*use = span;
	return item;
}

/* What stands between the first pair of backticks after `before`, where that is the end of the text. */
static char *crate_at_the_end(const char *text, const char *before)
{
	size_t skip = strlen(before), length;

	if (strncmp(text, before, skip) != 0)
		return NULL;
	length = strcspn(text + skip, "`");
	return strcmp(text + skip + length, "`") == 0 ? text_copy_n(text + skip, length) : NULL;
}

/*
 * A crate of the toolchain's that is not offered, named without `extern crate`. Only these: an unknown first name of a
 * path may as well be a module that somebody forgot.
 */
static char *unlinked_crate(const cJSON *error)
{
	static const char *const crates[] = {"libc", "proc_macro"};
	const cJSON *span;

	cJSON_ArrayForEach (span, get(error, "spans")) {
		const char *label = cJSON_GetStringValue(get(span, "label"));

		for (size_t i = 0; label && strstr(label, "crate") && i < ARRAY_LENGTH(crates); i++) {
			cleanup_free char *quoted = text_format("`%s`", crates[i]);

			if (strstr(label, quoted))
				return text_copy(crates[i]);
		}
	}
	return NULL;
}

struct withheld withheld_find(const cJSON *error, const char *code, const char *message)
{
	struct withheld found = {0};
	const struct std_item *item = NULL;

	if (!code)
		item = refusing_macro(error, &found.use);
	else if (strcmp(code, "E0603") == 0)
		item = private_item(error);
	else if (strcmp(code, "E0463") == 0)
		found.name = crate_at_the_end(message, "can't find crate for `");
	else if (strcmp(code, "E0432") == 0 || strcmp(code, "E0433") == 0)
		found.name = unlinked_crate(error);
	if (item) {
		found.name = std_item_name(item);
		found.says = text_format("`%s` is not part of this exercise", found.name);
	} else if (found.name) {
		found.says = text_format("the crate `%s` is not part of this exercise", found.name);
	}
	return found;
}
