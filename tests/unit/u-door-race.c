/*
 * The corpus of the doors, third part: a submission that changes while it is read. What was checked is what is
 * compiled: each source is opened once, and what is laid out for the compiler is what is in memory.
 */
#include "meanwhile-fixture.h"
#include "submission-fixture.h"
#include "suite.h"

#include <sys/inotify.h>

/* ---- once -------------------------------------------------------------------------------------------------- */

/* How often the files watched were opened since. */
static size_t count_openings(int watch)
{
	char events[4096] __attribute__((aligned(8)));
	size_t count = 0;
	ssize_t got;

	while ((got = read(watch, events, sizeof events)) > 0)
		for (ssize_t at = 0; at < got;) {
			const struct inotify_event *event = (const void *)(events + at);

			count += (event->mask & IN_OPEN) != 0;
			at += (ssize_t)(sizeof *event + event->len);
		}
	return count;
}

static const struct {
	const char *command;
	const char *path, *watched;
} onces[] = {
	{"cp -r work x", "x", "x/src/lib.rs"},	  {"cp work/src/lib.rs x.rs", "x.rs", "x.rs"},
	{"tar cf x.tar work", "x.tar", "x.tar"},  {"tar czf x.tar.gz work", "x.tar.gz", "x.tar.gz"},
	{"zip -qr x.zip work", "x.zip", "x.zip"},
};

START_TEST(each_source_is_opened_once)
{
	char *folder = scratch_make();
	cleanup_free char *path = file_join(folder, onces[_i].path), *watched = file_join(folder, onces[_i].watched);
	cleanup_free char *out = file_join(folder, "out");
	cleanup_submission struct submission *submission = NULL, *laid = NULL;
	struct error *err = NULL;
	cleanup_fd int watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);

	scratch_write(folder, "work/src/lib.rs", "pub fn f() {}\n", 14);
	ck_assert(shell(folder, onces[_i].command));
	/* closings too: two openings with nothing between them are told of as one */
	ck_assert_int_ge(inotify_add_watch(watch, watched, IN_OPEN | IN_CLOSE), 0);
	ck_assert_int_eq(submission_open(path, &submission_default_caps, &submission, &err), 0);
	ck_assert_uint_eq(count_openings(watch), 1);
	/* what it was made of is no longer there; what was checked is laid out all the same */
	ck_assert(shell(folder, "rm -r x* work; mkdir out"));
	ck_assert_int_eq(submission_lay(submission, out, &err), 0);
	ck_assert_int_eq(submission_open(out, &submission_default_caps, &laid, &err), 0);
	scratch_remove(folder);
	ck_assert_str_eq(laid->digest, submission->digest);
	ck_assert_str_eq(submission_find(laid, "src/lib.rs")->data, "pub fn f() {}\n");
}
END_TEST

/* ---- meanwhile ------------------------------------------------------------------------------------------------ */

#define LENGTH 20000

static void grow(const struct meanwhile *meanwhile)
{
	static const char bytes[LENGTH];
	cleanup_fd int fd = open(meanwhile->path, O_WRONLY | O_APPEND | O_CLOEXEC);
	struct stat status;

	ck_assert_int_eq(fstat(fd, &status), 0);
	if (status.st_size > 10 * LENGTH)
		ck_assert_int_eq(ftruncate(fd, LENGTH), 0);
	ck_assert_int_eq(file_write_all(fd, bytes, sizeof bytes), 0);
}

enum { TAKEN = 1, REFUSED = 2, MIXED = 4, OTHER_LAID = 8, FAILED = 16 };

static unsigned int lay(const char *folder, const struct submission *submission)
{
	cleanup_submission struct submission *laid = NULL;
	cleanup_free char *out = file_join(folder, "out");
	cleanup_error struct error *err = NULL;
	unsigned int saw = 0;

	if (file_make_folders(out, &err) < 0 || submission_lay(submission, out, &err) < 0 ||
	    submission_open(out, &submission_default_caps, &laid, &err) < 0)
		saw = FAILED;
	else if (strcmp(laid->digest, submission->digest) != 0)
		saw = OTHER_LAID;
	file_remove_tree(AT_FDCWD, out);
	return saw;
}

static unsigned int read_and_lay(const char *folder)
{
	cleanup_submission struct submission *submission = NULL;
	cleanup_free char *work = file_join(folder, "work");
	cleanup_error struct error *err = NULL;
	const struct submission_file *file;
	unsigned int saw;

	if (submission_open(work, &submission_default_caps, &submission, &err) < 0)
		return FAILED;
	saw = lay(folder, submission);
	file = submission_find(submission, "src/a.rs");
	/* every byte of a file is the same one, whichever: none is of two files */
	if (file && file->length > 0)
		saw |= memcmp(file->data, file->data + 1, file->length - 1) == 0 ? TAKEN : MIXED;
	for (size_t i = 0; i < submission->refused_count; i++)
		if (submission->refused[i].why == REFUSED_CHANGED)
			saw |= REFUSED;
	return saw;
}

static const struct {
	void (*change)(const struct meanwhile *);
	const char *command; /* makes what is exchanged for `path` */
	const char *path, *other;
} races[] = {
	{exchange, "tr a b <work/src/a.rs >other", "work/src/a.rs", "other"},
	{exchange, "ln -s /etc/passwd other", "work/src/a.rs", "other"},
	{exchange, "cp -r work/src other; tr a b <work/src/a.rs >other/a.rs", "work/src", "other"},
	{exchange, "mkdir secret; echo secret >secret/a.rs; ln -s ../secret other", "work/src", "other"},
	{exchange, "mkfifo other", "work/src", "other"},
	{grow, "tr a '\\000' <work/src/a.rs >b; mv b work/src/a.rs", "work/src/a.rs", "other"},
};

START_TEST(what_is_checked_is_what_is_laid)
{
	char *folder = scratch_make();
	cleanup_free char *path = file_join(folder, races[_i].path), *other = file_join(folder, races[_i].other);
	const struct meanwhile meanwhile = {
		.read = read_and_lay, .change = races[_i].change, .folder = folder, .path = path, .other = other};
	char bytes[LENGTH];

	memset(bytes, 'a', sizeof bytes);
	scratch_write(folder, "work/lib.rs", "", 0);
	scratch_write(folder, "work/src/a.rs", bytes, sizeof bytes);
	ck_assert(shell(folder, races[_i].command));
	ck_assert_uint_eq(read_at_each_moment(&meanwhile), TAKEN | REFUSED);
	scratch_remove(folder);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(each_source_is_opened_once, .labels = "attack", .rows = ARRAY_LENGTH(onces)),
	UNIT(what_is_checked_is_what_is_laid, .labels = "attack", .rows = ARRAY_LENGTH(races), .seconds = 60),
};

UNIT_MAIN("door-race", tests)
