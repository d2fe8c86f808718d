#include "grading/compare.h"

#include "base/memory.h"

#include <string.h>

/* The words of the report's `why`, where a limit ended the process. */
static const char *const limit_why[SANDBOX_LIMIT_COUNT] = {
	[SANDBOX_LIMIT_WALL] = "wall",	   [SANDBOX_LIMIT_CPU] = "cpu",
	[SANDBOX_LIMIT_MEMORY] = "memory", [SANDBOX_LIMIT_PROCESSES] = "processes",
	[SANDBOX_LIMIT_OUTPUT] = "output", [SANDBOX_LIMIT_FILE_SIZE] = "file-size",
	[SANDBOX_LIMIT_DISK] = "disk",	   [SANDBOX_LIMIT_INODES] = "inodes",
	[SANDBOX_LIMIT_DESCRIPTORS] = "descriptors",
};

static bool is_compared(const struct record *record)
{
	return record->kind != RECORD_METRIC;
}

/* The next compared record at or after `at`; NULL at the end. */
static const struct record *next_compared(const struct transcript *transcript, size_t *at)
{
	while (*at < transcript->count) {
		const struct record *record = &transcript->items[(*at)++];

		if (is_compared(record))
			return record;
	}
	return NULL;
}

static void fail(struct test_evidence *test, const char *why, char *detail)
{
	test->status = STATUS_FAILS;
	test->why = why;
	test->detail = detail;
}

static void keep_inputs(const struct transcript *submission, size_t until, struct test_evidence *test)
{
	for (size_t i = 0; i < until && i < submission->count; i++) {
		struct labelled *input;

		if (submission->items[i].kind != RECORD_INPUT)
			continue;
		input = ARRAY_ADD(test->inputs, test->input_count);
		input->label = text_copy(submission->items[i].label);
		input->value = text_copy(submission->items[i].value);
	}
}

/*
 * A plain test's assertion that failed where its panic was caught. #[track_caller] moves panics of a submission into
 * the test's text and makes them no more; what a submission catches of its own makes more of them, but not in that
 * text. So one number must be the reference's, not both.
 */
static bool find_caught(const struct record *expected, const struct record *seen, struct test_evidence *test)
{
	if (expected->kind != RECORD_CAUGHT || seen->kind != RECORD_CAUGHT ||
	    strcmp(expected->label, seen->label) == 0 || strcmp(expected->value, seen->value) == 0)
		return false;
	fail(test, "panicked",
	     text_format("panics that began in the test itself and were caught: %s, and %s with the reference",
			 seen->label, expected->label));
	return true;
}

static bool is_same(const struct record *expected, const struct record *seen)
{
	return expected->kind == seen->kind &&
	       (seen->kind == RECORD_CAUGHT ||
		(strcmp(expected->label, seen->label) == 0 && strcmp(expected->value, seen->value) == 0));
}

/*
 * The first record that both have and that differs. How the two end is no
 * difference: a process that stopped early is told by how it ended.
 */
static bool find_difference(const struct transcript *reference, const struct transcript *submission,
			    struct test_evidence *test)
{
	size_t at_reference = 0, at_submission = 0;

	for (;;) {
		const struct record *expected = next_compared(reference, &at_reference);
		const struct record *seen = next_compared(submission, &at_submission);

		if (!expected || !seen || seen->kind == RECORD_PANIC || seen->kind == RECORD_FAILED)
			return false;
		if (find_caught(expected, seen, test))
			return true;
		if (is_same(expected, seen))
			continue;
		keep_inputs(submission, at_submission, test);
		test->difference.label = text_copy(seen->kind == RECORD_END ? expected->label : seen->label);
		test->difference.value = text_copy(seen->kind == RECORD_END ? "(nothing)" : seen->value);
		test->expected = text_copy(expected->kind == RECORD_END ? "(nothing)" : expected->value);
		fail(test, "differs", NULL);
		return true;
	}
}

static void judge_end(const struct transcript *submission, const struct sandbox_outcome *outcome,
		      struct test_evidence *test)
{
	if (outcome->limit_hit != SANDBOX_LIMIT_NONE) {
		fail(test, limit_why[outcome->limit_hit], NULL);
	} else if (outcome->signal) {
		fail(test, "signal",
		     text_format("it was ended by signal %d (%s)", outcome->signal, strsignal(outcome->signal)));
	} else if (submission->panicked) {
		const struct record *panic = &submission->items[submission->count - 1];

		fail(test, "panicked", text_format("it panicked at %s: %s", panic->label, panic->value));
	} else if (submission->failed) {
		fail(test, "ended-otherwise", text_copy(submission->items[submission->count - 1].value));
	} else if (!submission->ended) {
		fail(test, "stopped-early",
		     text_format("the process ended with exit code %d before the test did", outcome->exit_code));
	} else if (outcome->exit_code != 0) {
		fail(test, "exit", text_format("the process ended with exit code %d", outcome->exit_code));
	} else {
		test->status = STATUS_HOLDS;
	}
	if (test->status == STATUS_FAILS)
		keep_inputs(submission, submission->count, test);
}

void compare_transcripts(const struct transcript *reference, const struct transcript *submission,
			 const struct sandbox_outcome *outcome, struct test_evidence *test)
{
	test->outcome = *outcome;
	for (size_t i = 0; i < submission->count; i++) {
		struct labelled *metric;

		if (submission->items[i].kind != RECORD_METRIC)
			continue;
		metric = ARRAY_ADD(test->metrics, test->metric_count);
		metric->label = text_copy(submission->items[i].label);
		metric->value = text_copy(submission->items[i].value);
	}
	if (outcome->violation.happened)
		fail(test, "syscall", text_format("it called %s, which a test may not", outcome->violation.name));
	else if (submission->fault && outcome->limit_hit == SANDBOX_LIMIT_NONE && !outcome->signal)
		fail(test, "forged", text_format("the records of the test are not its own: %s", submission->fault));
	else if (!find_difference(reference, submission, test))
		judge_end(submission, outcome, test);
}
