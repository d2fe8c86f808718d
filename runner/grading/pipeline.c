#include "grading/pipeline.h"

#include "base/file.h"
#include "base/memory.h"
#include "grading/format.h"
#include "grading/metrics.h"
#include "grading/observing.h"
#include "grading/own_tests.h"
#include "grading/probing.h"
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

struct probe_run {
	struct pipeline *pipeline;
	size_t index;
	struct step_result probe, twin;
	atomic_int missing;
};

struct pipeline {
	const struct session *session;
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
	struct observing *observing;
	struct probe_run *probes;
	struct sanitizing *sanitizing[SANITIZER_KINDS];
	struct own_tests *own_tests;
	struct measuring measuring;
	struct scratch scratch;
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

/* A program is whole when it is built, and its tests are the reference's. */
static int run_program(void *context, struct error **err)
{
	struct program_run *run = context;

	(void)err;
	run->pipeline->evidence->programs[run->index].link.succeeded = true;
	observing_linked(run->pipeline->observing, run->index, run->path);
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
	observing_linked(pipeline->observing, run->index, run->path);
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

static void arrive_probe(struct probe_run *run)
{
	if (atomic_fetch_sub(&run->missing, 1) == 1)
		probe_judge(&run->probe, &run->twin, &run->pipeline->evidence->probes[run->index]);
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
			tasks_add(pipeline->tasks,
				  pipeline->exercise->type == TYPE_BIN ? run_program : link_program,
				  &pipeline->programs[i], true);
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
							     .path = exercise->type == TYPE_BIN ? file_join(pipeline->built, STEP_PROGRAM) : text_format("%s/program-%zu", scratch, i),
							     .gate = text_format("%s/gate-%zu", scratch, i),
							     .gate_fd = -1};
		if (make_gate(&pipeline->programs[i], err) < 0)
			return -1;
	}
	pipeline->observing =
		observing_new(exercise, preparation, pipeline->options, &pipeline->measuring, evidence);
	pipeline->units = memory_new(evidence->unit_count, sizeof *pipeline->units);
	for (size_t i = 0; i < evidence->unit_count; i++)
		pipeline->units[i] = (struct unit_run){pipeline, i};
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

/* What hangs on no seed. */
static void collect(struct pipeline *pipeline)
{
	struct evidence *evidence = pipeline->evidence;

	prepare_count_uses(pipeline->exercise, evidence->units, evidence->unit_count, evidence->uses);
	for (size_t i = 0; i < pipeline->exercise->use_count; i++)
		evidence->uses[i].reference = pipeline->preparation->uses[i];
	if (evidence->unit_count && !evidence->units[0].build.succeeded)
		withdraw_probes(pipeline);
	if (pipeline->exercise->allow_unsafe)
		prepare_count_unsafe(evidence->units, evidence->unit_count, &evidence->unsafe_code);
	own_tests_collect(pipeline->own_tests);
}

static void collect_tests(struct pipeline *pipeline)
{
	observing_collect(pipeline->observing);
	pipeline->evidence->layers = atomic_load(&pipeline->measuring.layers);
}

static void release(struct pipeline *pipeline)
{
	for (size_t i = 0; i < pipeline->evidence->program_count; i++) {
		if (pipeline->programs[i].gate && pipeline->programs[i].gate_fd >= 0)
			close(pipeline->programs[i].gate_fd);
		free(pipeline->programs[i].path);
		free(pipeline->programs[i].gate);
	}
	for (size_t i = 0; pipeline->probes && i < pipeline->exercise->probe_count; i++) {
		step_result_release(&pipeline->probes[i].probe);
		step_result_release(&pipeline->probes[i].twin);
	}
	observing_free(pipeline->observing);
	for (size_t i = 0; i < SANITIZER_KINDS; i++)
		sanitizing_free(pipeline->sanitizing[i]);
	own_tests_free(pipeline->own_tests);
	free(pipeline->units);
	free(pipeline->programs);
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

static int run_steps(struct pipeline *pipeline, struct error **err)
{
	int failed;

	pipeline->own_tests = own_tests_new(pipeline->session, pipeline->exercise, pipeline->preparation, pipeline->submission,
					    pipeline->options, pipeline->source, &pipeline->hits, &pipeline->measuring,
					    pipeline->evidence);
	pipeline->tasks = tasks_new(pipeline->session->jobs);
	for (size_t i = 0; i < pipeline->evidence->unit_count; i++)
		if (is_wanted(pipeline, i))
			tasks_add(pipeline->tasks, build_unit, &pipeline->units[i], true);
	observing_begin(pipeline->observing, pipeline->tasks, pipeline->sanitizing);
	for (size_t i = 0; i < pipeline->evidence->program_count; i++)
		if (pipeline->exercise->type != TYPE_BIN && is_wanted(pipeline, pipeline->evidence->programs[i].unit))
			tasks_add(pipeline->tasks, prepare_box, &pipeline->programs[i], false);
	own_tests_begin(pipeline->own_tests, pipeline->tasks);
	failed = tasks_wait(pipeline->tasks, err);
	discard_boxes(pipeline);
	tasks_free(pipeline->tasks);
	return failed;
}

static int run(struct pipeline *pipeline, struct error **err)
{
	const struct exercise *exercise = pipeline->exercise;

	settings_find(pipeline->submission, exercise, pipeline->evidence);
	pipeline->source = file_join(pipeline->scratch.path, "source");
	pipeline->built = file_join(pipeline->scratch.path, "built");
	if (file_make_folders(pipeline->source, err) < 0 || file_make_folders(pipeline->built, err) < 0 ||
	    sources_lay(pipeline->submission, exercise, pipeline->source, &pipeline->hits, err) < 0 ||
	    plan(pipeline, pipeline->scratch.path, err) < 0 || run_steps(pipeline, err) < 0)
		return -1;
	collect(pipeline);
	collect_tests(pipeline);
	return 0;
}

int pipeline_begin(const struct session *session, const struct exercise *exercise,
		   const struct preparation *preparation, const struct submission *submission,
		   const struct pipeline_options *options, struct evidence *evidence, struct pipeline **begun,
		   struct error **err)
{
	struct scratch scratch;
	struct pipeline *pipeline;

	if (scratch_open(&scratch, err) < 0)
		return -1;
	pipeline = memory_new(1, sizeof *pipeline);
	*pipeline = (struct pipeline){.session = session,
				      .exercise = exercise,
				      .options = options,
				      .submission = submission,
				      .preparation = preparation,
				      .evidence = evidence,
				      .scratch = scratch};
	measuring_open(&pipeline->measuring, evidence);
	evidence->seed = options->seed;
	if (run(pipeline, err) < 0) {
		pipeline_end(pipeline);
		return -1;
	}
	*begun = pipeline;
	return 0;
}

int pipeline_again(struct pipeline *pipeline, uint64_t seed, struct error **err)
{
	int failed;

	pipeline->evidence->seed = seed;
	pipeline->tasks = tasks_new(pipeline->session->jobs);
	observing_again(pipeline->observing, pipeline->tasks);
	failed = tasks_wait(pipeline->tasks, err);
	tasks_free(pipeline->tasks);
	if (!failed)
		collect_tests(pipeline);
	return failed;
}

void pipeline_end(struct pipeline *pipeline)
{
	if (!pipeline)
		return;
	release(pipeline);
	scratch_close(&pipeline->scratch, pipeline->session->keep);
	free(pipeline);
}
