#include "suite.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "rust/tokens.h"

#include <string.h>

/* Names as they are, lifetimes, strings and literals in <>, marks as they are. */
static char *write_tokens(const char *source, size_t length, bool c_strings)
{
	struct buffer out = {0};
	struct tokens tokens = {0};

	tokens_read(source, length, c_strings, &tokens);
	buffer_add_text(&out, "");
	for (size_t i = 0; i < tokens.count; i++) {
		static const char *const before[] = {"", "<l ", "<s ", "<n ", ""};
		static const char *const behind[] = {"", ">", ">", ">", ""};
		const struct token *token = &tokens.items[i];

		buffer_add_format(&out, "%s%s%.*s%s", i ? " " : "", before[token->kind], (int)token->length,
				  token->text, behind[token->kind]);
	}
	tokens_release(&tokens);
	return out.data ? buffer_steal(&out) : text_copy("");
}

static const struct {
	const char *source, *tokens;
	bool old; /* edition 2018 */
} rows[] = {
	{"fn f() {}", "fn f ( ) { }"},
	{"// extern \"C\" {\nx", "x"},
	{"/* a /* nested */ still */ x /* open", "x"},
	{"/// doc\n//! doc\n/** doc */ x", "x"},
	{"\"a \\\" /* b\" x", "<s \"a \\\" /* b\"> x"},
	{"r#\"a \" # \"# x", "<s r#\"a \" # \"#> x"},
	{"r\"\\\" x", "<s r\"\\\"> x"},
	{"br##\"a\"# b\"## x", "<s br##\"a\"# b\"##> x"},
	{"b\"\\\"\" x", "<s b\"\\\"\"> x"},
	{"c\"a\" cr#\"b\"# x", "<s c\"a\"> <s cr#\"b\"#> x"},
	/* no C strings yet: a name, and a string in which the backslash escapes */
	{"cr\"\\\" x\" y", "cr <s \"\\\" x\"> y", .old = true},
	{"r#extern r#\"x\"#", "extern <s r#\"x\"#>"},
	{"'a 'static 'x' '\\'' '\"' b'\\'' x", "<l 'a> <l 'static> <n 'x'> <n '\\''> <n '\"'> <n b'\\''> x"},
	{"f::<'a>(' ')", "f : : < <l 'a> > ( <n ' '> )"},
	{"'\xc3\xa9' caf\xc3\xa9", "<n '\xc3\xa9'> caf\xc3\xa9"},
	{"a\xe2\x80\xa8"
	 "b\xc2\x85"
	 "c",
	 "a b c"},
	{"1_000u64 0xff 1.5 x.0", "<n 1_000u64> <n 0xff> <n 1> . <n 5> x . <n 0>"},
	{"#!/bin/sh \"\nx", "x"},
	{"#![allow(x)]", "# ! [ allow ( x ) ]"},
	{"#! // c\n [x]", "# ! [ x ]"},
	/* documentation is a token to rustc, so that this is a shebang, and the string begins behind it */
	{"#!/** d */[ \"\nx \"y\"", "x <s \"y\">"},
	{"\xef\xbb\xbf#!/bin/sh\nx", "x"},
	/* suffixes, not prefixes of what follows */
	{"\"a\"r#\"b\" x //\"#\ny", "<s \"a\"> # <s \"b\"> x y"},
	{"r\"a\"br\"\\\"\" x", "<s r\"a\"> <s \"\\\"\"> x"},
	{"'a'r\"\\\"\" b'a'_c\"\\\"\" x", "<n 'a'> <s \"\\\"\"> <n b'a'> <s \"\\\"\"> x"},
	{"\"no end", "<s \"no end>"},
	{"r#\"no end\"", "<s r#\"no end\">"},
	{"", ""},
	{"'", "'"},
	{"r#", "r #"},
	{"b'", "b '"},
	{"\xff\xfe x", "\xff\xfe x"},
};

START_TEST(reads_tokens)
{
	cleanup_free char *seen = write_tokens(rows[_i].source, strlen(rows[_i].source), !rows[_i].old);

	ck_assert_str_eq(seen, rows[_i].tokens);
}
END_TEST

START_TEST(places_are_the_compilers)
{
	static const char source[] = "a\n\t\xc3\xa9 b /* \xc3\xa9 */ c\r\n d";
	struct tokens tokens = {0};

	tokens_read(source, strlen(source), true, &tokens);
	ck_assert_uint_eq(tokens.count, 5);
	ck_assert_uint_eq(tokens.items[1].line, 2);
	ck_assert_uint_eq(tokens.items[1].column, 2);
	ck_assert_uint_eq(tokens.items[2].column, 4);
	ck_assert_uint_eq(tokens.items[3].column, 14);
	ck_assert_uint_eq(tokens.items[4].line, 3);
	ck_assert_uint_eq(tokens.items[4].column, 2);
	tokens_release(&tokens);
}
END_TEST

START_TEST(questions_behind_the_end)
{
	struct tokens tokens = {0};

	tokens_read("a::b", 4, true, &tokens);
	ck_assert(token_is_name(&tokens, 0, "a") && token_is_path(&tokens, 1) && token_is_name(&tokens, 3, "b"));
	ck_assert(!token_is_name(&tokens, 4, "b") && !token_is_mark(&tokens, 4, ':') && !token_is_path(&tokens, 2));
	ck_assert(!token_is_name(&tokens, 0, "ab") && !token_is_mark(&tokens, 0, 'a'));
	tokens_release(&tokens);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(reads_tokens, .rows = ARRAY_LENGTH(rows)),
	UNIT(places_are_the_compilers),
	UNIT(questions_behind_the_end),
};
UNIT_MAIN("tokens", tests)
