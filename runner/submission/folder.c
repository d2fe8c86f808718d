/*
 * A folder that a stranger filled, and may still be writing to.
 *
 * Each name is opened relative to the descriptor of the folder that listed it,
 * one part at a time and O_NOFOLLOW, so no path is ever resolved twice and no
 * link is ever followed: openat2's RESOLVE_BENEATH would add nothing, and old
 * kernels and strict sandboxes lack it. Names are classified before they are
 * opened, since opening a device may have effects, and again on the descriptor,
 * since they may have been exchanged between; O_NONBLOCK keeps a FIFO put there in time from holding us.
 */
#include "submission/intake.h"

#include "base/file.h"
#include "base/memory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#define OPEN_FLAGS (O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)

struct walk {
	struct intake *intake;
	uid_t owner; /* of the submission's folder */
};

static enum entry_type type_of(const struct stat *status)
{
	if (S_ISREG(status->st_mode))
		return ENTRY_FILE;
	if (S_ISDIR(status->st_mode))
		return ENTRY_FOLDER;
	return S_ISLNK(status->st_mode) ? ENTRY_LINK : ENTRY_SPECIAL;
}

/*
 * A second name of another person's file: where the kernel lets users make
 * such (fs.protected_hardlinks = 0), a candidate could have a grader that runs
 * as root read out a file that they cannot. Second names of their own files
 * are harmless, and common: pnpm, rsync --link-dest and cp -l make them.
 */
static bool is_foreign_link(const struct walk *walk, const struct stat *status)
{
	return S_ISREG(status->st_mode) && status->st_nlink > 1 && status->st_uid != walk->owner;
}

static bool is_same_content(const struct stat *a, const struct stat *b)
{
	return a->st_size == b->st_size && a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
	       a->st_mtim.tv_nsec == b->st_mtim.tv_nsec && a->st_ctim.tv_sec == b->st_ctim.tv_sec &&
	       a->st_ctim.tv_nsec == b->st_ctim.tv_nsec;
}

/* The names in a folder, sorted, so that notes and duplicates do not hang on the file system's order. */
struct names {
	char **items;
	size_t count;
};

static void names_release(struct names *names)
{
	for (size_t i = 0; i < names->count; i++)
		free(names->items[i]);
	free(names->items);
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static int list_names(int fd, size_t most, struct names *names, struct error **err)
{
	int own = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	DIR *entries = own < 0 ? NULL : fdopendir(own);
	struct dirent *entry;

	if (!entries) {
		fd_cleanup(&own);
		return error_set_errno(err, ERROR_SUBMISSION, "cannot list a folder");
	}
	/* one name more than the cap is enough to break it */
	while (names->count <= most && (entry = readdir(entries)))
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			*ARRAY_ADD(names->items, names->count) = text_copy(entry->d_name);
	closedir(entries);
	if (names->count)
		qsort(names->items, names->count, sizeof *names->items, compare_names);
	return 0;
}

static int walk_folder(const struct walk *walk, int fd, const char *path, struct error **err);

static int take_file(const struct walk *walk, int fd, const struct stat *before, const char *path, struct error **err)
{
	cleanup_buffer struct buffer data = {0};
	cleanup_error struct error *failure = NULL;
	struct stat after;

	if ((size_t)before->st_size > walk->intake->caps->file_bytes) {
		intake_refuse(walk->intake, path, REFUSED_TOO_LARGE);
		return 0;
	}
	if (file_read_all(fd, (size_t)before->st_size, &data, &failure) < 0 || fstat(fd, &after) < 0 ||
	    !is_same_content(before, &after) || data.length != (size_t)before->st_size) {
		intake_refuse(walk->intake, path, REFUSED_CHANGED);
		return 0;
	}
	return intake_keep(walk->intake, path, &data, err);
}

static int take_entry(const struct walk *walk, int folder, const char *name, const char *path, struct error **err)
{
	struct stat status, opened;
	enum entry_type type;
	cleanup_fd int fd = -1;

	/* gone since it was listed: as good as unreadable */
	if (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) < 0) {
		intake_refuse(walk->intake, path, REFUSED_CHANGED);
		return 0;
	}
	type = is_foreign_link(walk, &status) ? ENTRY_LINK : type_of(&status);
	switch (intake_offer(walk->intake, path, type, err)) {
	case INTAKE_FAILED:
		return -1;
	case INTAKE_PASSED:
		return 0;
	case INTAKE_WANTED:
		break;
	}
	fd = openat(folder, name, OPEN_FLAGS);
	if (fd < 0 || fstat(fd, &opened) < 0 || opened.st_dev != status.st_dev || opened.st_ino != status.st_ino ||
	    type_of(&opened) != type || is_foreign_link(walk, &opened)) {
		intake_refuse(walk->intake, path, REFUSED_CHANGED);
		return 0;
	}
	return type == ENTRY_FOLDER ? walk_folder(walk, fd, path, err) : take_file(walk, fd, &opened, path, err);
}

/* The depth cap bounds the recursion and the descriptors held open in it. */
static int walk_folder(const struct walk *walk, int fd, const char *path, struct error **err)
{
	__attribute__((cleanup(names_release))) struct names names = {0};

	if (list_names(fd, walk->intake->caps->entries, &names, err) < 0)
		return -1;
	for (size_t i = 0; i < names.count; i++) {
		cleanup_free char *below = *path ? file_join(path, names.items[i]) : text_copy(names.items[i]);

		if (take_entry(walk, fd, names.items[i], below, err) < 0)
			return -1;
	}
	return 0;
}

int intake_folder(struct intake *intake, int fd, struct error **err)
{
	struct walk walk = {.intake = intake};
	struct stat status;

	if (fstat(fd, &status) < 0)
		return error_set_errno(err, ERROR_SUBMISSION, "cannot be read");
	walk.owner = status.st_uid;
	return walk_folder(&walk, fd, "", err);
}
