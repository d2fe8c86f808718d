#include "base/file.h"

#include "base/memory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

int file_read_all(int fd, size_t limit, struct buffer *out, struct error **err)
{
	char chunk[65536];
	size_t start = out->length;

	for (;;) {
		ssize_t got = read(fd, chunk, sizeof chunk);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return error_set_errno(err, ERROR_OTHER, "reading");
		if (got == 0)
			return 0;
		if ((size_t)got > limit - (out->length - start)) {
			errno = EFBIG;
			return error_set(err, ERROR_OTHER, "larger than the %zu bytes allowed", limit);
		}
		buffer_add(out, chunk, (size_t)got);
	}
}

int file_read(int folder, const char *path, size_t limit, struct buffer *out, struct error **err)
{
	cleanup_fd int fd = openat(folder, path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

	if (fd < 0)
		return error_set_errno(err, ERROR_OTHER, "cannot open %s", path);
	if (file_read_all(fd, limit, out, err) < 0)
		return error_wrap(err, "%s", path);
	return 0;
}

int file_write_all(int fd, const void *bytes, size_t length)
{
	const char *at = bytes;

	while (length > 0) {
		ssize_t wrote = write(fd, at, length);

		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote < 0)
			return -1;
		at += wrote;
		length -= (size_t)wrote;
	}
	return 0;
}

int file_write(int folder, const char *path, const void *bytes, size_t length, mode_t mode, struct error **err)
{
	cleanup_fd int fd = openat(folder, path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);

	if (fd < 0)
		return error_set_errno(err, ERROR_OTHER, "cannot create %s", path);
	if (file_write_all(fd, bytes, length) < 0)
		return error_set_errno(err, ERROR_OTHER, "cannot write %s", path);
	/* a full disk may show only now */
	if (close(fd_steal(&fd)) < 0)
		return error_set_errno(err, ERROR_OTHER, "cannot write %s", path);
	return 0;
}

int file_write_atomic(const char *path, const void *bytes, size_t length, struct error **err)
{
	cleanup_free char *temporary = text_format("%s.%d.tmp", path, (int)gettid());
	struct stat status;

	if (lstat(path, &status) == 0 && !S_ISREG(status.st_mode))
		return file_write(AT_FDCWD, path, bytes, length, 0644, err);
	if (file_write(AT_FDCWD, temporary, bytes, length, 0644, err) < 0) {
		unlink(temporary);
		return -1;
	}
	if (rename(temporary, path) < 0) {
		error_set_errno(err, ERROR_OTHER, "cannot put %s in place", path);
		unlink(temporary);
		return -1;
	}
	return 0;
}

int file_make_folders(const char *path, struct error **err)
{
	cleanup_free char *partial = text_copy(path);

	for (char *slash = partial + 1; *partial && *slash; slash++) {
		if (*slash != '/')
			continue;
		*slash = '\0';
		if (mkdir(partial, 0755) < 0 && errno != EEXIST)
			return error_set_errno(err, ERROR_OTHER, "cannot make the folder %s", partial);
		*slash = '/';
	}
	if (mkdir(path, 0755) < 0 && !(errno == EEXIST && file_is_folder(path)))
		return error_set_errno(err, ERROR_OTHER, "cannot make the folder %s", path);
	return 0;
}

bool file_exists(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0;
}

bool file_is_folder(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

char *file_join(const char *folder, const char *name)
{
	size_t length = strlen(folder);
	const char *between = length > 0 && folder[length - 1] == '/' ? "" : "/";

	return text_format("%s%s%s", folder, between, name);
}

char *file_make_scratch(const char *prefix, struct error **err)
{
	const char *temporary = getenv("TMPDIR");
	char *path = text_format("%s/%sXXXXXX", temporary && *temporary ? temporary : "/tmp", prefix);

	if (!mkdtemp(path)) {
		error_set_errno(err, ERROR_OTHER,
				"cannot make a scratch folder %s (set TMPDIR to a folder that can be written)", path);
		free(path);
		return NULL;
	}
	return path;
}

static int remove_contents(int fd)
{
	DIR *entries = fdopendir(fd);
	struct dirent *entry;
	int failed = 0;

	if (!entries) {
		close(fd);
		return -1;
	}
	while ((entry = readdir(entries))) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		if (file_remove_tree(dirfd(entries), entry->d_name) < 0)
			failed = -1;
	}
	closedir(entries);
	return failed;
}

int file_remove_tree(int folder, const char *path)
{
	int fd;

	if (unlinkat(folder, path, 0) == 0 || errno == ENOENT)
		return 0;
	if (errno != EISDIR && errno != EPERM)
		return -1;
	fd = openat(folder, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0 || remove_contents(fd) < 0)
		return -1;
	return unlinkat(folder, path, AT_REMOVEDIR);
}
