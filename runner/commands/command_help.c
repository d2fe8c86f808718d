/* help: what --help shows, for who asks in the other order. */
#include "commands/command.h"
#include "commands/manual.h"

static int run(const struct command_line *line, struct error **err)
{
	const char *name = command_line_argument(line, 0);
	const struct command *command = NULL;

	if (name && !(command = command_need(name, err)))
		return -1;
	manual_print(command, stdout);
	return 0;
}

static const struct command_argument arguments[] = {
	{"COMMAND", "the command to explain; without it, the list of commands", .optional = true},
	{0},
};

static const struct command_example examples[] = {
	{"assay help grade", "options, examples and exit codes of `grade`"},
	{0},
};

static const struct command_exit exits[] = {
	{0, "the help was shown"},
	{0},
};

const struct command command_help = {
	.name = "help",
	.summary = "Explain a command",
	.description =
		"Shows what a command does, every option it takes, examples and exit codes. The same text comes from "
		"`assay COMMAND --help`.",
	.arguments = arguments,
	.examples = examples,
	.exits = exits,
	.run = run,
};
