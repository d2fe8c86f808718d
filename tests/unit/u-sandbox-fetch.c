/* What a program left behind, read by who does not trust it. */
#include "sandbox-fixture.h"

static const struct {
	const char *name;
	bool found;
} leavings[] = {
	{"good", true},       {"link", false},        {"inner", false},     {"folder", false},         {"large", false},
	{"absent", false},    {"root/etc/passwd", false}, {"../tmp/good", false}, {"/etc/passwd", false}, {"folder/../good", true},
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

static const struct unit_test tests[] = {
	UNIT(fetches_follow_nothing, .rows = 2),
	UNIT(live_fetch),
};

UNIT_MAIN("sandbox-fetch", tests)
