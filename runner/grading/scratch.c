#include "grading/scratch.h"

#include "base/file.h"
#include "base/memory.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>

#define PREFIX "assay-run-"
#define KEPT_PREFIX "assay-kept-"
#define YOUNG_S 60 /* between mkdir and flock a folder is nobody's: leave it that long */

static int open_folder(int base, const char *name)
{
	return openat(base, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

int scratch_open(struct scratch *scratch, struct error **err)
{
	*scratch = (struct scratch){.path = file_make_scratch(PREFIX, err), .lock = -1};
	if (!scratch->path)
		return -1;
	scratch->lock = open_folder(AT_FDCWD, scratch->path);
	if (scratch->lock >= 0)
		flock(scratch->lock, LOCK_EX | LOCK_NB); /* nobody else knows it yet */
	return 0;
}

static void rename_kept(struct scratch *scratch)
{
	char *name = strrchr(scratch->path, '/') + 1;
	cleanup_free char *kept = text_format("%.*s" KEPT_PREFIX "%s", (int)(name - scratch->path), scratch->path,
					      name + sizeof PREFIX - 1);

	fprintf(stderr, "assay: kept %s\n", rename(scratch->path, kept) == 0 ? kept : scratch->path);
}

void scratch_close(struct scratch *scratch, bool keep)
{
	if (keep)
		rename_kept(scratch);
	else
		file_remove_tree(AT_FDCWD, scratch->path);
	if (scratch->lock >= 0)
		close(scratch->lock);
	free(scratch->path);
	*scratch = (struct scratch){.lock = -1};
}

static bool is_left(int base, const char *name)
{
	cleanup_fd int folder = -1;
	struct stat status;

	if (strncmp(name, PREFIX, sizeof PREFIX - 1) != 0)
		return false;
	folder = open_folder(base, name);
	return folder >= 0 && fstat(folder, &status) == 0 && status.st_uid == geteuid() &&
	       status.st_mtime < time(NULL) - YOUNG_S && flock(folder, LOCK_EX | LOCK_NB) == 0;
}

void scratch_sweep(void)
{
	const char *temporary = getenv("TMPDIR");
	DIR *base = opendir(temporary && *temporary ? temporary : "/tmp");
	struct dirent *entry;

	while (base && (entry = readdir(base)))
		if (is_left(dirfd(base), entry->d_name))
			file_remove_tree(dirfd(base), entry->d_name);
	if (base)
		closedir(base);
}
