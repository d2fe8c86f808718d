/* Any bytes as an archive: an error, or plain files within the caps. */
#include "fuzz.h"

#include "base/file.h"
#include "base/memory.h"
#include "submission/names.h"
#include "submission/submission.h"

#include <string.h>
#include <sys/mman.h>

static const struct submission_caps caps = {
	.files = 20,
	.entries = 100,
	.file_bytes = 10000,
	.total_bytes = 50000,
	.archive_bytes = 1 << 20,
	.depth = 4,
	.passed_bytes = 1 << 20,
};

static void check(const struct submission *submission)
{
	size_t total = 0;

	HOLDS(submission->file_count > 0 && submission->file_count <= caps.files);
	HOLDS(submission->refused_count <= submission->refused_total && submission->refused_total <= caps.entries);
	for (size_t i = 0; i < submission->file_count; i++) {
		const struct submission_file *file = &submission->files[i];

		HOLDS(name_check_path(file->path) == NAME_PLAIN && name_has_wanted_ending(file->path));
		HOLDS(file->length <= caps.file_bytes && file->data[file->length] == '\0');
		HOLDS(i == 0 || strcasecmp(submission->files[i - 1].path, file->path) != 0);
		HOLDS(submission_find(submission, file->path) == file);
		total += file->length;
	}
	HOLDS(total <= caps.total_bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	cleanup_fd int fd = memfd_create("archive", MFD_CLOEXEC);
	cleanup_free char *path = text_format("/proc/self/fd/%d", fd);
	cleanup_submission struct submission *submission = NULL;
	cleanup_error struct error *err = NULL;

	HOLDS(fd >= 0 && file_write_all(fd, bytes, length) == 0);
	if (submission_open(path, &caps, &submission, &err) == 0)
		check(submission);
	else
		HOLDS(err->kind == ERROR_SUBMISSION);
	return 0;
}
