#include "commands/line.h"

#include "base/memory.h"
#include "base/text.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

/*
 * getopt_long's val of a long option is FIRST_LONG + row, so that a row without
 * a letter has one too. 'h' is taken by --help unless a row claims it.
 */
enum { HELP = 256, FIRST_LONG };

struct getopt_tables {
	struct option *longs;
	struct buffer letters;
};

static void tables_release(struct getopt_tables *tables)
{
	free(tables->longs);
	buffer_release(&tables->letters);
}

static size_t option_count(const struct command *command)
{
	size_t count = 0;

	while (command->options && command->options[count].name)
		count++;
	return count;
}

static void tables_init(struct getopt_tables *tables, const struct command *command)
{
	size_t count = option_count(command);

	*tables = (struct getopt_tables){.longs = memory_new(count + 2, sizeof *tables->longs)};
	/* "+": stop at the first argument; ":": a missing value is told apart from an unknown option */
	buffer_add_text(&tables->letters, command->options_first ? "+:h" : ":h");
	for (size_t i = 0; i < count; i++) {
		const struct command_option *row = &command->options[i];
		int has_value = row->type == OPTION_FLAG ? no_argument : required_argument;

		tables->longs[i] = (struct option){row->name, has_value, NULL, FIRST_LONG + (int)i};
		if (row->letter)
			buffer_add_format(&tables->letters, "%c%s", row->letter, has_value ? ":" : "");
	}
	tables->longs[count] = (struct option){"help", no_argument, NULL, HELP};
}

static const struct command_option *option_of(const struct command *command, int found)
{
	if (found >= FIRST_LONG)
		return &command->options[found - FIRST_LONG];
	for (size_t i = 0; i < option_count(command); i++)
		if (command->options[i].letter == found)
			return &command->options[i];
	return NULL;
}

/* "--format" or "-o": as the user would look it up. */
static const char *option_shown(const struct command_option *option, char shown[static 64])
{
	snprintf(shown, 64, "--%s", option->name);
	return shown;
}

static int refuse_unknown_long(const struct command *command, const char *word, struct error **err)
{
	size_t count = option_count(command);
	cleanup_free const char **names = memory_new(count + 2, sizeof *names);
	cleanup_free char *name = text_copy_n(word + 2, strcspn(word + 2, "="));
	cleanup_free char *shown = text_printable_copy(name);
	const char *nearest;
	size_t begun = 0;

	names[0] = "help";
	for (size_t i = 0; i < count; i++) {
		names[i + 1] = command->options[i].name;
		begun += strncmp(names[i], name, strlen(name)) == 0;
	}
	if (begun > 1)
		return error_set(err, ERROR_USAGE, "option --%s is ambiguous: more than one option begins so", shown);
	nearest = text_nearest(name, names);
	if (nearest)
		return error_set(err, ERROR_USAGE, "unknown option --%s; did you mean --%s?", shown, nearest);
	return error_set(err, ERROR_USAGE, "unknown option --%s; `assay help %s` lists them", shown, command->name);
}

/* getopt_long returned '?': optopt is the letter or val it stumbled over, 0 for an unknown long option. */
static int refuse_unknown(const struct command *command, const char *word, int found, struct error **err)
{
	const struct command_option *option = NULL;
	char shown[64];

	if (found == 0)
		return refuse_unknown_long(command, word, err);
	if (found == HELP)
		return error_set(err, ERROR_USAGE, "option --help takes no value");
	if (found >= FIRST_LONG)
		option = option_of(command, found);
	if (option)
		return error_set(err, ERROR_USAGE, "option %s takes no value", option_shown(option, shown));
	if (found > ' ' && found < 127)
		return error_set(err, ERROR_USAGE, "unknown option -%c; `assay help %s` lists them", found,
				 command->name);
	return error_set(err, ERROR_USAGE, "unknown option; `assay help %s` lists them", command->name);
}

static int add_value(struct command_line *line, const struct command_option *option, const char *text,
		     struct error **err)
{
	cleanup_free char *printable = text_printable_copy(text ? text : "");
	struct line_value *value;
	char shown[64];

	option_shown(option, shown);
	if (!option->repeats && option->type != OPTION_FLAG && command_line_given(line, option->name))
		return error_set(err, ERROR_USAGE, "option %s is given twice", shown);
	value = ARRAY_ADD(line->values, line->value_count);
	*value = (struct line_value){.option = option, .text = text};
	switch (option->type) {
	case OPTION_FLAG:
		return 0;
	case OPTION_TEXT:
		if (*text == '\0')
			return error_set(err, ERROR_USAGE, "option %s: the value is empty", shown);
		return 0;
	case OPTION_NUMBER:
		if (!text_to_number(text, option->minimum, option->maximum, &value->number))
			return error_set(err, ERROR_USAGE, "option %s: '%s' is not a whole number from %lld to %lld",
					 shown, printable, option->minimum, option->maximum);
		return 0;
	case OPTION_CHOICE: {
		cleanup_buffer struct buffer choices = {0};

		for (const char *const *choice = option->choices; *choice; choice++) {
			if (strcmp(*choice, text) == 0)
				return 0;
			buffer_add_format(&choices, "%s%s", choice == option->choices ? "" : ", ", *choice);
		}
		return error_set(err, ERROR_USAGE, "option %s: '%s' is not one of %s", shown, printable,
				 buffer_text(&choices));
	}
	}
	return 0;
}

static int check_arguments(const struct command_line *line, struct error **err)
{
	const struct command *command = line->command;
	size_t given = line->argument_count, known = 0;
	bool open_ended = false;

	for (const struct command_argument *row = command->arguments; row && row->name; row++, known++) {
		if (known >= given && !row->optional)
			return error_set(err, ERROR_USAGE, "%s is missing; `assay help %s` shows the usage", row->name,
					 command->name);
		open_ended = row->repeats;
	}
	if (given > known && !open_ended) {
		cleanup_free char *shown = text_printable_copy(line->arguments[known]);

		return error_set(err, ERROR_USAGE, "'%s' is one argument too many; `assay help %s` shows the usage",
				 shown, command->name);
	}
	return 0;
}

int line_parse(struct command_line *line, const struct command *command, int argc, char **argv, struct error **err)
{
	__attribute__((cleanup(tables_release))) struct getopt_tables tables;
	int found;

	*line = (struct command_line){.command = command};
	tables_init(&tables, command);
	opterr = 0;
	optind = 0; /* 0, not 1: glibc starts anew, whatever was parsed before */
	while ((found = getopt_long(argc, argv, buffer_text(&tables.letters), tables.longs, NULL)) != -1) {
		const struct command_option *option = option_of(command, found);
		char shown[64];

		if (option) {
			if (add_value(line, option, optarg, err) < 0)
				return -1;
		} else if (found == HELP || found == 'h') {
			line->wants_help = true;
			return 0;
		} else if (found == ':') {
			option = option_of(command, optopt);
			return error_set(err, ERROR_USAGE, "option %s needs a value: %s", option_shown(option, shown),
					 option->placeholder);
		} else {
			return refuse_unknown(command, argv[optind - 1], optopt, err);
		}
	}
	line->arguments = argv + optind;
	line->argument_count = (size_t)(argc - optind);
	return check_arguments(line, err);
}

void line_release(struct command_line *line)
{
	free(line->values);
	*line = (struct command_line){0};
}

/* ---- what commands ask -------------------------------------------------- */

static const struct command_option *need_option(const struct command_line *line, const char *name)
{
	for (const struct command_option *row = line->command->options; row && row->name; row++)
		if (strcmp(row->name, name) == 0)
			return row;
	fprintf(stderr, "assay: bug: %s has no option --%s\n", line->command->name, name);
	abort();
}

static const struct line_value *last_value(const struct command_line *line, const struct command_option *option)
{
	for (size_t i = line->value_count; i > 0; i--)
		if (line->values[i - 1].option == option)
			return &line->values[i - 1];
	return NULL;
}

bool command_line_given(const struct command_line *line, const char *name)
{
	return last_value(line, need_option(line, name)) != NULL;
}

bool command_line_flag(const struct command_line *line, const char *name)
{
	return command_line_given(line, name);
}

const char *command_line_text(const struct command_line *line, const char *name)
{
	const struct command_option *option = need_option(line, name);
	const struct line_value *value = last_value(line, option);

	return value ? value->text : option->fallback;
}

long long command_line_number(const struct command_line *line, const char *name)
{
	const struct command_option *option = need_option(line, name);
	const struct line_value *value = last_value(line, option);
	long long number = 0;

	if (value)
		return value->number;
	if (option->fallback)
		text_to_number(option->fallback, option->minimum, option->maximum, &number);
	return number;
}

const char *command_line_next(const struct command_line *line, const char *name, size_t *cursor)
{
	const struct command_option *option = need_option(line, name);

	while (*cursor < line->value_count) {
		const struct line_value *value = &line->values[(*cursor)++];

		if (value->option == option)
			return value->text;
	}
	return NULL;
}

size_t command_line_argument_count(const struct command_line *line)
{
	return line->argument_count;
}

const char *command_line_argument(const struct command_line *line, size_t index)
{
	return index < line->argument_count ? line->arguments[index] : NULL;
}
