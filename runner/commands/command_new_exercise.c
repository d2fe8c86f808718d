/* new-exercise: a small exercise that is sound as it is, to begin from. */
#include "base/memory.h"
#include "base/text.h"
#include "commands/command.h"
#include "exercise/skeleton.h"

#include <stdio.h>
#include <string.h>

static const struct command_argument arguments[] = {
	{"DIR", "the folder to be made; its name is the exercise's id", .optional = false},
	{0},
};

static const struct command_option options[] = {
	{"kind", 'k', OPTION_CHOICE, "KIND", "what the candidate does", .choices = skeleton_kinds, .fallback = "build"},
	{"title", 't', OPTION_TEXT, "TITLE", "one line; an example's if not given"},
	{0},
};

static const struct command_example examples[] = {
	{"assay new-exercise exercises/retry-budget --title 'Who may try again?'", "a crate to be written"},
	{"assay new-exercise exercises/lease-guard --kind design", "an API whose misuse must not compile"},
	{0},
};

static const struct command_exit exits[] = {
	{0, "the exercise was laid"},
	{2, "the folder is already there, or its name is no id; nothing was written"},
	{0},
};

/* What to turn the example into one's own with, in the order in which it is best done. */
static const struct {
	const char *kind; /* NULL: every */
	const char *path, *says;
} steps[] = {
	{NULL, "README.md", "the brief: a team's real problem, the API, numbered rules"},
	{"build", "starter/", "what the candidate receives; public tests in it"},
	{"design", "starter/", "what the candidate receives; public tests in it"},
	{"fix", "starter/src/", "the broken units; each fails with the codes that the manifest says"},
	{"explain", "starter/", "snippets, and answers.yaml with the choices"},
	{"explain", "hidden/keys/", "the snippets again, the failing lines marked"},
	{NULL, "reference/", "the solution whose observations are the truth"},
	{"build", "hidden/tests.rs", "feeds what the seed chooses, observes, never asserts"},
	{"design", "hidden/tests.rs", "feeds what the seed chooses, observes, never asserts"},
	{"design", "hidden/probes/", "programs that must not compile, and their twins that must"},
	{"fix", "hidden/", "a test file for each unit; observes, never asserts"},
	{NULL, "mutants/", "wrong solutions, one file each, and what must catch them"},
	{NULL, "samples/", "whole submissions at levels 1, 2 and 3"},
	{NULL, "exercise.yaml", "names all of these; its comments say how"},
};

static int run(const struct command_line *line, struct error **err)
{
	const char *folder = command_line_argument(line, 0), *kind = command_line_text(line, "kind");
	cleanup_free char *shown = text_printable_copy(folder);

	if (skeleton_lay(folder, kind, command_line_text(line, "title"), err) < 0)
		return -1;
	printf("%s is laid: a small %s exercise, sound as it is. Make it yours, file by file:\n\n", shown, kind);
	for (size_t i = 0; i < ARRAY_LENGTH(steps); i++)
		if (!steps[i].kind || strcmp(steps[i].kind, kind) == 0)
			printf("  %-16s %s\n", steps[i].path, steps[i].says);
	printf("\nAfter each step, to see what is not sound yet:\n\n  assay selftest %s --seeds 1\n\n"
	       "exercises/AUTHORING.md is the guide, exercises/FORMAT.md knows every key.\n",
	       shown);
	return 0;
}

const struct command command_new_exercise = {
	.name = "new-exercise",
	.summary = "Lay a small sound exercise to begin from",
	.description =
		"Makes the folder with an exercise that is small, real and passes selftest as it is: a manifest whose comments "
		"say what each part is for, a brief, starter, reference, hidden tests, a mutant, and samples at each level. It is "
		"turned into another one file by file, with selftest after each.\n\n"
		"The folder's name is the id: lower-case letters, digits, - and _. A folder that is there is left alone.",
	.arguments = arguments,
	.options = options,
	.examples = examples,
	.exits = exits,
	.run = run,
};
