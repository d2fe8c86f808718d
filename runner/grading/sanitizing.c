#include "grading/sanitizing.h"

#include "base/file.h"
#include "base/memory.h"
#include "grading/compare.h"
#include "rust/sanitizer.h"

#include <string.h>

static const char stage[] = "sanitize";

struct unit_run {
	struct sanitizing *sanitizing;
	struct tasks *tasks; /* to which what depends on it is added */
	size_t index;
	struct step_result build;
};

struct program_run {
	struct sanitizing *sanitizing;
	size_t index;
	char *path;
	struct step_result link;
};

struct test_run {
	struct sanitizing *sanitizing;
	size_t index;
	bool ran, out_of_time;
	atomic_int missing; /* of the program and the ordinary run; the one that finds 1 lets it begin */
	struct transcript transcript;
	struct sandbox_outcome outcome;
	struct sanitizer_report report; /* kind NULL where there is none */
	struct place place;
};

struct sanitizing {
	enum sanitizer_kind kind;
	struct sanitized *sanitized; /* in the evidence */
	const struct exercise *exercise;
	const struct preparation *preparation;
	struct evidence *evidence;
	struct measuring *measuring;
	const char *source;
	char *built;
	struct unit_run *units;
	struct program_run *programs;
	struct test_run *tests;
};

static void measure(const struct sanitizing *sanitizing, size_t unit, const struct sandbox_outcome *outcome)
{
	measuring_add(sanitizing->measuring, stage, sanitizing->evidence->units[unit].id, outcome);
}

/* ---- the steps --------------------------------------------------------------- */

static int observe_test(void *context, struct error **err)
{
	struct test_run *run = context;
	const struct sanitizing *sanitizing = run->sanitizing;
	const struct test_evidence *test = &sanitizing->evidence->tests[run->index];
	const struct engine *engine = &sanitizing->preparation->engine;
	const char *program = sanitizing->programs[test->program].path;
	cleanup_buffer struct buffer written = {0};

	if (step_observe_sanitized(engine, sanitizing->kind, program, test->index, sanitizing->evidence->seed,
				   &sanitizing->exercise->test_limits, &run->transcript, &written, &run->outcome,
				   err) < 0)
		return -1;
	run->ran = true;
	measure(sanitizing, sanitizing->evidence->programs[test->program].unit, &run->outcome);
	if (!sanitizer_report_parse(buffer_text(&written), &run->report))
		return 0;
	return sanitizer_locate(engine, program, &run->report, &run->place, err);
}

static void arrive(struct test_run *run)
{
	const struct evidence *evidence = run->sanitizing->evidence;
	const size_t unit = evidence->programs[evidence->tests[run->index].program].unit;

	if (atomic_fetch_sub(&run->missing, 1) == 1 && !run->out_of_time)
		tasks_add(run->sanitizing->units[unit].tasks, observe_test, run, false);
}

void sanitizing_observed(struct sanitizing *sanitizing, size_t test, const struct sandbox_outcome *outcome)
{
	if (!sanitizing)
		return;
	sanitizing->tests[test].out_of_time =
		outcome->limit_hit == SANDBOX_LIMIT_WALL || outcome->limit_hit == SANDBOX_LIMIT_CPU;
	arrive(&sanitizing->tests[test]);
}

static int link_program(void *context, struct error **err)
{
	struct program_run *run = context;
	const struct sanitizing *sanitizing = run->sanitizing;
	const struct evidence *evidence = sanitizing->evidence;
	const size_t unit = evidence->programs[run->index].unit;
	struct link_source source = prepare_link(sanitizing->preparation, sanitizing->exercise, sanitizing->built,
						 &evidence->units[unit], evidence->programs[run->index].file);

	source.sanitizer = sanitizing->preparation->sanitizers[sanitizing->kind].folder;
	source.sanitizer_kind = sanitizing->kind;
	if (step_link(&sanitizing->preparation->engine, &source, run->path, &run->link, err) < 0)
		return -1;
	measure(sanitizing, unit, &run->link.outcome);
	for (size_t i = 0; run->link.succeeded && i < evidence->test_count; i++)
		if (evidence->tests[i].program == run->index)
			arrive(&sanitizing->tests[i]);
	return 0;
}

static int compile_unit(void *context, struct error **err)
{
	struct unit_run *run = context;
	const struct sanitizing *sanitizing = run->sanitizing;
	const struct evidence *evidence = sanitizing->evidence;
	struct compile_source source = prepare_compile(sanitizing->preparation, sanitizing->exercise,
						       sanitizing->source, &evidence->units[run->index]);

	source.sanitizer = sanitizing->preparation->sanitizers[sanitizing->kind].folder;
	source.sanitizer_kind = sanitizing->kind;
	if (file_make_folders(sanitizing->built, err) < 0 ||
	    step_compile_sanitized(&sanitizing->preparation->engine, &source, sanitizing->built, &run->build, err) < 0)
		return -1;
	measure(sanitizing, run->index, &run->build.outcome);
	for (size_t i = 0; run->build.succeeded && i < evidence->program_count; i++)
		if (evidence->programs[i].unit == run->index)
			tasks_add(run->tasks, link_program, &sanitizing->programs[i], false);
	return 0;
}

void sanitizing_begin(struct sanitizing *sanitizing, struct tasks *tasks, size_t unit)
{
	if (!sanitizing)
		return;
	sanitizing->units[unit].tasks = tasks;
	tasks_add(tasks, compile_unit, &sanitizing->units[unit], false);
}

/* ---- what they showed ---------------------------------------------------------- */

static char *describe_failure(const struct sanitizing *sanitizing, const struct step_result *result, const char *what)
{
	const char *title = sanitizer_title(sanitizing->kind);

	for (size_t i = 0; i < result->diagnostics.count; i++)
		if (result->diagnostics.items[i].is_error)
			return text_format("%s with %s: %.200s", what, title,
					   result->diagnostics.items[i].message);
	return text_format("%s with %s: %.200s", what, title,
			   result->trouble ? result->trouble : "no reason was given");
}

static bool came_to_its_end(const struct test_run *run)
{
	return run->transcript.ended && !run->transcript.fault && run->outcome.exited && run->outcome.exit_code == 0 &&
	       !run->outcome.violation.happened && run->outcome.limit_hit == SANDBOX_LIMIT_NONE;
}

static char *describe_end(const struct test_run *run)
{
	const struct sandbox_outcome *outcome = &run->outcome;

	if (outcome->violation.happened)
		return text_format("it called %s, which a test may not", outcome->violation.name);
	if (outcome->limit_hit != SANDBOX_LIMIT_NONE)
		return text_format("it reached a limit: %s", sandbox_limit_name(outcome->limit_hit));
	if (outcome->signal)
		return text_format("it was ended by signal %d", outcome->signal);
	if (run->transcript.fault)
		return text_format("the records are not its own: %s", run->transcript.fault);
	if (!run->transcript.ended)
		return text_format("the process ended with exit code %d before the test did", outcome->exit_code);
	return text_format("the process ended with exit code %d", outcome->exit_code);
}

static void set_error(struct sanitized_test *seen, const char *kind, const char *says, const char *access)
{
	seen->state = SANITIZED_ERROR;
	seen->kind = kind;
	seen->says = access ? text_format("%s (%s)", says, access) : text_copy(says);
}

/* It came to its end, and nothing was found: is it the test that was seen to pass? */
static void judge_end(const struct test_run *run, const struct transcript *reference, const struct test_evidence *test,
		      struct sanitized_test *seen)
{
	struct test_evidence again = {0};

	if (!came_to_its_end(run)) {
		seen->why = describe_end(run);
		return;
	}
	seen->state = SANITIZED_CLEAN;
	if (test->status != STATUS_HOLDS)
		return;
	compare_transcripts(reference, &run->transcript, &run->outcome, &again);
	if (again.status != STATUS_HOLDS && run->sanitizing->kind == SANITIZER_THREAD) {
		seen->state = SANITIZED_NOT;
		seen->why = text_copy("it gave other observations than without ThreadSanitizer: they hang on when threads run");
	} else if (again.status != STATUS_HOLDS)
		set_error(
			seen, "observations-differ",
			"gave other observations than without AddressSanitizer: they hang on memory that was never written, or on where it lies",
			NULL);
	test_evidence_release(&again);
}

static char *describe_not_run(const struct sanitizing *sanitizing, const struct test_run *run)
{
	const struct test_evidence *test = &sanitizing->evidence->tests[run->index];
	const struct step_result *build = &sanitizing->units[sanitizing->evidence->programs[test->program].unit].build;

	if (test->status == STATUS_UNOBSERVED)
		return text_format("it could not be run without %s either", sanitizer_title(sanitizing->kind));
	if (run->out_of_time)
		return text_format("it ran out of time without %s too", sanitizer_title(sanitizing->kind));
	if (!build->succeeded)
		return describe_failure(sanitizing, build, "the submission does not compile");
	return describe_failure(sanitizing, &sanitizing->programs[test->program].link, "the tests do not compile or link");
}

void sanitizing_judge(struct sanitizing *sanitizing, size_t test, const struct transcript *reference)
{
	const struct test_run *run;
	struct sanitized_test *seen;

	if (!sanitizing)
		return;
	run = &sanitizing->tests[test];
	seen = &sanitizing->sanitized->tests[test];
	if (!run->ran)
		seen->why = describe_not_run(sanitizing, run);
	else if (run->report.kind && run->report.is_memory_error)
		set_error(seen, run->report.kind, run->report.says, run->report.access);
	else if (run->report.kind)
		seen->why = text_copy(run->report.says);
	else if (run->outcome.exited && run->outcome.exit_code == SANITIZER_EXIT)
		set_error(seen, "other", "ended as after an error that the sanitizer found", NULL);
	else
		judge_end(run, reference, &sanitizing->evidence->tests[test], seen);
	if (seen->state == SANITIZED_ERROR)
		place_copy(&seen->place, &run->place);
}

/* ---- the whole -------------------------------------------------------------------- */

struct sanitizing *sanitizing_new(enum sanitizer_kind kind, const struct exercise *exercise,
				  const struct preparation *preparation, const char *source, const char *scratch, struct measuring *measuring,
				  struct evidence *evidence, bool left_out)
{
	cleanup_free char *miri = file_join(preparation->engine.toolchain->root, "bin/miri");
	struct sanitized *sanitized = &evidence->unsafe_code.sanitized[kind];
	struct sanitizing *sanitizing;

	if (!sanitizer_is_asked_for(exercise, kind))
		return NULL;
	evidence->unsafe_code.has_miri = file_exists(miri);
	sanitized->tests = memory_new(evidence->test_count, sizeof *sanitized->tests);
	sanitized->unavailable = preparation->sanitizers[kind].why;
	for (size_t i = 0; left_out && i < evidence->test_count; i++)
		sanitized->tests[i].why = text_format("%s was left out", sanitizer_title(kind));
	if (!preparation->sanitizers[kind].folder || left_out)
		return NULL;
	sanitizing = memory_new(1, sizeof *sanitizing);
	*sanitizing = (struct sanitizing){.kind = kind,
					  .sanitized = sanitized,
					  .exercise = exercise,
					  .preparation = preparation,
					  .evidence = evidence,
					  .measuring = measuring,
					  .source = source,
					  .built = text_format("%s/sanitized-%s", scratch, sanitizer_id(kind))};
	sanitizing->units = memory_new(evidence->unit_count, sizeof *sanitizing->units);
	sanitizing->programs = memory_new(evidence->program_count, sizeof *sanitizing->programs);
	sanitizing->tests = memory_new(evidence->test_count, sizeof *sanitizing->tests);
	for (size_t i = 0; i < evidence->unit_count; i++)
		sanitizing->units[i] = (struct unit_run){.sanitizing = sanitizing, .index = i};
	for (size_t i = 0; i < evidence->program_count; i++)
		sanitizing->programs[i] = (struct program_run){
			.sanitizing = sanitizing, .index = i, .path = text_format("%s/sanitized-%s-%zu", scratch, sanitizer_id(kind), i)};
	for (size_t i = 0; i < evidence->test_count; i++)
		sanitizing->tests[i] = (struct test_run){.sanitizing = sanitizing, .index = i, .missing = 2};
	return sanitizing;
}

static void release_test(struct test_run *run)
{
	transcript_release(&run->transcript);
	sanitizer_report_release(&run->report);
	free(run->place.file);
}

static void release_seen(struct sanitized_test *seen)
{
	free(seen->says);
	free(seen->place.file);
	free(seen->why);
	*seen = (struct sanitized_test){0};
}

void sanitizing_again(struct sanitizing *sanitizing, struct tasks *tasks)
{
	if (!sanitizing)
		return;
	for (size_t i = 0; i < sanitizing->evidence->unit_count; i++)
		sanitizing->units[i].tasks = tasks;
	for (size_t i = 0; i < sanitizing->evidence->test_count; i++) {
		const bool linked = sanitizing->programs[sanitizing->evidence->tests[i].program].link.succeeded;

		release_test(&sanitizing->tests[i]);
		release_seen(&sanitizing->sanitized->tests[i]);
		sanitizing->tests[i] =
			(struct test_run){.sanitizing = sanitizing, .index = i, .missing = linked ? 1 : 2};
	}
}

void sanitizing_free(struct sanitizing *sanitizing)
{
	if (!sanitizing)
		return;
	for (size_t i = 0; i < sanitizing->evidence->unit_count; i++)
		step_result_release(&sanitizing->units[i].build);
	for (size_t i = 0; i < sanitizing->evidence->program_count; i++) {
		step_result_release(&sanitizing->programs[i].link);
		free(sanitizing->programs[i].path);
	}
	for (size_t i = 0; i < sanitizing->evidence->test_count; i++)
		release_test(&sanitizing->tests[i]);
	free(sanitizing->units);
	free(sanitizing->programs);
	free(sanitizing->tests);
	free(sanitizing->built);
	free(sanitizing);
}
