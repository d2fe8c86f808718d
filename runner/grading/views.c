#include "grading/views.h"

#include "base/file.h"
#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdbool.h>
#include <string.h>

#define FILE_BYTES ((size_t)16 << 20) /* as when the digest is made */

/* Files that the manifest names, as it names them: hidden/tests.rs. Those that are compiled come first. */
struct named {
	const char **files;
	size_t compiled, count;
};

static bool has(const struct named *named, size_t count, const char *file)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(named->files[i], file) == 0)
			return true;
	return false;
}

static void add(struct named *named, const char *file)
{
	if (!has(named, named->count, file))
		*ARRAY_ADD(named->files, named->count) = file;
}

static void list_named(const struct exercise *exercise, struct named *named)
{
	for (size_t i = 0; i < exercise->group_count; i++)
		add(named, exercise->groups[i].file);
	for (size_t i = 0; i < exercise->probe_count; i++) {
		add(named, exercise->probes[i].file);
		add(named, exercise->probes[i].twin);
	}
	named->compiled = named->count;
	for (size_t i = 0; i < exercise->question_count; i++)
		add(named, exercise->questions[i].key);
}

static const char *below_hidden(const char *file)
{
	return file + strlen("hidden/");
}

/* Copies a file of the exercise into one view. */
static int lay_file(const char *path, const char *file, const char *view, struct error **err)
{
	cleanup_free char *target = file_join(view, below_hidden(file));
	cleanup_free char *parent = text_copy_n(target, (size_t)(strrchr(target, '/') - target));
	cleanup_buffer struct buffer bytes = {0};

	if (file_make_folders(parent, err) < 0 || file_read(AT_FDCWD, path, FILE_BYTES, &bytes, err) < 0)
		return -1;
	return file_write(AT_FDCWD, target, buffer_text(&bytes), bytes.length, 0644, err);
}

/* A named file goes into its own view, a helper into all. */
static int lay_in_views(const struct named *named, const char *path, const char *file, const char *folder,
			struct error **err)
{
	bool is_helper = !has(named, named->count, file);

	for (size_t i = 0; i < named->compiled; i++) {
		cleanup_free char *view = file_join(folder, below_hidden(named->files[i]));

		if ((is_helper || strcmp(named->files[i], file) == 0) && lay_file(path, file, view, err) < 0)
			return -1;
	}
	return 0;
}

/* As the exercise's digest sees the folder: hidden files and what cargo built there are no part of it. */
static bool is_left_out(const FTSENT *entry)
{
	return entry->fts_level > 0 && (entry->fts_name[0] == '.' || strcmp(entry->fts_name, "target") == 0);
}

int views_lay(const struct exercise *exercise, const char *folder, struct error **err)
{
	cleanup_free char *hidden = file_join(exercise->folder, "hidden");
	char *const paths[] = {hidden, NULL};
	FTS *tree = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	struct named named = {0};
	FTSENT *entry;
	int failed = 0;

	if (!tree)
		return error_set_errno(err, ERROR_EXERCISE, "cannot read %s", hidden);
	list_named(exercise, &named);
	while (!failed && (entry = fts_read(tree))) {
		if (entry->fts_info == FTS_D && is_left_out(entry))
			fts_set(tree, entry, FTS_SKIP);
		else if (entry->fts_info == FTS_F && !is_left_out(entry))
			failed = lay_in_views(&named, entry->fts_accpath,
					      entry->fts_path + strlen(exercise->folder) + 1, folder, err);
	}
	fts_close(tree);
	free(named.files);
	return failed;
}
