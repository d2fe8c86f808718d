/* What a program left behind, read by who does not trust it. */
#include "sandbox-fixture.h"

#include <errno.h>
#include <sys/resource.h>

static const struct {
	const char *name;
	bool found;
} leavings[] = {
	{"good", true},		{"link", false},	  {"inner", false},	      {"folder", false},
	{"large", false},	{"absent", false},	  {"root/etc/passwd", false}, {"../tmp/good", false},
	{"/etc/passwd", false}, {"folder/../good", true},
};

START_TEST(fetches_follow_nothing)
{
	struct sandbox_fetch fetches[ARRAY_LENGTH(leavings)];
	struct trial trial;

	trial_begin(&trial, "leavings", SANDBOX_COMPILE);
	ck_assert(!_i || become_ordinary());
	for (size_t i = 0; i < ARRAY_LENGTH(leavings); i++)
		fetches[i] = (struct sandbox_fetch){.name = leavings[i].name, .limit_bytes = 1000};
	trial.command.fetches = fetches;
	trial.command.fetch_count = ARRAY_LENGTH(fetches);
	trial_must_run(&trial);
	for (size_t i = 0; i < ARRAY_LENGTH(leavings); i++) {
		ck_assert_msg(fetches[i].found == leavings[i].found, "%s", leavings[i].name);
		ck_assert_str_eq(buffer_text(&fetches[i].data), fetches[i].found ? "good" : "");
		buffer_release(&fetches[i].data);
	}
	trial_end(&trial);
}
END_TEST

static void fetch_while_it_lives(struct sandbox_stream *stream, const char *bytes, size_t length,
				 struct sandbox_live *live)
{
	struct sandbox_fetch *fetch = stream->context;

	ck_assert_uint_eq(length, 5);
	ck_assert(memcmp(bytes, "ready", 5) == 0);
	ck_assert_str_eq(buffer_text(&stream->data), "ready");
	ck_assert_int_eq(sandbox_live_fetch(live, fetch), 0);
}

START_TEST(live_fetch)
{
	struct sandbox_fetch now = {.name = "live", .limit_bytes = 100}, later = now;
	struct trial trial;

	trial_begin(&trial, "live", SANDBOX_COMPILE);
	trial.streams[0].on_data = fetch_while_it_lives;
	trial.streams[0].context = &now;
	trial.command.fetches = &later;
	trial.command.fetch_count = 1;
	trial_must_run(&trial);
	ck_assert(now.found);
	ck_assert_str_eq(buffer_text(&now.data), "alive");
	ck_assert(!later.found);
	buffer_release(&now.data);
	trial_end(&trial);
}
END_TEST

/* That we have no descriptor left is not the program's fault. */
static void fetch_without_descriptors(struct sandbox_stream *stream, const char *bytes, size_t length,
				      struct sandbox_live *live)
{
	struct sandbox_fetch *fetch = stream->context;
	struct rlimit before, none;

	(void)bytes;
	(void)length;
	ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &before), 0);
	none = (struct rlimit){.rlim_cur = 0, .rlim_max = before.rlim_max};
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
	ck_assert_int_eq(sandbox_live_fetch(live, fetch), -1);
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &before), 0);
}

START_TEST(a_fetch_without_descriptors_is_a_failure)
{
	struct sandbox_fetch fetch = {.name = "live", .limit_bytes = 100};
	struct trial trial;

	trial_begin(&trial, "live", SANDBOX_COMPILE);
	trial.streams[0].on_data = fetch_without_descriptors;
	trial.streams[0].context = &fetch;
	trial_must_run(&trial);
	ck_assert(!fetch.found);
	ck_assert_int_eq(fetch.failure, EMFILE);
	trial_end(&trial);
}
END_TEST

/* Into a file of the host: what is the program's fault is not found, what is the machine's is a failure. */
static const struct {
	const char *name, *into; /* in the trial's folder */
	size_t limit_bytes;
	bool found;
	int failure;
} copies[] = {
	{"good", "copy", 1000, true, 0},
	{"good", "copy", 4, true, 0},
	{"good", "copy", 3, false, 0},
	{"link", "copy", 1000, false, 0},
	{"good", "absent/copy", 1000, false, ENOENT},
	{"good", "trap", 1000, false, ELOOP},
};

START_TEST(fetches_into_files)
{
	struct trial trial;
	cleanup_free char *into = NULL, *trap = NULL;
	cleanup_buffer struct buffer bytes = {0};
	struct sandbox_fetch fetch = {.name = copies[_i].name, .limit_bytes = copies[_i].limit_bytes, .mode = 0750};
	struct error *err = NULL;
	struct stat seen;

	trial_begin(&trial, "leavings", SANDBOX_COMPILE);
	into = file_join(trial.folder, copies[_i].into);
	trap = file_join(trial.folder, "trap");
	ck_assert_int_eq(symlink("elsewhere", trap), 0);
	fetch.into = into;
	trial.command.fetches = &fetch;
	trial.command.fetch_count = 1;
	umask(022);
	trial_must_run(&trial);
	ck_assert_int_eq(fetch.found, copies[_i].found);
	ck_assert_int_eq(fetch.failure, copies[_i].failure);
	ck_assert_uint_eq(fetch.data.length, 0);
	if (fetch.found) {
		ck_assert_int_eq(stat(into, &seen), 0);
		ck_assert_uint_eq(seen.st_mode & 07777, 0750);
		ck_assert_int_eq(file_read(AT_FDCWD, into, 1000, &bytes, &err), 0);
		ck_assert_str_eq(buffer_text(&bytes), "good");
	}
	trial_end(&trial);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(fetches_follow_nothing, .rows = 2),
	UNIT(fetches_into_files, .rows = ARRAY_LENGTH(copies)),
	UNIT(live_fetch),
	UNIT(a_fetch_without_descriptors_is_a_failure),
};

UNIT_MAIN("sandbox-fetch", tests)
