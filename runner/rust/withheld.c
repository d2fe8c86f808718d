#include "rust/withheld.h"

#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "rust/std_items.h"

#include <ctype.h>
#include <fcntl.h>
#include <string.h>

#define SOURCE_LIMIT (4u << 20)		  /* bytes of a submission's file */
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

/* Takes `name` over. */
static void say(struct diagnostic *diagnostic, const char *what, char *name)
{
	char *message = text_format("%s`%s` is not part of this exercise", what, name);
	char *rendered = text_format("%s\n%s", message, diagnostic->rendered ? diagnostic->rendered : "");

	free(diagnostic->message);
	free(diagnostic->rendered);
	diagnostic->message = message;
	diagnostic->rendered = rendered;
	diagnostic->withheld = name;
}

void withheld_mark(const cJSON *error, struct diagnostic *diagnostic)
{
	const char *code = diagnostic->code;
	const struct std_item *item = NULL;
	char *name = NULL;

	if (!code)
		return;
	if (strcmp(code, "E0603") == 0)
		item = private_item(error);
	else if (strcmp(code, "E0463") == 0)
		name = crate_at_the_end(diagnostic->message, "can't find crate for `");
	else if (strcmp(code, "E0432") == 0 || strcmp(code, "E0433") == 0)
		name = unlinked_crate(error);
	if (item)
		say(diagnostic, "", std_item_name(item));
	else if (name)
		say(diagnostic, "the crate ", name);
}

/* ---- names that a glob would have brought ----------------------------------- */

/* The only name in backticks of "cannot find function `stdin` in this scope"; NULL where there are more, or none. */
static char *lonely_name(const char *message)
{
	const char *name = strchr(message, '`');
	size_t length = name ? strcspn(name + 1, "`") : 0;

	if (!name || name[1 + length] != '`' || strchr(name + 1 + length + 1, '`'))
		return NULL;
	return text_copy_n(name + 1, length);
}

/* True where the text holds `words` as whole tokens at their beginning. */
static bool holds(const char *text, const char *words)
{
	for (const char *at = strstr(text, words); at; at = strstr(at + 1, words))
		if (at == text || !(isalnum((unsigned char)at[-1]) || at[-1] == '_'))
			return true;
	return false;
}

/* The withheld item called `name` in a module of std that the source globs. */
static const struct std_item *globbed_item(const char *source, const char *name)
{
	for (size_t i = 0; i < std_item_count; i++) {
		const struct std_item *item = &std_items[i];
		const char *colons = strstr(item->path, "::");
		cleanup_free char *glob =
			text_format("%.*s::*", colons ? (int)(colons - item->path) : 3, colons ? item->path : "std");

		if (item->standing != STD_OFFERED && strcmp(colons ? colons + 2 : item->path, name) == 0 &&
		    holds(source, glob))
			return item;
	}
	return NULL;
}

static const struct std_item *item_by_glob(const char *folder, const struct diagnostic *error)
{
	static const char *const not_found[] = {"E0405", "E0412", "E0422", "E0423", "E0425", "E0432", "E0433", "E0531"};
	cleanup_buffer struct buffer source = {0};
	cleanup_error struct error *unread = NULL;
	cleanup_free char *name = NULL, *path = NULL;
	bool asked = false;

	for (size_t i = 0; i < ARRAY_LENGTH(not_found); i++)
		asked |= error->is_error && error->code && strcmp(error->code, not_found[i]) == 0;
	/* a submission's own file only: what it names by #[path] may be anything */
	if (!asked || error->withheld || !error->place.file || error->place.file[0] == '/' ||
	    strstr(error->place.file, ".."))
		return NULL;
	name = lonely_name(error->message);
	path = file_join(folder, error->place.file);
	if (!name || file_read(AT_FDCWD, path, SOURCE_LIMIT, &source, &unread) < 0)
		return NULL;
	return globbed_item(buffer_text(&source), name);
}

void withheld_look_at_globs(const char *folder, struct diagnostics *diagnostics)
{
	for (size_t i = 0; i < diagnostics->count; i++) {
		struct diagnostic *error = &diagnostics->items[i];
		const struct std_item *item = item_by_glob(folder, error);

		if (item)
			say(error, "", std_item_name(item));
	}
}
