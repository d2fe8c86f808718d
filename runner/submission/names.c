#include "submission/names.h"

#include "base/memory.h"

#include <ctype.h>
#include <string.h>

/* One part fits any file system, and a whole path any PATH_MAX below our scratch folders. */
#define LONGEST_PART 200
#define LONGEST_PATH 1024

static const char *const wanted_endings[] = {".rs", ".toml", ".md", ".txt", ".yaml", ".yml", ".lock"};

static const char *const left_out_folders[] = {"target", "node_modules", "__MACOSX", "__pycache__"};

static const char *const settings[] = {
	"clippy.toml", ".clippy.toml", "rustfmt.toml", ".rustfmt.toml", "rust-toolchain", "rust-toolchain.toml",
};

/* Where services for continuous integration look: all *.yml and *.yaml of a folder, or one file. */
static const char *const ci_folders[] = {".github/workflows/", ".forgejo/workflows/", ".gitea/workflows/", ".woodpecker/"};
static const char *const ci_files[] = {".gitlab-ci.yml", ".woodpecker.yml", ".woodpecker.yaml", ".circleci/config.yml"};

bool name_is_plain(const char *part, size_t length)
{
	if (length == 0 || length > LONGEST_PART)
		return false;
	if (part[0] == '.' && (length == 1 || (length == 2 && part[1] == '.')))
		return false;
	for (size_t i = 0; i < length; i++)
		if (!(isascii((unsigned char)part[i]) && isalnum((unsigned char)part[i])) && !strchr("._-", part[i]))
			return false;
	return true;
}

enum name_form name_check_path(const char *path)
{
	if (strlen(path) > LONGEST_PATH)
		return NAME_NOT_PLAIN;
	for (;;) {
		size_t length = strcspn(path, "/");

		if (!name_is_plain(path, length))
			return NAME_NOT_PLAIN;
		if (path[length] == '\0')
			return NAME_PLAIN;
		path += length + 1;
	}
}

const char *name_last(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static bool ends_with(const char *text, const char *ending)
{
	size_t length = strlen(text), tail = strlen(ending);

	return length > tail && strcmp(text + length - tail, ending) == 0;
}

bool name_is_rust(const char *path)
{
	size_t length = strlen(path);

	return length > 3 && strcmp(path + length - 3, ".rs") == 0;
}

bool name_has_wanted_ending(const char *path)
{
	for (size_t i = 0; i < ARRAY_LENGTH(wanted_endings); i++)
		if (ends_with(path, wanted_endings[i]))
			return true;
	return false;
}

static bool is_hidden(const char *part, size_t length)
{
	return length > 1 && part[0] == '.' && !(length == 2 && part[1] == '.');
}

static bool is_yaml(const char *path)
{
	return ends_with(path, ".yaml") || ends_with(path, ".yml");
}

bool name_is_ci(const char *path)
{
	for (size_t i = 0; i < ARRAY_LENGTH(ci_files); i++)
		if (strcmp(ci_files[i], path) == 0)
			return true;
	for (size_t i = 0; i < ARRAY_LENGTH(ci_folders); i++) {
		size_t length = strlen(ci_folders[i]);

		if (strncmp(ci_folders[i], path, length) == 0 && !strchr(path + length, '/') && path[length] != '.')
			return is_yaml(path + length);
	}
	return false;
}

/* Past the folder that a whole project may lie in. */
static const char *below_wrapper(const char *path)
{
	const char *slash = strchr(path, '/');

	return path[0] != '.' && slash ? slash + 1 : path;
}

bool name_may_be_ci(const char *path)
{
	return name_is_ci(below_wrapper(path));
}

/* The first `length` bytes name a folder on the way to such a file. */
static bool leads_to_ci(const char *path, size_t length)
{
	const char *below = below_wrapper(path);
	const size_t skipped = (size_t)(below - path);

	if (length <= skipped)
		return false;
	length -= skipped;
	for (size_t i = 0; i < ARRAY_LENGTH(ci_folders); i++)
		if (strncmp(ci_folders[i], below, length) == 0 && ci_folders[i][length] == '/')
			return true;
	for (size_t i = 0; i < ARRAY_LENGTH(ci_files); i++)
		if (strncmp(ci_files[i], below, length) == 0 && ci_files[i][length] == '/')
			return true;
	return false;
}

bool name_is_hidden(const char *path)
{
	return path[0] == '.' || strstr(path, "/.");
}

static bool is_one_of_left_out(const char *part, size_t length)
{
	for (size_t i = 0; i < ARRAY_LENGTH(left_out_folders); i++)
		if (strlen(left_out_folders[i]) == length && memcmp(left_out_folders[i], part, length) == 0)
			return true;
	return false;
}

size_t name_left_out(const char *path, bool is_folder)
{
	bool below_src = false;

	if (strlen(path) > LONGEST_PATH)
		return 0;
	for (const char *part = path;;) {
		size_t length = strcspn(part, "/");

		if (part[length] == '\0' && !is_folder)
			return 0;
		if ((is_hidden(part, length) && !leads_to_ci(path, (size_t)(part - path) + length)) || (!below_src && is_one_of_left_out(part, length)))
			return (size_t)(part - path) + length;
		if (part[length] == '\0')
			return 0;
		below_src |= length == 3 && memcmp(part, "src", 3) == 0;
		part += length + 1;
	}
}

bool name_is_setting(const char *path)
{
	const char *name = name_last(path);

	for (size_t i = 0; i < ARRAY_LENGTH(settings); i++)
		if (strcmp(name, settings[i]) == 0)
			return true;
	return false;
}

bool name_is_source(const char *path)
{
	return ends_with(path, ".rs") || is_yaml(path);
}
