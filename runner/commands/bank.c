#include "commands/bank.h"

#include "base/file.h"
#include "base/memory.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

static int compare_names(const void *left, const void *right)
{
	return strcmp(*(char *const *)left, *(char *const *)right);
}

int bank_folders(const char *path, struct string_list *folders, struct error **err)
{
	cleanup_free char *manifest = file_join(path, "exercise.yaml");
	size_t before = folders->count;
	struct dirent *entry;
	DIR *bank;

	if (file_exists(manifest)) {
		*ARRAY_ADD(folders->items, folders->count) = text_copy(path);
		return 0;
	}
	bank = opendir(path);
	if (!bank)
		return error_set_errno(err, ERROR_EXERCISE, "%s", path);
	while ((entry = readdir(bank))) {
		cleanup_free char *folder = file_join(path, entry->d_name);
		cleanup_free char *inside = file_join(folder, "exercise.yaml");

		if (entry->d_name[0] != '.' && file_exists(inside))
			*ARRAY_ADD(folders->items, folders->count) = STEAL(folder);
	}
	closedir(bank);
	if (folders->count == before)
		return error_set(err, ERROR_EXERCISE, "%s holds no exercise.yaml, and no folder in it does", path);
	qsort(folders->items + before, folders->count - before, sizeof *folders->items, compare_names);
	return 0;
}
