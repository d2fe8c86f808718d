#include "exercise/skeleton.h"

#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "exercise/exercise_parts.h"
#include "exercise/skeleton_files.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

const char *const skeleton_kinds[] = {"build", "fix", "design", "explain", NULL};

/* What each skeleton is about, where the author has no title yet. */
static const struct {
	const char *kind, *title;
} titles[] = {
	{"build", "Is this line new?"},
	{"fix", "Two pieces of a job queue"},
	{"design", "A gate whose permits cannot be used twice"},
	{"explain", "Three pieces of a metrics service"},
};

struct filling {
	const char *placeholder;
	const char *text;
};

/* The folder's own name; the caller frees it. */
static char *name_of(const char *folder)
{
	size_t end = strlen(folder), begin;

	while (end > 0 && folder[end - 1] == '/')
		end--;
	for (begin = end; begin > 0 && folder[begin - 1] != '/'; begin--)
		;
	return text_copy_n(folder + begin, end - begin);
}

static char *crate_of(const char *id)
{
	char *crate = text_copy(id);

	for (char *place = crate; (place = strchr(place, '-')); place++)
		*place = '_';
	return crate;
}

static int check_names(const char *id, const char *crate, const char *title, struct error **err)
{
	cleanup_free char *shown = text_printable_copy(title);

	if (!form_id.fits(id))
		return error_set(err, ERROR_USAGE, "an exercise's folder is called as its id is, and '%s' is not %s",
				 id, form_id.says);
	if (!form_crate.fits(crate))
		return error_set(err, ERROR_USAGE,
				 "the crate would be called '%s', which Rust does not allow; choose another name",
				 crate);
	if (title[0] == '\0' || strpbrk(title, "\"\\") || strcmp(shown, title) != 0)
		return error_set(err, ERROR_USAGE, "option --title: one line of text without \" and \\");
	return 0;
}

static const struct filling *filling_at(const char *text, const struct filling *fillings, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strncmp(text, fillings[i].placeholder, strlen(fillings[i].placeholder)) == 0)
			return &fillings[i];
	return NULL;
}

/* The file's text with what is the new exercise's own in it. */
static void fill(const char *text, const struct filling *fillings, size_t count, struct buffer *out)
{
	while (*text) {
		const struct filling *filling = filling_at(text, fillings, count);

		if (filling) {
			buffer_add_text(out, filling->text);
			text += strlen(filling->placeholder);
		} else {
			buffer_add_char(out, *text++);
		}
	}
}

static int lay_file(const char *path, const struct buffer *text, struct error **err)
{
	cleanup_free char *folder = text_copy_n(path, (size_t)(strrchr(path, '/') - path));

	return file_make_folders(folder, err) < 0 ||
			       file_write(AT_FDCWD, path, buffer_text(text), text->length, 0666, err) < 0
		       ? -1
		       : 0;
}

static int lay_files(const char *folder, const char *kind, const struct filling *fillings, size_t count,
		     struct error **err)
{
	size_t length = strlen(kind);

	for (const struct skeleton_file *file = skeleton_files; file->path; file++) {
		cleanup_buffer struct buffer text = {0};
		cleanup_free char *path = NULL;

		if (strncmp(file->path, kind, length) != 0 || file->path[length] != '/')
			continue;
		path = file_join(folder, file->path + length + 1);
		fill(file->data, fillings, count, &text);
		if (lay_file(path, &text, err) < 0)
			return -1;
	}
	return 0;
}

static const char *title_of(const char *kind)
{
	for (size_t i = 0; i < ARRAY_LENGTH(titles); i++)
		if (strcmp(kind, titles[i].kind) == 0)
			return titles[i].title;
	return "";
}

int skeleton_lay(const char *folder, const char *kind, const char *title, struct error **err)
{
	cleanup_free char *id = name_of(folder), *crate = crate_of(id);
	const struct filling fillings[] = {
		{"@id@", id}, {"@crate@", crate}, {"@title@", title ? title : title_of(kind)}};

	if (check_names(id, crate, fillings[2].text, err) < 0)
		return -1;
	/* making it is the test whether it is there: nobody's work is written over */
	if (mkdir(folder, 0777) < 0)
		return errno == EEXIST
			       ? error_set(err, ERROR_USAGE,
					   "%s is already there; choose another name, or remove it first", folder)
			       : error_set_errno(err, ERROR_OTHER, "making the folder %s", folder);
	if (lay_files(folder, kind, fillings, ARRAY_LENGTH(fillings), err) == 0)
		return 0;
	file_remove_tree(AT_FDCWD, folder);
	return -1;
}
