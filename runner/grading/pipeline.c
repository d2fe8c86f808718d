#include "grading/pipeline.h"

#include "base/file.h"
#include "base/memory.h"
#include "grading/compare.h"
#include "grading/format.h"
#include "grading/metrics.h"
#include "grading/observations.h"
#include "grading/own_tests.h"
#include "grading/sanitizing.h"
#include "grading/scratch.h"
#include "grading/settings.h"
#include "grading/sources.h"
#include "grading/tasks.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define PROBE_LIMIT (1u << 20) /* bytes of one probe file */

struct pipeline;

/* Contexts of tasks: each knows its slot in the evidence. */
struct unit_run {
	struct pipeline *pipeline;
	size_t index;
	bool dependents_added;
};

struct program_run {
	struct pipeline *pipeline;
	size_t index;
	char *path;
	char *gate;  /* FIFO before the linker */
	int gate_fd; /* held open for reading and writing, so that neither side waits for the other to open it */
	_Atomic(struct sandbox_prepared *) box; /* for its link, where one was made ready */
	atomic_bool no_box;			/* is wanted any more */
};

struct test_run {
	struct pipeline *pipeline;
	size_t index;
	struct transcript reference, submission;
	struct sandbox_outcome outcome;
	atomic_int missing;	      /* of the two runs; the one that finds 1 compares */
	atomic_uint reference_cpu_ms; /* 0 while it is not known */
};

struct probe_run {
	struct pipeline *pipeline;
	size_t index;
	struct step_result probe, twin;
	atomic_int missing;
};

struct pipeline {
	const struct exercise *exercise;
	const struct pipeline_options *options;
	const struct submission *submission;
	const struct preparation *preparation;
	struct evidence *evidence;
	struct tasks *tasks;
	char *source, *built; /* folders in the scratch */
	struct source_hits hits; /* in all of the submission; const while steps run */
	struct unit_run *units;
	struct program_run *programs;
	struct test_run *tests;
	struct probe_run *probes;
	struct sanitizing *sanitizing[SANITIZER_KINDS];
	struct own_tests *own_tests;
	struct measuring measuring;
	atomic_bool format_added; /* not before something is compiled: nothing waits for it, and it would slow what is
				     waited for */
};

static bool is_wanted(const struct pipeline *pipeline, size_t unit)
{
	return !pipeline->options->units || pipeline->options->units[unit];
}

static void measure(struct pipeline *pipeline, const char *stage, const char *unit,
		    const struct sandbox_outcome *outcome)
{
	measuring_add(&pipeline->measuring, stage, unit, outcome);
}

/* ---- observing ------------------------------------------------------------ */

static void arrive(struct test_run *run)
{
	struct test_evidence *test = &run->pipeline->evidence->tests[run->index];

	if (atomic_fetch_sub(&run->missing, 1) == 1)
		compare_transcripts(&run->reference, &run->submission, &run->outcome, test);
}

static int check_reference(const struct test_run *run, const char *name, const struct sandbox_outcome *outcome,
			   struct error **err)
{
	const struct pipeline *pipeline = run->pipeline;
	cleanup_free char *trouble = compare_reference_trouble(&run->reference, outcome);

	if (!trouble)
		return 0;
	return error_set(
		err, ERROR_EXERCISE,
		"%s: the reference does not end the test \"%s\" with seed %#llx (%s); raise limits: or mend it",
		pipeline->exercise->folder, name, (unsigned long long)pipeline->evidence->seed, trouble);
}

/* A test that reports metrics runs in the copy that tells its allocations. */
static int observe(const struct test_run *run, const char *program, struct transcript *transcript,
		   struct sandbox_outcome *outcome, struct error **err)
{
	const struct pipeline *pipeline = run->pipeline;
	const struct test_evidence *test = &pipeline->evidence->tests[run->index];
	const struct engine *engine = &pipeline->preparation->engine;
	const struct exercise_limits *limits = &pipeline->exercise->test_limits;
	cleanup_free char *counted = NULL;

	if (!metrics_of_test(pipeline->exercise, test->name))
		return step_observe(engine, program, test->index, pipeline->evidence->seed, limits, transcript, outcome,
				    err);
	counted = metrics_program(program);
	return step_observe_counted(engine, counted, test->index, pipeline->evidence->seed, limits, transcript, outcome,
				    err);
}

static int observe_reference(void *context, struct error **err)
{
	struct test_run *run = context;
	const struct pipeline *pipeline = run->pipeline;
	const struct test_evidence *test = &pipeline->evidence->tests[run->index];
	const struct observation_key key = {pipeline->preparation->reference, pipeline->evidence->seed, test->program,
					    test->index};
	const char *program = pipeline->preparation->programs[test->program].path;
	const bool kept = pipeline->options->seed_is_given;
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
	struct pipeline *pipeline = run->pipeline;
	const struct test_evidence *test = &pipeline->evidence->tests[run->index];

	if (observe(run, pipeline->programs[test->program].path, &run->submission, &run->outcome, err) < 0)
		return -1;
	measure(pipeline, "observe", pipeline->evidence->units[pipeline->evidence->programs[test->program].unit].id,
		&run->outcome);
	for (size_t i = 0; i < SANITIZER_KINDS; i++)
		sanitizing_observed(pipeline->sanitizing[i], run->index, &run->outcome);
	arrive(run);
	return 0;
}

/* What took the reference longest goes first, so that no long test is begun last while the other threads are idle. */
static void add_observations(struct pipeline *pipeline, size_t program)
{
	const struct evidence *evidence = pipeline->evidence;
	cleanup_free size_t *order = memory_new(evidence->test_count, sizeof *order);
	size_t count = 0;

	for (size_t i = 0; i < evidence->test_count; i++) {
		unsigned int cost = atomic_load(&pipeline->tests[i].reference_cpu_ms);
		size_t at = count;

		if (evidence->tests[i].program != program)
			continue;
		for (; at > 0 && atomic_load(&pipeline->tests[order[at - 1]].reference_cpu_ms) < cost; at--)
			order[at] = order[at - 1];
		order[at] = i;
		count++;
	}
	for (size_t i = 0; i < count; i++)
		tasks_add(pipeline->tasks, observe_submission, &pipeline->tests[order[i]], true);
}

static struct link_source source_of(const struct program_run *run)
{
	const struct pipeline *pipeline = run->pipeline;
	const struct program_evidence *program = &pipeline->evidence->programs[run->index];
	struct link_source source = prepare_link(pipeline->preparation, pipeline->exercise, pipeline->built,
						 &pipeline->evidence->units[program->unit], program->file);

	source.gate = run->gate;
	source.placeless = source_hits_have(&pipeline->hits, SOURCE_CALLER);
	return source;
}

/*
 * In the time in which there is nothing to do but to wait for the compiler. Where it fails nothing is said: the link
 * will make a box of its own, or say why there is none.
 */
static int prepare_box(void *context, struct error **err)
{
	struct program_run *run = context;
	const struct link_source source = source_of(run);
	cleanup_error struct error *ignored = NULL;
	struct sandbox_prepared *box;

	(void)err;
	if (!atomic_load(&run->no_box) &&
	    step_prepare_link(&run->pipeline->preparation->engine, &source, &box, &ignored) == 0)
		atomic_store(&run->box, box);
	return 0;
}

static int link_program(void *context, struct error **err)
{
	struct program_run *run = context;
	struct pipeline *pipeline = run->pipeline;
	struct program_evidence *program = &pipeline->evidence->programs[run->index];
	const struct unit_evidence *unit = &pipeline->evidence->units[program->unit];
	struct link_source source = source_of(run);

	atomic_store(&run->no_box, true);
	source.prepared = atomic_exchange(&run->box, NULL);
	if (step_link(&pipeline->preparation->engine, &source, run->path, &program->link, err) < 0)
		return -1;
	measure(pipeline, "link", unit->id, &program->link.outcome);
	if (!program->link.succeeded)
		return 0;
	if (metrics_prepare(pipeline->exercise, program->file, run->path, err) < 0)
		return -1;
	add_observations(pipeline, run->index);
	return 0;
}

/* ---- probing ---------------------------------------------------------------- */

static int check_probe_file(struct probe_run *run, const char *file, struct step_result *result, struct error **err)
{
	struct pipeline *pipeline = run->pipeline;
	const struct link_source source = prepare_link(pipeline->preparation, pipeline->exercise, pipeline->built,
						       &pipeline->evidence->units[0], file);

	if (step_check(&pipeline->preparation->engine, &source, result, err) < 0)
		return -1;
	measure(pipeline, "probe", NULL, &result->outcome);
	return 0;
}

static void judge_probe(struct probe_run *run)
{
	struct probe_evidence *probe = &run->pipeline->evidence->probes[run->index];

	prepare_failures(&run->probe.diagnostics, &probe->found, &probe->found_count);
	probe->status = STATUS_FAILS;
	if (!run->twin.succeeded)
		probe->why = text_copy("right use of the same API does not compile either, so that nothing is shown");
	else if (run->probe.succeeded)
		probe->why = text_copy("the misuse compiles");
	else if (run->probe.trouble)
		probe->why = text_copy(run->probe.trouble);
	else if (!prepare_same_failures(probe))
		probe->why = text_copy("the misuse is refused, but for another reason or at another line");
	else
		probe->status = STATUS_HOLDS;
}

static void arrive_probe(struct probe_run *run)
{
	if (atomic_fetch_sub(&run->missing, 1) == 1)
		judge_probe(run);
}

static int check_probe(void *context, struct error **err)
{
	struct probe_run *run = context;
	const struct exercise_probe *probe = &run->pipeline->exercise->probes[run->index];

	if (check_probe_file(run, probe->file, &run->probe, err) < 0)
		return -1;
	arrive_probe(run);
	return 0;
}

static int check_twin(void *context, struct error **err)
{
	struct probe_run *run = context;
	const struct exercise_probe *probe = &run->pipeline->exercise->probes[run->index];

	if (check_probe_file(run, probe->twin, &run->twin, err) < 0)
		return -1;
	arrive_probe(run);
	return 0;
}

static int check_format(void *context, struct error **err)
{
	struct pipeline *pipeline = context;
	struct sandbox_outcome outcome = {0};

	if (format_observe(&pipeline->preparation->engine, pipeline->source, pipeline->exercise, pipeline->submission,
			   pipeline->options->units, pipeline->evidence, &outcome, err) < 0)
		return -1;
	measure(pipeline, "format", NULL, &outcome);
	return 0;
}

/* ---- building ---------------------------------------------------------------- */

/* Called when the unit is type-checked, or else when it is built. */
static void add_dependents(void *context)
{
	struct unit_run *run = context;
	struct pipeline *pipeline = run->pipeline;

	if (run->dependents_added)
		return;
	run->dependents_added = true;
	for (size_t i = 0; i < pipeline->evidence->program_count; i++)
		if (pipeline->evidence->programs[i].unit == run->index)
			tasks_add(pipeline->tasks, link_program, &pipeline->programs[i], true);
	if (!pipeline->options->without_format && !atomic_exchange(&pipeline->format_added, true))
		tasks_add(pipeline->tasks, check_format, pipeline, false);
	for (size_t i = 0; i < SANITIZER_KINDS; i++)
		sanitizing_begin(pipeline->sanitizing[i], pipeline->tasks, run->index);
	for (size_t i = 0; i < pipeline->exercise->probe_count && !pipeline->options->without_probes; i++) {
		tasks_add(pipeline->tasks, check_probe, &pipeline->probes[i], false);
		tasks_add(pipeline->tasks, check_twin, &pipeline->probes[i], false);
	}
}

static void open_gates(const struct unit_run *run, const char *word)
{
	const struct pipeline *pipeline = run->pipeline;

	for (size_t i = 0; i < pipeline->evidence->program_count; i++) {
		if (pipeline->evidence->programs[i].unit != run->index)
			continue;
		/* a few bytes into an empty pipe: never short, never waits */
		file_write_all(pipeline->programs[i].gate_fd, word, strlen(word));
		/* it would come too late for a link, and nobody links what was not built */
		atomic_store(&pipeline->programs[i].no_box, true);
	}
}

static int build_unit(void *context, struct error **err)
{
	struct unit_run *run = context;
	struct pipeline *pipeline = run->pipeline;
	struct unit_evidence *unit = &pipeline->evidence->units[run->index];
	const struct compile_listener listener = {.on_metadata = add_dependents, .context = run};
	int failed = prepare_build(pipeline->preparation, pipeline->exercise, pipeline->source, pipeline->built,
				   &listener, unit, err);

	if (!failed)
		sources_settle(&pipeline->hits, unit);
	open_gates(run, !failed && unit->build.succeeded ? "go\n" : "stop\n");
	if (failed)
		return -1;
	measure(pipeline, "build", unit->id, &unit->build.outcome);
	if (unit->build.succeeded && !run->dependents_added)
		add_dependents(run);
	return 0;
}

/* ---- the whole ---------------------------------------------------------------- */

static size_t program_of(const struct pipeline *pipeline, const struct exercise_group *group)
{
	const struct preparation *preparation = pipeline->preparation;
	const char *unit = group->unit;

	for (size_t i = 0; i < preparation->program_count; i++)
		if (strcmp(preparation->programs[i].file, group->file) == 0 &&
		    (!unit || strcmp(pipeline->evidence->units[preparation->programs[i].unit].id, unit) == 0))
			return i;
	return 0;
}

static void plan_tests(struct pipeline *pipeline)
{
	struct evidence *evidence = pipeline->evidence;

	for (size_t i = 0; i < pipeline->exercise->group_count; i++) {
		const struct exercise_group *group = &pipeline->exercise->groups[i];
		const size_t program = program_of(pipeline, group);
		const struct prepared_program *prepared = &pipeline->preparation->programs[program];

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

static int make_gate(struct program_run *run, struct error **err)
{
	if (mkfifo(run->gate, 0644) < 0)
		return error_set_errno(err, ERROR_OTHER, "cannot make the FIFO %s", run->gate);
	run->gate_fd = open(run->gate, O_RDWR | O_CLOEXEC);
	if (run->gate_fd < 0)
		return error_set_errno(err, ERROR_OTHER, "cannot open the FIFO %s", run->gate);
	return 0;
}

static int plan(struct pipeline *pipeline, const char *scratch, struct error **err)
{
	struct evidence *evidence = pipeline->evidence;
	const struct preparation *preparation = pipeline->preparation;
	const struct exercise *exercise = pipeline->exercise;

	evidence->units = prepare_units(exercise, &evidence->unit_count);
	evidence->program_count = preparation->program_count;
	evidence->programs = memory_new(evidence->program_count, sizeof *evidence->programs);
	evidence->probes = memory_new(exercise->probe_count, sizeof *evidence->probes);
	evidence->uses = memory_new(exercise->use_count, sizeof *evidence->uses);
	evidence->metrics = memory_new(exercise->metric_count, sizeof *evidence->metrics);
	evidence->questions = memory_new(exercise->question_count, sizeof *evidence->questions);
	pipeline->programs = memory_new(evidence->program_count, sizeof *pipeline->programs);
	for (size_t i = 0; i < evidence->program_count; i++) {
		evidence->programs[i].file = preparation->programs[i].file;
		evidence->programs[i].unit = preparation->programs[i].unit;
		pipeline->programs[i] = (struct program_run){.pipeline = pipeline,
							     .index = i,
							     .path = text_format("%s/program-%zu", scratch, i),
							     .gate = text_format("%s/gate-%zu", scratch, i),
							     .gate_fd = -1};
		if (make_gate(&pipeline->programs[i], err) < 0)
			return -1;
	}
	plan_tests(pipeline);
	pipeline->units = memory_new(evidence->unit_count, sizeof *pipeline->units);
	for (size_t i = 0; i < evidence->unit_count; i++)
		pipeline->units[i] = (struct unit_run){pipeline, i};
	pipeline->tests = memory_new(evidence->test_count, sizeof *pipeline->tests);
	for (size_t i = 0; i < evidence->test_count; i++)
		pipeline->tests[i] = (struct test_run){.pipeline = pipeline, .index = i, .missing = 2};
	for (enum sanitizer_kind kind = 0; kind < SANITIZER_KINDS; kind++)
		pipeline->sanitizing[kind] =
			sanitizing_new(kind, pipeline->exercise, preparation, pipeline->source, scratch,
				       &pipeline->measuring, evidence, pipeline->options->without_sanitizer);
	pipeline->probes = memory_new(exercise->probe_count, sizeof *pipeline->probes);
	for (size_t i = 0; i < exercise->probe_count; i++) {
		cleanup_free char *path = file_join(exercise->folder, exercise->probes[i].file);
		cleanup_buffer struct buffer text = {0};

		pipeline->probes[i] = (struct probe_run){.pipeline = pipeline, .index = i, .missing = 2};
		if (file_read(AT_FDCWD, path, PROBE_LIMIT, &text, err) < 0)
			return -1;
		prepare_expectations(buffer_text(&text), &evidence->probes[i].expected,
				     &evidence->probes[i].expected_count);
	}
	return 0;
}

/* Probes begin before code is generated; where that failed in the end, they show nothing. */
static void withdraw_probes(struct pipeline *pipeline)
{
	for (size_t i = 0; i < pipeline->exercise->probe_count; i++) {
		struct probe_evidence *probe = &pipeline->evidence->probes[i];

		probe->status = STATUS_UNOBSERVED;
		free(probe->why);
		probe->why = NULL;
	}
}

static void collect(struct pipeline *pipeline)
{
	struct evidence *evidence = pipeline->evidence;

	prepare_count_uses(pipeline->exercise, evidence->units, evidence->unit_count, evidence->uses);
	for (size_t i = 0; i < pipeline->exercise->use_count; i++)
		evidence->uses[i].reference = pipeline->preparation->uses[i];
	for (size_t i = 0; i < evidence->test_count; i++)
		metrics_collect(pipeline->exercise, &evidence->tests[i], &pipeline->tests[i].reference,
				&pipeline->tests[i].submission, evidence->metrics);
	if (evidence->unit_count && !evidence->units[0].build.succeeded)
		withdraw_probes(pipeline);
	if (pipeline->exercise->allow_unsafe)
		prepare_count_unsafe(evidence->units, evidence->unit_count, &evidence->unsafe_code);
	for (size_t i = 0; i < evidence->test_count; i++)
		for (size_t kind = 0; kind < SANITIZER_KINDS; kind++)
			sanitizing_judge(pipeline->sanitizing[kind], i, &pipeline->tests[i].reference);
	own_tests_collect(pipeline->own_tests);
	evidence->layers = atomic_load(&pipeline->measuring.layers);
}

static void release(struct pipeline *pipeline)
{
	for (size_t i = 0; i < pipeline->evidence->program_count; i++) {
		if (pipeline->programs[i].gate && pipeline->programs[i].gate_fd >= 0)
			close(pipeline->programs[i].gate_fd);
		free(pipeline->programs[i].path);
		free(pipeline->programs[i].gate);
	}
	for (size_t i = 0; pipeline->tests && i < pipeline->evidence->test_count; i++) {
		transcript_release(&pipeline->tests[i].reference);
		transcript_release(&pipeline->tests[i].submission);
	}
	for (size_t i = 0; pipeline->probes && i < pipeline->exercise->probe_count; i++) {
		step_result_release(&pipeline->probes[i].probe);
		step_result_release(&pipeline->probes[i].twin);
	}
	for (size_t i = 0; i < SANITIZER_KINDS; i++)
		sanitizing_free(pipeline->sanitizing[i]);
	own_tests_free(pipeline->own_tests);
	free(pipeline->units);
	free(pipeline->programs);
	free(pipeline->tests);
	free(pipeline->probes);
	free(pipeline->source);
	free(pipeline->built);
	source_hits_release(&pipeline->hits);
	measuring_close(&pipeline->measuring);
}

/* What no link took. Before the threads end that prepared it, with which its processes would die. */
static void discard_boxes(struct pipeline *pipeline)
{
	for (size_t i = 0; i < pipeline->evidence->program_count; i++)
		sandbox_discard(atomic_exchange(&pipeline->programs[i].box, NULL));
}

static int run_steps(const struct session *session, struct pipeline *pipeline, struct error **err)
{
	int failed;

	pipeline->own_tests = own_tests_new(session, pipeline->exercise, pipeline->preparation, pipeline->submission,
					    pipeline->options, pipeline->source, &pipeline->hits, &pipeline->measuring,
					    pipeline->evidence);
	pipeline->tasks = tasks_new(session->jobs);
	for (size_t i = 0; i < pipeline->evidence->unit_count; i++)
		if (is_wanted(pipeline, i))
			tasks_add(pipeline->tasks, build_unit, &pipeline->units[i], true);
	for (size_t i = 0; i < pipeline->evidence->test_count; i++)
		if (is_wanted(pipeline, pipeline->evidence->programs[pipeline->evidence->tests[i].program].unit))
			tasks_add(pipeline->tasks, observe_reference, &pipeline->tests[i], false);
	for (size_t i = 0; i < pipeline->evidence->program_count; i++)
		if (is_wanted(pipeline, pipeline->evidence->programs[i].unit))
			tasks_add(pipeline->tasks, prepare_box, &pipeline->programs[i], false);
	own_tests_begin(pipeline->own_tests, pipeline->tasks);
	failed = tasks_wait(pipeline->tasks, err);
	discard_boxes(pipeline);
	tasks_free(pipeline->tasks);
	return failed;
}

int pipeline_run(const struct session *session, const struct exercise *exercise, const struct preparation *preparation,
		 const struct submission *submission, const struct pipeline_options *options, struct evidence *evidence,
		 struct error **err)
{
	struct pipeline pipeline = {.exercise = exercise,
				    .options = options,
				    .submission = submission,
				    .preparation = preparation,
				    .evidence = evidence};
	struct scratch scratch;
	int failed;

	if (scratch_open(&scratch, err) < 0)
		return -1;
	measuring_open(&pipeline.measuring, evidence);
	evidence->seed = options->seed;
	settings_find(submission, exercise, evidence);
	pipeline.source = file_join(scratch.path, "source");
	pipeline.built = file_join(scratch.path, "built");
	failed = file_make_folders(pipeline.source, err) < 0 || file_make_folders(pipeline.built, err) < 0 ||
		 sources_lay(submission, exercise, pipeline.source, &pipeline.hits, err) < 0 || plan(&pipeline, scratch.path, err) < 0 ||
		 run_steps(session, &pipeline, err) < 0;
	if (!failed)
		collect(&pipeline);
	release(&pipeline);
	scratch_close(&scratch, session->keep);
	return failed ? -1 : 0;
}
