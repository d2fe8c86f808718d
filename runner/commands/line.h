/*
 * A command line, read by a command's rows.
 *
 * line_parse takes argv from the command's name on, fills a line that
 * line_release frees, and checks everything that the rows say: which
 * options exist, their values, how many arguments there are. Texts are argv's own.
 */
#ifndef ASSAY_COMMANDS_LINE_H
#define ASSAY_COMMANDS_LINE_H

#include "commands/command.h"

struct line_value {
	const struct command_option *option;
	const char *text;
	long long number;
};

struct command_line {
	const struct command *command;
	struct line_value *values; /* in the order given */
	size_t value_count;
	char **arguments; /* within argv, followed by a NULL */
	size_t argument_count;
	bool wants_help; /* nothing else was checked then */
};

int line_parse(struct command_line *line, const struct command *command, int argc, char **argv, struct error **err);
void line_release(struct command_line *line);

#define cleanup_line __attribute__((cleanup(line_release)))

#endif
