#include "submission/intake.h"

#include "base/memory.h"
#include "base/text.h"
#include "submission/names.h"

#include <string.h>

#define REFUSED_KEPT 100
#define SHOWN_PATH 200

static char *printable_path(const char *path, size_t length)
{
	struct buffer shown = {0};

	text_printable(&shown, path, length > SHOWN_PATH ? SHOWN_PATH : length, TEXT_LINE);
	if (length > SHOWN_PATH)
		buffer_add_text(&shown, "…");
	return buffer_steal(&shown);
}

static void refuse(struct intake *intake, char *shown, enum refusal why)
{
	struct submission *submission = intake->submission;

	submission->refused_total++;
	if (submission->refused_count >= REFUSED_KEPT) {
		free(shown);
		return;
	}
	*ARRAY_ADD(submission->refused, submission->refused_count) =
		(struct submission_refused){.path = shown, .why = why};
}

void intake_refuse(struct intake *intake, const char *path, enum refusal why)
{
	refuse(intake, printable_path(path, strlen(path)), why);
}

/* Of a folder left out, only the first entry met in it makes a note. */
static void leave_out(struct intake *intake, const char *path, size_t length)
{
	cleanup_free char *shown = printable_path(path, length);

	if (path_set_add(&intake->left_out, path, length, PATH_FOLDER))
		refuse(intake, text_format("%s/", shown), REFUSED_FOLDER);
}

/* Keeps track of whether all that counts is in one folder. */
static void watch_top(struct intake *intake, const char *path, enum entry_type type)
{
	size_t length = strcspn(path, "/");

	if (path[0] == '.')
		return;
	if (path[length] == '\0' && type != ENTRY_FOLDER)
		intake->tops_differ = true;
	else if (!intake->top)
		intake->top = text_copy_n(path, length);
	else if (strlen(intake->top) != length || memcmp(intake->top, path, length) != 0)
		intake->tops_differ = true;
}

static size_t depth_of(const char *path, enum entry_type type)
{
	size_t depth = type == ENTRY_FOLDER;

	for (; *path; path++)
		depth += *path == '/';
	return depth;
}

/* Why a file is passed over for its name alone; false where it is not. */
static bool is_passed_by_name(const char *path, enum refusal *why)
{
	if (name_is_setting(path))
		*why = REFUSED_NO_EFFECT;
	else if (name_is_hidden(path) && !name_may_be_ci(path))
		*why = REFUSED_HIDDEN;
	else if (!name_has_wanted_ending(path))
		*why = REFUSED_ENDING;
	else
		return false;
	return true;
}

enum intake_answer intake_offer(struct intake *intake, const char *path, enum entry_type type, struct error **err)
{
	size_t left_out = name_left_out(path, type == ENTRY_FOLDER);
	enum refusal why;

	if (++intake->entries > intake->caps->entries)
		return (enum intake_answer)error_set(err, ERROR_SUBMISSION, "more than %zu entries",
						     intake->caps->entries);
	if (left_out) {
		leave_out(intake, path, left_out);
		return INTAKE_PASSED;
	}
	if (name_check_path(path) != NAME_PLAIN) {
		intake_refuse(intake, path, REFUSED_NAME);
		return INTAKE_PASSED;
	}
	watch_top(intake, path, type);
	if (depth_of(path, type) > intake->caps->depth) {
		cleanup_free char *shown = printable_path(path, strlen(path));

		return (enum intake_answer)error_set(err, ERROR_SUBMISSION, "%s lies more than %zu folders deep", shown,
						     intake->caps->depth);
	}
	if (type == ENTRY_FOLDER)
		return INTAKE_WANTED;
	if (type != ENTRY_FILE) {
		/* what a later entry says lies below a link would, unpacked, be written through it */
		path_set_claim(&intake->taken, path);
		intake_refuse(intake, path, type == ENTRY_LINK ? REFUSED_LINK : REFUSED_SPECIAL);
		return INTAKE_PASSED;
	}
	if (is_passed_by_name(path, &why)) {
		intake_refuse(intake, path, why);
		return INTAKE_PASSED;
	}
	if (!path_set_claim(&intake->taken, path)) {
		intake_refuse(intake, path, REFUSED_DUPLICATE);
		return INTAKE_PASSED;
	}
	if (intake->submission->file_count >= intake->caps->files)
		return (enum intake_answer)error_set(err, ERROR_SUBMISSION, "more than %zu source files",
						     intake->caps->files);
	return INTAKE_WANTED;
}

/*
 * Characters that turn the direction of the text after them: a reader sees something else than the compiler does
 * (CVE-2021-42574). They are no reason to refuse a source, but one to say so.
 */
static bool is_turn(const unsigned char *bytes)
{
	return bytes[0] == 0xe2 && ((bytes[1] == 0x80 && bytes[2] >= 0xaa && bytes[2] <= 0xae) ||
				    (bytes[1] == 0x81 && bytes[2] >= 0xa6 && bytes[2] <= 0xa9));
}

static unsigned int find_turned_line(const char *bytes, size_t length)
{
	unsigned int line = 1;

	for (size_t at = 0; at + 2 < length; at++) {
		if (is_turn((const unsigned char *)bytes + at))
			return line;
		line += bytes[at] == '\n';
	}
	return 0;
}

int intake_keep(struct intake *intake, const char *path, struct buffer *data, struct error **err)
{
	struct submission *submission = intake->submission;
	size_t length = data->length;
	unsigned int turned_line = find_turned_line(data->data, length);

	if (length > intake->caps->total_bytes - intake->total)
		return error_set(err, ERROR_SUBMISSION, "more than %zu MiB of source", intake->caps->total_bytes >> 20);
	intake->total += length;
	*ARRAY_ADD(submission->files, submission->file_count) = (struct submission_file){
		.path = text_copy(path), .data = buffer_steal(data), .length = length, .turned_line = turned_line};
	return 0;
}

static void drop_prefix(char *path, const char *top, size_t length)
{
	if (strncmp(path, top, length) == 0 && path[length] == '/')
		memmove(path, path + length + 1, strlen(path + length + 1) + 1);
}

static void drop_file(struct intake *intake, struct submission_file *file, enum refusal why)
{
	struct submission *submission = intake->submission;

	intake_refuse(intake, file->path, why);
	free(file->path);
	free(file->data);
	*file = submission->files[--submission->file_count];
}

/* What tells of another project than the one in the wrapper. */
static void drop_hidden_beside(struct intake *intake)
{
	for (size_t i = intake->submission->file_count; i-- > 0;)
		if (intake->submission->files[i].path[0] == '.')
			drop_file(intake, &intake->submission->files[i], REFUSED_HIDDEN);
}

/* "project/src/lib.rs" becomes "src/lib.rs" where all is in project/. A crate's own src/ is no wrapper. */
static void enter_wrapper(struct intake *intake)
{
	struct submission *submission = intake->submission;
	size_t length;

	if (!intake->top || intake->tops_differ || strcmp(intake->top, "src") == 0)
		return;
	length = strlen(intake->top);
	drop_hidden_beside(intake);
	for (size_t i = 0; i < submission->file_count; i++)
		drop_prefix(submission->files[i].path, intake->top, length);
	for (size_t i = 0; i < submission->refused_count; i++)
		drop_prefix(submission->refused[i].path, intake->top, length);
}

/* The package's build script; src/build.rs is a module like any other. */
static void drop_build_script(struct intake *intake)
{
	struct submission *submission = intake->submission;

	for (size_t i = 0; i < submission->file_count; i++) {
		struct submission_file *file = &submission->files[i];

		if (strcmp(file->path, "build.rs") != 0)
			continue;
		drop_file(intake, file, REFUSED_NO_EFFECT);
		return;
	}
}

static int compare_files(const void *a, const void *b)
{
	return strcmp(((const struct submission_file *)a)->path, ((const struct submission_file *)b)->path);
}

static int check_source(const struct intake *intake, struct error **err)
{
	const struct submission *submission = intake->submission;

	for (size_t i = 0; i < submission->file_count; i++)
		if (name_is_source(submission->files[i].path))
			return 0;
	if (submission->refused_total == 0)
		return error_set(err, ERROR_SUBMISSION, "holds no Rust source and no answers.yaml");
	return error_set(
		err, ERROR_SUBMISSION, "holds no Rust source and no answers.yaml; %zu passed over, the first: %s (%s)",
		submission->refused_total, submission->refused[0].path, refusal_says(submission->refused[0].why));
}

int intake_finish(struct intake *intake, struct error **err)
{
	struct submission *submission = intake->submission;

	enter_wrapper(intake);
	drop_build_script(intake);
	if (check_source(intake, err) < 0)
		return -1;
	qsort(submission->files, submission->file_count, sizeof *submission->files, compare_files);
	return 0;
}

void intake_release(struct intake *intake)
{
	path_set_release(&intake->taken);
	path_set_release(&intake->left_out);
	free(intake->top);
	intake->top = NULL;
}
