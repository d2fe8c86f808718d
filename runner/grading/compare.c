#include "grading/compare.h"

#include "base/memory.h"

#include <signal.h>
#include <string.h>

/* The words of the report's `why`, where a limit ended the process. */
static const char *const limit_why[SANDBOX_LIMIT_COUNT] = {
	[SANDBOX_LIMIT_WALL] = "wall",	   [SANDBOX_LIMIT_CPU] = "cpu",
	[SANDBOX_LIMIT_MEMORY] = "memory", [SANDBOX_LIMIT_PROCESSES] = "processes",
	[SANDBOX_LIMIT_OUTPUT] = "output", [SANDBOX_LIMIT_FILE_SIZE] = "file-size",
	[SANDBOX_LIMIT_DISK] = "disk",	   [SANDBOX_LIMIT_INODES] = "inodes",
	[SANDBOX_LIMIT_DESCRIPTORS] = "descriptors",
};

/*
 * Which signal tells of which end (harness/ends.rs): the kernel says it of a process, whatever the process says of
 * itself. `name` is what a test declares; `says` is of the test's process.
 */
static const struct process_end {
	const char *name;
	int signal;
	const char *why;
	const char *says;
} process_ends[] = {
	{"abort", SIGABRT, "aborted", "abort"},
	{"overflow", SIGSTKFLT, "stack-overflow", "overflow its stack"},
	{"blocks", SIGALRM, "signal", "not come back"},
};

static const struct process_end *end_by_signal(int signal)
{
	for (size_t i = 0; i < ARRAY_LENGTH(process_ends); i++)
		if (process_ends[i].signal == signal)
			return &process_ends[i];
	return NULL;
}

/* What the test said last of how its process would end; NULL where nothing. */
static const struct process_end *declared_end(const struct transcript *transcript)
{
	size_t count = transcript->count;
	const struct record *last;

	if (count && transcript->items[count - 1].kind == RECORD_BACK)
		count--;
	last = count ? &transcript->items[count - 1] : NULL;
	for (size_t i = 0; last && last->kind == RECORD_ENDS && i < ARRAY_LENGTH(process_ends); i++)
		if (strcmp(process_ends[i].name, last->label) == 0)
			return &process_ends[i];
	return NULL;
}

/* All is said that was to be said, and the process has ended as it then must. */
static bool has_ended_well(const struct transcript *transcript, const struct sandbox_outcome *outcome)
{
	const struct process_end *declared = declared_end(transcript);

	if (outcome->limit_hit != SANDBOX_LIMIT_NONE)
		return false;
	if (declared)
		return !transcript->ended && outcome->signal == declared->signal;
	return transcript->ended && !transcript->panicked && outcome->exited && outcome->exit_code == 0;
}

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

static bool same_label(const struct record *a, const struct record *b)
{
	return a->kind == b->kind && strcmp(a->label, b->label) == 0;
}

/* Allocations are told, not compared: fewer are as right as more. */
static bool same_value(const struct record *a, const struct record *b)
{
	return a->kind == RECORD_COUNTED || strcmp(a->value, b->value) == 0;
}

static bool comes_later(const struct transcript *transcript, size_t at, const struct record *record)
{
	for (; at < transcript->count; at++)
		if (same_label(&transcript->items[at], record))
			return true;
	return false;
}

static bool is_end(const struct record *record)
{
	return record->kind == RECORD_END || record->kind == RECORD_ENDS;
}

/* Two records of different labels: is the one here and the other not, or is it another story altogether? */
static const char *why_of_labels(const struct record *expected, const struct record *seen, bool seen_is_expected_later,
				 bool expected_is_seen_later)
{
	if (is_end(seen) && !is_end(expected))
		return "missing";
	if (is_end(expected) && !is_end(seen))
		return "extra";
	if (seen_is_expected_later == expected_is_seen_later)
		return "differs";
	return seen_is_expected_later ? "missing" : "extra";
}

static char *text_or_nothing(const struct record *record, bool there)
{
	return text_copy(there && !is_end(record) ? record->value : "(nothing)");
}

/* `why` is "differs", "missing" (what the reference observed) or "extra" (what it did not). */
static void tell_difference(const struct record *expected, const struct record *seen, const char *why,
			    struct test_evidence *test)
{
	bool missing = strcmp(why, "missing") == 0, extra = strcmp(why, "extra") == 0;

	test->difference.label = text_copy(missing ? expected->label : seen->label);
	test->difference.value = text_or_nothing(seen, !missing);
	test->expected = text_or_nothing(expected, !extra);
	if (missing)
		fail(test, why, text_format("\"%s\" was never observed here", expected->label));
	else if (extra)
		fail(test, why, text_format("\"%s\" is not observed here with the reference", seen->label));
	else if (!same_label(expected, seen))
		fail(test, why, text_format("the reference has \"%s\" here", expected->label));
	else
		fail(test, why, NULL);
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
		const char *why = "differs";

		if (!expected || !seen || seen->kind == RECORD_PANIC)
			return false;
		if (same_label(expected, seen) && same_value(expected, seen))
			continue;
		if (!same_label(expected, seen))
			why = why_of_labels(expected, seen, comes_later(reference, at_reference, seen),
					    comes_later(submission, at_submission, expected));
		keep_inputs(submission, at_submission, test);
		tell_difference(expected, seen, why, test);
		return true;
	}
}

static void fail_by_signal(int signal, struct test_evidence *test)
{
	const struct process_end *known = end_by_signal(signal);

	if (known && strcmp(known->why, "signal") != 0)
		fail(test, known->why, NULL);
	else
		fail(test, "signal", text_format("it was ended by signal %d (%s)", signal, strsignal(signal)));
}

/* What stands where the process did not end as its test declared. */
static void add_declared(const struct transcript *submission, struct test_evidence *test)
{
	const struct process_end *declared = declared_end(submission);
	cleanup_free char *before = test->detail;

	if (declared)
		test->detail =
			text_format("%s%sit must %s here", before ? before : "", before ? "; " : "", declared->says);
	else
		test->detail = STEAL(before);
}

static void judge_end(const struct transcript *submission, const struct sandbox_outcome *outcome,
		      struct test_evidence *test)
{
	if (has_ended_well(submission, outcome)) {
		test->status = STATUS_HOLDS;
		return;
	}
	if (outcome->limit_hit != SANDBOX_LIMIT_NONE) {
		fail(test, limit_why[outcome->limit_hit],
		     submission->flood ? text_format("it %s", submission->flood) : NULL);
	} else if (outcome->signal) {
		fail_by_signal(outcome->signal, test);
	} else if (submission->panicked) {
		const struct record *panic = &submission->items[submission->count - 1];

		fail(test, "panicked", text_format("it panicked at %s: %s", panic->label, panic->value));
	} else if (!submission->ended) {
		fail(test, "stopped-early",
		     text_format("the process ended with exit code %d before the test did", outcome->exit_code));
	} else if (outcome->exit_code != 0) {
		fail(test, "exit", text_format("the process ended with exit code %d", outcome->exit_code));
	} else {
		fail(test, "went-on", NULL);
	}
	add_declared(submission, test);
	keep_inputs(submission, submission->count, test);
}

/* A killed process leaves a record that is cut short; no process leaves any other fault by itself. */
static bool is_forged(const struct transcript *submission, const struct sandbox_outcome *outcome)
{
	bool killed = outcome->limit_hit != SANDBOX_LIMIT_NONE || outcome->signal;

	return submission->fault && !(submission->cut && killed);
}

char *compare_reference_trouble(const struct transcript *reference, const struct sandbox_outcome *outcome)
{
	struct test_evidence test = {0};
	char *trouble = NULL;

	if (reference->fault) {
		trouble = text_copy(reference->fault);
	} else if (!has_ended_well(reference, outcome)) {
		judge_end(reference, outcome, &test);
		trouble = text_format("%s%s%s", test.why, test.detail ? ": " : "", test.detail ? test.detail : "");
	}
	test_evidence_release(&test);
	return trouble;
}

void compare_transcripts(const struct transcript *reference, const struct transcript *submission,
			 const struct sandbox_outcome *outcome, struct test_evidence *test)
{
	test->outcome = *outcome;
	for (size_t i = 0; i < submission->count; i++) {
		struct labelled *metric;

		if (submission->items[i].kind != RECORD_METRIC && submission->items[i].kind != RECORD_COUNTED)
			continue;
		metric = ARRAY_ADD(test->metrics, test->metric_count);
		metric->label = text_copy(submission->items[i].label);
		metric->value = text_copy(submission->items[i].value);
	}
	if (outcome->violation.happened)
		fail(test, "syscall", text_format("it called %s, which a test may not", outcome->violation.name));
	else if (is_forged(submission, outcome))
		fail(test, "forged", text_format("the records of the test are not its own: %s", submission->fault));
	/* a flood first: how much of what differs was read before the end is chance */
	else if (submission->flood || !find_difference(reference, submission, test))
		judge_end(submission, outcome, test);
}
