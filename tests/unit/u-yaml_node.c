#include "suite.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "exercise/yaml_node.h"

#include <string.h>

static const struct yaml_source source = {.name = "f.yaml", .kind = ERROR_EXERCISE};

static struct node *parse(const char *bytes, size_t length, struct error **err)
{
	struct node *root = NULL;

	node_parse(&source, bytes, length, &root, err);
	return root;
}

#define BYTES(text) text, sizeof(text) - 1

static const struct {
	const char *bytes;
	size_t length;
	const char *message;
} refused[] = {
	{BYTES(""), "f.yaml: the file is empty"},
	{BYTES("# only a comment\n"), "f.yaml: the file is empty"},
	{BYTES("a: 1\n---\nb: 2\n"), "f.yaml:2:1: a second document; the file holds one"},
	{BYTES("a: &x 1\n"), "f.yaml:1:4: anchors (&name) are not accepted; write the value out where it is needed"},
	{BYTES("a: &x [1]\n"), "f.yaml:1:4: anchors (&name) are not accepted; write the value out where it is needed"},
	{BYTES("&x a: 1\n"), "f.yaml:1:1: anchors (&name) are not accepted; write the value out where it is needed"},
	{BYTES("a: *x\n"), "f.yaml:1:4: aliases (*name) are not accepted; write the value out"},
	{BYTES("a: !!str 1\n"), "f.yaml:1:4: tags (!name) are not accepted"},
	{BYTES("a: !own {b: 1}\n"), "f.yaml:1:4: tags (!name) are not accepted"},
	{BYTES("a: 1\nb: 2\na: 3\n"), "f.yaml:3:1: key \"a\" is given twice; first at line 1"},
	{BYTES("{[a]: 1}\n"), "f.yaml:1:2: a key must be a word, not a list"},
	{BYTES("? {a: 1}\n: 2\n"), "f.yaml:1:3: a key must be a word, not a mapping"},
	{BYTES("a: [1, 2\nb: 3\n"), "f.yaml:2:2: did not find expected ',' or ']'"},
	{BYTES("a: \"open\n"), "f.yaml:2:1: found unexpected end of stream"},
	{BYTES("a:\n\t- 1\n"), "f.yaml:2:1: found character that cannot start any token"},
	{BYTES("\xc3\xa9: 1\nb: \xff\n"), "f.yaml:2:4: byte 0xff is not UTF-8"},
	{BYTES("a: \"\\0\"\n"), "f.yaml:1:4: a NUL character in text"},
	{BYTES("\xef\xbb\xbf" "a: [\n"), "f.yaml:2:1: did not find expected node content"},
	{BYTES("a: \xef\xbb\xbf" "1\n"), "f.yaml:1:4: character U+FEFF is not allowed here"},
	{BYTES("a: \0\n"), "f.yaml:1:4: character U+0000 is not allowed here"},
	{BYTES("a:\n  - \x1b[31m\n"), "f.yaml:2:5: character U+001B is not allowed here"},
};

START_TEST(refuses)
{
	cleanup_error struct error *err = NULL;
	cleanup_node struct node *root = parse(refused[_i].bytes, refused[_i].length, &err);

	ck_assert_ptr_null(root);
	ck_assert_str_eq(err->message, refused[_i].message);
	ck_assert_int_eq(err->kind, ERROR_EXERCISE);
}
END_TEST

START_TEST(nodes_know_their_place)
{
	cleanup_error struct error *err = NULL;
	cleanup_node struct node *root = parse(BYTES("\xc3\xa9: 1\nlist:\n  - {x: 1, yy: two}\n"), &err);
	const struct node *two = node_get(node_item(node_get(root, "list"), 0), "yy");

	ck_assert_str_eq(two->text, "two");
	ck_assert_uint_eq(two->line, 3);
	ck_assert_uint_eq(two->column, 16);
	/* columns are characters, not bytes */
	ck_assert_uint_eq(node_get(root, "\xc3\xa9")->column, 4);
	ck_assert_ptr_null(node_get(root, "absent"));
	ck_assert_ptr_null(node_item(root, 0));
	ck_assert_ptr_null(node_get(NULL, "x"));
}
END_TEST

static const struct {
	const char *text;
	bool nothing;
} nothings[] = {
	{"a:\n", true}, {"a: ~\n", true}, {"a: null\n", true}, {"a: \"\"\n", false}, {"a: 'null'\n", false}, {"a: no\n", false},
};

START_TEST(nothing_is_what_is_not_written)
{
	cleanup_error struct error *err = NULL;
	cleanup_node struct node *root = parse(nothings[_i].text, strlen(nothings[_i].text), &err);

	ck_assert_int_eq(node_is_nothing(node_get(root, "a")), nothings[_i].nothing);
}
END_TEST

/* `times` copies of `unit` between two ends. */
static void repeat(struct buffer *out, const char *before, const char *unit, size_t times, const char *after)
{
	buffer_add_text(out, before);
	for (size_t i = 0; i < times; i++)
		buffer_add_text(out, unit);
	buffer_add_text(out, after);
}

static const struct {
	const char *before, *unit;
	size_t times;
	const char *after, *message; /* NULL: accepted */
} sizes[] = {
	{"", "[", 16, "]]]]]]]]]]]]]]]]", NULL},
	{"", "[", 17, "]]]]]]]]]]]]]]]]]", "f.yaml:1:17: nested more than 16 deep"},
	{"", "[", 200000, "", "f.yaml:1:17: nested more than 16 deep"},
	{"", "- ", 100000, "", "f.yaml:1:33: nested more than 16 deep"},
	{"", "{a: ", 50000, "", "f.yaml:1:62: nested more than 16 deep"},
	{"[", "1,", 999, "]", NULL},
	{"[", "1,", 1001, "]", "f.yaml:1:2000: more than 1000 entries in one place"},
	{"a: \"", "0123456789abcdef", 16383, "\"", NULL},
	{"a: \"", "0123456789abcdef", 16384, "\"", "f.yaml: larger than the 256 KiB allowed"},
};

START_TEST(sizes_are_capped)
{
	cleanup_buffer struct buffer text = {0};
	cleanup_error struct error *err = NULL;
	cleanup_node struct node *root = NULL;

	repeat(&text, sizes[_i].before, sizes[_i].unit, sizes[_i].times, sizes[_i].after);
	root = parse(text.data, text.length, &err);
	ck_assert_int_eq(root != NULL, sizes[_i].message == NULL);
	if (sizes[_i].message)
		ck_assert_str_eq(err->message, sizes[_i].message);
}
END_TEST

START_TEST(values_are_counted)
{
	cleanup_buffer struct buffer text = {0};
	cleanup_error struct error *err = NULL;
	cleanup_node struct node *root = NULL;

	/* 900 lists of 23: each allowed, together too many */
	repeat(&text, "", "- [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]\n", 900, "");
	root = parse(text.data, text.length, &err);
	ck_assert_ptr_null(root);
	ck_assert_ptr_nonnull(strstr(err->message, "more than 20000 values in one file"));
}
END_TEST

START_TEST(foreign_text_is_quoted_fit_to_print)
{
	cleanup_free char *escapes = node_quote("a\x1b[2J\nb");
	cleanup_free char *lengthy = node_quote("\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"
						"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\xe2\x82\xac and on");

	ck_assert_str_eq(escapes, "\"a\\x1b[2J\\x0ab\"");
	/* the sixtieth byte is within a character, which is left out whole */
	ck_assert_str_eq(lengthy, "\"\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"
				  "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\xe2\x80\xa6\"");
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(refuses, .rows = ARRAY_LENGTH(refused)),
	UNIT(nodes_know_their_place),
	UNIT(nothing_is_what_is_not_written, .rows = ARRAY_LENGTH(nothings)),
	UNIT(sizes_are_capped, .rows = ARRAY_LENGTH(sizes)),
	UNIT(values_are_counted),
	UNIT(foreign_text_is_quoted_fit_to_print),
};

UNIT_MAIN("yaml_node", tests)
