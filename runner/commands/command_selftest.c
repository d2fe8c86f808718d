/* selftest: prove that exercises are sound before anybody is graded by them. */
#include "base/clock.h"
#include "base/memory.h"
#include "base/text.h"
#include "commands/bank.h"
#include "commands/command.h"
#include "commands/junit.h"
#include "grading/grade.h"
#include "grading/selftest.h"

#include <stdio.h>
#include <string.h>

static const char *const formats[] = {"text", "junit", NULL};

static const struct command_argument arguments[] = {
	{"EXERCISE", "an exercise's folder, or a folder of exercises", .optional = false, .repeats = true},
	{0},
};

static const struct command_option options[] = {
	{"output", 'o', OPTION_TEXT, "FILE", "write the results here instead of on standard output"},
	{"format", 'f', OPTION_CHOICE, "FORMAT", "text for people, junit for CI", .choices = formats,
	 .fallback = "text"},
	{"seeds", 0, OPTION_NUMBER, "N", "how many seeds each is graded with", .minimum = 1, .maximum = 100,
	 .fallback = "3"},
	{"every", 0, OPTION_NUMBER, "N",
	 "of the mutants only each N-th, where time is short; without a look at what each test kills", .minimum = 1,
	 .maximum = 100, .fallback = "1"},
	{"only", 0, OPTION_TEXT, "NAME", "only submissions whose check has this in its name: 'mutant off_by_one', 'sample'"},
	{"seed", 0, OPTION_TEXT, "SEED", "the first seed; drawn if not given, and shown when a check fails"},
	{"toolchain", 0, OPTION_TEXT, "TOOLCHAIN", "folder with bin/rustc, or the name of a rustup toolchain"},
	{"jobs", 'j', OPTION_NUMBER, "N", "submissions side by side; one a processor if not given", .minimum = 1,
	 .maximum = 256},
	{0},
};

static const struct command_example examples[] = {
	{"assay selftest exercises", "every exercise of the bank"},
	{"assay selftest exercises/read-states --seeds 1", "one, quickly, while writing it"},
	{"assay selftest exercises/slot-arena --seeds 1 --only any_generation", "one mutant of one, in a second or two"},
	{"assay selftest exercises --format junit -o selftest.xml", "for CI"},
	{0},
};

static const struct command_exit exits[] = {
	{0, "every exercise is sound"},
	{1, "an exercise is not sound, or anything else went wrong; the output says what"},
	{5, "no sandbox could be had"},
	{0},
};

struct results {
	struct junit junit;
	FILE *text; /* NULL where JUnit is written instead */
	bool colour;
	const char *exercise; /* the one that lines stand under */
	size_t passed, failed;
	size_t levels[LEVEL_HIGHEST + 1][LEVEL_HIGHEST + 1]; /* samples, by intended and awarded level */
	size_t samples;
};

static void tell(void *context, const struct selftest_check *check)
{
	struct results *results = context;
	const char *good = results->colour ? "\033[32mok\033[0m  " : "ok  ";
	const char *bad = results->colour ? "\033[31mFAIL\033[0m" : "FAIL";

	cleanup_free char *note = check->unseen && check->table ? text_format("%s\n%s", check->unseen, check->table)
				: text_copy(check->unseen ? check->unseen : check->table);

	*(check->passed ? &results->passed : &results->failed) += 1;
	if (check->has_levels) {
		results->levels[check->intended][check->awarded]++;
		results->samples++;
	}
	junit_add(&results->junit, check->exercise, check->name, check->detail, note, check->took_ms);
	if (!results->text)
		return;
	if (!results->exercise || strcmp(results->exercise, check->exercise) != 0) {
		cleanup_free char *shown = text_printable_copy(check->exercise);

		fprintf(results->text, "%s\n", shown);
		results->exercise = results->junit.cases[results->junit.count - 1].suite;
	}
	fprintf(results->text, "  %s %-40s %6.1f s\n", check->passed ? good : bad, check->name,
		(double)check->took_ms / 1000.0);
	if (check->detail) {
		cleanup_buffer struct buffer shown = {0};

		text_printable(&shown, check->detail, strlen(check->detail), TEXT_BLOCK);
		fprintf(results->text, "       %s\n", buffer_text(&shown));
	}
	if (check->unseen)
		fprintf(results->text, "       %s\n", check->unseen);
	if (check->table)
		fputs(check->table, results->text);
	fflush(results->text);
}

/* Off the diagonal stands what failed above, by name. */
static void print_levels(const struct results *results)
{
	fprintf(results->text, "samples by level: intended down, awarded across\n      ");
	for (int awarded = 0; awarded <= LEVEL_HIGHEST; awarded++)
		fprintf(results->text, "%6d", awarded);
	for (int intended = 0; intended <= LEVEL_HIGHEST; intended++) {
		fprintf(results->text, "\n  %4d", intended);
		for (int awarded = 0; awarded <= LEVEL_HIGHEST; awarded++)
			fprintf(results->text, "%6zu", results->levels[intended][awarded]);
	}
	fputc('\n', results->text);
}

static int open_output(const struct command_line *line, struct results *results, FILE **out, struct error **err)
{
	const char *path = command_line_text(line, "output");
	bool is_text = strcmp(command_line_text(line, "format"), "text") == 0;

	*out = path ? fopen(path, "we") : stdout;
	if (!*out)
		return error_set_errno(err, ERROR_OTHER, "cannot create %s", path);
	results->text = is_text ? *out : NULL;
	results->colour = is_text && !path && command_wants_colour(stdout);
	return 0;
}

static int test_all(const struct command_line *line, const struct string_list *folders, uint64_t seed,
		    struct results *results, struct error **err)
{
	const struct selftest_listener listener = {.tell = tell, .context = results};
	const struct selftest_plan plan = {.seed = seed,
					   .seed_count = (unsigned int)command_line_number(line, "seeds"),
					   .every = (unsigned int)command_line_number(line, "every"),
					   .only = command_line_text(line, "only")};
	struct session session;
	int failed = session_open(command_line_text(line, "toolchain"), (unsigned int)command_line_number(line, "jobs"),
				  &session, err);

	for (size_t i = 0; i < folders->count && !failed; i++)
		failed = selftest_exercise(&session, folders->items[i], &plan, &listener, err);
	session_close(&session);
	return failed;
}

static int run(const struct command_line *line, struct error **err)
{
	struct string_list folders = {0};
	struct results results = {0};
	int64_t began = clock_ms();
	uint64_t seed = 0;
	FILE *out = NULL;
	int failed = 0;

	for (size_t i = 0; i < command_line_argument_count(line) && !failed; i++)
		failed = bank_folders(command_line_argument(line, i), &folders, err);
	if (!failed && command_line_given(line, "seed") && !grading_parse_seed(command_line_text(line, "seed"), &seed))
		failed = error_set(err, ERROR_USAGE, "option --seed: '%s' is not a number, decimal or 0x…",
				   command_line_text(line, "seed"));
	if (!failed && !command_line_given(line, "seed"))
		failed = grading_draw_seed(&seed, err);
	failed = failed || open_output(line, &results, &out, err) < 0 ||
		 test_all(line, &folders, seed, &results, err) < 0;
	if (!failed && results.text && results.samples)
		print_levels(&results);
	if (!failed && results.text)
		fprintf(out, "%zu passed, %zu failed\n%zu exercise%s in %.1f s\n", results.passed, results.failed,
			folders.count, folders.count == 1 ? "" : "s", (double)(clock_ms() - began) / 1000.0);
	else if (!failed)
		junit_write(&results.junit, "assay selftest", out);
	if (out && (out == stdout ? fflush(out) : fclose(out)) != 0 && !failed)
		failed = error_set_errno(err, ERROR_OTHER, "cannot write the results");
	junit_release(&results.junit);
	string_list_free(&folders);
	return failed ? -1 : results.failed ? 1 : 0;
}

const struct command command_selftest = {
	.name = "selftest",
	.summary = "Prove that exercises are sound",
	.description =
		"For each exercise: the manifest is right; the reference gets every point; the starter fails as "
		"declared, with these error codes and no others; every mutant is caught by what the manifest names; "
		"every hidden test kills a mutant, unless it is essential, as a table of mutants and tests shows; "
		"every sample gets its level; and none of it depends on the seed. A table of the levels that samples must "
		"get and those that they got ends the text.\n\n"
		"Exit code 1 where anything fails, with a line that says what to change.",
	.arguments = arguments,
	.options = options,
	.examples = examples,
	.exits = exits,
	.run = run,
};
