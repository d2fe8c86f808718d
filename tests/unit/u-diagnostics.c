#include "suite.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "rust/diagnostics.h"

#include <string.h>

/* Lines as rustc 1.95 writes them, shortened where nothing reads them. */
#define SPAN(file, line, expansion)                                                                                    \
	"{\"file_name\":\"" file "\",\"line_start\":" #line ",\"line_end\":" #line                                     \
	",\"column_start\":5,\"column_end\":9,\"is_primary\":true,\"expansion\":" expansion "}"
#define LINE(level, code, message, spans, children)                                                                    \
	"{\"$message_type\":\"diagnostic\",\"message\":\"" message "\",\"code\":" code ",\"level\":\"" level           \
	"\",\"spans\":[" spans "],\"children\":[" children "],\"rendered\":\"" message "\\n\"}\n"
#define CODE(code) "{\"code\":\"" code "\",\"explanation\":null}"
#define REASON(path) "{\"message\":\"assay:" path "\",\"code\":null,\"level\":\"note\",\"spans\":[],\"children\":[]}"
#define DERIVE                                                                                                         \
	"{\"span\":" SPAN("src/lib.rs", 2, "null") ",\"macro_decl_name\":\"#[derive(Clone)]\",\"def_site_span\":null}"
#define OWN_MACRO "{\"span\":" SPAN("src/lib.rs", 9, "null") ",\"macro_decl_name\":\"mine!\",\"def_site_span\":null}"

static struct diagnostics parse(const char *text)
{
	struct diagnostics diagnostics = {0};

	diagnostics_parse(text, strlen(text), "/toolchain/lib/rustlib/src/", &diagnostics);
	return diagnostics;
}

START_TEST(error_with_code_and_place)
{
	struct diagnostics found =
		parse(LINE("error", CODE("E0382"), "use of moved value: `a`", SPAN("src/lib.rs", 7, "null"), ""));

	ck_assert_uint_eq(found.count, 1);
	ck_assert(found.items[0].is_error && !found.items[0].is_foreign);
	ck_assert_str_eq(found.items[0].code, "E0382");
	ck_assert_str_eq(found.items[0].place.file, "src/lib.rs");
	ck_assert_uint_eq(found.items[0].place.line, 7);
	ck_assert_str_eq(concept_of(found.items[0].code), "moved value");
	diagnostics_release(&found);
}
END_TEST

static const struct {
	const char *what, *line;
	bool foreign;
} origins[] = {
	{"their own text", LINE("warning", CODE("clippy::disallowed_methods"), "m", SPAN("src/lib.rs", 3, "null"), ""),
	 false},
	{"a derive", LINE("warning", CODE("clippy::disallowed_methods"), "m", SPAN("src/lib.rs", 3, DERIVE), ""), true},
	{"a macro of theirs",
	 LINE("warning", CODE("clippy::disallowed_methods"), "m", SPAN("src/lib.rs", 3, OWN_MACRO), ""), false},
	{"their own text by an absolute path",
	 LINE("warning", CODE("clippy::disallowed_methods"), "m", SPAN("/submission/src/real.rs", 3, "null"), ""),
	 false},
	{"their own text through /usr",
	 LINE("warning", CODE("clippy::disallowed_methods"), "m", SPAN("/usr/../submission/src/real.rs", 3, "null"),
	      ""),
	 false},
	{"the toolchain's own sources",
	 LINE("warning", CODE("clippy::disallowed_methods"), "m", SPAN("/toolchain/lib/rustlib/src/x.rs", 3, "null"),
	      ""),
	 true},
	{"a macro of std",
	 LINE("warning", CODE("clippy::disallowed_methods"), "m",
	      SPAN("/rustc/abc/library/core/src/macros/mod.rs", 3, OWN_MACRO), ""),
	 true},
};

START_TEST(origin_of_a_hit)
{
	struct diagnostics found = parse(origins[_i].line);

	ck_assert_uint_eq(found.count, 1);
	ck_assert_msg(found.items[0].is_foreign == origins[_i].foreign, "%s", origins[_i].what);
	diagnostics_release(&found);
}
END_TEST

START_TEST(reason_names_the_path)
{
	struct diagnostics found =
		parse(LINE("warning", CODE("clippy::disallowed_methods"), "use of a disallowed method",
			   SPAN("src/lib.rs", 3, "null"), REASON("core::clone::Clone::clone")));

	ck_assert_str_eq(found.items[0].reason, "core::clone::Clone::clone");
	diagnostics_release(&found);
}
END_TEST

/* Words that a submission wrote, in a note that is not clippy's of ours. */
START_TEST(reason_of_another_lint_is_nobodys)
{
	struct diagnostics found = parse(LINE("warning", CODE("unused_must_use"), "unused value",
					      SPAN("src/lib.rs", 3, "null"), REASON("core::clone::Clone::clone")));

	ck_assert_ptr_null(found.items[0].reason);
	diagnostics_release(&found);
}
END_TEST

START_TEST(what_cannot_be_read_is_told)
{
	cleanup_buffer struct buffer deep = {0};
	struct diagnostics found = {0};

	buffer_add_text(&deep, "{\"message\":");
	for (int i = 0; i < 2000; i++)
		buffer_add_char(&deep, '[');
	for (int i = 0; i < 2000; i++)
		buffer_add_char(&deep, ']');
	buffer_add_text(&deep, "}\n");
	diagnostics_parse(deep.data, deep.length, "/", &found);
	ck_assert(found.incomplete);
	ck_assert_uint_eq(found.count, 0);
	diagnostics_release(&found);
}
END_TEST

START_TEST(noise_is_passed_over)
{
	struct diagnostics found = parse(
		"not json at all\n{\"$message_type\":\"artifact\",\"artifact\":\"/tmp/x.rmeta\",\"emit\":\"metadata\"}\n"
		"{broken\n" LINE("error", "null", "aborting due to 1 previous error", "", "")
			LINE("failure-note", "null", "For more information", "", ""));

	ck_assert_uint_eq(found.count, 0);
	diagnostics_release(&found);
}
END_TEST

START_TEST(an_error_without_a_place_stays)
{
	struct diagnostics found = parse(LINE("error", "null", "linking with `cc` failed", "", ""));

	ck_assert_uint_eq(diagnostics_count_errors(&found), 1);
	ck_assert_ptr_null(found.items[0].place.file);
	diagnostics_release(&found);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(error_with_code_and_place),      UNIT(origin_of_a_hit, .rows = ARRAY_LENGTH(origins)),
	UNIT(reason_names_the_path),	      UNIT(noise_is_passed_over),
	UNIT(an_error_without_a_place_stays),
};

UNIT_MAIN("diagnostics", tests)
