#include "grading/cache.h"

#include "base/file.h"
#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <sys/file.h>

char *cache_folder(struct error **err)
{
	const char *xdg = getenv("XDG_CACHE_HOME");
	const char *home = getenv("HOME");
	char *folder;

	if (xdg && xdg[0] == '/') {
		folder = file_join(xdg, "assay");
	} else {
		const struct passwd *person = home && home[0] == '/' ? NULL : getpwuid(getuid());

		if (person)
			home = person->pw_dir;
		if (!home || home[0] != '/') {
			error_set(err, ERROR_OTHER, "no home folder to keep a cache in: set XDG_CACHE_HOME");
			return NULL;
		}
		folder = text_format("%s/.cache/assay", home);
	}
	if (file_make_folders(folder, err) < 0) {
		error_wrap(err, "the cache (XDG_CACHE_HOME can move it)");
		free(folder);
		return NULL;
	}
	return folder;
}

/* With the lock held: nobody else builds this entry, so what an earlier crash left in its place can go. */
static int build_locked(const char *path, int (*build)(const char *, void *, struct error **), void *context,
			struct error **err)
{
	cleanup_free char *partial = text_format("%s.partial", path);

	if (file_exists(path))
		return 0;
	file_remove_tree(AT_FDCWD, partial);
	if (file_make_folders(partial, err) < 0)
		return -1;
	if (build(partial, context, err) < 0) {
		file_remove_tree(AT_FDCWD, partial);
		return -1;
	}
	if (rename(partial, path) < 0) {
		error_set_errno(err, ERROR_OTHER, "cannot put %s in place", path);
		file_remove_tree(AT_FDCWD, partial);
		return -1;
	}
	return 0;
}

char *cache_entry(const char *cache, const char *name,
		  int (*build)(const char *folder, void *context, struct error **err), void *context,
		  struct error **err)
{
	cleanup_free char *lock = text_format("%s/%s.lock", cache, name);
	cleanup_fd int fd = -1;
	char *path = file_join(cache, name);

	if (file_exists(path))
		return path;
	fd = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
	if (fd < 0) {
		error_set_errno(err, ERROR_OTHER, "cannot open %s", lock);
		free(path);
		return NULL;
	}
	while (flock(fd, LOCK_EX) < 0) {
		if (errno != EINTR) {
			error_set_errno(err, ERROR_OTHER, "cannot lock %s", lock);
			free(path);
			return NULL;
		}
	}
	if (build_locked(path, build, context, err) < 0) {
		free(path);
		return NULL;
	}
	unlink(lock);
	return path;
}
