#include "suite.h"

#include "base/memory.h"
#include "grading/compare.h"

#include <string.h>

#define MOST 8

/* A transcript of literal records; kind 0 ends it. */
static struct transcript transcript_of(const struct record *records)
{
	struct transcript transcript = {0};

	for (; records->kind; records++) {
		struct record *record = ARRAY_ADD(transcript.items, transcript.count);

		*record = (struct record){records->kind, text_copy(records->label), text_copy(records->value)};
		transcript.ended = record->kind >= RECORD_PANIC && record->kind <= RECORD_FAILED;
		transcript.failed = record->kind == RECORD_FAILED;
		transcript.panicked = record->kind == RECORD_PANIC;
	}
	return transcript;
}

static char begin[] = "", user[] = "user", read[] = "last read", three[] = "Some(3)", none[] = "None", id[] = "17",
	    place[] = "src/lib.rs:3:5", words[] = "index out of bounds", metric[] = "allocations", many[] = "9", returned[] = "it returned an error";

static const struct record reference[MOST] = {{RECORD_BEGIN, begin, begin},
					      {RECORD_INPUT, user, id},
					      {RECORD_OBSERVE, read, three},
					      {RECORD_END, begin, begin}};

static const struct {
	const char *what;
	struct record records[MOST];
	struct sandbox_outcome outcome;
	enum status status;
	const char *why;
	const char *observed; /* of the difference, or NULL */
} rows[] = {
	{"the same",
	 {{RECORD_BEGIN, begin, begin},
	  {RECORD_INPUT, user, id},
	  {RECORD_OBSERVE, read, three},
	  {RECORD_END, begin, begin}},
	 {.exited = true},
	 STATUS_HOLDS,
	 NULL,
	 NULL},
	{"a metric is not compared",
	 {{RECORD_BEGIN, begin, begin},
	  {RECORD_INPUT, user, id},
	  {RECORD_METRIC, metric, many},
	  {RECORD_OBSERVE, read, three},
	  {RECORD_END, begin, begin}},
	 {.exited = true},
	 STATUS_HOLDS,
	 NULL,
	 NULL},
	{"another value",
	 {{RECORD_BEGIN, begin, begin},
	  {RECORD_INPUT, user, id},
	  {RECORD_OBSERVE, read, none},
	  {RECORD_END, begin, begin}},
	 {.exited = true},
	 STATUS_FAILS,
	 "differs",
	 "None"},
	{"a record left out",
	 {{RECORD_BEGIN, begin, begin}, {RECORD_INPUT, user, id}, {RECORD_END, begin, begin}},
	 {.exited = true},
	 STATUS_FAILS,
	 "differs",
	 "(nothing)"},
	{"a panic",
	 {{RECORD_BEGIN, begin, begin}, {RECORD_INPUT, user, id}, {RECORD_PANIC, place, words}},
	 {.exited = true},
	 STATUS_FAILS,
	 "panicked",
	 NULL},
	{"an end other than it must have",
	 {{RECORD_BEGIN, begin, begin}, {RECORD_INPUT, user, id}, {RECORD_FAILED, begin, returned}},
	 {.exited = true},
	 STATUS_FAILS,
	 "ended-otherwise",
	 NULL},
	{"another test than the reference's", {{RECORD_BEGIN, user, begin}}, {.exited = true}, STATUS_FAILS, "differs", ""},
	{"exit(0) in the middle, all well so far",
	 {{RECORD_BEGIN, begin, begin}, {RECORD_INPUT, user, id}, {RECORD_OBSERVE, read, three}},
	 {.exited = true},
	 STATUS_FAILS,
	 "stopped-early",
	 NULL},
	{"nothing at all", {{0}}, {.exited = true}, STATUS_FAILS, "stopped-early", NULL},
	{"an end, then another exit code",
	 {{RECORD_BEGIN, begin, begin},
	  {RECORD_INPUT, user, id},
	  {RECORD_OBSERVE, read, three},
	  {RECORD_END, begin, begin}},
	 {.exited = true, .exit_code = 7},
	 STATUS_FAILS,
	 "exit",
	 NULL},
	{"a signal",
	 {{RECORD_BEGIN, begin, begin}, {RECORD_INPUT, user, id}},
	 {.signal = 6},
	 STATUS_FAILS,
	 "signal",
	 NULL},
	{"a limit",
	 {{RECORD_BEGIN, begin, begin}, {RECORD_INPUT, user, id}},
	 {.signal = 9, .limit_hit = SANDBOX_LIMIT_WALL},
	 STATUS_FAILS,
	 "wall",
	 NULL},
	{"a refused call, whatever was said before",
	 {{RECORD_BEGIN, begin, begin},
	  {RECORD_INPUT, user, id},
	  {RECORD_OBSERVE, read, three},
	  {RECORD_END, begin, begin}},
	 {.signal = 9, .violation = {.happened = true, .name = "socket"}},
	 STATUS_FAILS,
	 "syscall",
	 NULL},
};

START_TEST(verdicts)
{
	struct transcript expected = transcript_of(reference), seen = transcript_of(rows[_i].records);
	struct test_evidence test = {0};
	struct evidence evidence = {.tests = memory_new(1, sizeof test), .test_count = 1};

	compare_transcripts(&expected, &seen, &rows[_i].outcome, &test);
	ck_assert_msg(test.status == rows[_i].status, "%s: status %d", rows[_i].what, test.status);
	if (rows[_i].why)
		ck_assert_msg(test.why && strcmp(test.why, rows[_i].why) == 0, "%s: why %s", rows[_i].what, test.why);
	else
		ck_assert_ptr_null(test.why);
	if (rows[_i].observed)
		ck_assert_str_eq(test.difference.value, rows[_i].observed);
	transcript_release(&expected);
	transcript_release(&seen);
	evidence.tests[0] = test;
	evidence_release(&evidence, &(const struct exercise){0});
}
END_TEST

START_TEST(forged_records_fail)
{
	struct transcript expected = transcript_of(reference), seen = transcript_of(reference);
	const struct sandbox_outcome outcome = {.exited = true};
	struct test_evidence test = {0};

	seen.fault = text_copy("record 4 comes after the end");
	compare_transcripts(&expected, &seen, &outcome, &test);
	ck_assert_int_eq(test.status, STATUS_FAILS);
	ck_assert_str_eq(test.why, "forged");
	free(test.detail);
	transcript_release(&expected);
	transcript_release(&seen);
}
END_TEST

START_TEST(inputs_before_the_difference_are_kept)
{
	struct transcript expected = transcript_of(reference), seen = transcript_of(rows[2].records);
	const struct sandbox_outcome outcome = {.exited = true};
	struct evidence evidence = {.tests = memory_new(1, sizeof *evidence.tests), .test_count = 1};

	compare_transcripts(&expected, &seen, &outcome, &evidence.tests[0]);
	ck_assert_uint_eq(evidence.tests[0].input_count, 1);
	ck_assert_str_eq(evidence.tests[0].inputs[0].value, "17");
	ck_assert_str_eq(evidence.tests[0].expected, "Some(3)");
	transcript_release(&expected);
	transcript_release(&seen);
	evidence_release(&evidence, &(const struct exercise){0});
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(verdicts, .rows = ARRAY_LENGTH(rows)),
	UNIT(forged_records_fail),
	UNIT(inputs_before_the_difference_are_kept),
};

UNIT_MAIN("compare", tests)
