/* Archives and folders of every kind, made at test time, and a submission as text to compare with. */
#ifndef ASSAY_TESTS_SUBMISSION_FIXTURE_H
#define ASSAY_TESTS_SUBMISSION_FIXTURE_H

#include "base/file.h"
#include "base/memory.h"
#include "base/process.h"
#include "submission/submission.h"

#include <archive.h>
#include <archive_entry.h>
#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* A scratch folder that others may read, for tests that give up root. */
static inline char *scratch_make(void)
{
	struct error *err = NULL;
	char *folder = file_make_scratch("assay-test-", &err);

	ck_assert_ptr_nonnull(folder);
	ck_assert_int_eq(chmod(folder, 0755), 0);
	return folder;
}

static inline void scratch_remove(char *folder)
{
	file_remove_tree(AT_FDCWD, folder);
	free(folder);
}

static inline void scratch_write(const char *folder, const char *path, const char *bytes, size_t length)
{
	cleanup_free char *full = file_join(folder, path);
	cleanup_free char *parent = text_copy_n(full, (size_t)(strrchr(full, '/') - full));
	struct error *err = NULL;

	ck_assert_int_eq(file_make_folders(parent, &err), 0);
	ck_assert_int_eq(file_write(AT_FDCWD, full, bytes, length, 0644, &err), 0);
}

/* Runs a shell command in a folder; false where it fails, for example since a tool is not there. */
static inline bool shell(const char *folder, const char *command)
{
	cleanup_free char *line = text_format("cd '%s' && %s", folder, command);
	const char *const argv[] = {"sh", "-c", line, NULL};
	cleanup_error struct error *err = NULL;

	return process_run(argv, NULL, NULL, &err) == 0;
}

/* Leaves the test: this machine or user cannot show what it is about. */
#define SKIP(folder, why)                                                                                              \
	do {                                                                                                           \
		fprintf(stderr, "%s: skipped, %s\n", __func__, why);                                                   \
		scratch_remove(folder);                                                                                \
		return;                                                                                                \
	} while (0)

struct item {
	const char *path;
	const char *text;   /* NULL: empty */
	mode_t type;        /* 0: a regular file */
	const char *link;   /* target of a symbolic link */
	const char *second; /* a hard link: to this path */
};

typedef int archive_setup(struct archive *);

static inline struct archive *archive_start(const char *path, archive_setup *format, archive_setup *filter)
{
	struct archive *archive = archive_write_new();

	ck_assert_int_eq(format(archive), ARCHIVE_OK);
	if (filter)
		ck_assert_int_eq(filter(archive), ARCHIVE_OK);
	archive_write_set_bytes_in_last_block(archive, 1);
	ck_assert_int_eq(archive_write_open_filename(archive, path), ARCHIVE_OK);
	return archive;
}

static inline void archive_put(struct archive *archive, const struct item *item)
{
	struct archive_entry *entry = archive_entry_new();
	size_t length = item->text ? strlen(item->text) : 0;

	archive_entry_set_pathname(entry, item->path);
	archive_entry_set_filetype(entry, item->type ? item->type : AE_IFREG);
	archive_entry_set_perm(entry, 0644);
	archive_entry_set_size(entry, (la_int64_t)length);
	if (item->link)
		archive_entry_set_symlink(entry, item->link);
	if (item->second)
		archive_entry_set_hardlink(entry, item->second);
	/* a warning says that a name is not of this locale: it is written all the same */
	ck_assert_int_ge(archive_write_header(archive, entry), ARCHIVE_WARN);
	if (length)
		ck_assert_int_eq(archive_write_data(archive, item->text, length), (int)length);
	archive_entry_free(entry);
}

static inline void archive_end(struct archive *archive)
{
	ck_assert_int_eq(archive_write_close(archive), ARCHIVE_OK);
	archive_write_free(archive);
}

/* One line for each file kept, then "! path: reason" for each note; or the error without the path before it. */
static inline char *submission_text(const char *path, const struct submission_caps *caps)
{
	cleanup_submission struct submission *submission = NULL;
	cleanup_error struct error *err = NULL;
	struct buffer out = {0};

	if (submission_open(path, caps, &submission, &err) < 0) {
		ck_assert_int_eq(err->kind, ERROR_SUBMISSION);
		ck_assert_int_eq(strncmp(err->message, path, strlen(path)), 0);
		return text_format("error%s", err->message + strlen(path));
	}
	for (size_t i = 0; i < submission->file_count; i++)
		buffer_add_format(&out, "%s\n", submission->files[i].path);
	for (size_t i = 0; i < submission->refused_count; i++)
		buffer_add_format(&out, "! %s: %s\n", submission->refused[i].path, refusal_name(submission->refused[i].why));
	return buffer_steal(&out);
}

#endif
