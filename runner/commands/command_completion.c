/* completion: what a shell needs to complete our command lines, from the rows of all commands. */
#include "base/buffer.h"
#include "commands/command.h"

#include <string.h>

/* "-o|--output", or what stands for both in another shell. */
static void add_names(struct buffer *out, const struct command *command, const struct command_option *row)
{
	buffer_add_format(out, "\t%s:--%s", command->name, row->name);
	if (row->letter)
		buffer_add_format(out, "|%s:-%c", command->name, row->letter);
}

/* ---- bash, and zsh through its emulation ----------------------------------- */

static void add_bash_command(struct buffer *out, const struct command *command)
{
	const struct command_option *row;

	for (row = command->options; row && row->name; row++) {
		if (row->type == OPTION_FLAG)
			continue;
		add_names(out, command, row);
		buffer_add_text(out, ") words='");
		for (const char *const *choice = row->choices; choice && *choice; choice++)
			buffer_add_format(out, "%s%s", choice == row->choices ? "" : " ", *choice);
		buffer_add_format(out, "' files=%s ;;\n", row->type == OPTION_TEXT ? "yes" : "");
	}
	buffer_add_format(out, "\t%s:*) words='--help", command->name);
	for (row = command->options; row && row->name; row++)
		buffer_add_format(out, " --%s", row->name);
	buffer_add_text(out, "' files=yes ;;\n");
}

static void bash(struct buffer *out)
{
	buffer_add_text(out,
			"_assay() {\n"
			"\tlocal word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} words='' files=''\n"
			"\tcase ${COMP_WORDS[1]}:$before in\n"
			"\t*:assay|*:*/assay) words='--help --version");
	for (const struct command *const *command = commands; *command; command++)
		if (!(*command)->hidden)
			buffer_add_format(out, " %s", (*command)->name);
	buffer_add_text(out, "' ;;\n");
	for (const struct command *const *command = commands; *command; command++)
		if (!(*command)->hidden)
			add_bash_command(out, *command);
	/* options are offered where one was begun, files elsewhere */
	buffer_add_text(out, "\tesac\n"
			     "\tif [[ $files && $word != -* ]]; then words=''; fi\n"
			     "\tCOMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
			     "\tif [[ $files && ${#COMPREPLY[@]} -eq 0 ]]; then compopt -o default 2>/dev/null; fi\n"
			     "}\n"
			     "complete -F _assay assay\n");
}

static void zsh(struct buffer *out)
{
	buffer_add_text(out, "autoload -U +X bashcompinit && bashcompinit\n");
	bash(out);
}

/* ---- fish ------------------------------------------------------------------ */

/* In single quotes. */
static void add_quoted(struct buffer *out, const char *text)
{
	buffer_add_char(out, '\'');
	for (; *text; text++) {
		if (*text == '\'' || *text == '\\')
			buffer_add_char(out, '\\');
		buffer_add_char(out, *text);
	}
	buffer_add_char(out, '\'');
}

static void add_fish_option(struct buffer *out, const struct command *command, const struct command_option *row)
{
	buffer_add_format(out, "complete -c assay -n '__fish_seen_subcommand_from %s' -l %s", command->name, row->name);
	if (row->letter)
		buffer_add_format(out, " -s %c", row->letter);
	if (row->type == OPTION_TEXT)
		buffer_add_text(out, " -r -F");
	else if (row->type != OPTION_FLAG)
		buffer_add_text(out, " -x");
	for (const char *const *choice = row->choices; choice && *choice; choice++)
		buffer_add_format(out, "%s%s%s", choice == row->choices ? " -a '" : " ", *choice, choice[1] ? "" : "'");
	buffer_add_text(out, " -d ");
	add_quoted(out, row->help);
	buffer_add_char(out, '\n');
}

static void fish(struct buffer *out)
{
	for (const struct command *const *command = commands; *command; command++) {
		if ((*command)->hidden)
			continue;
		buffer_add_format(out, "complete -c assay -n __fish_use_subcommand -f -a %s -d ", (*command)->name);
		add_quoted(out, (*command)->summary);
		buffer_add_char(out, '\n');
		for (const struct command_option *row = (*command)->options; row && row->name; row++)
			add_fish_option(out, *command, row);
	}
}

/* ---- the command ----------------------------------------------------------- */

static const struct {
	const char *name;
	void (*write)(struct buffer *out);
} shells[] = {{"bash", bash}, {"zsh", zsh}, {"fish", fish}};

static int run(const struct command_line *line, struct error **err)
{
	const char *name = command_line_argument(line, 0);
	cleanup_buffer struct buffer out = {0};

	for (size_t i = 0; i < sizeof shells / sizeof *shells; i++)
		if (strcmp(shells[i].name, name) == 0)
			shells[i].write(&out);
	if (!out.length)
		return error_set(err, ERROR_USAGE, "there is completion for bash, zsh and fish only");
	fwrite(out.data, 1, out.length, stdout);
	return 0;
}

static const struct command_argument arguments[] = {
	{"SHELL", "bash, zsh or fish"},
	{0},
};

static const struct command_example examples[] = {
	{"source <(assay completion bash)", "in ~/.bashrc"},
	{"assay completion fish | source", "in config.fish"},
	{0},
};

static const struct command_exit exits[] = {
	{0, "the script was written"},
	{0},
};

const struct command command_completion = {
	.name = "completion",
	.summary = "Write a completion script for a shell",
	.description = "Writes a script on standard output that teaches a shell to complete commands, options and "
		       "their values.",
	.arguments = arguments,
	.examples = examples,
	.exits = exits,
	.run = run,
};
