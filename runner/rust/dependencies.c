#include "rust/dependencies.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "base/text.h"

#include <string.h>

#define INSIDE "/submission/" /* where a box shows it */

/* Takes the last part off, unless nothing or only ".." is left. */
static bool drop_part(char *path, size_t *length, size_t fixed)
{
	if (*length <= fixed)
		return false;
	(*length)--; /* the slash at its end */
	while (*length > fixed && path[*length - 1] != '/')
		(*length)--;
	return true;
}

/* In place: `src/../README.md` becomes `README.md`. What climbs above the top keeps its "..". */
static void normalise(char *path)
{
	const bool absolute = path[0] == '/';
	size_t length = absolute, fixed = length;

	for (const char *at = path + length; *at;) {
		size_t part = strcspn(at, "/");
		bool slash = at[part] == '/', up = part == 2 && memcmp(at, "..", 2) == 0;
		const char *next = at + part + slash;

		if (up && (drop_part(path, &length, fixed) || absolute)) {
			at = next;
			continue;
		}
		if (part > 0 && !(part == 1 && *at == '.')) {
			memmove(path + length, at, part + slash);
			length += part + slash;
			fixed = up ? length : fixed;
		}
		at = next;
	}
	path[length] = '\0';
}

static void add_file(const char *name, size_t length, struct string_list *files)
{
	cleanup_buffer struct buffer unescaped = {0};
	cleanup_free char *path = NULL;
	const char *relative;

	/* make's escapes of blanks */
	for (size_t i = 0; i < length; i++)
		if (name[i] != '\\' || i + 1 == length || name[i + 1] != ' ')
			buffer_add_char(&unescaped, name[i]);
	path = text_copy(buffer_text(&unescaped));
	normalise(path);
	relative = strncmp(path, INSIDE, strlen(INSIDE)) == 0 ? path + strlen(INSIDE) : path;
	if (*relative && string_list_find(files, relative) < 0)
		*ARRAY_ADD(files->items, files->count) = text_copy(relative);
}

void dependencies_parse(const char *text, struct string_list *files)
{
	while (*text) {
		size_t length = strcspn(text, "\n");

		if (length > 1 && text[length - 1] == ':' && text[0] != '#')
			add_file(text, length - 1, files);
		text += length + (text[length] == '\n');
	}
}
