#include "suite.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "rust/dependencies.h"
#include "rust/source_rules.h"

#include <string.h>

static const struct {
	const char *text, *files;
	const char *outside; /* the first, or NULL */
} rows[] = {
	{"/tmp/liba.rlib: src/lib.rs src/a.rs\n\nsrc/lib.rs:\nsrc/a.rs:\n\n# env-dep:HOME\n", "src/lib.rs src/a.rs"},
	{"src/../README.md:\n./src/./lib.rs:\nsrc//a.rs:\n", "README.md src/lib.rs src/a.rs"},
	{"/submission/src/lib.rs:\nsrc/lib.rs:\n", "src/lib.rs"},
	{"/submission/../hidden/tests.rs:\n", "/hidden/tests.rs", "/hidden/tests.rs"},
	{"src/../../../etc/passwd:\n", "../../etc/passwd", "../../etc/passwd"},
	{"../x/../y:\n", "../y", "../y"},
	{"/..//proc/self/cmdline:\n", "/proc/self/cmdline", "/proc/self/cmdline"},
	{"/configuration/clippy.toml:\nsrc/a\\ b.rs:\n", "/configuration/clippy.toml src/a b.rs"},
	{"/configuration/../etc/x:\n", "/etc/x", "/etc/x"},
	{"# env-dep:A=b:\n:\n\n", ""},
	{"", ""},
};

START_TEST(lists_what_was_read)
{
	struct string_list files = {0};
	cleanup_buffer struct buffer seen = {0};
	const char *outside;

	dependencies_parse(rows[_i].text, &files);
	for (size_t i = 0; i < files.count; i++)
		buffer_add_format(&seen, "%s%s", i ? " " : "", files.items[i]);
	ck_assert_str_eq(buffer_text(&seen), rows[_i].files);
	outside = source_first_outside(&files);
	ck_assert_str_eq(outside ? outside : "", rows[_i].outside ? rows[_i].outside : "");
	string_list_free(&files);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(lists_what_was_read, .rows = ARRAY_LENGTH(rows)),
};
UNIT_MAIN("dependencies", tests)
