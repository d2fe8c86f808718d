#include "suite.h"

#include "base/memory.h"
#include "commands/line.h"

#include <string.h>

static const char *const formats[] = {"json", "text", NULL};

static const struct command_option options[] = {
	{"output", 'o', OPTION_TEXT, "FILE", "where"},
	{"format", 0, OPTION_CHOICE, "FORMAT", "how", .choices = formats, .fallback = "text"},
	{"format-version", 0, OPTION_NUMBER, "N", "which", 1, 9, .fallback = "2"},
	{"keep", 'k', OPTION_FLAG, NULL, "leave it"},
	{"mount", 'm', OPTION_TEXT, "PATH", "show", .repeats = true},
	{0},
};

static const struct command_argument arguments[] = {
	{"EXERCISE", "which"},
	{"FILE", "more", .optional = true, .repeats = true},
	{0},
};

static const struct command permuting = {.name = "grade", .options = options, .arguments = arguments};
static const struct command ordered = {
	.name = "box", .options = options, .arguments = arguments, .options_first = true};

/* Splits at blanks; the words live as long as `text`. */
static int split(char *text, char **words)
{
	int count = 0;

	for (char *word = strtok(text, " "); word; word = strtok(NULL, " "))
		words[count++] = word;
	words[count] = NULL;
	return count;
}

static const struct {
	const char *line, *message; /* NULL: it is accepted */
} rows[] = {
	{"grade e", NULL},
	{"grade -o file e", NULL},
	{"grade e --format=json -k -k a b c", NULL},
	{"grade e -- --format", NULL},
	{"grade --help --whatever", NULL},
	{"grade", "EXERCISE is missing; `assay help grade` shows the usage"},
	{"grade e --frmat json", "unknown option --frmat; did you mean --format?"},
	{"grade e --form json", "option --form is ambiguous: more than one option begins so"},
	{"grade e --hlep", "unknown option --hlep; did you mean --help?"},
	{"grade e --format yaml", "option --format: 'yaml' is not one of json, text"},
	{"grade e --format-version 10", "option --format-version: '10' is not a whole number from 1 to 9"},
	{"grade e --format-version 1x", "option --format-version: '1x' is not a whole number from 1 to 9"},
	{"grade e -o", "option --output needs a value: FILE"},
	{"grade e -oa -ob", "option --output is given twice"},
	{"grade e --keep=now", "option --keep takes no value"},
	{"grade e -x", "unknown option -x; `assay help grade` lists them"},
};

START_TEST(what_is_said)
{
	cleanup_error struct error *error = NULL;
	cleanup_line struct command_line line = {0};
	cleanup_free char *text = text_copy(rows[_i].line);
	char *words[16];
	int result = line_parse(&line, &permuting, split(text, words), words, &error);

	ck_assert_int_eq(result, rows[_i].message ? -1 : 0);
	if (rows[_i].message) {
		ck_assert_str_eq(error->message, rows[_i].message);
		ck_assert_int_eq(error->kind, ERROR_USAGE);
	}
}
END_TEST

START_TEST(values_are_found)
{
	cleanup_error struct error *error = NULL;
	cleanup_line struct command_line line = {0};
	char text[] = "grade -m one e --mount=two more --format-version 7 -k";
	char *words[16];
	size_t cursor = 0;

	ck_assert_int_eq(line_parse(&line, &permuting, split(text, words), words, &error), 0);
	ck_assert_str_eq(command_line_next(&line, "mount", &cursor), "one");
	ck_assert_str_eq(command_line_next(&line, "mount", &cursor), "two");
	ck_assert_ptr_null(command_line_next(&line, "mount", &cursor));
	ck_assert_str_eq(command_line_text(&line, "mount"), "two");
	ck_assert(command_line_flag(&line, "keep"));
	ck_assert_int_eq(command_line_number(&line, "format-version"), 7);
	ck_assert_uint_eq(command_line_argument_count(&line), 2);
	ck_assert_str_eq(command_line_argument(&line, 0), "e");
	ck_assert_str_eq(command_line_argument(&line, 1), "more");
	ck_assert_ptr_null(command_line_argument(&line, 2));
}
END_TEST

START_TEST(fallbacks)
{
	cleanup_error struct error *error = NULL;
	cleanup_line struct command_line line = {0};
	char text[] = "grade e";
	char *words[16];

	ck_assert_int_eq(line_parse(&line, &permuting, split(text, words), words, &error), 0);
	ck_assert_str_eq(command_line_text(&line, "format"), "text");
	ck_assert_int_eq(command_line_number(&line, "format-version"), 2);
	ck_assert_ptr_null(command_line_text(&line, "output"));
	ck_assert(!command_line_given(&line, "format") && !command_line_flag(&line, "keep"));
}
END_TEST

START_TEST(options_end_at_the_first_argument)
{
	cleanup_error struct error *error = NULL;
	cleanup_line struct command_line line = {0};
	char text[] = "box -k program --keep --nonsense";
	char *words[16];

	ck_assert_int_eq(line_parse(&line, &ordered, split(text, words), words, &error), 0);
	ck_assert_uint_eq(command_line_argument_count(&line), 3);
	ck_assert_str_eq(command_line_argument(&line, 1), "--keep");
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(what_is_said, .rows = ARRAY_LENGTH(rows)),
	UNIT(values_are_found),
	UNIT(fallbacks),
	UNIT(options_end_at_the_first_argument),
};

UNIT_MAIN("line", tests)
