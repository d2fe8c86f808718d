#include "submission/submission.h"

#include "base/digest.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "submission/intake.h"
#include "submission/names.h"

#include <assert.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

const struct submission_caps submission_default_caps = {
	.files = 1000,
	.entries = 20000,
	.file_bytes = (size_t)1 << 20,
	.total_bytes = (size_t)16 << 20,
	.archive_bytes = (size_t)64 << 20,
	.depth = 12,
	.passed_bytes = (size_t)256 << 20,
};

static const struct {
	const char *name, *says;
} refusals[] = {
	[REFUSED_LINK] = {"link", "symbolic or hard link; only regular files are taken"},
	[REFUSED_SPECIAL] = {"special", "device, FIFO or socket; only regular files are taken"},
	[REFUSED_NAME] = {"name", "not a plain relative name (letters, digits, \".\", \"_\", \"-\")"},
	[REFUSED_ENDING] = {"ending", "not a kind of file that is taken (.rs .toml .md .txt .yaml .yml .lock)"},
	[REFUSED_DUPLICATE] = {"duplicate",
			       "the same path came before, or one that differs by case only or is a file above it"},
	[REFUSED_FOLDER] = {"folder", "a folder of build products, version control or settings; left out"},
	[REFUSED_CHANGED] = {"changed", "changed while it was read, or cannot be read"},
	[REFUSED_TOO_LARGE] = {"too-large", "larger than one source file may be"},
	[REFUSED_HIDDEN] = {"hidden", "hidden file; left out"},
	[REFUSED_NO_EFFECT] = {"no-effect", "has no effect here: no cargo, rustup, rustfmt or clippy setting is read"},
};
static_assert(ARRAY_LENGTH(refusals) == REFUSED_NO_EFFECT + 1, "a row for each refusal");

const char *refusal_name(enum refusal why)
{
	return refusals[why].name;
}

const char *refusal_says(enum refusal why)
{
	return refusals[why].says;
}

static void make_digest(struct submission *submission)
{
	struct digest digest;

	digest_init(&digest);
	for (size_t i = 0; i < submission->file_count; i++) {
		digest_add_text(&digest, submission->files[i].path);
		digest_add(&digest, submission->files[i].data, submission->files[i].length);
	}
	digest_finish(&digest, submission->digest);
}

/* The last part of what the grader gave; of "." and "..", that of the folder meant. */
static char *last_part(const char *path)
{
	cleanup_free char *full = NULL;
	size_t end = strlen(path), start;

	while (end > 1 && path[end - 1] == '/')
		end--;
	for (start = end; start > 0 && path[start - 1] != '/'; start--)
		;
	if (end - start <= 2 && strncmp(path + start, "..", end - start) == 0 && (full = realpath(path, NULL)))
		return text_printable_copy(name_last(full));
	full = text_copy_n(path + start, end - start);
	return text_printable_copy(full);
}

static bool is_rust_file(const char *path)
{
	size_t length = strlen(path);

	return length > 3 && strcmp(path + length - 3, ".rs") == 0;
}

/* One file alone is the whole crate. */
static int take_rust_file(struct intake *intake, int fd, struct error **err)
{
	cleanup_buffer struct buffer data = {0};
	cleanup_error struct error *failure = NULL;

	if (file_read_all(fd, intake->caps->file_bytes, &data, &failure) < 0)
		return error_set(err, ERROR_SUBMISSION, "%s", failure->message);
	return intake_keep(intake, "src/lib.rs", &data, err);
}

static int take_in(struct intake *intake, const char *path, struct error **err)
{
	/* the path is the grader's own, so a link in it is followed; a FIFO must not hold us all the same */
	cleanup_fd int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	struct stat status;
	int taken;

	if (fd < 0 || fstat(fd, &status) < 0)
		return error_set_errno(err, ERROR_SUBMISSION, "cannot be opened");
	if (S_ISDIR(status.st_mode))
		taken = intake_folder(intake, fd, err);
	else if (!S_ISREG(status.st_mode))
		taken = error_set(err, ERROR_SUBMISSION, "is neither a folder nor a file");
	else if (is_rust_file(path))
		taken = take_rust_file(intake, fd, err);
	else
		taken = intake_archive(intake, fd, err);
	return taken < 0 ? -1 : intake_finish(intake, err);
}

int submission_open(const char *path, const struct submission_caps *caps, struct submission **submission,
		    struct error **err)
{
	cleanup_submission struct submission *taken = memory_new(1, sizeof *taken);
	cleanup_intake struct intake intake = {.caps = caps, .submission = taken};

	taken->name = last_part(path);
	if (take_in(&intake, path, err) < 0) {
		cleanup_free char *shown = text_printable_copy(path);

		return error_wrap(err, "%s", shown);
	}
	make_digest(taken);
	*submission = STEAL(taken);
	return 0;
}

static void free_file(struct submission_file *file)
{
	free(file->path);
	free(file->data);
}

void submission_close(struct submission *submission)
{
	if (!submission)
		return;
	for (size_t i = 0; i < submission->file_count; i++)
		free_file(&submission->files[i]);
	for (size_t i = 0; i < submission->refused_count; i++)
		free(submission->refused[i].path);
	free(submission->files);
	free(submission->refused);
	free(submission->name);
	free(submission);
}

static int compare_path(const void *path, const void *file)
{
	return strcmp(path, ((const struct submission_file *)file)->path);
}

static int compare_files(const void *a, const void *b)
{
	return compare_path(((const struct submission_file *)a)->path, b);
}

const struct submission_file *submission_find(const struct submission *submission, const char *path)
{
	return submission->file_count ? bsearch(path, submission->files, submission->file_count,
						sizeof *submission->files, compare_path)
				      : NULL;
}

void submission_overlay(struct submission *base, const struct submission *over)
{
	size_t sorted = base->file_count;

	for (size_t i = 0; i < over->file_count; i++) {
		const struct submission_file *file = &over->files[i];
		struct submission_file *place =
			bsearch(file->path, base->files, sorted, sizeof *base->files, compare_path);

		if (place)
			free_file(place);
		else
			place = ARRAY_ADD(base->files, base->file_count);
		place->path = text_copy(file->path);
		place->data = text_copy_n(file->data, file->length);
		place->length = file->length;
		place->turned_line = file->turned_line;
	}
	qsort(base->files, base->file_count, sizeof *base->files, compare_files);
	make_digest(base);
}
