#include "commands/manual.h"

#include "base/memory.h"

#include <string.h>

static const char program_summary[] = "grade Rust take-homes inside a sandbox";
static const char version_date[] = "2026-11-24"; /* of ASSAY_VERSION, for the manual's foot */

static const struct command_option program_options[] = {
	{"help", 'h', OPTION_FLAG, NULL, "show this and exit; after a command, its own help"},
	{"version", 'V', OPTION_FLAG, NULL, "show the version and exit"},
	{0},
};

/* The meaning of an exit code is the same for every command that can end with it. */
static const struct command_exit common_exits[] = {
	{1, "anything else went wrong, a full disk for example; the message says what"},
	{2, "the command line is off"},
	{0},
};

static const struct command_exit program_exits[] = {
	{0, "done; a report that was written is a success, whatever it says"},
	{1, "anything else went wrong, a full disk for example; the message says what"},
	{2, "the command line is off"},
	{3, "the exercise is not sound"},
	{4, "the submission was refused at the door; a report says why"},
	{5, "no sandbox could be had; nothing was run"},
	{10, "a result below --require-level or --require-score"},
	{0},
};

static char *usage_of(const struct command *command)
{
	struct buffer out = {0};

	buffer_add_format(&out, "assay %s", command->name);
	if (command->options && command->options[0].name)
		buffer_add_text(&out, " [OPTION...]");
	if (command->options_first)
		buffer_add_text(&out, " [--]");
	for (const struct command_argument *row = command->arguments; row && row->name; row++)
		buffer_add_format(&out, row->optional ? " [%s%s]" : " %s%s", row->name, row->repeats ? "..." : "");
	return buffer_steal(&out);
}

/* "-o, --output FILE"; a row without a letter is set in, so that the long names stand in a column. */
static char *term_of(const struct command_option *row)
{
	struct buffer out = {0};

	if (row->letter)
		buffer_add_format(&out, "-%c, ", row->letter);
	else
		buffer_add_text(&out, "    ");
	buffer_add_format(&out, "--%s", row->name);
	if (row->placeholder)
		buffer_add_format(&out, " %s", row->placeholder);
	return buffer_steal(&out);
}

/* The row's help with what the parser would accept: choices or range, default, repetition. */
static char *help_of(const struct command_option *row)
{
	struct buffer out = {0};

	buffer_add_text(&out, row->help);
	for (const char *const *choice = row->choices; choice && *choice; choice++)
		buffer_add_format(&out, "%s%s", choice == row->choices ? ": " : choice[1] ? ", " : " or ", *choice);
	if (row->type == OPTION_NUMBER && row->maximum < 1000000000) {
		buffer_add_format(&out, " (%lld to %lld", row->minimum, row->maximum);
		buffer_add_format(&out, row->fallback ? ", default %s)" : ")", row->fallback);
	} else if (row->fallback) {
		buffer_add_format(&out, " (default %s)", row->fallback);
	}
	if (row->repeats)
		buffer_add_text(&out, " (may be repeated)");
	return buffer_steal(&out);
}

static void add_options(struct sheet *sheet, const struct command_option *options)
{
	for (const struct command_option *row = options; row && row->name; row++) {
		cleanup_free char *term = term_of(row);
		cleanup_free char *help = help_of(row);

		/* the column of long names is for the eye of who reads plain text */
		sheet->style->entry(sheet, sheet->style == &sheet_roff ? term + strspn(term, " ") : term, help);
	}
}

/* Both tables ascend, and so does what the reader sees; a command's own words for a code take the place of the common
 * ones. */
static void add_exits(struct sheet *sheet, const struct command_exit *exits)
{
	const struct command_exit *common = common_exits;

	while ((exits && exits->says) || common->says) {
		bool own = exits && exits->says && (!common->says || exits->code <= common->code);
		const struct command_exit *row = own ? exits++ : common++;
		char code[16];

		if (own && common->says && row->code == common->code)
			common++;
		snprintf(code, sizeof code, "%d", row->code);
		sheet->style->entry(sheet, code, row->says);
	}
}

typedef void heading_function(struct sheet *sheet, const char *text);

static void add_command(struct sheet *sheet, const struct command *command, heading_function *heading)
{
	static const struct command_option help_option[] = {
		{"help", 'h', OPTION_FLAG, NULL, "show this and exit"},
		{0},
	};

	sheet->style->paragraph(sheet, command->description);
	if (command->arguments && command->arguments[0].name) {
		heading(sheet, "Arguments");
		for (const struct command_argument *row = command->arguments; row->name; row++)
			sheet->style->entry(sheet, row->name, row->help);
	}
	heading(sheet, "Options");
	add_options(sheet, command->options);
	add_options(sheet, help_option);
	if (command->examples && command->examples[0].line) {
		heading(sheet, "Examples");
		for (const struct command_example *row = command->examples; row->line; row++)
			sheet->style->entry(sheet, row->line, row->says);
	}
	heading(sheet, "Exit codes");
	add_exits(sheet, command->exits);
}

static void add_command_list(struct sheet *sheet)
{
	sheet->style->heading(sheet, "Commands");
	for (const struct command *const *command = commands; *command; command++)
		if (!(*command)->hidden)
			sheet->style->entry(sheet, (*command)->name, (*command)->summary);
}

void manual_print(const struct command *command, FILE *stream)
{
	struct sheet sheet = {.style = &sheet_plain, .colour = command_wants_colour(stream)};

	if (command) {
		cleanup_free char *usage = usage_of(command);

		buffer_add_format(&sheet.out, "assay %s - %s\n\nusage: %s\n", command->name, command->summary, usage);
		add_command(&sheet, command, sheet.style->heading);
	} else {
		buffer_add_format(&sheet.out, "assay - %s\n\nusage: assay COMMAND [OPTION...] [ARGUMENT...]\n",
				  program_summary);
		add_command_list(&sheet);
		sheet.style->heading(&sheet, "Options");
		add_options(&sheet, program_options);
		sheet.style->paragraph(&sheet, "`assay help COMMAND` shows one command in full.");
	}
	fwrite(sheet.out.data, 1, sheet.out.length, stream);
	buffer_release(&sheet.out);
}

void manual_page(struct buffer *out)
{
	struct sheet sheet = {.style = &sheet_roff};

	buffer_add_format(&sheet.out, ".TH ASSAY 1 %s \"assay %s\" \"User Commands\"\n", version_date, ASSAY_VERSION);
	sheet.style->heading(&sheet, "Name");
	buffer_add_format(&sheet.out, "assay \\- %s\n", program_summary);
	sheet.style->heading(&sheet, "Synopsis");
	buffer_add_text(&sheet.out, ".B assay\n.I COMMAND\n[\\fIOPTION\\fR...] [\\fIARGUMENT\\fR...]\n");
	add_command_list(&sheet);
	sheet.style->heading(&sheet, "Options");
	add_options(&sheet, program_options);
	for (const struct command *const *command = commands; *command; command++) {
		cleanup_free char *usage = usage_of(*command);

		if ((*command)->hidden)
			continue;
		sheet.style->heading(&sheet, (*command)->name);
		buffer_add_text(&sheet.out, ".B ");
		buffer_add_format(&sheet.out, "%s\n", usage);
		add_command(&sheet, *command, sheet.style->subheading);
	}
	sheet.style->heading(&sheet, "Exit status");
	for (const struct command_exit *row = program_exits; row->says; row++) {
		char code[16];

		snprintf(code, sizeof code, "%d", row->code);
		sheet.style->entry(&sheet, code, row->says);
	}
	buffer_add(out, sheet.out.data, sheet.out.length);
	buffer_release(&sheet.out);
}
