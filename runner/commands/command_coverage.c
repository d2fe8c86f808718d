/* coverage: which exercises of a bank can show which statement about a person. */
#include "base/memory.h"
#include "commands/bank.h"
#include "commands/command.h"
#include "exercise/coverage.h"

#include <stdio.h>

#define EXIT_SHORT 10

static const struct command_argument arguments[] = {
	{"EXERCISE", "an exercise's folder, or a folder of exercises", .optional = false, .repeats = true},
	{0},
};

static const struct command_option options[] = {
	{"least", 0, OPTION_NUMBER, "N", "how many exercises should show a statement", .minimum = 1, .maximum = 100,
	 .fallback = "2"},
	{"strict", 0, OPTION_FLAG, NULL, "exit with 10 where a statement is shown by fewer"},
	{0},
};

static const struct command_example examples[] = {
	{"assay coverage exercises", "the table, to be read"},
	{"assay coverage exercises > exercises/COVERAGE.md", "after an exercise was added or changed"},
	{0},
};

static const struct command_exit exits[] = {
	{0, "the table was written"},
	{3, "an exercise's manifest is not right"},
	{EXIT_SHORT, "--strict was given, and a statement is shown by too few exercises"},
	{0},
};

struct bank {
	struct exercise **exercises;
	size_t count;
};

static void bank_release(struct bank *bank)
{
	for (size_t i = 0; i < bank->count; i++)
		exercise_free(bank->exercises[i]);
	free(bank->exercises);
}

static int load(const struct string_list *folders, struct bank *bank, struct error **err)
{
	for (size_t i = 0; i < folders->count; i++)
		if (exercise_load(folders->items[i], ARRAY_ADD(bank->exercises, bank->count), err) < 0)
			return -1;
	return 0;
}

/* Returns 1 where a statement is short. */
static int write_table(const struct bank *bank, size_t least, struct error **err)
{
	cleanup_skills struct skills *skills = NULL;
	cleanup_coverage struct coverage coverage = {0};
	cleanup_buffer struct buffer text = {0};
	bool is_short = false;

	if (skills_load(bank->exercises[0]->folder, &skills, err) < 0)
		return -1;
	coverage_gather(skills, bank->exercises, bank->count, &coverage);
	coverage_write(&coverage, least, &text);
	fputs(buffer_text(&text), stdout);
	for (size_t i = 0; i < coverage.row_count; i++)
		is_short = is_short || coverage_is_short(&coverage.rows[i], least);
	return is_short;
}

static int run(const struct command_line *line, struct error **err)
{
	struct string_list folders = {0};
	struct bank bank = {0};
	int result = 0;

	for (size_t i = 0; i < command_line_argument_count(line) && result == 0; i++)
		result = bank_folders(command_line_argument(line, i), &folders, err);
	if (result == 0)
		result = load(&folders, &bank, err);
	if (result == 0)
		result = write_table(&bank, (size_t)command_line_number(line, "least"), err);
	bank_release(&bank);
	string_list_free(&folders);
	return result > 0 && command_line_flag(line, "strict") ? EXIT_SHORT : result < 0 ? -1 : 0;
}

const struct command command_coverage = {
	.name = "coverage",
	.summary = "Show which exercises can show which skill",
	.description =
		"For each statement of skills.yaml: how many exercises have criteria that cite it, which ones, and the questions "
		"that an interview can ask about it. Below the table, the statements that a grading can show and for which there "
		"are too few exercises. Markdown, on standard output; nothing is graded.",
	.arguments = arguments,
	.options = options,
	.examples = examples,
	.exits = exits,
	.run = run,
};
