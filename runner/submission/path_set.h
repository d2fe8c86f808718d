/*
 * A set of paths in which those that differ by ASCII case only are the same.
 * A zeroed struct is empty. Balanced: hostile names cannot make it slow.
 */
#ifndef ASSAY_SUBMISSION_PATH_SET_H
#define ASSAY_SUBMISSION_PATH_SET_H

#include <stdbool.h>
#include <stddef.h>

enum path_kind { PATH_NONE, PATH_FILE, PATH_FOLDER };

struct path_set {
	void *root;
};

/* The kind of the first `length` bytes of a path; PATH_NONE where it was not added. */
enum path_kind path_set_find(const struct path_set *set, const char *path, size_t length);
/* False where the path was there already; its kind stays. */
bool path_set_add(struct path_set *set, const char *path, size_t length, enum path_kind kind);
/*
 * Claims a path for a file and those above it for folders. False where that contradicts the set: the path is taken, or
 * something above it is a file.
 */
bool path_set_claim(struct path_set *set, const char *path);
void path_set_release(struct path_set *set);

#endif
