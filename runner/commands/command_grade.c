/* grade: one submission against one exercise, and the report. */
#include "base/clock.h"
#include "base/memory.h"
#include "base/text.h"
#include "commands/command.h"
#include "commands/report_output.h"
#include "exercise/exercise.h"
#include "grading/grade.h"
#include "grading/report_build.h"
#include "report.h"

#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { EXIT_BELOW = 10 };

static const struct command_argument arguments[] = {
	{"EXERCISE", "folder with exercise.yaml", .optional = false},
	{"SUBMISSION", "folder, archive (.tar.gz, .tar.xz, .tar.zst, .zip) or one .rs file", .optional = false},
	{0},
};

static const struct command_option options[] = {
	REPORT_OPTION_OUTPUT,
	REPORT_OPTION_FORMAT,
	{"edition", 0, OPTION_CHOICE, "EDITION",
	 "for whom: the grader, or the candidate, who is told what the exercise lets be told of its hidden tests",
	 .choices = report_edition_names, .fallback = "grader"},
	{"require-level", 0, OPTION_NUMBER, "N", "exit with 10 below this level", .minimum = 0,
	 .maximum = LEVEL_HIGHEST},
	{"require-score", 0, OPTION_NUMBER, "X", "exit with 10 below this score, in percent", .minimum = 0,
	 .maximum = 100},
	{"seed", 0, OPTION_TEXT, "SEED", "repeat the inputs of an earlier grading (a report says its seed)"},
	{"toolchain", 0, OPTION_TEXT, "TOOLCHAIN", "folder with bin/rustc, or the name of a rustup toolchain"},
	{"jobs", 'j', OPTION_NUMBER, "N", "steps side by side; one a processor if not given", .minimum = 1,
	 .maximum = 256},
	{"keep", 0, OPTION_FLAG, NULL, "leave the scratch folder behind and say where it is"},
	{"quiet", 'q', OPTION_FLAG, NULL, "say nothing of progress"},
	{0},
};

static const struct command_example examples[] = {
	{"assay grade exercises/read-states alice.tar.gz", "read the report on the terminal"},
	{"assay grade exercises/read-states alice/ -o alice.json",
	 "keep the report; -o writes JSON if not told otherwise"},
	{"assay grade exercises/conn-pool bob.zip --require-level 2", "fail a script below level 2"},
	{"assay grade exercises/conn-pool bob.zip --edition candidate", "what Bob may be told"},
	{0},
};

static const struct command_exit exits[] = {
	{0, "a report was written, whatever it says"},
	{3, "the exercise is not sound"},
	{4, "the submission was refused at the door; a report says why"},
	{5, "no sandbox could be had"},
	{EXIT_BELOW, "the result is below --require-level or --require-score"},
	{0},
};

/* One line on a terminal that goes away when the report comes. */
static void progress(const struct command_line *line, const char *says)
{
	if (command_line_flag(line, "quiet") || !isatty(STDERR_FILENO))
		return;
	fprintf(stderr, "\r\033[K%s", says);
	fflush(stderr);
}

static int exit_code_of(const struct command_line *line, const struct verdict *verdict)
{
	if (command_line_given(line, "require-level") && verdict->whole.level < command_line_number(line, "require-level"))
		return EXIT_BELOW;
	if (command_line_given(line, "require-score") &&
	    verdict->whole.score < (double)command_line_number(line, "require-score"))
		return EXIT_BELOW;
	return 0;
}

static int refuse(const struct command_line *line, const struct exercise *exercise, struct error *reason,
		  int64_t started, struct error **err)
{
	const struct report_measures measures = {.started_s = (int64_t)time(NULL), .total_ms = clock_ms() - started};
	/* a report may travel: where a submission lay on this machine stays here */
	cleanup_free char *path = text_copy(command_line_argument(line, 1));
	cleanup_free char *name = text_printable_copy(basename(path));
	cleanup_report cJSON *report = report_build_refused(exercise, name, reason->message, &measures);

	progress(line, "");
	if (report_output(line, report, "the report", err) < 0)
		return -1;
	return ERROR_SUBMISSION;
}

/* The report, and in `code` the exit code that goes with it. NULL where there is none. */
static cJSON *grade(const struct command_line *line, const struct session *session, const struct exercise *exercise,
		    const struct submission *submission, const uint64_t *seed, int64_t started, int *code,
		    struct error **err)
{
	struct pipeline_options run_options = {.seed = seed ? *seed : 0, .seed_is_given = seed != NULL};
	struct preparation preparation = {0};
	struct grading grading = {0};
	cJSON *report = NULL;

	progress(line, "preparing the exercise …");
	if (prepare(session, exercise, &preparation, err) < 0 ||
	    (!seed && grading_draw_seed(&run_options.seed, err) < 0))
		goto out;
	progress(line, "compiling, linting, testing …");
	if (grading_run(session, exercise, &preparation, submission, &run_options, &grading, err) == 0) {
		const struct report_measures measures = {.started_s = (int64_t)time(NULL),
							 .total_ms = clock_ms() - started};

		report = report_build(exercise, submission, &session->toolchain, &grading.evidence, &grading.verdict,
				      &measures);
		*code = exit_code_of(line, &grading.verdict);
	}
out:
	progress(line, "");
	grading_release(&grading, exercise);
	preparation_release(&preparation, exercise);
	return report;
}

static int run(const struct command_line *line, struct error **err)
{
	cleanup_exercise struct exercise *exercise = NULL;
	cleanup_submission struct submission *submission = NULL;
	cleanup_error struct error *refused = NULL;
	struct session session = {0};
	int64_t started = clock_ms();
	bool given = command_line_given(line, "seed");
	uint64_t seed = 0;
	cleanup_report cJSON *report = NULL;
	int code = -1;

	if (given && !grading_parse_seed(command_line_text(line, "seed"), &seed))
		return error_set(err, ERROR_USAGE, "option --seed: '%s' is not a number, decimal or 0x…",
				 command_line_text(line, "seed"));
	if (exercise_load(command_line_argument(line, 0), &exercise, err) < 0)
		return -1;
	if (submission_open(command_line_argument(line, 1), &submission_default_caps, &submission, &refused) < 0) {
		if (refused->kind == ERROR_SUBMISSION)
			return refuse(line, exercise, refused, started, err);
		*err = STEAL(refused);
		return -1;
	}
	if (session_open(command_line_text(line, "toolchain"), (unsigned int)command_line_number(line, "jobs"),
			 &session, err) < 0)
		return -1;
	session.keep = command_line_flag(line, "keep");
	report = grade(line, &session, exercise, submission, given ? &seed : NULL, started, &code, err);
	session_close(&session);
	return report && report_output(line, report, "the report", err) == 0 ? code : -1;
}

const struct command command_grade = {
	.name = "grade",
	.summary = "Grade one submission and write the report",
	.description =
		"Compiles the submission with clippy in a sandbox, runs the exercise's hidden tests against it, one boxed "
		"process each, compares what they observe with what the reference does, and writes a report: which criteria "
		"hold, the skill level that this supports, and what stands before the next.\n\n"
		"What was prepared for an exercise is kept in the cache (XDG_CACHE_HOME) and made anew when the exercise or "
		"the toolchain changes; what was not used for 30 days goes.",
	.arguments = arguments,
	.options = options,
	.examples = examples,
	.exits = exits,
	.run = run,
};
