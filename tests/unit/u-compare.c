#include "suite.h"

#include "base/memory.h"
#include "grading/compare.h"

#include <signal.h>
#include <string.h>

#define MOST 8

/* A transcript of literal records; kind 0 ends it. */
static struct transcript transcript_of(const struct record *records)
{
	struct transcript transcript = {0};

	for (; records->kind; records++) {
		struct record *record = ARRAY_ADD(transcript.items, transcript.count);

		*record = (struct record){records->kind, text_copy(records->label), text_copy(records->value)};
		transcript.ended = record->kind == RECORD_END || record->kind == RECORD_PANIC;
		transcript.panicked = record->kind == RECORD_PANIC;
	}
	return transcript;
}

static char begin[] = "", user[] = "user", seen_last[] = "last read", three[] = "Some(3)", none[] = "None", id[] = "17",
	    place[] = "src/lib.rs:3:5", words[] = "index out of bounds", metric[] = "allocations", many[] = "9",
	    again[] = "read again";

static const struct record reference[MOST] = {{RECORD_BEGIN, begin, begin},
					      {RECORD_INPUT, user, id},
					      {RECORD_OBSERVE, seen_last, three},
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
	  {RECORD_OBSERVE, seen_last, three},
	  {RECORD_END, begin, begin}},
	 {.exited = true},
	 STATUS_HOLDS,
	 NULL,
	 NULL},
	{"a metric is not compared",
	 {{RECORD_BEGIN, begin, begin},
	  {RECORD_INPUT, user, id},
	  {RECORD_METRIC, metric, many},
	  {RECORD_OBSERVE, seen_last, three},
	  {RECORD_END, begin, begin}},
	 {.exited = true},
	 STATUS_HOLDS,
	 NULL,
	 NULL},
	{"another value",
	 {{RECORD_BEGIN, begin, begin},
	  {RECORD_INPUT, user, id},
	  {RECORD_OBSERVE, seen_last, none},
	  {RECORD_END, begin, begin}},
	 {.exited = true},
	 STATUS_FAILS,
	 "differs",
	 "None"},
	{"a record left out",
	 {{RECORD_BEGIN, begin, begin}, {RECORD_INPUT, user, id}, {RECORD_END, begin, begin}},
	 {.exited = true},
	 STATUS_FAILS,
	 "missing",
	 "(nothing)"},
	{"another record in its place, which the reference has later",
	 {{RECORD_BEGIN, begin, begin}, {RECORD_OBSERVE, seen_last, three}, {RECORD_END, begin, begin}},
	 {.exited = true},
	 STATUS_FAILS,
	 "missing",
	 "(nothing)"},
	{"a record too many in the middle",
	 {{RECORD_BEGIN, begin, begin},
	  {RECORD_OBSERVE, again, none},
	  {RECORD_INPUT, user, id},
	  {RECORD_OBSERVE, seen_last, three},
	  {RECORD_END, begin, begin}},
	 {.exited = true},
	 STATUS_FAILS,
	 "extra",
	 "None"},
	{"a record too many at the end",
	 {{RECORD_BEGIN, begin, begin},
	  {RECORD_INPUT, user, id},
	  {RECORD_OBSERVE, seen_last, three},
	  {RECORD_OBSERVE, seen_last, three},
	  {RECORD_END, begin, begin}},
	 {.exited = true},
	 STATUS_FAILS,
	 "extra",
	 "Some(3)"},
	{"another label",
	 {{RECORD_BEGIN, begin, begin},
	  {RECORD_INPUT, user, id},
	  {RECORD_OBSERVE, again, three},
	  {RECORD_END, begin, begin}},
	 {.exited = true},
	 STATUS_FAILS,
	 "differs",
	 "Some(3)"},
	{"an input as if it were observed",
	 {{RECORD_BEGIN, begin, begin},
	  {RECORD_INPUT, user, id},
	  {RECORD_INPUT, seen_last, three},
	  {RECORD_END, begin, begin}},
	 {.exited = true},
	 STATUS_FAILS,
	 "differs",
	 "Some(3)"},
	{"a panic",
	 {{RECORD_BEGIN, begin, begin}, {RECORD_INPUT, user, id}, {RECORD_PANIC, place, words}},
	 {.exited = true},
	 STATUS_FAILS,
	 "panicked",
	 NULL},
	{"exit(0) in the middle, all well so far",
	 {{RECORD_BEGIN, begin, begin}, {RECORD_INPUT, user, id}, {RECORD_OBSERVE, seen_last, three}},
	 {.exited = true},
	 STATUS_FAILS,
	 "stopped-early",
	 NULL},
	{"nothing at all", {{0}}, {.exited = true}, STATUS_FAILS, "stopped-early", NULL},
	{"an end, then another exit code",
	 {{RECORD_BEGIN, begin, begin},
	  {RECORD_INPUT, user, id},
	  {RECORD_OBSERVE, seen_last, three},
	  {RECORD_END, begin, begin}},
	 {.exited = true, .exit_code = 7},
	 STATUS_FAILS,
	 "exit",
	 NULL},
	{"a signal",
	 {{RECORD_BEGIN, begin, begin}, {RECORD_INPUT, user, id}},
	 {.signal = 15},
	 STATUS_FAILS,
	 "signal",
	 NULL},
	{"an abort",
	 {{RECORD_BEGIN, begin, begin}, {RECORD_INPUT, user, id}},
	 {.signal = SIGABRT},
	 STATUS_FAILS,
	 "aborted",
	 NULL},
	{"a stack overflow",
	 {{RECORD_BEGIN, begin, begin}, {RECORD_INPUT, user, id}},
	 {.signal = SIGSTKFLT},
	 STATUS_FAILS,
	 "stack-overflow",
	 NULL},
	{"another bad access",
	 {{RECORD_BEGIN, begin, begin}, {RECORD_INPUT, user, id}},
	 {.signal = SIGSEGV},
	 STATUS_FAILS,
	 "signal",
	 NULL},
	{"the test's end, then a signal",
	 {{RECORD_BEGIN, begin, begin},
	  {RECORD_INPUT, user, id},
	  {RECORD_OBSERVE, seen_last, three},
	  {RECORD_END, begin, begin}},
	 {.signal = SIGABRT},
	 STATUS_FAILS,
	 "aborted",
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
	  {RECORD_OBSERVE, seen_last, three},
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

/* Whatever ends the process: but where it was killed a record may be cut short. */
START_TEST(forged_records_fail)
{
	static const struct {
		bool cut;
		struct sandbox_outcome outcome;
		const char *why;
	} ends[] = {
		{false, {.exited = true}, "forged"},
		{true, {.exited = true}, "forged"},
		{false, {.signal = SIGABRT}, "forged"},
		{false, {.signal = 9, .limit_hit = SANDBOX_LIMIT_WALL}, "forged"},
		{true, {.signal = 9, .limit_hit = SANDBOX_LIMIT_WALL}, "wall"},
		{true, {.signal = SIGABRT}, "aborted"},
	};

	for (size_t i = 0; i < ARRAY_LENGTH(ends); i++) {
		struct transcript expected = transcript_of(reference), seen = transcript_of(reference);
		struct test_evidence test = {0};

		seen.fault = text_copy("record 4 comes after the end");
		seen.cut = ends[i].cut;
		seen.ended = false;
		compare_transcripts(&expected, &seen, &ends[i].outcome, &test);
		ck_assert_int_eq(test.status, STATUS_FAILS);
		ck_assert_str_eq(test.why, ends[i].why);
		test_evidence_release(&test);
		transcript_release(&expected);
		transcript_release(&seen);
	}
}
END_TEST

START_TEST(a_flood_is_told)
{
	struct transcript expected = transcript_of(reference), seen = transcript_of(rows[2].records);
	const struct sandbox_outcome outcome = {.signal = 9, .limit_hit = SANDBOX_LIMIT_OUTPUT};
	struct test_evidence test = {0};

	seen.flood = "wrote more than 4 MiB of records";
	compare_transcripts(&expected, &seen, &outcome, &test);
	ck_assert_str_eq(test.why, "output");
	ck_assert_str_eq(test.detail, "it wrote more than 4 MiB of records");
	test_evidence_release(&test);
	transcript_release(&expected);
	transcript_release(&seen);
}
END_TEST

/* What a test declared, how its process ended, and what comes of it; the reference's own is refused by the same rule.
 */
START_TEST(declared_ends)
{
	static char abort_[] = "abort", overflow[] = "overflow", blocks[] = "blocks", unknown[] = "applause",
		    here[] = "a.rs:1:2";
	static const struct {
		char *declared;
		struct record last;
		struct sandbox_outcome outcome;
		const char *why, *detail;
	} ends[] = {
		{abort_, {0}, {.signal = SIGABRT}, NULL, NULL},
		{overflow, {0}, {.signal = SIGSTKFLT}, NULL, NULL},
		{blocks, {0}, {.signal = SIGALRM}, NULL, NULL},
		{abort_, {0}, {.signal = SIGSTKFLT}, "stack-overflow", "it must abort here"},
		{overflow, {0}, {.signal = SIGABRT}, "aborted", "it must overflow its stack here"},
		{overflow,
		 {0},
		 {.signal = SIGSEGV},
		 "signal",
		 "it was ended by signal 11 (Segmentation fault); it must overflow its stack here"},
		{blocks, {0}, {.signal = 9, .limit_hit = SANDBOX_LIMIT_WALL}, "wall", "it must not come back here"},
		{blocks, {0}, {.signal = SIGALRM, .limit_hit = SANDBOX_LIMIT_CPU}, "cpu", "it must not come back here"},
		{abort_,
		 {0},
		 {.exited = true},
		 "stopped-early",
		 "the process ended with exit code 0 before the test did; it must abort here"},
		{abort_, {RECORD_BACK, begin, begin}, {.exited = true}, "went-on", "it must abort here"},
		{abort_, {RECORD_BACK, begin, begin}, {.signal = SIGABRT}, "aborted", "it must abort here"},
		{abort_,
		 {RECORD_BACK, here, words},
		 {.exited = true},
		 "panicked",
		 "it panicked at a.rs:1:2: index out of bounds; it must abort here"},
		{unknown, {0}, {.signal = SIGABRT}, "aborted", NULL},
	};

	for (size_t i = 0; i < ARRAY_LENGTH(ends); i++) {
		const struct record records[MOST] = {
			{RECORD_BEGIN, begin, begin}, {RECORD_ENDS, ends[i].declared, begin}, ends[i].last};
		struct transcript expected = transcript_of(records), seen = transcript_of(records);
		struct test_evidence test = {0};
		cleanup_free char *trouble = NULL;

		if (ends[i].last.kind) { /* only of the submission */
			free(expected.items[2].label);
			free(expected.items[2].value);
			expected.count = 2;
		}
		seen.ended = ends[i].last.kind == RECORD_BACK;
		seen.panicked = seen.ended && *ends[i].last.label;
		compare_transcripts(&expected, &seen, &ends[i].outcome, &test);
		ck_assert_pstr_eq(test.why, ends[i].why);
		ck_assert_pstr_eq(test.detail, ends[i].detail);
		ck_assert_int_eq(test.status, ends[i].why ? STATUS_FAILS : STATUS_HOLDS);
		trouble = compare_reference_trouble(&seen, &ends[i].outcome);
		ck_assert((trouble == NULL) == (ends[i].why == NULL));
		test_evidence_release(&test);
		transcript_release(&expected);
		transcript_release(&seen);
	}
}
END_TEST

/* Nobody who says early that he will abort, and does, has said all that the reference says before. */
START_TEST(a_declared_end_is_no_short_cut)
{
	static char abort_[] = "abort";
	const struct record early[MOST] = {{RECORD_BEGIN, begin, begin}, {RECORD_ENDS, abort_, begin}};
	const struct record whole[MOST] = {
		{RECORD_BEGIN, begin, begin}, {RECORD_OBSERVE, seen_last, three}, {RECORD_ENDS, abort_, begin}};
	const struct sandbox_outcome outcome = {.signal = SIGABRT};
	const struct record *const others[] = {whole, reference};

	for (size_t i = 0; i < ARRAY_LENGTH(others); i++) {
		struct transcript expected = transcript_of(others[i]), seen = transcript_of(early);
		struct test_evidence test = {0};

		compare_transcripts(&expected, &seen, &outcome, &test);
		ck_assert_int_eq(test.status, STATUS_FAILS);
		ck_assert_str_eq(test.why, "missing");
		test_evidence_release(&test);
		transcript_release(&expected);
		transcript_release(&seen);
	}
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
	UNIT(a_flood_is_told),
	UNIT(declared_ends),
	UNIT(a_declared_end_is_no_short_cut),
	UNIT(inputs_before_the_difference_are_kept),
};

UNIT_MAIN("compare", tests)
