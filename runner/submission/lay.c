/* Writes a submission out: the only place where its names meet a disk, and by then they are plain. */
#include "submission/submission.h"

#include "base/file.h"
#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

/* Modes are set apart from the making, whatever the umask: the box reads as another user. */
static int make_folder(int folder, const char *path, struct error **err)
{
	if (mkdirat(folder, path, 0755) == 0 ? fchmodat(folder, path, 0755, 0) == 0 : errno == EEXIST)
		return 0;
	return error_set_errno(err, ERROR_OTHER, "cannot make the folder %s", path);
}

static int make_folders_above(int folder, const char *path, struct error **err)
{
	cleanup_free char *partial = text_copy(path);

	for (char *slash = strchr(partial, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (make_folder(folder, partial, err) < 0)
			return -1;
		*slash = '/';
	}
	return 0;
}

int submission_lay(const struct submission *submission, const char *folder, struct error **err)
{
	cleanup_fd int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return error_set_errno(err, ERROR_OTHER, "cannot open %s", folder);
	for (size_t i = 0; i < submission->file_count; i++) {
		const struct submission_file *file = &submission->files[i];

		if (make_folders_above(fd, file->path, err) < 0 ||
		    file_write(fd, file->path, file->data, file->length, 0644, err) < 0)
			return error_wrap(err, "writing the submission to %s", folder);
		if (fchmodat(fd, file->path, 0644, 0) < 0)
			return error_set_errno(err, ERROR_OTHER, "cannot open %s/%s to readers", folder, file->path);
	}
	return 0;
}
