#include "suite.h"

#include "base/file.h"
#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

static char *scratch;

static void make_scratch(void)
{
	cleanup_error struct error *error = NULL;

	scratch = file_make_scratch("u-file-", &error);
	ck_assert_ptr_nonnull(scratch);
}

static char *at(const char *name)
{
	return file_join(scratch, name);
}

START_TEST(written_and_read)
{
	cleanup_error struct error *error = NULL;
	cleanup_buffer struct buffer bytes = {0};
	cleanup_free char *path = NULL;

	make_scratch();
	path = at("file");
	ck_assert_int_eq(file_write_atomic(path, "one\0two", 7, &error), 0);
	ck_assert_int_eq(file_read(AT_FDCWD, path, 7, &bytes, &error), 0);
	ck_assert_uint_eq(bytes.length, 7);
	ck_assert_mem_eq(bytes.data, "one\0two", 7);
	file_remove_tree(AT_FDCWD, scratch);
	free(scratch);
}
END_TEST

START_TEST(larger_than_the_limit_is_an_error)
{
	cleanup_error struct error *error = NULL;
	cleanup_buffer struct buffer bytes = {0};
	cleanup_free char *path = NULL;

	make_scratch();
	path = at("file");
	ck_assert_int_eq(file_write(AT_FDCWD, path, "12345678", 8, 0600, &error), 0);
	ck_assert_int_eq(file_read(AT_FDCWD, path, 7, &bytes, &error), -1);
	ck_assert_ptr_nonnull(strstr(error->message, path));
	ck_assert_ptr_nonnull(strstr(error->message, "larger than the 7 bytes allowed"));
	file_remove_tree(AT_FDCWD, scratch);
	free(scratch);
}
END_TEST

START_TEST(a_failed_write_names_the_path_and_leaves_nothing)
{
	cleanup_error struct error *error = NULL;

	ck_assert_int_eq(file_write_atomic("/nowhere/at/all", "x", 1, &error), -1);
	ck_assert_ptr_nonnull(strstr(error->message, "/nowhere/at/all"));
	ck_assert_ptr_nonnull(strstr(error->message, "No such file or directory"));
}
END_TEST

START_TEST(folders_are_made_and_may_be_there)
{
	struct error *error = NULL;
	cleanup_free char *deep = NULL, *file = NULL, *below = NULL;

	make_scratch();
	deep = at("a/b/c");
	file = at("a/file");
	below = at("a/file/d");
	ck_assert_int_eq(file_make_folders(deep, &error), 0);
	ck_assert_int_eq(file_make_folders(deep, &error), 0);
	ck_assert(file_is_folder(deep));
	ck_assert_int_eq(file_write(AT_FDCWD, file, "", 0, 0600, &error), 0);
	ck_assert_int_eq(file_make_folders(below, &error), -1);
	error_free(error);
	file_remove_tree(AT_FDCWD, scratch);
	free(scratch);
}
END_TEST

/* A scratch folder holds what a stranger wrote: a link in it is removed, not followed. */
START_TEST(removal_follows_no_link)
{
	cleanup_error struct error *error = NULL;
	cleanup_free char *inner = NULL, *kept = NULL, *file = NULL, *link = NULL;

	make_scratch();
	inner = at("inner");
	kept = at("kept");
	file = at("kept/file");
	link = at("inner/link");
	ck_assert_int_eq(file_make_folders(inner, &error), 0);
	ck_assert_int_eq(file_make_folders(kept, &error), 0);
	ck_assert_int_eq(file_write(AT_FDCWD, file, "", 0, 0600, &error), 0);
	ck_assert_int_eq(symlink(kept, link), 0);
	ck_assert_int_eq(file_remove_tree(AT_FDCWD, inner), 0);
	ck_assert(file_exists(file));
	ck_assert(!file_exists(inner));
	ck_assert_int_eq(file_remove_tree(AT_FDCWD, inner), 0);
	file_remove_tree(AT_FDCWD, scratch);
	free(scratch);
}
END_TEST

START_TEST(scratch_is_private)
{
	struct stat status;

	make_scratch();
	ck_assert_int_eq(stat(scratch, &status), 0);
	ck_assert_uint_eq(status.st_mode & 0777, 0700);
	file_remove_tree(AT_FDCWD, scratch);
	free(scratch);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(written_and_read),
	UNIT(larger_than_the_limit_is_an_error),
	UNIT(a_failed_write_names_the_path_and_leaves_nothing),
	UNIT(folders_are_made_and_may_be_there),
	UNIT(removal_follows_no_link),
	UNIT(scratch_is_private),
};

UNIT_MAIN("file", tests)
