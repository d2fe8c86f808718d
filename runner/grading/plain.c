#include "grading/plain.h"

#include "base/buffer.h"
#include "base/file.h"
#include "base/memory.h"
#include "rust/pins.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <string.h>

#define HIDDEN_LIMIT (16u << 20) /* bytes of one hidden file */
#define DEEPEST_MODULE 16	 /* `mod a;` in `mod b;` in … */

static const char hidden[] = "hidden/";

bool plain_is(const struct exercise *exercise, const char *file)
{
	for (size_t i = 0; i < exercise->group_count; i++)
		if (exercise->groups[i].style == STYLE_PLAIN && strcmp(exercise->groups[i].file, file) == 0)
			return true;
	return false;
}

/* ---- the copy ------------------------------------------------------------------ */

static int copy_entry(const FTSENT *entry, const char *target, struct error **err)
{
	cleanup_buffer struct buffer bytes = {0};

	if (entry->fts_info == FTS_D)
		return file_make_folders(target, err);
	if (entry->fts_info != FTS_F)
		return 0; /* exercise_load has refused what is neither file nor folder, but for hidden ones */
	if (file_read(AT_FDCWD, entry->fts_accpath, HIDDEN_LIMIT, &bytes, err) < 0)
		return -1;
	return file_write(AT_FDCWD, target, buffer_text(&bytes), bytes.length, 0644, err);
}

static int copy_tree(const char *from, const char *to, struct error **err)
{
	char *const paths[] = {(char *)(uintptr_t)from, NULL};
	FTS *tree = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	FTSENT *entry;
	int failed = 0;

	if (!tree)
		return error_set_errno(err, ERROR_EXERCISE, "cannot read %s", from);
	while (!failed && (entry = fts_read(tree))) {
		cleanup_free char *target = text_format("%s%s", to, entry->fts_path + strlen(from));

		failed = copy_entry(entry, target, err);
	}
	fts_close(tree);
	return failed;
}

/* With its slash; "" for a file that lies in none. */
static char *folder_of(const char *file)
{
	const char *slash = strrchr(file, '/');

	return text_copy_n(file, slash ? (size_t)(slash + 1 - file) : 0);
}

/* Where the files are read and written, and how they are understood. */
struct laying {
	const char *from, *to, *edition;
};

static int pin_file(const struct laying *laying, const char *file, const char *inner_folder, unsigned int depth,
		    struct error **err);

/* A file that #[path] names, seen from the folder of the file that says so; its modules lie beside it. */
static int pin_named_file(const struct laying *laying, const char *folder, const char *named, unsigned int depth,
			  struct error **err)
{
	cleanup_free char *file = text_format("%s%s", folder, named), *path = file_join(laying->to, file);
	cleanup_free char *inner = folder_of(file);

	if (*named == '/' || strstr(named, ".."))
		return error_set(err, ERROR_EXERCISE, "%s/%s: #[path = \"%s\"] may lead out of the hidden folder",
				 laying->from, folder, named);
	return file_exists(path) ? pin_file(laying, file, inner, depth, err) : 0;
}

/* `mod name;` in a file whose modules lie in `folder`. */
static int pin_module_file(const struct laying *laying, const char *folder, const char *name, unsigned int depth,
			   struct error **err)
{
	cleanup_free char *inner = text_format("%s%s/", folder, name);
	cleanup_free char *beside = text_format("%s%s.rs", folder, name);
	cleanup_free char *below = text_format("%smod.rs", inner);
	const char *const candidates[] = {beside, below};

	for (size_t i = 0; i < ARRAY_LENGTH(candidates); i++) {
		cleanup_free char *path = file_join(laying->to, candidates[i]);

		if (file_exists(path) && pin_file(laying, candidates[i], inner, depth, err) < 0)
			return -1;
	}
	return 0;
}

static int pin_file(const struct laying *laying, const char *file, const char *inner_folder, unsigned int depth,
		    struct error **err)
{
	cleanup_free char *from = file_join(laying->from, file), *to = file_join(laying->to, file);
	cleanup_free char *own_folder = folder_of(file);
	cleanup_buffer struct buffer source = {0}, pinned = {0};
	struct string_list modules = {0};
	int failed;

	if (depth > DEEPEST_MODULE)
		return error_set(err, ERROR_EXERCISE, "%s: its modules are nested too deeply", from);
	failed = file_read(AT_FDCWD, from, HIDDEN_LIMIT, &source, err);
	if (!failed) {
		pins_insert(buffer_text(&source), source.length, laying->edition, &pinned, &modules);
		failed = file_write(AT_FDCWD, to, buffer_text(&pinned), pinned.length, 0644, err);
	}
	for (size_t i = 0; !failed && i < modules.count; i++)
		failed = strchr(modules.items[i], '.')
				 ? pin_named_file(laying, own_folder, modules.items[i], depth + 1, err)
				 : pin_module_file(laying, inner_folder, modules.items[i], depth + 1, err);
	string_list_free(&modules);
	return failed;
}

int plain_lay(const struct exercise *exercise, const char *folder, struct error **err)
{
	cleanup_free char *from = file_join(exercise->folder, "hidden");
	const struct laying laying = {.from = from, .to = folder, .edition = exercise->edition};
	bool copied = false;

	for (size_t i = 0; i < exercise->group_count; i++) {
		const char *file = exercise->groups[i].file + strlen(hidden);
		cleanup_free char *inner = folder_of(file);

		if (exercise->groups[i].style != STYLE_PLAIN)
			continue;
		if (!copied && copy_tree(from, folder, err) < 0)
			return -1;
		copied = true;
		if (pin_file(&laying, file, inner, 0, err) < 0)
			return -1;
	}
	return 0;
}

/* ---- what its tests are called ---------------------------------------------------- */

static const char *function_of(const char *path)
{
	const char *at = path;

	for (const char *next; (next = strstr(at, "::")); at = next + 2)
		continue;
	return at;
}

static bool is_only_one(const struct transcript *listed, const char *function)
{
	size_t count = 0;

	for (size_t i = 0; i < listed->count; i++)
		count += strcmp(function_of(listed->items[i].label), function) == 0;
	return count == 1;
}

static char *name_of(const struct transcript *listed, const char *path)
{
	struct buffer name = {0};

	if (is_only_one(listed, function_of(path)))
		return text_copy(function_of(path));
	for (const char *at = path, *next; *at; at = *next ? next + 2 : next) {
		next = strstr(at, "::");
		if (!next)
			next = at + strlen(at);
		buffer_add_format(&name, "%s%.*s", at == path ? "" : "__", (int)(next - at), at);
	}
	return buffer_steal(&name);
}

/* The line before the one that begins at `line`, without its indent; NULL before the first. */
static const char *line_before(const char *text, const char *line, size_t *length)
{
	const char *start = line;

	if (line == text)
		return NULL;
	for (start--; start > text && start[-1] != '\n'; start--)
		continue;
	*length = (size_t)(line - 1 - start);
	while (*length > 0 && (*start == ' ' || *start == '\t')) {
		start++;
		--*length;
	}
	return start;
}

/* Documentation and attributes of one line each stand above a function; the documentation, joined to one line. */
static char *documentation_above(const char *text, unsigned long number)
{
	const char *line = text;
	char *says = text_copy("");
	size_t length;

	for (; number > 1 && line; number--)
		line = (line = strchr(line, '\n')) ? line + 1 : NULL;
	while (line && (line = line_before(text, line, &length)) && length >= 2) {
		char *joined;

		if (strncmp(line, "///", 3) == 0) {
			const char *words = line + 3;
			size_t size = length - 3;

			for (; size > 0 && *words == ' '; size--)
				words++;
			joined = text_format("%.*s%s%s", (int)size, words, *says ? " " : "", says);
			free(says);
			says = joined;
		} else if (strncmp(line, "#[", 2) != 0) {
			break;
		}
		while (line > text && line[-1] != '\n')
			line--;
	}
	return says;
}

/* `place` is "LINE:FILE", the file below hidden/. */
static int says_of(const struct exercise *exercise, const char *place, char **says, struct error **err)
{
	const char *colon = strchr(place, ':');
	cleanup_free char *path = text_format("%s/%s%s", exercise->folder, hidden, colon ? colon + 1 : "");
	cleanup_buffer struct buffer text = {0};

	if (file_read(AT_FDCWD, path, HIDDEN_LIMIT, &text, err) < 0)
		return -1;
	*says = documentation_above(buffer_text(&text), strtoul(place, NULL, 10));
	return 0;
}

int plain_describe(const struct exercise *exercise, const char *file, struct transcript *listed, struct error **err)
{
	cleanup_free char **names = memory_new(listed->count, sizeof *names);

	/* all of them before the first is changed: whether a name is the only one shows in the paths */
	for (size_t i = 0; i < listed->count; i++)
		names[i] = name_of(listed, listed->items[i].label);
	for (size_t i = 0; i < listed->count; i++) {
		free(listed->items[i].label);
		listed->items[i].label = names[i];
	}
	for (size_t i = 0; i < listed->count; i++) {
		struct record *record = &listed->items[i];
		char *says = NULL;

		if (record->kind != RECORD_LISTED)
			continue;
		for (size_t j = 0; j < i; j++)
			if (strcmp(record->label, listed->items[j].label) == 0)
				return error_set(err, ERROR_EXERCISE, "%s/%s: two of its tests are called \"%s\"",
						 exercise->folder, file, record->label);
		if (says_of(exercise, record->value, &says, err) < 0)
			return -1;
		free(record->value);
		record->value = says;
	}
	return 0;
}
