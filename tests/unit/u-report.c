/* The document: written as JSON, read back, and the tables beside it. */
#include "suite.h"

#include "base/buffer.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "levels.h"
#include "report.h"
#include "tree.h"

#include <fcntl.h>
#include <math.h>
#include <string.h>

static const char *const examples[] = {
	"perfect", "failing-tests", "not-compiling", "fix-units", "design-probes", "explain", "refused", "hostile",
	"unsafe-code",
};

static char *written(const cJSON *report)
{
	char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);

	report_write_json(report, out);
	fclose(out);
	return text;
}

static void expect_json(cJSON *tree, const char *text)
{
	cleanup_free char *found = written(tree);

	ck_assert_str_eq(found, text);
	cJSON_Delete(tree);
}

static int read_text(const char *text, size_t length, cJSON **report, struct error **err)
{
	cleanup_free char *folder = file_make_scratch("u-report-", err);
	cleanup_free char *path = file_join(folder, "report.json");
	int result = file_write(AT_FDCWD, path, text, length, 0600, err);

	if (result == 0)
		result = report_read(path, report, err);
	file_remove_tree(AT_FDCWD, folder);
	return result;
}

/* What was read is what is written, to the byte: the examples are in the writer's own form. */
START_TEST(examples_come_back_the_same)
{
	cleanup_free char *path = text_format(TEST_DATA "/data/reports/%s.json", examples[_i]);
	cleanup_buffer struct buffer expected = {0};
	cleanup_report cJSON *report = NULL;
	cleanup_error struct error *err = NULL;
	cleanup_free char *found = NULL;

	ck_assert_int_eq(file_read(AT_FDCWD, path, 1 << 20, &expected, &err), 0);
	ck_assert_msg(report_read(path, &report, &err) == 0, "%s", err ? err->message : "");
	found = written(report);
	ck_assert_str_eq(found, buffer_text(&expected));
}
END_TEST

static const struct {
	const char *bytes, *json;
} string_rows[] = {
	{"plain", "\"plain\""},
	{"", "\"\""},
	{"\"quoted\" \\ /", "\"\\\"quoted\\\" \\\\ /\""},
	{"a\nb\tc\rd\be\ff", "\"a\\nb\\tc\\rd\\be\\ff\""},
	{"\x1b[31m\x01\x7f", "\"\\u001b[31m\\u0001\\u007f\""},
	{"caf\xc3\xa9 \xe6\xbc\xa2 \xf0\x9f\x98\x80", "\"caf\xc3\xa9 \xe6\xbc\xa2 \xf0\x9f\x98\x80\""},
	{"c1 \xc2\x9b", "\"c1 \\u009b\""},
	{"rtl \xe2\x80\xae", "\"rtl \\u202e\""},
	{"line \xe2\x80\xa8", "\"line \\u2028\""},
	{"tag \xf3\xa0\x81\x81", "\"tag \\udb40\\udc41\""},
	{"not \xff utf-8", "\"not \\ufffd utf-8\""},
	{"overlong \xc0\xaf", "\"overlong \\ufffd\\ufffd\""},
	{"surrogate \xed\xa0\x80", "\"surrogate \\ufffd\\ufffd\\ufffd\""},
	{"cut \xe2\x82", "\"cut \\ufffd\\ufffd\""},
};

START_TEST(strings)
{
	cJSON *array = cJSON_CreateArray();
	cleanup_free char *text = text_format("[\n  %s\n]\n", string_rows[_i].json);

	cJSON_AddItemToArray(array, cJSON_CreateString(string_rows[_i].bytes));
	expect_json(array, text);
}
END_TEST

/* Keys are data too: a document may come from anywhere. */
START_TEST(keys_are_escaped)
{
	cJSON *object = cJSON_CreateObject();

	cJSON_AddTrueToObject(object, "\x1b]0;\xff");
	expect_json(object, "{\n  \"\\u001b]0;\\ufffd\": true\n}\n");
}
END_TEST

static const struct {
	double number;
	const char *json;
} number_rows[] = {
	{0, "0"}, {-1, "-1"}, {83.3, "83.3"}, {100, "100"}, {2147483648.0, "2147483648"},
	{9007199254740991.0, "9007199254740991"}, {0.1, "0.1"}, {NAN, "null"}, {INFINITY, "null"},
};

START_TEST(numbers)
{
	cJSON *array = cJSON_CreateArray();
	cleanup_free char *text = text_format("[\n  %s\n]\n", number_rows[_i].json);

	cJSON_AddItemToArray(array, cJSON_CreateNumber(number_rows[_i].number));
	expect_json(array, text);
}
END_TEST

START_TEST(short_values_share_a_line)
{
	cJSON *tree = cJSON_Parse("{\"empty\":[],\"none\":{},\"place\":{\"line\":1,\"names\":[\"a\",null,false]},\"long\":["
				  "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\","
				  "\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\"]}");

	expect_json(tree, "{\n"
			  "  \"empty\": [],\n"
			  "  \"none\": {},\n"
			  "  \"place\": {\"line\": 1, \"names\": [\"a\", null, false]},\n"
			  "  \"long\": [\n"
			  "    \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\",\n"
			  "    \"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\"\n"
			  "  ]\n"
			  "}\n");
}
END_TEST

#define BYTES(text) text, sizeof(text) - 1

static const struct {
	const char *text;
	size_t length;
	const char *message; /* a part of it */
} refused_rows[] = {
	{BYTES(""), "report.json:1:1: not JSON from here on"},
	{BYTES("{\"schema\": \"assay-report/1\",\n \"a\": tru}"), "report.json:2:7: not JSON from here on"},
	{BYTES("{\"schema\": \"assay-report/1\"} {}"), "report.json:1:30: not JSON from here on"},
	{BYTES("[]"), "no \"schema\" in it"},
	{BYTES("{\"schema\": 1}"), "no \"schema\" in it"},
	{BYTES("{\"Schema\": \"assay-report/1\"}"), "no \"schema\" in it"},
	{BYTES("{\"schema\": \"assay-report/2\"}"), "its schema is assay-report/2; this version reads assay-report/1"},
	{BYTES("{\"schema\": \"\\u001b[2J\"}"), "its schema is \\x1b[2J;"},
	{BYTES("{\"schema\": \"assay-report/1\", \"a\": \"\xff\"}"), "not UTF-8"},
	{BYTES("{\"schema\": \"assay-report/1\"}\0"), "a NUL byte in it"},
};

START_TEST(what_is_no_report_is_refused)
{
	cleanup_report cJSON *report = NULL;
	cleanup_error struct error *err = NULL;

	ck_assert_int_eq(read_text(refused_rows[_i].text, refused_rows[_i].length, &report, &err), -1);
	ck_assert_ptr_null(report);
	ck_assert_int_eq(err->kind, ERROR_OTHER);
	ck_assert_msg(strstr(err->message, refused_rows[_i].message) != NULL, "%s", err->message);
}
END_TEST

/* A reader by recursion must not be led to the stack's end. */
START_TEST(deep_nesting_is_refused)
{
	cleanup_buffer struct buffer text = {0};
	cleanup_report cJSON *report = NULL;
	cleanup_error struct error *err = NULL;

	buffer_add_text(&text, "{\"schema\": \"assay-report/1\", \"a\": ");
	for (int i = 0; i < 1000000; i++)
		buffer_add_char(&text, '[');
	ck_assert_int_eq(read_text(text.data, text.length, &report, &err), -1);
	ck_assert_ptr_nonnull(strstr(err->message, "not JSON from here on"));
}
END_TEST

START_TEST(large_and_missing_files_are_refused)
{
	cleanup_report cJSON *report = NULL;
	cleanup_error struct error *missing = NULL, *large = NULL;
	cleanup_free char *text = memory_new((32 << 20) + 1, 1);

	ck_assert_int_eq(report_read("/nowhere/report.json", &report, &missing), -1);
	ck_assert_ptr_nonnull(strstr(missing->message, "/nowhere/report.json"));
	memset(text, ' ', (32 << 20) + 1);
	ck_assert_int_eq(read_text(text, (32 << 20) + 1, &report, &large), -1);
	ck_assert_ptr_nonnull(strstr(large->message, "reading a report"));
}
END_TEST

START_TEST(looking_in_finds_nothing_where_nothing_is)
{
	cleanup_report cJSON *tree = cJSON_Parse("{\"n\": null, \"s\": \"x\", \"d\": 2.5,"
				       " \"a\": [{\"k\": \"v\"}, 3, {\"k\": \"w\"}],"
				       " \"o\": {\"k\": 1}}");

	ck_assert_ptr_null(tree_at(tree, "n"));
	ck_assert_ptr_null(tree_at(NULL, "n"));
	ck_assert_str_eq(tree_text(tree, "s"), "x");
	ck_assert_str_eq(tree_text(tree, "d"), "");
	ck_assert_str_eq(tree_text(tree_at(tree, "s"), "s"), "");
	ck_assert(tree_number(tree, "d") == 2.5);
	ck_assert_int_eq(tree_integer(tree, "s"), 0);
	ck_assert_uint_eq(tree_count(tree, "a"), 3);
	ck_assert_uint_eq(tree_count(tree, "s"), 0);
	ck_assert_uint_eq(tree_count(tree, "o"), 0); /* an object's members are no list */
	ck_assert_uint_eq(tree_count_where(tree, "a", "k", "v"), 1);
}
END_TEST

START_TEST(formats_are_found_by_name)
{
	ck_assert_ptr_null(report_format_find("xml"));
	for (size_t i = 0; i < report_format_count; i++) {
		ck_assert_ptr_eq(report_format_find(report_formats[i].name), &report_formats[i]);
		ck_assert(report_formats[i].write != NULL);
		ck_assert_str_ne(report_formats[i].summary, "");
	}
}
END_TEST

START_TEST(levels_have_names)
{
	ck_assert_str_eq(level_name(0), "Not yet shown");
	ck_assert_str_eq(level_name(3), "Rust expert");
	ck_assert_str_eq(level_name(4), "unknown level");
	ck_assert_str_eq(level_name(-1), "unknown level");
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(examples_come_back_the_same, .rows = ARRAY_LENGTH(examples)),
	UNIT(strings, .rows = ARRAY_LENGTH(string_rows)),
	UNIT(keys_are_escaped),
	UNIT(numbers, .rows = ARRAY_LENGTH(number_rows)),
	UNIT(short_values_share_a_line),
	UNIT(what_is_no_report_is_refused, .rows = ARRAY_LENGTH(refused_rows)),
	UNIT(deep_nesting_is_refused),
	UNIT(large_and_missing_files_are_refused),
	UNIT(looking_in_finds_nothing_where_nothing_is),
	UNIT(formats_are_found_by_name),
	UNIT(levels_have_names),
};
UNIT_MAIN("report", tests)
