#include "submission/path_set.h"

#include "base/memory.h"

#include <search.h>
#include <string.h>
#include <strings.h>

struct claim {
	enum path_kind kind;
	char *path;
};

static int compare(const void *a, const void *b)
{
	return strcasecmp(((const struct claim *)a)->path, ((const struct claim *)b)->path);
}

static void free_claim(void *claim)
{
	free(((struct claim *)claim)->path);
	free(claim);
}

enum path_kind path_set_find(const struct path_set *set, const char *path, size_t length)
{
	cleanup_free char *copy = text_copy_n(path, length);
	struct claim key = {.path = copy};
	struct claim *const *found = tfind(&key, &set->root, compare);

	return found ? (*found)->kind : PATH_NONE;
}

bool path_set_add(struct path_set *set, const char *path, size_t length, enum path_kind kind)
{
	struct claim *claim = memory_new(1, sizeof *claim);
	struct claim **found;

	claim->kind = kind;
	claim->path = text_copy_n(path, length);
	found = tsearch(claim, &set->root, compare);
	if (*found == claim)
		return true;
	free_claim(claim);
	return false;
}

bool path_set_claim(struct path_set *set, const char *path)
{
	for (size_t at = strcspn(path, "/"); path[at]; at += 1 + strcspn(path + at + 1, "/"))
		if (!path_set_add(set, path, at, PATH_FOLDER) && path_set_find(set, path, at) == PATH_FILE)
			return false;
	return path_set_add(set, path, strlen(path), PATH_FILE);
}

void path_set_release(struct path_set *set)
{
	tdestroy(set->root, free_claim);
	set->root = NULL;
}
