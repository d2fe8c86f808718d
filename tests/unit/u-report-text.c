/*
 * The terminal rendering. Each example document stands beside what it must look
 * like at 80 columns; REPORT_TEXT_WRITE=1 writes those files anew, to be read
 * before they are kept.
 */
#include "suite.h"

#include "base/buffer.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "page.h"
#include "report.h"

#include <fcntl.h>
#include <string.h>

static const char *const examples[] = {
	"perfect", "failing-tests", "not-compiling", "fix-units", "design-probes", "explain", "refused", "hostile",
	"unsafe-code",
};

static cJSON *example(const char *name)
{
	cleanup_free char *path = text_format(TEST_DATA "/data/reports/%s.json", name);
	cleanup_error struct error *err = NULL;
	cJSON *report = NULL;

	ck_assert_msg(report_read(path, &report, &err) == 0, "%s", err ? err->message : "");
	return report;
}

static char *rendered(const cJSON *report, bool colour, unsigned int width)
{
	struct report_text_style style = {.colour = colour, .width = width};
	char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);

	report_write_text(report, &style, out);
	fclose(out);
	ck_assert_uint_eq(strlen(text), length); /* no NUL */
	return text;
}

START_TEST(looks_as_it_should)
{
	cleanup_free char *path = text_format(TEST_DATA "/data/reports/%s.txt", examples[_i]);
	cleanup_report cJSON *report = example(examples[_i]);
	cleanup_free char *found = rendered(report, false, 0);
	cleanup_buffer struct buffer expected = {0};
	cleanup_error struct error *err = NULL;

	if (getenv("REPORT_TEXT_WRITE"))
		ck_assert_int_eq(file_write(AT_FDCWD, path, found, strlen(found), 0644, &err), 0);
	ck_assert_int_eq(file_read(AT_FDCWD, path, 1 << 20, &expected, &err), 0);
	ck_assert_str_eq(found, buffer_text(&expected));
}
END_TEST

/* ---- what must be so of every text, at every width ------------------------ */

static void expect_lines_fit(const char *text, unsigned int width)
{
	struct page page;

	page_open(&page, NULL, NULL);
	while (*text) {
		size_t length = strcspn(text, "\n");

		ck_assert_msg(page_columns(&page, text, length) <= width, "wider than %u: %.*s", width, (int)length, text);
		ck_assert_msg(length == 0 || text[length - 1] != ' ', "ends with a space: %.*s", (int)length, text);
		text += length + 1;
	}
	page_close(&page);
}

/* But for newlines the text is what text_printable leaves alone. */
static void expect_harmless(const char *text)
{
	cleanup_buffer struct buffer printable = {0};

	text_printable(&printable, text, strlen(text), TEXT_BLOCK);
	ck_assert_ptr_null(strchr(text, '\t'));
	ck_assert_str_eq(buffer_text(&printable), text);
}

START_TEST(fits_and_is_harmless_at_any_width)
{
	static const unsigned int widths[] = {40, 41, 57, 80, 120};
	cleanup_report cJSON *report = example(examples[_i]);

	for (size_t i = 0; i < ARRAY_LENGTH(widths); i++) {
		cleanup_free char *text = rendered(report, false, widths[i]);

		expect_lines_fit(text, widths[i]);
		expect_harmless(text);
	}
}
END_TEST

/* Removes the page's own sequences, and fails on any other. */
static void strip_colour(char *text)
{
	static const char *const own[] = {"\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[32m", "\x1b[33m", "\x1b[1;36m"};
	char *to = text;

	while (*text) {
		size_t skipped = 0;

		for (size_t i = 0; i < ARRAY_LENGTH(own); i++)
			if (strncmp(text, own[i], strlen(own[i])) == 0)
				skipped = strlen(own[i]);
		if (!skipped && *text == '\x1b') /* Check writes to a file with each ck_assert */
			ck_abort_msg("not the page's own: %.20s", text + 1);
		if (!skipped)
			*to++ = *text++;
		text += skipped;
	}
	*to = 0;
}

START_TEST(colour_changes_nothing_but_colour)
{
	cleanup_report cJSON *report = example(examples[_i]);
	cleanup_free char *plain = rendered(report, false, 80);
	cleanup_free char *coloured = rendered(report, true, 80);

	ck_assert_ptr_nonnull(strstr(coloured, "\x1b["));
	ck_assert_ptr_null(strchr(plain, '\x1b'));
	strip_colour(coloured);
	ck_assert_str_eq(coloured, plain);
}
END_TEST

/* ---- documents of no known shape -------------------------------------------- */

/* Puts `with` in the place of every value in turn, and renders each time; of an array two members stand for all. */
static void replace_each(cJSON *root, cJSON *container, const cJSON *with)
{
	int members = 0;

	for (cJSON *member = container->child; member; member = member->next) {
		cJSON kept = *member, *copy = cJSON_Duplicate(with, true);
		cleanup_free char *text = NULL;

		if (cJSON_IsArray(container) && members++ == 2) {
			cJSON_Delete(copy);
			break;
		}
		member->type = copy->type;
		member->valuestring = copy->valuestring;
		member->valuedouble = copy->valuedouble;
		member->valueint = copy->valueint;
		member->child = copy->child;
		text = rendered(root, true, 80);
		strip_colour(text);
		expect_harmless(text);
		*member = kept;
		cJSON_Delete(copy);
		replace_each(root, member, with);
	}
}

static const char *const wrong_values[] = {
	"null", "true", "-3", "1e308", "\"\\u001b[2J\\n\\u202e\"", "[]", "[[], null, 7, \"x\", {}]",
	"{\"id\": {}, \"places\": [3]}",
};

START_TEST(any_shape_is_survived)
{
	static const char *const names[] = {"fix-units", "design-probes", "explain", "refused"};
	cleanup_report cJSON *with = cJSON_Parse(wrong_values[_i]);

	for (size_t i = 0; i < ARRAY_LENGTH(names); i++) {
		cleanup_report cJSON *report = example(names[i]);

		replace_each(report, report, with);
	}
}
END_TEST

START_TEST(nothing_at_all_is_survived)
{
	cleanup_report cJSON *array = cJSON_CreateArray();
	cleanup_free char *none = rendered(NULL, false, 80);
	cleanup_free char *empty = rendered(array, false, 80);

	expect_harmless(none);
	expect_harmless(empty);
}
END_TEST

static size_t occurrences(const char *text, const char *part)
{
	size_t count = 0;

	while ((text = strstr(text, part))) {
		count++;
		text += strlen(part);
	}
	return count;
}

static const struct {
	const char *list, *item;
	const char *shown; /* once for each item that is shown */
	size_t most;
	const char *more;
} long_rows[] = {
	{"tests", "{\"group\": \"core\", \"name\": \"slow\", \"status\": \"failed\", \"why\": \"wall\"}",
	 "did not end within its time", 10, "and 30 more failed tests\n"},
	{"findings", "{\"severity\": \"note\", \"says\": \"noted\", \"done\": \"\"}", "noted", 20,
	 "and 20 more findings\n"},
	{"lints", "{\"lint\": \"unused_mut\", \"count\": 1}", "unused_mut", 10, "and 30 more lints\n"},
};

START_TEST(long_lists_are_cut)
{
	cleanup_report cJSON *report = cJSON_CreateObject();
	cJSON *list = cJSON_AddArrayToObject(report, long_rows[_i].list);
	cleanup_free char *text = NULL;

	for (int i = 0; i < 40; i++)
		cJSON_AddItemToArray(list, cJSON_Parse(long_rows[_i].item));
	text = rendered(report, false, 80);
	ck_assert_uint_eq(occurrences(text, long_rows[_i].shown), long_rows[_i].most);
	ck_assert_msg(strstr(text, long_rows[_i].more) != NULL, "%s", text);
}
END_TEST

/* What an exercise's author says is never cut short. */
START_TEST(lessons_are_shown_whole)
{
	cleanup_report cJSON *report = cJSON_CreateObject();
	cJSON *list = cJSON_AddArrayToObject(report, "criteria");
	cJSON *criterion = cJSON_Parse("{\"status\": \"unmet\", \"says\": \"short\"}");
	cleanup_free char *text = NULL;
	char learn[2001] = "";

	for (int i = 0; i < 400; i++)
		strcpy(learn + 5L * i, "word ");
	cJSON_AddStringToObject(criterion, "learn", learn);
	cJSON_AddItemToArray(list, criterion);
	text = rendered(report, false, 80);
	ck_assert_uint_eq(occurrences(text, "word"), 400);
}
END_TEST

START_TEST(serious_findings_come_first)
{
	cleanup_report cJSON *report = cJSON_CreateObject();
	cJSON *list = cJSON_AddArrayToObject(report, "findings");
	cleanup_free char *text = NULL;

	for (int i = 0; i < 40; i++)
		cJSON_AddItemToArray(list, cJSON_Parse("{\"severity\": \"note\", \"says\": \"noted\"}"));
	cJSON_AddItemToArray(list, cJSON_Parse("{\"severity\": \"serious\", \"says\": \"look here\"}"));
	cJSON_AddItemToArray(list, cJSON_Parse("{\"id\": \"file-left-out\", \"severity\": \"note\", \"says\": \"elsewhere\"}"));
	text = rendered(report, false, 80);
	ck_assert_ptr_nonnull(strstr(text, "Findings\n  serious look here\n  note    noted\n"));
	ck_assert_ptr_nonnull(strstr(text, "and 21 more findings\n"));
	ck_assert_ptr_null(strstr(text, "elsewhere"));
}
END_TEST

/* A builder may forget to mend bytes that are not UTF-8. */
START_TEST(bytes_that_are_not_text)
{
	cleanup_report cJSON *report = example("failing-tests");
	cJSON *test = cJSON_GetArrayItem(cJSON_GetObjectItem(report, "tests"), 9);
	cleanup_free char *text = NULL;

	cJSON_ReplaceItemInObject(test, "detail", cJSON_CreateString("\xff\xfe\x9b\x80 and \xf0\x9f\x98"));
	text = rendered(report, true, 80);
	strip_colour(text);
	expect_harmless(text);
	ck_assert_ptr_nonnull(strstr(text, "\\xff\\xfe\\x9b\\x80 and \\xf0\\x9f\\x98"));
}
END_TEST

/* ---- the page ------------------------------------------------------------------ */

static const struct {
	const char *text, *page; /* 40 columns, margins of two and four */
} wrap_rows[] = {
	{"short", "  short\n"},
	{"", "\n"},
	{"one two three four five six seven eight nine ten",
	 "  one two three four five six seven\n    eight nine ten\n"},
	{"this text is thirty-eight columns wide", "  this text is thirty-eight columns wide\n"},
	{"this text is thirty-eight columns wide!", "  this text is thirty-eight columns\n    wide!\n"},
	{"aword-that-is-so-long-that-no-line-could-ever-hold-it-whole",
	 "  aword-that-is-so-long-that-no-line-cou\n    ld-ever-hold-it-whole\n"},
	{"   spaces before stay", "     spaces before stay\n"},
	{"trailing spaces go      ", "  trailing spaces go\n"},
	/* two columns each: nineteen fit beside a margin of two */
	{"漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字", "  漢字漢字漢字漢字漢字漢字漢字漢字漢字漢\n    字漢字\n"},
	{"line\nfeed", "  line\\x0afeed\n"},
	/* a command to a build server begins no line */
	{"::error::x", "  \\x3a:error::x\n"},
	{"this text is thirty-eight columns wid ::e", "  this text is thirty-eight columns wid\n    \\x3a:e\n"},
	{"::is-so-long-that-not-all-of-it-is-there", "  \\x3a:is-so-long-that-not-all-of-it-is-\n    there\n"},
	/* four marks stay on their letter; those above it are spelt out */
	{"a\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81z", "  a\xcc\x81\xcc\x81\xcc\x81\xcc\x81\\u{0301}z\n"},
};

START_TEST(paragraphs_wrap_by_columns)
{
	struct report_text_style style = {.width = 40};
	cleanup_free char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);
	struct page page;

	page_open(&page, out, &style);
	page_start(&page, "  ", "    ");
	page_add(&page, PAGE_PLAIN, wrap_rows[_i].text);
	page_end(&page);
	page_close(&page);
	fclose(out);
	ck_assert_str_eq(text, wrap_rows[_i].page);
}
END_TEST

START_TEST(margins_are_made_printable_too)
{
	cleanup_free char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);
	struct page page;

	page_open(&page, out, NULL);
	page_start(&page, "\x1b[2J|", "");
	page_add(&page, PAGE_PLAIN, "x");
	page_end(&page);
	page_close(&page);
	fclose(out);
	ck_assert_str_eq(text, "\\x1b[2J|x\n");
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(looks_as_it_should, .rows = ARRAY_LENGTH(examples)),
	UNIT(fits_and_is_harmless_at_any_width, .rows = ARRAY_LENGTH(examples)),
	UNIT(colour_changes_nothing_but_colour, .rows = ARRAY_LENGTH(examples)),
	UNIT(any_shape_is_survived, .rows = ARRAY_LENGTH(wrong_values), .seconds = 60),
	UNIT(nothing_at_all_is_survived),
	UNIT(long_lists_are_cut, .rows = ARRAY_LENGTH(long_rows)),
	UNIT(lessons_are_shown_whole),
	UNIT(serious_findings_come_first),
	UNIT(bytes_that_are_not_text),
	UNIT(paragraphs_wrap_by_columns, .rows = ARRAY_LENGTH(wrap_rows)),
	UNIT(margins_are_made_printable_too),
};
UNIT_MAIN("report-text", tests)
