/* man: the manual page, from the rows of all commands. The build writes assay.1 with it. */
#include "commands/command.h"
#include "commands/manual.h"

static int run(const struct command_line *line, struct error **err)
{
	cleanup_buffer struct buffer out = {0};

	(void)line;
	(void)err; /* the frame sees whether standard output took it */
	manual_page(&out);
	fwrite(out.data, 1, out.length, stdout);
	return 0;
}

static const struct command_example examples[] = {
	{"assay man | man -l -", "reads the manual of this very program"},
	{0},
};

static const struct command_exit exits[] = {
	{0, "the page was written"},
	{0},
};

const struct command command_man = {
	.name = "man",
	.summary = "Write the manual page",
	.description = "Writes assay(1) as roff on standard output.",
	.examples = examples,
	.exits = exits,
	.hidden = true,
	.run = run,
};
