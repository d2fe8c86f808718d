#include "suite.h"

#include "base/memory.h"
#include "base/text.h"

#include <string.h>

static const struct {
	const char *bytes;
	size_t length;
	const char *shown;
} printable_rows[] = {
	{"plain \xc3\xa9", 8, "plain \xc3\xa9"},
	{"a\x1b[31mred", 9, "a\\x1b[31mred"},
	{"nul\0here", 8, "nul\\x00here"},
	{"two\nlines", 9, "two\\x0alines"},
	{"bad \xff byte", 10, "bad \\xff byte"},
	{"overlong \xc0\xaf", 11, "overlong \\xc0\\xaf"},
	{"rtl \xe2\x80\xae here", 12, "rtl \\u{202e} here"},
	{"c1 \xc2\x9b here", 10, "c1 \\x9b here"},
	{"cut \xe2\x82", 6, "cut \\xe2\\x82"},
	{"filler \xe3\x85\xa4", 10, "filler \\u{3164}"},
	{"selector \xf3\xa0\x84\x80", 13, "selector \\u{e0100}"},
	{"##vso[task]", 11, "##vso\\x5btask]"},
	{"##[error]", 9, "##\\x5berror]"},
	{"## [x] #[y] ##a1[z]", 19, "## [x] #[y] ##a1[z]"},
};

START_TEST(printable)
{
	cleanup_buffer struct buffer out = {0};

	text_printable(&out, printable_rows[_i].bytes, printable_rows[_i].length, TEXT_LINE);
	ck_assert_str_eq(buffer_text(&out), printable_rows[_i].shown);
}
END_TEST

START_TEST(printable_block_keeps_newlines)
{
	cleanup_buffer struct buffer out = {0};

	text_printable(&out, "a\n\tb\r", 5, TEXT_BLOCK);
	ck_assert_str_eq(buffer_text(&out), "a\n\tb\\x0d");
}
END_TEST

START_TEST(nearest)
{
	static const char *const names[] = {"criteria", "crate", "concepts", "kind", NULL};

	ck_assert_str_eq(text_nearest("critera", names), "criteria");
	ck_assert_str_eq(text_nearest("knd", names), "kind");
	ck_assert_ptr_null(text_nearest("something-else", names));
}
END_TEST

START_TEST(numbers_are_strict)
{
	long long number = -1;

	ck_assert(text_to_number("42", 0, 100, &number));
	ck_assert_int_eq(number, 42);
	ck_assert(!text_to_number("42x", 0, 100, &number));
	ck_assert(!text_to_number(" 42", 0, 100, &number));
	ck_assert(!text_to_number("", 0, 100, &number));
	ck_assert(!text_to_number("101", 0, 100, &number));
	ck_assert(!text_to_number("99999999999999999999", 0, 100, &number));
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(printable, .rows = ARRAY_LENGTH(printable_rows)),
	UNIT(printable_block_keeps_newlines),
	UNIT(nearest),
	UNIT(numbers_are_strict),
};

UNIT_MAIN("text", tests)
