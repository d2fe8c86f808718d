#include "commands/command.h"

#include "base/memory.h"
#include "base/text.h"
#include "commands/interrupt.h"
#include "commands/line.h"
#include "commands/manual.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern const struct command command_grade, command_report, command_profile, command_selftest, command_new_exercise,
	command_coverage, command_box, command_completion, command_doctor, command_help, command_man;

/* In the order of the help: first what people come for. */
/* clang-format off */
const struct command *const commands[] = {
	&command_grade,
	&command_report,
	&command_profile,
	&command_selftest,
	&command_new_exercise,
	&command_coverage,
	&command_box,
	&command_doctor,
	&command_completion,
	&command_help,
	&command_man,
	NULL,
};
/* clang-format on */

const struct command *command_find(const char *name)
{
	for (const struct command *const *command = commands; *command; command++)
		if (strcmp((*command)->name, name) == 0)
			return *command;
	return NULL;
}

const struct command *command_need(const char *name, struct error **err)
{
	const char *names[ARRAY_LENGTH(commands)] = {0};
	const struct command *found = command_find(name);
	cleanup_free char *shown = text_printable_copy(name);
	const char *nearest;
	size_t count = 0;

	if (found)
		return found;
	for (const struct command *const *command = commands; *command; command++)
		if (!(*command)->hidden)
			names[count++] = (*command)->name;
	nearest = text_nearest(name, names);
	if (nearest)
		error_set(err, ERROR_USAGE, "there is no command '%s'; did you mean '%s'?", shown, nearest);
	else
		error_set(err, ERROR_USAGE, "there is no command '%s'; `assay help` lists them", shown);
	return NULL;
}

bool command_wants_colour(FILE *stream)
{
	const char *refused = getenv("NO_COLOR"), *terminal = getenv("TERM");

	return !(refused && *refused) && terminal && strcmp(terminal, "dumb") != 0 && isatty(fileno(stream));
}

static int run_command(const struct command *command, int argc, char **argv, struct error **err)
{
	cleanup_line struct command_line line = {0};

	if (line_parse(&line, command, argc, argv, err) < 0)
		return -1;
	if (line.wants_help) {
		manual_print(command, stdout);
		return 0;
	}
	return command->run(&line, err);
}

/* What was printed has arrived, or the user learns that it has not. */
static int flush_output(struct error **err)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return 0;
	return error_set_errno(err, ERROR_OTHER, "writing to standard output");
}

/* `assay` was given no command: an option of its own, or nothing. */
static int run_bare(const char *word, struct error **err)
{
	if (!word) {
		manual_print(NULL, stderr);
		return ERROR_USAGE;
	}
	if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
		manual_print(NULL, stdout);
		return 0;
	}
	if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0) {
		printf("assay %s\n", ASSAY_VERSION);
		return 0;
	}
	return error_set(err, ERROR_USAGE, "options come after the command: assay COMMAND [OPTION...]");
}

/* Tells the user, and chooses the exit code. Who closed the pipe that we wrote to has seen enough and is told nothing.
 */
static int fail(const struct command *command, const struct error *error)
{
	int signal = interrupt_signal();
	cleanup_buffer struct buffer shown = {0};

	if (signal)
		fprintf(stderr, "assay: interrupted; everything was cleaned up\n");
	else if (interrupt_pipe_closed() && ferror(stdout))
		signal = SIGPIPE;
	if (signal)
		interrupt_raise(signal);
	/* paths are in it, and these are whatever somebody called a file */
	text_printable(&shown, error->message, strlen(error->message), TEXT_BLOCK);
	fprintf(stderr, "assay: %s%s%s\n", command ? command->name : "", command ? ": " : "", buffer_text(&shown));
	return (int)error->kind;
}

int command_main(int argc, char **argv)
{
	cleanup_error struct error *error = NULL;
	const struct command *command = NULL;
	int code;

	interrupt_catch();
	if (argc < 2 || argv[1][0] == '-')
		code = run_bare(argc < 2 ? NULL : argv[1], &error);
	else if ((command = command_need(argv[1], &error)))
		code = run_command(command, argc - 1, argv + 1, &error);
	else
		code = -1;
	if (code >= 0 && flush_output(&error) < 0)
		code = -1;
	if (code >= 0 && interrupt_signal())
		interrupt_raise(interrupt_signal());
	return code >= 0 ? code : fail(command, error);
}
