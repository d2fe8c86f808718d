#include "grading/own_tests.h"

#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "grading/mutant.h"

#include <ctype.h>
#include <fcntl.h>
#include <string.h>

#define GIVEN_LIMIT ((size_t)1 << 20) /* bytes of a file of the starter */
#define LONGEST_NAME 100	      /* bytes of a test's name; longer ones are numbered */

static const char stage[] = "own-tests";

struct listed {
	char *name;
	uint32_t index; /* in the program's own list */
	bool ran, passed;
	atomic_bool unsteady; /* it passed, and then it did not */
};

struct file_run {
	struct own_tests *own;
	const struct submission_file *file;
	char *program; /* linked with the reference */
	char *given;   /* the starter's file of that name; "" where there is none */
	struct listed *tests;
	size_t test_count;
	char *trouble;
};

struct mutant_run {
	struct own_tests *own;
	size_t index; /* of the exercise's mutants */
	enum kill kill;
	unsigned int spent_ms; /* by tests with it */
};

struct own_tests {
	const struct session *session;
	const struct exercise *exercise;
	const struct preparation *preparation;
	const struct submission *submission;
	const struct source_hits *hits;
	struct measuring *measuring;
	struct evidence *evidence;
	struct tasks *tasks; /* to which what depends on others is added */
	char *folder;	     /* the submission's tests/ */
	char *programs;	     /* what names of programs begin with */
	struct file_run *files;
	size_t file_count;
	size_t passed_over; /* files beyond the most */
	struct mutant_run *mutants;
	size_t mutant_count;
	atomic_uint spent_ms;  /* by tests with the reference */
	atomic_size_t missing; /* files that were not run yet; the one that finds 1 goes on to the mutants */
};

/* ---- which files ------------------------------------------------------------------- */

static bool is_test_file(const char *path)
{
	size_t length = strlen(path);

	return strncmp(path, "tests/", 6) == 0 && !strchr(path + 6, '/') && length > 9 &&
	       strcmp(path + length - 3, ".rs") == 0;
}

/* "" where the starter has no such file. */
static char *read_given(const struct exercise *exercise, const char *path)
{
	cleanup_free char *whole = text_format("%s/starter/%s", exercise->folder, path);
	cleanup_buffer struct buffer text = {0};
	cleanup_error struct error *ignored = NULL;

	if (file_read(AT_FDCWD, whole, GIVEN_LIMIT, &text, &ignored) < 0)
		return text_copy("");
	return text_copy(buffer_text(&text));
}

static void add_file(struct own_tests *own, const struct submission_file *file)
{
	cleanup_free char *given = read_given(own->exercise, file->path);
	struct file_run *run;

	if (strcmp(given, file->data) == 0)
		return;
	if (own->file_count == OWN_FILES_MOST) {
		own->passed_over++;
		return;
	}
	run = &own->files[own->file_count];
	*run = (struct file_run){.own = own,
				 .file = file,
				 .program = text_format("%s-%zu", own->programs, own->file_count),
				 .given = STEAL(given)};
	own->file_count++;
}

static bool asks_for(const struct exercise *exercise, const char *mutant)
{
	for (size_t i = 0; i < exercise->criterion_count; i++)
		if (exercise->criteria[i].require == REQUIRE_KILLS &&
		    string_list_find(&exercise->criteria[i].names, mutant) >= 0)
			return true;
	return false;
}

struct own_tests *own_tests_new(const struct session *session, const struct exercise *exercise,
				const struct preparation *preparation, const struct submission *submission,
				const struct pipeline_options *options, const char *source,
				const struct source_hits *hits, struct measuring *measuring, struct evidence *evidence)
{
	struct own_tests *own;

	if (options->without_own_tests ||
	    !(exercise_requires(exercise, REQUIRE_OWN_TESTS) || exercise_requires(exercise, REQUIRE_KILLS)))
		return NULL;
	own = memory_new(1, sizeof *own);
	*own = (struct own_tests){.session = session,
				  .exercise = exercise,
				  .preparation = preparation,
				  .submission = submission,
				  .hits = hits,
				  .measuring = measuring,
				  .evidence = evidence,
				  .folder = file_join(source, "tests"),
				  .programs = text_format("%s-own", source)};
	own->files = memory_new(OWN_FILES_MOST, sizeof *own->files);
	for (size_t i = 0; i < submission->file_count; i++)
		if (is_test_file(submission->files[i].path))
			add_file(own, &submission->files[i]);
	own->mutants = memory_new(exercise->mutant_count, sizeof *own->mutants);
	for (size_t i = 0; i < exercise->mutant_count; i++)
		if (asks_for(exercise, exercise->mutants[i].name))
			own->mutants[own->mutant_count++] = (struct mutant_run){.own = own, .index = i};
	own->missing = own->file_count;
	return own;
}

/* ---- steps ------------------------------------------------------------------------- */

/* `built` is the reference's or a mutant's folder. */
static int link_file(const struct file_run *run, const char *built, const char *program, struct step_result *result,
		     struct error **err)
{
	const struct own_tests *own = run->own;
	const struct exercise *exercise = own->exercise;
	const struct link_source source = {
		.own_tests = own->folder,
		.allow_unsafe = exercise->allow_unsafe,
		.plain = true,
		.file = run->file->path + strlen("tests/"),
		.crate = exercise->crate,
		.built = built,
		.edition = exercise->edition,
		.limits = exercise->compile_limits,
	};

	if (step_link(&own->preparation->engine, &source, program, result, err) < 0)
		return -1;
	measuring_add(own->measuring, stage, NULL, &result->outcome);
	return 0;
}

static bool ran_out_of_time(const struct sandbox_outcome *outcome)
{
	return outcome->limit_hit == SANDBOX_LIMIT_WALL || outcome->limit_hit == SANDBOX_LIMIT_CPU;
}

/* What the process said, and whether it is a pass; its words are dropped. */
static int run_test(const struct own_tests *own, const char *program, uint32_t index, bool *passed,
		    struct sandbox_outcome *outcome, struct error **err)
{
	struct transcript transcript = {0};

	if (step_observe(&own->preparation->engine, program, index, own->evidence->seed, &own->exercise->test_limits,
			 &transcript, outcome, err) < 0)
		return -1;
	measuring_add(own->measuring, stage, NULL, outcome);
	*passed = transcript.ended && !transcript.fault && !transcript.panicked && !transcript.failed &&
		  outcome->exited && outcome->exit_code == 0 && !outcome->violation.happened &&
		  outcome->limit_hit == SANDBOX_LIMIT_NONE;
	transcript_release(&transcript);
	return 0;
}

/* ---- names ------------------------------------------------------------------------- */

static bool is_name_byte(char byte)
{
	return isalnum((unsigned char)byte) || byte == '_';
}

static bool has_word(const char *text, const char *word, size_t length)
{
	for (const char *at = text; (at = memmem(at, strlen(at), word, length)); at++)
		if ((at == text || !is_name_byte(at[-1])) && !is_name_byte(at[length]))
			return true;
	return false;
}

static bool stands_in_tests(const struct submission *submission, const char *word, size_t length)
{
	for (size_t i = 0; i < submission->file_count; i++)
		if (strncmp(submission->files[i].path, "tests/", 6) == 0 &&
		    has_word(submission->files[i].data, word, length))
			return true;
	return false;
}

/*
 * A program could list whatever it has read of what it is linked with. So a name is told only where each of its parts
 * stands in the candidate's own text.
 */
static bool may_be_told(const struct submission *submission, const char *path)
{
	if (strlen(path) > LONGEST_NAME)
		return false;
	for (const char *part = path; *part;) {
		size_t length = strcspn(part, ":");

		for (size_t i = 0; i < length; i++)
			if (!is_name_byte(part[i]))
				return false;
		if (!length || !stands_in_tests(submission, part, length))
			return false;
		part += length;
		part += strspn(part, ":");
	}
	return *path != '\0';
}

/* The starter's file of that name has such a function. */
static bool is_given(const struct file_run *run, const char *path)
{
	const char *name = strrchr(path, ':') ? strrchr(path, ':') + 1 : path;
	cleanup_free char *function = text_format("fn %s", name);

	return has_word(run->given, function, strlen(function));
}

static void take_listed(struct file_run *run, const struct transcript *transcript)
{
	uint32_t index = 0;

	for (size_t i = 0; i < transcript->count; i++) {
		const char *path = transcript->items[i].label;
		struct listed *test;

		if (transcript->items[i].kind != RECORD_LISTED)
			continue;
		if (run->test_count < OWN_TESTS_MOST && !is_given(run, path)) {
			test = ARRAY_ADD(run->tests, run->test_count);
			test->index = index;
			test->name = may_be_told(run->own->submission, path) ? text_copy(path)
									     : text_format("test %u", index + 1);
		}
		index++;
	}
}

static int list_tests(struct file_run *run, struct error **err)
{
	const struct own_tests *own = run->own;
	struct transcript transcript = {0};
	struct sandbox_outcome outcome;
	int failed = step_observe(&own->preparation->engine, run->program, RECORDS_LIST, 0, &own->exercise->test_limits,
				  &transcript, &outcome, err);

	if (!failed && (transcript.fault || !transcript.ended))
		run->trouble = text_format("%s does not list its tests", run->file->path);
	else if (!failed)
		take_listed(run, &transcript);
	transcript_release(&transcript);
	return failed;
}

/* ---- on the reference ---------------------------------------------------------------- */

/* What no submission may hold, or NULL. That a file outside is named is settled by what the compiler reads. */
static char *refused_in(const struct file_run *run)
{
	const struct source_hits *hits = run->own->hits;

	for (size_t i = 0; i < hits->count; i++)
		if (strcmp(hits->items[i].place.file, run->file->path) == 0 &&
		    source_rule_refuses(hits->items[i].rule) && hits->items[i].rule != SOURCE_OUTSIDE_FILE)
			return text_format("%s:%u: %s", run->file->path, hits->items[i].place.line,
					   source_rule_says(hits->items[i].rule));
	return NULL;
}

/* Code and line: the compiler's words would quote the reference. */
static char *describe_failure(const struct file_run *run, const struct step_result *result)
{
	for (size_t i = 0; i < result->diagnostics.count; i++) {
		const struct diagnostic *error = &result->diagnostics.items[i];

		if (error->is_error && error->place.file && is_test_file(run->file->path))
			return text_format("%s does not compile against the reference: %s at line %u", run->file->path,
					   error->code ? error->code : "an error", error->place.line);
	}
	return text_format("%s does not compile against the reference", run->file->path);
}

/* Once one has run out of time, or all have, the others are not begun: each would cost as much. */
static int run_on_reference(struct file_run *run, struct error **err)
{
	for (size_t i = 0; i < run->test_count; i++) {
		struct sandbox_outcome outcome;

		if (atomic_load(&run->own->spent_ms) > OWN_TESTS_MS) {
			run->trouble = text_format("its own tests take more than %d seconds", OWN_TESTS_MS / 1000);
			return 0;
		}
		if (run_test(run->own, run->program, run->tests[i].index, &run->tests[i].passed, &outcome, err) < 0)
			return -1;
		run->tests[i].ran = true;
		atomic_fetch_add(&run->own->spent_ms, outcome.wall_ms);
		if (ran_out_of_time(&outcome))
			return 0;
	}
	return 0;
}

static int try_file(struct file_run *run, struct error **err)
{
	cleanup_free char *built = file_join(run->own->preparation->reference, "built");
	struct step_result result = {0};
	int failed;

	run->trouble = refused_in(run);
	if (run->trouble)
		return 0;
	failed = link_file(run, built, run->program, &result, err);
	if (!failed && source_first_outside(&result.read))
		run->trouble = text_format("%s reads a file that lies outside of tests/", run->file->path);
	else if (!failed && !result.succeeded)
		run->trouble = describe_failure(run, &result);
	else if (!failed)
		failed = list_tests(run, err) < 0 || run_on_reference(run, err) < 0;
	step_result_release(&result);
	return failed ? -1 : 0;
}

static bool all_pass(const struct own_tests *own)
{
	size_t tests = 0;

	for (size_t i = 0; i < own->file_count; i++) {
		if (own->files[i].trouble)
			return false;
		for (size_t j = 0; j < own->files[i].test_count; j++)
			if (!own->files[i].tests[j].passed)
				return false;
		tests += own->files[i].test_count;
	}
	return tests > 0 && !own->passed_over;
}

/* ---- on mutants ----------------------------------------------------------------------- */

/* Whether the failure is the mutant's doing: it comes again, and the reference still passes. */
static int confirm_kill(struct file_run *run, struct listed *test, const char *program, enum kill *kill,
			struct error **err)
{
	struct sandbox_outcome outcome;
	bool on_mutant, on_reference;

	if (run_test(run->own, run->program, test->index, &on_reference, &outcome, err) < 0)
		return -1;
	if (!on_reference) {
		atomic_store(&test->unsteady, true);
		return 0;
	}
	if (run_test(run->own, program, test->index, &on_mutant, &outcome, err) < 0)
		return -1;
	if (on_mutant)
		atomic_store(&test->unsteady, true);
	else
		*kill = KILL_KILLED;
	return 0;
}

static int try_tests(struct file_run *run, const char *program, struct mutant_run *mutant, struct error **err)
{
	for (size_t i = 0; i < run->test_count && mutant->kill != KILL_KILLED && mutant->spent_ms <= OWN_TESTS_MS;
	     i++) {
		struct sandbox_outcome outcome;
		bool passed;

		if (run_test(run->own, program, run->tests[i].index, &passed, &outcome, err) < 0 ||
		    (!passed && confirm_kill(run, &run->tests[i], program, &mutant->kill, err) < 0))
			return -1;
		mutant->spent_ms += outcome.wall_ms;
	}
	return 0;
}

static int try_mutant(void *context, struct error **err)
{
	struct mutant_run *run = context;
	struct own_tests *own = run->own;
	cleanup_free char *built = NULL, *program = text_format("%s-mutant-%zu", own->programs, run->index);

	if (mutant_prepare(own->session, own->exercise, own->preparation, &own->exercise->mutants[run->index], &built,
			   err) < 0)
		return -1;
	if (!built)
		return 0;
	run->kill = KILL_SURVIVED;
	for (size_t i = 0; i < own->file_count && run->kill != KILL_KILLED; i++) {
		struct step_result result = {0};
		int failed = link_file(&own->files[i], built, program, &result, err);

		/* one that has another API than the reference is none of those that tests catch */
		if (!failed && result.succeeded)
			failed = try_tests(&own->files[i], program, run, err);
		step_result_release(&result);
		if (failed)
			return -1;
	}
	return 0;
}

static int try_own_file(void *context, struct error **err)
{
	struct file_run *run = context;
	struct own_tests *own = run->own;

	if (try_file(run, err) < 0)
		return -1;
	if (atomic_fetch_sub(&own->missing, 1) != 1 || !all_pass(own))
		return 0;
	for (size_t i = 0; i < own->mutant_count; i++)
		tasks_add(own->tasks, try_mutant, &own->mutants[i], false);
	return 0;
}

void own_tests_begin(struct own_tests *own, struct tasks *tasks)
{
	if (!own)
		return;
	own->tasks = tasks;
	for (size_t i = 0; i < own->file_count; i++)
		tasks_add(tasks, try_own_file, &own->files[i], false);
}

/* ---- the whole -------------------------------------------------------------------------- */

static void collect_file(const struct file_run *run, struct own_evidence *seen)
{
	*ARRAY_ADD(seen->files.items, seen->files.count) = text_copy(run->file->path);
	if (!seen->trouble && run->trouble)
		seen->trouble = text_copy(run->trouble);
	for (size_t i = 0; i < run->test_count; i++) {
		struct own_test *test = ARRAY_ADD(seen->tests, seen->test_count);

		*test = (struct own_test){.file = text_copy(run->file->path),
					  .name = text_copy(run->tests[i].name),
					  .ran = run->tests[i].ran,
					  .passed = run->tests[i].passed && !atomic_load(&run->tests[i].unsteady)};
	}
}

void own_tests_collect(struct own_tests *own)
{
	struct own_evidence *seen;

	if (!own)
		return;
	seen = &own->evidence->own;
	seen->observed = true;
	if (own->passed_over)
		seen->trouble = text_format("it has more than %d files of tests", OWN_FILES_MOST);
	for (size_t i = 0; i < own->file_count; i++)
		collect_file(&own->files[i], seen);
	/* a failure shows nothing where the same tests fail on what is right */
	seen->kills = memory_new(own->exercise->mutant_count, sizeof *seen->kills);
	for (size_t i = 0; i < seen->test_count; i++)
		if (!seen->tests[i].passed)
			return;
	for (size_t i = 0; i < own->mutant_count; i++)
		seen->kills[own->mutants[i].index] = own->mutants[i].kill;
}

void own_tests_free(struct own_tests *own)
{
	if (!own)
		return;
	for (size_t i = 0; i < own->file_count; i++) {
		struct file_run *run = &own->files[i];

		for (size_t j = 0; j < run->test_count; j++)
			free(run->tests[j].name);
		free(run->tests);
		free(run->program);
		free(run->given);
		free(run->trouble);
	}
	free(own->files);
	free(own->mutants);
	free(own->folder);
	free(own->programs);
	free(own);
}
