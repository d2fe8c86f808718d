/*
 * Reports of hostile submissions, in every format and edition that there is: nothing in them is obeyed by a terminal, a
 * reader of JSON or XML, or a build server whose log they are written to. A new row of report_formats is looked at too.
 */
#include "harmless-fixture.h"
#include "suite.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "base/text.h"
#include "commands/junit.h"
#include "edition.h"
#include "page.h"
#include "report.h"

#include <string.h>

static const char *const examples[] = {"failing-tests", "fix-units", "design-probes", "explain", "refused"};

#define TEN(text) text text text text text text text text text text

static const char *const payloads[] = {
	/* terminals */
	"\x1b[2J\x1b]0;owned\x07\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\",
	"\xc2\x9b"
	"31mred\xc2\x9d"
	"0;owned\xc2\x9c",
	"over\rwritten\b\b\b\x7f\x0b\x0c\x0e\x05",
	"\x1b",
	/* text that looks other than it is */
	"\xe2\x80\xae"
	"gnp.exe \xe2\x81\xa6left\xe2\x81\xa9 \xd8\x9c",
	"zero\xe2\x80\x8bwidth\xef\xbb\xbf \xc2\xad soft \xe2\x81\xa0 \xe1\x85\x9f\xe3\x85\xa4\xef\xbe\xa0",
	"tags \xf3\xa0\x81\x81\xf3\xa0\x84\x80\xf3\xa0\x87\xaf",
	"lines\xe2\x80\xa8paragraphs\xe2\x80\xa9next\xc2\x85",
	"e\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81",
	/* bytes that are no text */
	"\xff\xfe\x80\xc0\xaf\xed\xa0\x80\xf4\x90\x80\x80\xe2\x82",
	"\xed\xb0\x80 \xef\xbf\xbe \xef\xbf\xbf",
	/* other formats */
	"\", \"verdict\": {\"level\": 3}, \"x\": \"",
	"\\u001b[31m\\n\\\\\"",
	"<script>alert(1)</script><!--]]>&lt;&#27;\"'",
	"=HYPERLINK(\"http://x\")\t+1\n-1\n@SUM(1)",
	/* build servers */
	"::error file=src/lib.rs,line=1::owned",
	"  ::set-env name=PATH::/tmp",
	"\xc2\xa0\xe3\x80\x80\xe2\x80\x83::error::owned",
	"before\n::error::owned\r\n::stop-commands::x\n\t::warning::x",
	":: :: :: ::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::::",
	"word ::error::a word ::error::a word ::error::a word ::error::a word ::error::a word ::error::a word ::error::a",
	TEN("a::b::c") TEN("::") TEN("aa:::b"),
	"##[error]owned ##vso[task.setvariable variable=PATH]/tmp ##teamcity[buildStop]",
	"###[section]x ## [x] ##VSO[x] #",
	"##vso",
	"[task.complete result=Succeeded]",
	/* length */
	TEN(TEN("long and longer ")),
	TEN(TEN("longer\xe6\xbc\xa2")),
};

/* ---- reports ------------------------------------------------------------------------------ */

static cJSON *example(const char *name)
{
	cleanup_free char *path = text_format(TEST_DATA "/data/reports/%s.json", name);
	cleanup_error struct error *err = NULL;
	cJSON *report = NULL;

	ck_assert_msg(report_read(path, &report, &err) == 0, "%s", err ? err->message : "");
	return report;
}

/* Words by which writers choose what to show stay, or little would be shown. */
static bool is_chosen_by(const char *key)
{
	static const char *const keys[] = {"schema", "edition", "status", "feedback", "level", "severity"};

	for (size_t i = 0; key && i < ARRAY_LENGTH(keys); i++)
		if (strcmp(keys[i], key) == 0)
			return true;
	return false;
}

static void replace_texts(cJSON *part, const char *with)
{
	for (cJSON *member = part->child; member; member = member->next) {
		if (cJSON_IsString(member) && !is_chosen_by(member->string))
			cJSON_SetValuestring(member, with);
		replace_texts(member, with);
	}
}

static void expect_harmless(const cJSON *report)
{
	static const unsigned int widths[] = {40, 80};

	for (size_t i = 0; i < report_format_count; i++) {
		for (size_t j = 0; j < ARRAY_LENGTH(widths); j++) {
			const struct report_text_style style = {.width = widths[j]};
			cleanup_free char *text = NULL;
			size_t length;
			FILE *out = open_memstream(&text, &length);

			report_formats[i].write(report, &style, out);
			fclose(out);
			expect_nothing_to_obey(text, length);
		}
	}
}

START_TEST(every_format_and_edition)
{
	for (size_t i = 0; i < ARRAY_LENGTH(examples); i++) {
		cleanup_report cJSON *report = example(examples[i]);

		replace_texts(report, payloads[_i]);
		for (enum report_edition edition = EDITION_GRADER; edition < EDITION_COUNT; edition++) {
			cleanup_error struct error *err = NULL;
			cleanup_report cJSON *made = NULL;

			ck_assert_int_eq(report_edition_make(report, edition, &made, &err), 0);
			expect_harmless(made);
		}
	}
}
END_TEST

/* A key may be anything too, in a report of unknown origin. */
START_TEST(keys_as_well)
{
	cleanup_report cJSON *report = example("failing-tests");

	cJSON_AddItemToObject(report, payloads[_i], cJSON_CreateString(payloads[_i]));
	expect_harmless(report);
}
END_TEST

START_TEST(json_reads_back_as_it_was)
{
	cleanup_report cJSON *report = example("failing-tests"), *back = NULL;
	cleanup_free char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);

	replace_texts(report, payloads[_i]);
	report_write_json(report, out);
	fclose(out);
	back = cJSON_Parse(text);
	ck_assert_ptr_nonnull(back);
	if (text_is_utf8(payloads[_i], strlen(payloads[_i])))
		ck_assert(cJSON_Compare(report, back, true));
}
END_TEST

/* Some of a command may come from one part of a line, the rest from the next. */
START_TEST(commands_of_two_parts)
{
	cleanup_free char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);
	struct page page;

	page_open(&page, out, NULL);
	page_start(&page, "  ", "  ");
	page_add(&page, PAGE_PLAIN, "##vso");
	page_add(&page, PAGE_DIM, "[x]");
	page_end(&page);
	page_start(&page, "", "");
	page_add(&page, PAGE_PLAIN, ":");
	page_add(&page, PAGE_DIM, ":error::");
	page_end(&page);
	page_close(&page);
	fclose(out);
	ck_assert_str_eq(text, "  ##vso\\x5bx]\n\\x3a:error::\n");
}
END_TEST

START_TEST(junit_as_well)
{
	struct junit junit = {0};
	cleanup_free char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);

	junit_add(&junit, payloads[_i], payloads[_i], payloads[_i], payloads[_i], 7);
	junit_write(&junit, payloads[_i], out);
	fclose(out);
	junit_release(&junit);
	expect_nothing_to_obey(text, length);
	ck_assert(!strstr(text, "<script") && !strstr(text, "&lt;script>"));
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(every_format_and_edition, .labels = "report", .rows = ARRAY_LENGTH(payloads), .seconds = 60),
	UNIT(keys_as_well, .labels = "report", .rows = ARRAY_LENGTH(payloads)),
	UNIT(json_reads_back_as_it_was, .labels = "report", .rows = ARRAY_LENGTH(payloads)),
	UNIT(commands_of_two_parts, .labels = "report"),
	UNIT(junit_as_well, .labels = "report", .rows = ARRAY_LENGTH(payloads)),
};
UNIT_MAIN("report-hostile", tests)
