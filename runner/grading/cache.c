#include "grading/cache.h"

#include "base/file.h"
#include "base/memory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>

#define KEPT_SECONDS (30 * 24 * 60 * 60) /* after the last use */

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

/* ---- what nobody uses any more ------------------------------------------------------- */

/* An entry, its lock, or what a crash left of it: KIND-DIGEST and an ending. */
static bool is_ours(const char *name)
{
	static const char *const endings[] = {"", ".lock", ".partial", ".stale"};
	const char *digest = strchr(name, '-');
	size_t length = digest ? strspn(digest + 1, "0123456789abcdef") : 0;

	for (size_t i = 0; length == CACHE_DIGEST_DIGITS && i < ARRAY_LENGTH(endings); i++)
		if (strcmp(digest + 1 + length, endings[i]) == 0)
			return true;
	return false;
}

static bool is_stale(int cache, const char *name)
{
	struct stat status;

	return fstatat(cache, name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
	       status.st_mtim.tv_sec < time(NULL) - KEPT_SECONDS;
}

/* Out of its place first: whoever looks for it then makes it anew, and whoever used it just before gets it back. */
static void drop(int cache, const char *name)
{
	cleanup_free char *gone = text_format("%s.stale", name);

	if (strstr(name, ".stale"))
		file_remove_tree(cache, name);
	else if (renameat(cache, name, cache, gone) < 0)
		return;
	else if (is_stale(cache, gone))
		file_remove_tree(cache, gone);
	else
		renameat(cache, gone, cache, name);
}

static void sweep(const char *cache)
{
	DIR *list = opendir(cache);
	struct dirent *entry;

	while (list && (entry = readdir(list)))
		if (is_ours(entry->d_name) && is_stale(dirfd(list), entry->d_name))
			drop(dirfd(list), entry->d_name);
	if (list)
		closedir(list);
}

/* ---- entries --------------------------------------------------------------------------- */

/* Whether it is there; then it is as new for the sweep. A cache that cannot be written to is used all the same. */
static bool use(const char *path)
{
	return utimensat(AT_FDCWD, path, NULL, 0) == 0 || file_exists(path);
}

/* With the lock held: nobody else builds this entry, so what an earlier crash left in its place can go. */
static int build_locked(const char *path, int (*build)(const char *, void *, struct error **), void *context,
			struct error **err)
{
	cleanup_free char *partial = text_format("%s.partial", path);

	if (use(path))
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

	if (use(path))
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
	sweep(cache);
	return path;
}
