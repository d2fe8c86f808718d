/* What an exercise's folder must hold, and the digest over what a grading reads of it. */
#include "exercise/exercise_parts.h"

#include "base/digest.h"
#include "base/file.h"
#include "base/memory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <string.h>
#include <sys/stat.h>

#define FILE_BYTES ((size_t)16 << 20)

/* ---- files that must be there ------------------------------------------------------ */

/* clang-format off */
/* Beside the manifest, whatever it says. */
static const struct {
	const char *path;
	mode_t type;
	unsigned int kinds;
} needed[] = {
	{"README.md",              S_IFREG, ALWAYS                     },
	{"starter",                S_IFDIR, ALWAYS                     },
	{"reference",              S_IFDIR, ALWAYS                     },
	{"hidden",                 S_IFDIR, ALWAYS                     },
	{"reference/answers.yaml", S_IFREG, KIND(EXPLAIN)              },
};

/* Each row of a list names a file, and it must be in each of the folders. */
static const struct {
	const char *list, *key;
	const char *folders[2]; /* "" is the exercise's own */
	mode_t type;
} listed[] = {
	{"units",     "file", {"starter/", "reference/"}, S_IFREG},
	{"tests",     "file", {"", NULL},                 S_IFREG},
	{"probes",    "file", {"", NULL},                 S_IFREG},
	{"probes",    "twin", {"", NULL},                 S_IFREG},
	{"questions", "file", {"starter/", NULL},         S_IFREG},
	{"questions", "key",  {"", NULL},                 S_IFREG},
	{"mutants",   "name", {"mutants/", NULL},         S_IFDIR},
	{"samples",   "name", {"samples/", NULL},         S_IFDIR},
};
/* clang-format on */

static const char *name_type(mode_t type)
{
	return S_ISDIR(type) ? "folder" : "file";
}

/* Not through a link, and not below one: what is graded is what lies here. */
static bool lies_there(const char *folder, const char *path, mode_t type)
{
	cleanup_free char *full = file_join(folder, path);
	struct stat status;

	for (char *slash = strchr(full + strlen(folder) + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (lstat(full, &status) < 0 || !S_ISDIR(status.st_mode))
			return false;
		*slash = '/';
	}
	return lstat(full, &status) == 0 && (status.st_mode & S_IFMT) == type;
}

static int need(const struct table_reader *reader, const struct node *at, const char *folder, const char *path,
		mode_t type, struct error **err)
{
	cleanup_free char *full = file_join(folder, path);

	if (lies_there(folder, path, type))
		return 0;
	if (file_exists(full))
		return node_error(&reader->source, at, err, "%s is not a %s itself", path, name_type(type));
	return node_error(&reader->source, at, err, "there is no %s %s", name_type(type), path);
}

static int check_listed(const struct table_reader *reader, const struct node *manifest, const char *folder, size_t row,
			struct error **err)
{
	const struct node *rows = node_get(manifest, listed[row].list);

	for (size_t i = 0; rows && i < rows->count; i++) {
		const struct node *name = node_get(rows->items[i], listed[row].key);

		for (size_t j = 0; j < ARRAY_LENGTH(listed[row].folders) && listed[row].folders[j]; j++) {
			cleanup_free char *path = text_format("%s%s", listed[row].folders[j], name->text);

			if (need(reader, name, folder, path, listed[row].type, err) < 0)
				return -1;
		}
	}
	return 0;
}

/* A mutant or sample that the manifest forgets would never be run, and nobody would know. */
static int check_forgotten(const struct table_reader *reader, const struct node *manifest, const char *folder,
			   const char *list, struct error **err)
{
	cleanup_free char *path = file_join(folder, list);
	const struct node *rows = node_get(manifest, list);
	DIR *entries = opendir(path);
	struct dirent *entry;
	int failed = 0;

	while (!failed && entries && (entry = readdir(entries))) {
		bool is_listed = entry->d_name[0] == '.';

		for (size_t i = 0; rows && i < rows->count; i++)
			is_listed |= strcmp(node_get(rows->items[i], "name")->text, entry->d_name) == 0;
		if (!is_listed)
			failed = node_error(&reader->source, rows ? rows : manifest, err,
					    "%s/%s is not listed under \"%s\"", list, entry->d_name, list);
	}
	if (entries)
		closedir(entries);
	return failed;
}

static int need_roots(const struct table_reader *reader, const struct node *manifest, const struct exercise *exercise,
		      struct error **err)
{
	static const char *const folders[] = {"starter", "reference"};

	for (size_t i = 0; i < ARRAY_LENGTH(folders); i++) {
		cleanup_free char *root = file_join(folders[i], exercise_root(exercise));

		if (need(reader, manifest, exercise->folder, root, S_IFREG, err) < 0)
			return -1;
	}
	return 0;
}

int exercise_check_files(const struct table_reader *reader, const struct node *manifest,
			 const struct exercise *exercise, struct error **err)
{
	for (size_t i = 0; i < ARRAY_LENGTH(needed); i++)
		if ((needed[i].kinds & reader->variant) &&
		    need(reader, manifest, exercise->folder, needed[i].path, needed[i].type, err) < 0)
			return -1;
	if (((KIND(BUILD) | KIND(DESIGN)) & reader->variant) && need_roots(reader, manifest, exercise, err) < 0)
		return -1;
	for (size_t i = 0; i < ARRAY_LENGTH(listed); i++)
		if (check_listed(reader, manifest, exercise->folder, i, err) < 0)
			return -1;
	if (check_forgotten(reader, manifest, exercise->folder, "mutants", err) < 0)
		return -1;
	return check_forgotten(reader, manifest, exercise->folder, "samples", err);
}

/* ---- the digest ----------------------------------------------------------------------- */

static int by_name(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

/* What an author's own cargo and editor leave there is read by no grading. */
static bool is_left_out(const FTSENT *entry)
{
	return entry->fts_level > 0 && (entry->fts_name[0] == '.' || strcmp(entry->fts_name, "target") == 0);
}

static int add_file(struct digest *digest, const FTSENT *entry, const char *name, struct error **err)
{
	cleanup_buffer struct buffer bytes = {0};

	if (file_read(AT_FDCWD, entry->fts_accpath, FILE_BYTES, &bytes, err) < 0) {
		(*err)->kind = ERROR_EXERCISE;
		return -1;
	}
	digest_add_text(digest, name);
	digest_add(digest, buffer_text(&bytes), bytes.length);
	return 0;
}

static int add_entry(struct digest *digest, FTS *tree, FTSENT *entry, size_t prefix, struct error **err)
{
	switch (entry->fts_info) {
	case FTS_D:
		if (is_left_out(entry))
			fts_set(tree, entry, FTS_SKIP);
		return 0;
	case FTS_DP:
		return 0;
	case FTS_F:
		return is_left_out(entry) ? 0 : add_file(digest, entry, entry->fts_path + prefix, err);
	case FTS_DNR:
	case FTS_ERR:
	case FTS_NS:
		errno = entry->fts_errno;
		return error_set_errno(err, ERROR_EXERCISE, "cannot read %s", entry->fts_path);
	default:
		if (is_left_out(entry))
			return 0;
		return error_set(err, ERROR_EXERCISE,
				 "%s is neither a file nor a folder; an exercise holds nothing else", entry->fts_path);
	}
}

/* Names go in as seen from the exercise's folder: where that lies is no part of it. */
static int add_tree(struct digest *digest, const char *folder, const char *name, struct error **err)
{
	cleanup_free char *path = file_join(folder, name);
	char *const paths[] = {path, NULL};
	FTS *tree = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, by_name);
	FTSENT *entry;
	int failed = 0;

	if (!tree)
		return error_set_errno(err, ERROR_EXERCISE, "cannot read %s", path);
	while (!failed && (entry = fts_read(tree)))
		failed = add_entry(digest, tree, entry, strlen(path) - strlen(name), err);
	fts_close(tree);
	return failed;
}

int exercise_make_digest(struct exercise *exercise, struct error **err)
{
	static const char *const read_by_gradings[] = {"exercise.yaml", "starter", "reference", "hidden"};
	struct digest digest;

	digest_init(&digest);
	for (size_t i = 0; i < ARRAY_LENGTH(read_by_gradings); i++)
		if (add_tree(&digest, exercise->folder, read_by_gradings[i], err) < 0)
			return -1;
	digest_finish(&digest, exercise->digest);
	return 0;
}
