/*
 * The corpus of the doors, third part: a submission that changes while it is read. What was checked is what is
 * compiled: each source is opened once, and what is laid out for the compiler is what is in memory.
 */
#include "submission-fixture.h"
#include "suite.h"

#include <pthread.h>
#include <stdatomic.h>
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

static void grow(const struct changer *changer)
{
	static const char bytes[LENGTH];
	cleanup_fd int fd = open(changer->path, O_WRONLY | O_APPEND | O_CLOEXEC);
	struct stat status;

	if (fd >= 0 && fstat(fd, &status) == 0 && status.st_size > 2 << 20)
		ck_assert_int_eq(ftruncate(fd, LENGTH), 0);
	ck_assert_int_eq(file_write_all(fd, bytes, sizeof bytes), 0);
}

/* Every byte of a file is the same one, whichever: none is of two files. */
static void check_whole(const struct submission_file *file)
{
	if (file && file->length > 1)
		ck_assert_int_eq(memcmp(file->data, file->data + 1, file->length - 1), 0); /* each as the one before */
}

static void check_laid(const char *folder, const struct submission *submission)
{
	cleanup_submission struct submission *laid = NULL;
	cleanup_free char *out = file_join(folder, "out");
	struct error *err = NULL;

	ck_assert_int_eq(file_make_folders(out, &err), 0);
	ck_assert_int_eq(submission_lay(submission, out, &err), 0);
	ck_assert_int_eq(submission_open(out, &submission_default_caps, &laid, &err), 0);
	ck_assert_str_eq(laid->digest, submission->digest);
	file_remove_tree(AT_FDCWD, out);
}

static const struct {
	void (*change)(const struct changer *);
	const char *command; /* makes what is exchanged for `path` */
	const char *path, *other;
} races[] = {
	{exchange, "tr a b <work/src/a.rs >other", "work/src/a.rs", "other"},
	{exchange, "ln -s /etc/passwd other", "work/src/a.rs", "other"},
	{exchange, "cp -r work/src other; tr a b <work/src/a.rs >other/a.rs", "work/src", "other"},
	{exchange, "mkdir secret; echo secret >secret/a.rs; ln -s ../secret other", "work/src", "other"},
	{exchange, "mkfifo other", "work/src", "other"},
	{grow, "true", "work/src/a.rs", "other"},
};

START_TEST(what_is_checked_is_what_is_laid)
{
	char *folder = scratch_make();
	cleanup_free char *work = file_join(folder, "work");
	struct changer changer = {.change = races[_i].change,
				  .path = file_join(folder, races[_i].path),
				  .other = file_join(folder, races[_i].other)};
	char bytes[LENGTH];
	pthread_t thread;
	size_t taken = 0, met = 0;

	memset(bytes, races[_i].change == grow ? '\0' : 'a', sizeof bytes);
	scratch_write(folder, "work/lib.rs", "", 0);
	scratch_write(folder, "work/src/a.rs", bytes, sizeof bytes);
	ck_assert(shell(folder, races[_i].command));
	ck_assert_int_eq(pthread_create(&thread, NULL, keep_changing, &changer), 0);
	/* until the two have met twice, between a look and an opening or between two looks */
	for (int i = 0; i < 20000 && (met < 2 || taken < 2); i++) {
		cleanup_submission struct submission *submission = NULL;
		struct error *err = NULL;

		ck_assert_int_eq(submission_open(work, &submission_default_caps, &submission, &err), 0);
		check_whole(submission_find(submission, "src/a.rs"));
		taken += submission_find(submission, "src/a.rs") != NULL;
		for (size_t j = 0; j < submission->refused_count; j++)
			met += submission->refused[j].why == REFUSED_CHANGED;
		if (i % 20 == 0)
			check_laid(folder, submission);
	}
	atomic_store(&changer.stop, true);
	pthread_join(thread, NULL);
	free(changer.path);
	free(changer.other);
	scratch_remove(folder);
	ck_assert_uint_gt(taken, 0);
	ck_assert_uint_gt(met, 0);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(each_source_is_opened_once, .labels = "attack", .rows = ARRAY_LENGTH(onces)),
	UNIT(what_is_checked_is_what_is_laid, .labels = "attack", .rows = ARRAY_LENGTH(races), .seconds = 60),
};

UNIT_MAIN("door-race", tests)
