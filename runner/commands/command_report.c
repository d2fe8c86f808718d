/* report: what was kept of a grading, in another format or for another reader. */
#include "base/memory.h"
#include "base/text.h"
#include "commands/command.h"
#include "commands/report_output.h"

static const struct command_argument arguments[] = {
	{"FILE", "a report as JSON, written by `assay grade -o`", .optional = false},
	{0},
};

static const struct command_option options[] = {
	REPORT_OPTION_OUTPUT,
	REPORT_OPTION_FORMAT,
	{"edition", 0, OPTION_CHOICE, "EDITION",
	 "for whom: grader, or candidate, who is told what the exercise lets be told; if not given, as the file is",
	 .choices = report_edition_names},
	{0},
};

static const struct command_example examples[] = {
	{"assay report alice.json", "read it on the terminal"},
	{"assay report alice.json --edition candidate --format text -o alice.txt",
	 "what Alice may be told, to be sent to her"},
	{0},
};

static const struct command_exit exits[] = {
	{0, "the report was written"},
	{0},
};

static int run(const struct command_line *line, struct error **err)
{
	const char *path = command_line_argument(line, 0);
	cleanup_report cJSON *report = NULL;
	cleanup_free char *shown = text_printable_copy(path);

	if (report_read(path, &report, err) < 0)
		return -1;
	return report_output(line, report, shown, err);
}

const struct command command_report = {
	.name = "report",
	.summary = "Write a report anew, in another format or for another reader",
	.description =
		"Reads a report that `assay grade` wrote as JSON and writes it as text or JSON, whole or as a candidate may see it. "
		"Of hidden tests a candidate is told what the exercise allows, group by group (`feedback` in its manifest); seeds, "
		"times, the reference's uses and what the compiler said of hidden files are left out always.\n\n"
		"Nothing is graded. What a candidate's edition leaves out is not in it: a grader's cannot be made of it.",
	.arguments = arguments,
	.options = options,
	.examples = examples,
	.exits = exits,
	.run = run,
};
