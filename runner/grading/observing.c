#include "grading/observing.h"

#include "base/memory.h"
#include "grading/compare.h"
#include "grading/metrics.h"
#include "grading/observations.h"
#include "grading/runs.h"

#include <stdatomic.h>
#include <string.h>

struct test_run {
	struct observing *observing;
	size_t index;
	struct transcript reference, submission;
	struct sandbox_outcome outcome;
	atomic_int missing;	      /* of the two runs; the one that finds 1 compares */
	atomic_uint reference_cpu_ms; /* 0 while it is not known; with another seed, what it was with the last */
};

struct observing {
	const struct exercise *exercise;
	const struct preparation *preparation;
	const struct pipeline_options *options;
	struct measuring *measuring;
	struct evidence *evidence;
	struct tasks *tasks;
	struct sanitizing *const *sanitizing; /* one for each sanitizer, or NULL */
	struct test_run *tests;
	const char **programs; /* paths; NULL where one is not linked */
};

static void arrive(struct test_run *run)
{
	struct test_evidence *test = &run->observing->evidence->tests[run->index];

	if (atomic_fetch_sub(&run->missing, 1) == 1)
		compare_transcripts(&run->reference, &run->submission, &run->outcome, test);
}

static int check_reference(const struct test_run *run, const char *name, const struct sandbox_outcome *outcome,
			   struct error **err)
{
	const struct observing *observing = run->observing;
	cleanup_free char *trouble = compare_reference_trouble(&run->reference, outcome);

	if (!trouble)
		return 0;
	return error_set(
		err, ERROR_EXERCISE,
		"%s: the reference does not end the test \"%s\" with seed %#llx (%s); raise limits: or mend it",
		observing->exercise->folder, name, (unsigned long long)observing->evidence->seed, trouble);
}

/* A test that reports metrics runs in the copy that tells its allocations. */
static int observe(const struct test_run *run, const char *program, struct transcript *transcript,
		   struct sandbox_outcome *outcome, struct error **err)
{
	const struct observing *observing = run->observing;
	const struct test_evidence *test = &observing->evidence->tests[run->index];
	const struct engine *engine = &observing->preparation->engine;
	const struct exercise_limits *limits = &observing->exercise->test_limits;
	cleanup_free char *counted = NULL;

	if (observing->exercise->type == TYPE_BIN)
		return runs_observe(engine, observing->preparation->programs[test->program].path, program, test->index,
				    observing->evidence->seed, limits, transcript, outcome, err);
	if (!metrics_of_test(observing->exercise, test->name))
		return step_observe(engine, program, test->index, observing->evidence->seed, limits, transcript,
				    outcome, err);
	counted = metrics_program(program);
	return step_observe_counted(engine, counted, test->index, observing->evidence->seed, limits, transcript,
				    outcome, err);
}

static int observe_reference(void *context, struct error **err)
{
	struct test_run *run = context;
	const struct observing *observing = run->observing;
	const struct test_evidence *test = &observing->evidence->tests[run->index];
	const struct observation_key key = {observing->preparation->reference, observing->evidence->seed, test->program,
					    test->index};
	const char *program = observing->exercise->type == TYPE_BIN
				      ? observing->preparation->solution
				      : observing->preparation->programs[test->program].path;
	const bool kept = observing->options->seed_is_given;
	struct sandbox_outcome outcome;
	unsigned int cpu_ms;

	if (kept && observations_load(&key, &run->reference, &cpu_ms)) {
		atomic_store(&run->reference_cpu_ms, cpu_ms);
	} else {
		if (observe(run, program, &run->reference, &outcome, err) < 0 ||
		    check_reference(run, test->name, &outcome, err) < 0)
			return -1;
		atomic_store(&run->reference_cpu_ms, outcome.cpu_ms);
		if (kept)
			observations_save(&key, &run->reference, outcome.cpu_ms);
	}
	arrive(run);
	return 0;
}

static int observe_submission(void *context, struct error **err)
{
	struct test_run *run = context;
	struct observing *observing = run->observing;
	const struct test_evidence *test = &observing->evidence->tests[run->index];
	const size_t unit = observing->evidence->programs[test->program].unit;

	if (observe(run, observing->programs[test->program], &run->submission, &run->outcome, err) < 0)
		return -1;
	measuring_add(observing->measuring, "observe", observing->evidence->units[unit].id, &run->outcome);
	for (size_t i = 0; i < SANITIZER_KINDS; i++)
		sanitizing_observed(observing->sanitizing[i], run->index, &run->outcome);
	arrive(run);
	return 0;
}

/* What took the reference longest goes first, so that no long test is begun last while the other threads are idle. */
static void add_submissions(const struct observing *observing, size_t program)
{
	const struct evidence *evidence = observing->evidence;
	cleanup_free size_t *order = memory_new(evidence->test_count, sizeof *order);
	size_t count = 0;

	for (size_t i = 0; i < evidence->test_count; i++) {
		unsigned int cost = atomic_load(&observing->tests[i].reference_cpu_ms);
		size_t at = count;

		if (evidence->tests[i].program != program)
			continue;
		for (; at > 0 && atomic_load(&observing->tests[order[at - 1]].reference_cpu_ms) < cost; at--)
			order[at] = order[at - 1];
		order[at] = i;
		count++;
	}
	for (size_t i = 0; i < count; i++)
		tasks_add(observing->tasks, observe_submission, &observing->tests[order[i]], true);
}

/* ---- the whole ---------------------------------------------------------------- */

static size_t program_of(const struct observing *observing, const struct exercise_group *group)
{
	const struct preparation *preparation = observing->preparation;
	const char *unit = group->unit;

	for (size_t i = 0; i < preparation->program_count; i++)
		if (strcmp(preparation->programs[i].file, group->file) == 0 &&
		    (!unit || strcmp(observing->evidence->units[preparation->programs[i].unit].id, unit) == 0))
			return i;
	return 0;
}

static void plan_tests(struct observing *observing)
{
	struct evidence *evidence = observing->evidence;

	for (size_t i = 0; i < observing->exercise->group_count; i++) {
		const struct exercise_group *group = &observing->exercise->groups[i];
		const size_t program = program_of(observing, group);
		const struct prepared_program *prepared = &observing->preparation->programs[program];

		for (size_t j = 0; j < group->tests.count; j++) {
			struct test_evidence *test = ARRAY_ADD(evidence->tests, evidence->test_count);

			test->group = i;
			test->program = program;
			test->name = group->tests.items[j];
			for (uint32_t k = 0; k < prepared->test_count; k++)
				if (strcmp(prepared->tests[k].name, test->name) == 0) {
					test->index = k;
					test->says = text_copy(prepared->tests[k].says);
				}
		}
	}
}

struct observing *observing_new(const struct exercise *exercise, const struct preparation *preparation,
				const struct pipeline_options *options, struct measuring *measuring,
				struct evidence *evidence)
{
	struct observing *observing = memory_new(1, sizeof *observing);

	*observing = (struct observing){.exercise = exercise,
					.preparation = preparation,
					.options = options,
					.measuring = measuring,
					.evidence = evidence};
	plan_tests(observing);
	observing->programs = memory_new(evidence->program_count, sizeof *observing->programs);
	observing->tests = memory_new(evidence->test_count, sizeof *observing->tests);
	for (size_t i = 0; i < evidence->test_count; i++)
		observing->tests[i] = (struct test_run){.observing = observing, .index = i, .missing = 2};
	return observing;
}

static void release_transcripts(struct test_run *run)
{
	transcript_release(&run->reference);
	transcript_release(&run->submission);
}

void observing_free(struct observing *observing)
{
	if (!observing)
		return;
	for (size_t i = 0; i < observing->evidence->test_count; i++)
		release_transcripts(&observing->tests[i]);
	free(observing->tests);
	free(observing->programs);
	free(observing);
}

static bool is_wanted(const struct observing *observing, size_t test)
{
	const struct evidence *evidence = observing->evidence;
	const bool *units = observing->options->units;

	return !units || units[evidence->programs[evidence->tests[test].program].unit];
}

static void add_references(const struct observing *observing)
{
	for (size_t i = 0; i < observing->evidence->test_count; i++)
		if (is_wanted(observing, i))
			tasks_add(observing->tasks, observe_reference, &observing->tests[i], false);
}

void observing_begin(struct observing *observing, struct tasks *tasks,
		     struct sanitizing *const sanitizing[SANITIZER_KINDS])
{
	observing->tasks = tasks;
	observing->sanitizing = sanitizing;
	add_references(observing);
}

void observing_linked(struct observing *observing, size_t program, const char *path)
{
	observing->programs[program] = path;
	add_submissions(observing, program);
}

void observing_collect(struct observing *observing)
{
	struct evidence *evidence = observing->evidence;

	for (size_t i = 0; i < evidence->test_count; i++) {
		const struct test_run *run = &observing->tests[i];

		metrics_collect(observing->exercise, &evidence->tests[i], &run->reference, &run->submission,
				evidence->metrics);
		for (size_t kind = 0; kind < SANITIZER_KINDS; kind++)
			sanitizing_judge(observing->sanitizing[kind], i, &run->reference);
	}
}

static void forget_test(struct test_run *run, struct test_evidence *test)
{
	const struct test_evidence planned = {.group = test->group,
					      .program = test->program,
					      .index = test->index,
					      .name = test->name,
					      .says = STEAL(test->says)};

	test_evidence_release(test);
	*test = planned;
	release_transcripts(run);
	run->outcome = (struct sandbox_outcome){0};
	atomic_store(&run->missing, 2);
}

void observing_again(struct observing *observing, struct tasks *tasks)
{
	struct evidence *evidence = observing->evidence;

	for (size_t i = 0; i < evidence->test_count; i++)
		forget_test(&observing->tests[i], &evidence->tests[i]);
	for (size_t i = 0; i < observing->exercise->metric_count; i++)
		evidence->metrics[i] = (struct metric_evidence){0};
	for (size_t i = 0; i < SANITIZER_KINDS; i++)
		sanitizing_again(observing->sanitizing[i], tasks);
	observing->tasks = tasks;
	for (size_t i = 0; i < evidence->program_count; i++)
		if (observing->programs[i])
			add_submissions(observing, i);
	add_references(observing);
}
