#include "suite.h"

#include "base/file.h"
#include "base/memory.h"
#include "grading/cache.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

static int build(const char *folder, void *context, struct error **err)
{
	cleanup_free char *path = file_join(folder, "made");

	/* slow enough that others come while it is being made */
	usleep(20000);
	if (context && file_exists(context))
		return error_set(err, ERROR_OTHER, "told to fail");
	return file_write(AT_FDCWD, path, "whole", 5, 0644, err);
}

START_TEST(built_once_and_whole)
{
	cleanup_error struct error *error = NULL;
	cleanup_free char *cache = file_make_scratch("u-cache-", &error);
	cleanup_free char *first = cache_entry(cache, "entry", build, NULL, &error);
	cleanup_free char *second = cache_entry(cache, "entry", NULL, NULL, &error);
	cleanup_free char *made = file_join(first, "made");

	ck_assert_str_eq(first, second);
	ck_assert(file_exists(made));
	file_remove_tree(AT_FDCWD, cache);
}
END_TEST

START_TEST(a_failed_build_leaves_nothing)
{
	struct error *error = NULL;
	cleanup_free char *cache = file_make_scratch("u-cache-", &error);
	cleanup_free char *entry = file_join(cache, "entry");
	cleanup_free char *partial = file_join(cache, "entry.partial");
	cleanup_free char *again = NULL;

	ck_assert_ptr_null(cache_entry(cache, "entry", build, cache, &error));
	ck_assert_str_eq(error->message, "told to fail");
	ck_assert(!file_exists(entry) && !file_exists(partial));
	error_free(error);
	error = NULL;
	again = cache_entry(cache, "entry", build, NULL, &error);
	ck_assert_ptr_nonnull(again);
	file_remove_tree(AT_FDCWD, cache);
}
END_TEST

/* What a crash in the middle of a build leaves is not taken for an entry. */
START_TEST(a_torn_build_is_made_anew)
{
	cleanup_error struct error *error = NULL;
	cleanup_free char *cache = file_make_scratch("u-cache-", &error);
	cleanup_free char *torn = file_join(cache, "entry.partial/old");
	cleanup_free char *entry = NULL, *old = NULL;

	ck_assert_int_eq(file_make_folders(torn, &error), 0);
	entry = cache_entry(cache, "entry", build, NULL, &error);
	ck_assert_ptr_nonnull(entry);
	old = file_join(entry, "old");
	ck_assert(!file_exists(old));
	file_remove_tree(AT_FDCWD, cache);
}
END_TEST

START_TEST(eight_programs_build_it_once)
{
	cleanup_error struct error *error = NULL;
	cleanup_free char *cache = file_make_scratch("u-cache-", &error);
	int status, failed = 0;

	for (int i = 0; i < 8; i++) {
		if (fork() == 0) {
			cleanup_free char *entry = cache_entry(cache, "entry", build, NULL, &error);
			cleanup_free char *made = entry ? file_join(entry, "made") : NULL;

			_exit(entry && file_exists(made) ? 0 : 1);
		}
	}
	while (wait(&status) > 0)
		failed += status != 0;
	ck_assert_int_eq(failed, 0);
	file_remove_tree(AT_FDCWD, cache);
}
END_TEST

#define DIGEST "-0123456789abcdef01234567"

static void age(const char *cache, const char *name, int days)
{
	const struct timespec then = {.tv_sec = time(NULL) - days * 24 * 60 * 60};
	cleanup_free char *path = file_join(cache, name);

	ck_assert_int_eq(utimensat(AT_FDCWD, path, (struct timespec[]){then, then}, 0), 0);
}

static const struct {
	const char *name;
	int days; /* since its last use */
	bool folder, kept;
} kept_things[] = {
	{"reference" DIGEST, 29, true, true},
	{"reference" DIGEST ".lock", 29, false, true},
	{"mutant" DIGEST, 31, true, false},
	{"mutant" DIGEST ".lock", 31, false, false},
	{"mutant" DIGEST ".partial", 31, true, false},
	{"facade" DIGEST ".stale", 31, true, false},
	{"notes", 31, true, true},
	{"notes-2024", 31, true, true},
	{"facade" DIGEST ".orig", 31, true, true},
};

/* What else lies there is not ours to remove, whatever its age. */
START_TEST(what_nobody_uses_goes)
{
	cleanup_error struct error *error = NULL;
	cleanup_free char *cache = file_make_scratch("u-cache-", &error);
	cleanup_free char *entry = NULL;

	for (size_t i = 0; i < ARRAY_LENGTH(kept_things); i++) {
		cleanup_free char *path = file_join(cache, kept_things[i].name);
		cleanup_free char *within = file_join(path, "built/lib.rlib");

		if (kept_things[i].folder)
			ck_assert_int_eq(file_make_folders(within, &error), 0);
		else
			ck_assert_int_eq(file_write(AT_FDCWD, path, "", 0, 0644, &error), 0);
		age(cache, kept_things[i].name, kept_things[i].days);
	}
	entry = cache_entry(cache, "facade" DIGEST, build, NULL, &error);
	ck_assert_ptr_nonnull(entry);
	for (size_t i = 0; i < ARRAY_LENGTH(kept_things); i++) {
		cleanup_free char *path = file_join(cache, kept_things[i].name);

		ck_assert_msg(file_exists(path) == kept_things[i].kept, "%s", kept_things[i].name);
	}
	ck_assert(file_exists(entry));
	file_remove_tree(AT_FDCWD, cache);
}
END_TEST

START_TEST(what_is_used_stays)
{
	cleanup_error struct error *error = NULL;
	cleanup_free char *cache = file_make_scratch("u-cache-", &error);
	cleanup_free char *entry = cache_entry(cache, "mutant" DIGEST, build, NULL, &error);
	cleanup_free char *again = NULL, *other = NULL;

	age(cache, "mutant" DIGEST, 31);
	again = cache_entry(cache, "mutant" DIGEST, NULL, NULL, &error);
	other = cache_entry(cache, "facade" DIGEST, build, NULL, &error);
	ck_assert_ptr_nonnull(other);
	ck_assert(file_exists(again));
	file_remove_tree(AT_FDCWD, cache);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(built_once_and_whole),
	UNIT(a_failed_build_leaves_nothing),
	UNIT(a_torn_build_is_made_anew),
	UNIT(eight_programs_build_it_once),
	UNIT(what_nobody_uses_goes),
	UNIT(what_is_used_stays),
};

UNIT_MAIN("cache", tests)
