/* Another seed with what was built for the first: it shows what a grading of its own shows, and builds nothing. */
#include "suite.h"

#include "base/memory.h"
#include "grading/grade.h"
#include "grading/report_build.h"

#include <string.h>
#include <unistd.h>

#define MUST(call)                                                                                                     \
	do {                                                                                                           \
		struct error *err = NULL;                                                                              \
		ck_assert_msg((call) == 0, "%s", err ? err->message : #call);                                          \
	} while (0)

struct bench {
	struct session session;
	struct exercise *exercise;
	struct preparation preparation;
	struct submission *submission;
};

/* What was prepared serves all tests of a build, and the scripts of tests/e2e with them. */
static void choose_cache(void)
{
	char program[4096];
	ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
	char *tests;

	ck_assert_int_gt(length, 0);
	program[length] = '\0';
	tests = strstr(program, "/tests/unit/");
	ck_assert_ptr_nonnull(tests);
	*tests = '\0';
	strcat(program, "/runner/test-cache");
	setenv("XDG_CACHE_HOME", program, 1);
}

static void bench_open(struct bench *bench, const char *exercise, const char *part)
{
	cleanup_submission struct submission *over = NULL;

	*bench = (struct bench){0};
	choose_cache();
	MUST(session_open(NULL, 2, &bench->session, &err));
	MUST(exercise_load(exercise, &bench->exercise, &err));
	MUST(prepare(&bench->session, bench->exercise, &bench->preparation, &err));
	{
		cleanup_free char *reference = text_format("%s/reference", exercise);
		cleanup_free char *overlay = text_format("%s/%s", exercise, part);

		MUST(submission_open(reference, &submission_default_caps, &bench->submission, &err));
		MUST(submission_open(overlay, &submission_default_caps, &over, &err));
		submission_overlay(bench->submission, over);
	}
}

static void bench_close(struct bench *bench)
{
	submission_close(bench->submission);
	preparation_release(&bench->preparation, bench->exercise);
	exercise_free(bench->exercise);
	session_close(&bench->session);
}

/* Times aside. */
static char *report_of(const struct bench *bench, const struct grading *grading)
{
	const struct report_measures measures = {0};
	cJSON *report = report_build(bench->exercise, bench->submission, &bench->session.toolchain, &grading->evidence,
				     &grading->verdict, &measures);
	char *text;

	cJSON_DeleteItemFromObjectCaseSensitive(report, "measured");
	text = cJSON_Print(report);
	cJSON_Delete(report);
	return text;
}

static size_t count_stages(const struct evidence *evidence, const char *stage)
{
	size_t count = 0;

	for (size_t i = 0; i < evidence->stage_count; i++)
		count += strcmp(evidence->stages[i].stage, stage) == 0;
	return count;
}

static void expect_same(const char *shown, const char *expected)
{
	size_t same = 0;

	while (shown[same] && shown[same] == expected[same])
		same++;
	ck_assert_msg(shown[same] == expected[same], "\"%.80s\" and not \"%.80s\"", shown + same, expected + same);
}

static const struct {
	const char *exercise, *part;
} rows[] = {
	{TEST_DATA "/data/exercises/ring", "mutants/read_after_free"},	 /* the sanitizer finds an error */
	{TEST_DATA "/data/exercises/quota", "mutants/refuses_the_last"}, /* it has tests of its own */
};

START_TEST(with_another_seed)
{
	const struct pipeline_options first = {.seed = 7, .seed_is_given = true},
				      second = {.seed = 8, .seed_is_given = true};
	struct grading again, alone;
	struct bench bench;
	size_t builds, links, observed;

	bench_open(&bench, rows[_i].exercise, rows[_i].part);
	MUST(grading_begin(&bench.session, bench.exercise, &bench.preparation, bench.submission, &first, &again, &err));
	builds = count_stages(&again.evidence, "build");
	links = count_stages(&again.evidence, "link");
	observed = count_stages(&again.evidence, "observe");
	MUST(grading_again(&bench.session, bench.exercise, 8, &again, &err));
	ck_assert_uint_eq(count_stages(&again.evidence, "build"), builds);
	ck_assert_uint_eq(count_stages(&again.evidence, "link"), links);
	ck_assert_uint_eq(count_stages(&again.evidence, "observe"), 2 * observed);
	MUST(grading_run(&bench.session, bench.exercise, &bench.preparation, bench.submission, &second, &alone, &err));
	{
		cleanup_free char *shown = report_of(&bench, &again);
		cleanup_free char *expected = report_of(&bench, &alone);

		expect_same(shown, expected);
	}
	grading_release(&again, bench.exercise);
	grading_release(&alone, bench.exercise);
	bench_close(&bench);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(with_another_seed, .rows = ARRAY_LENGTH(rows), .seconds = 120),
};
UNIT_MAIN("observing", tests)
