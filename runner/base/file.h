/*
 * Files and folders of ours: whole files in and out, scratch folders, removal.
 *
 * Nothing here is meant for a tree that a stranger wrote: those are read by
 * submission/, which follows no link. file_remove_tree is the exception, since
 * scratch folders hold such trees: it follows nothing either.
 *
 * Every descriptor is O_CLOEXEC from birth. Paths may be relative to a folder's
 * descriptor (AT_FDCWD for the current folder). Errors name the path.
 */
#ifndef ASSAY_BASE_FILE_H
#define ASSAY_BASE_FILE_H

#include "base/buffer.h"
#include "base/error.h"

#include <stdbool.h>
#include <sys/types.h>
#include <unistd.h>

/* Appends the file's bytes; more than `limit` bytes is an error. */
int file_read(int folder, const char *path, size_t limit, struct buffer *out, struct error **err);
/* Appends what is left to read of a descriptor; more than `limit` bytes is an error (ERROR_OTHER, errno EFBIG). */
int file_read_all(int fd, size_t limit, struct buffer *out, struct error **err);
int file_write(int folder, const char *path, const void *bytes, size_t length, mode_t mode, struct error **err);
/*
 * Writes beside the path, then renames over it: readers see the old file or the new one, whole. What is there and is
 * no regular file (/dev/fd/3, a pipe, a link) is not replaced but written to.
 */
int file_write_atomic(const char *path, const void *bytes, size_t length, struct error **err);
/* Writes all bytes to a descriptor, EINTR and short writes seen to. Returns 0, or -1 with errno. */
int file_write_all(int fd, const void *bytes, size_t length);

/* Makes the folder and those above it, as `mkdir -p`. */
int file_make_folders(const char *path, struct error **err);
bool file_exists(const char *path);
bool file_is_folder(const char *path);
/* "a/b"; the caller frees it. */
char *file_join(const char *folder, const char *name);

/*
 * A new folder, mode 0700, under $TMPDIR or /tmp, its name beginning with
 * `prefix`. Returns the path, which the caller frees, or NULL.
 */
char *file_make_scratch(const char *prefix, struct error **err);
/* Removes a file or a whole tree; what is not there is no error, and what cannot be removed is left. Returns 0 or -1.
 */
int file_remove_tree(int folder, const char *path);

static inline void fd_cleanup(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}
/* Closes at the end of the scope; start from -1. */
#define cleanup_fd __attribute__((cleanup(fd_cleanup)))

static inline int fd_steal(int *fd)
{
	int held = *fd;

	*fd = -1;
	return held;
}

#endif
