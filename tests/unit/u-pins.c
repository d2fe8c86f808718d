#include "suite.h"

#include "base/memory.h"
#include "rust/pins.h"

#include <string.h>

#define MOST_MODULES 4

/*
 * `pinned` shows each pair of imports as <> where it leaves no name to the module; else the names left to it stand in
 * it. Only the names asked for in `asked` are looked at.
 */
static const struct {
	const char *what, *source, *pinned;
	const char *modules[MOST_MODULES];
} rows[] = {
	{"an empty file", "", "", {0}},
	{"only comments", "//! about\n/* x */\n", "//! about\n/* x */\n", {0}},
	{"before the first item", "use a::*;\n", "<>use a::*;\n", {0}},
	{"behind what stands inside the file",
	 "#!/bin/x\n//! about\n#![allow(a, b(c))] /*! b */ #![deny(d)]\n#[test]\nfn f() {}",
	 "#!/bin/x\n//! about\n#![allow(a, b(c))] /*! b */ #![deny(d)]\n<>#[test]\nfn f() {}",
	 {0}},
	{"into each module, and modules of modules",
	 "mod a { #![x] //! y\n use b::*; mod c { fn f() {} } } mod d { }",
	 "<>mod a { #![x] //! y\n <>use b::*; mod c { <>fn f() {} } } mod d { }",
	 {0}},
	{"into a module in a function", "fn f() { mod a { fn g() {} } }", "<>fn f() { mod a { <>fn g() {} } }", {0}},
	{"a raw name is whole", "mod a { r#b!(); }", "<>mod a { <>r#b!(); }", {0}},
	{"text is no item",
	 "const A: &str = \"mod a { \"; // mod b {\nconst B: char = '{';",
	 "<>const A: &str = \"mod a { \"; // mod b {\nconst B: char = '{';",
	 {0}},
	{"modules in other files",
	 "mod a; pub mod b; #[cfg(test)] mod r#c { mod d; }",
	 "<>mod a; pub mod b; #[cfg(test)] mod r#c { <>mod d; }",
	 {"a", "b", "d"}},
	{"modules in files that are named",
	 "#[path = \"p/x.rs\"] #[cfg(test)] pub(crate) mod a; mod b;",
	 "<>#[path = \"p/x.rs\"] #[cfg(test)] pub(crate) mod a; mod b;",
	 {"p/x.rs", "b"}},
	{"a block with a glob",
	 "fn f() { use a::*; g() } fn h() { if b { use c::{d, *}; } }",
	 "<>fn f() { <>use a::*; g() } fn h() { if b { <>use c::{d, *}; } }",
	 {0}},
	{"a block without one",
	 "fn f(a: &u8) -> u8 { use b::c; *a } fn g() { 2 * 3 }",
	 "<>fn f(a: &u8) -> u8 { use b::c; *a } fn g() { 2 * 3 }",
	 {0}},
	{"what a block has", "fn f() { use a::*; use b::Some; }", "<>fn f() { <Some>use a::*; use b::Some; }", {0}},
	{"what a macro writes",
	 "macro_rules! a { () => { use b::*; mod c {} } } fn f() {}",
	 "<>macro_rules! a { () => { use b::*; mod c {} } } fn f() {}",
	 {0}},
	{"an import by name", "use std::panic;\n", "<panic>use std::panic;\n", {0}},
	{"imports by name",
	 "use std::{fmt::Debug, vec::{self, IntoIter}, cmp::Ord as Some};",
	 "<vec Some Debug>use std::{fmt::Debug, vec::{self, IntoIter}, cmp::Ord as Some};",
	 {0}},
	{"a name on the way is not imported",
	 "use std::vec::IntoIter; use a::Result as R; use Some::Deep;",
	 "<>use std::vec::IntoIter; use a::Result as R; use Some::Deep;",
	 {0}},
	{"a name that is in use without import",
	 "fn f() -> Result<Vec<u8>> { Some(1); use_it(panic) }",
	 "<>fn f() -> Result<Vec<u8>> { Some(1); use_it(panic) }",
	 {0}},
	{"definitions",
	 "type Result<T> = R<T>; pub struct Vec; enum Debug {} fn panic() {}",
	 "<panic Result Vec Debug>type Result<T> = R<T>; pub struct Vec; enum Debug {} fn panic() {}",
	 {0}},
	{"a definition in a function is its own",
	 "fn f() { type Result = u8; use a::Some; }",
	 "<>fn f() { type Result = u8; use a::Some; }",
	 {0}},
	{"what a module has, those in it have",
	 "type Result = u8; mod a { mod b { fn f() {} } }",
	 "<Result>type Result = u8; mod a { <Result>mod b { <Result>fn f() {} } }",
	 {0}},
	{"what a module has, those beside it have not",
	 "mod a { use b::Some; } mod c { use d::*; }",
	 "<>mod a { <Some>use b::Some; } mod c { <>use d::*; }",
	 {0}},
	{"a macro, wherever it stands",
	 "mod a { fn f() {} } macro_rules! vec { () => {} }",
	 "<vec>mod a { <vec>fn f() {} } macro_rules! vec { () => {} }",
	 {0}},
	{"a crate",
	 "extern crate alloc as std; mod a { fn f() {} }",
	 "<std>extern crate alloc as std; mod a { <std>fn f() {} }",
	 {0}},
	{"captured lifetimes are no import",
	 "fn f() -> impl A + use<'a, Some> { g(Some, Vec); } fn h() {}",
	 "<>fn f() -> impl A + use<'a, Some> { g(Some, Vec); } fn h() {}",
	 {0}},
	{"a bracket that is missing", "mod a { fn f() {", "<>mod a { <>fn f() {", {0}},
	{"a bracket too many", "} mod a { fn f() {} }", "<>} mod a { <>fn f() {} }", {0}},
};

static const char *const asked[] = {"panic", "vec", "Some", "Result", "Vec", "Debug", "std"};

/* Writes one pair of imports as the rows have it; returns where it ends. */
static const char *shorten(const char *at, struct buffer *out)
{
	const char *end = strstr(at, "}; use ::assay");
	const char *between = "";

	ck_assert_ptr_nonnull(end);
	end = strstr(end + 2, "}; ");
	ck_assert_ptr_nonnull(end);
	buffer_add_text(out, "<");
	for (size_t i = 0; i < ARRAY_LENGTH(asked); i++) {
		cleanup_free char *inner = text_format(",%s,", asked[i]), *first = text_format("{%s,", asked[i]);
		const char *found = memmem(at, (size_t)(end - at), inner, strlen(inner));

		if (found || memmem(at, (size_t)(end - at), first, strlen(first)))
			continue;
		buffer_add_format(out, "%s%s", between, asked[i]);
		between = " ";
	}
	buffer_add_text(out, ">");
	return end + 3;
}

static char *shorten_all(const char *pinned)
{
	struct buffer out = {0};

	for (const char *next; (next = strstr(pinned, "use ::{")); pinned = shorten(next, &out))
		buffer_add(&out, pinned, (size_t)(next - pinned));
	buffer_add_text(&out, pinned);
	return buffer_steal(&out);
}

START_TEST(pins_stand_where_names_are_looked_up)
{
	cleanup_buffer struct buffer pinned = {0};
	cleanup_free char *shown = NULL;
	struct string_list modules = {0};

	pins_insert(rows[_i].source, strlen(rows[_i].source), "2021", &pinned, &modules);
	shown = shorten_all(buffer_text(&pinned));
	ck_assert_msg(strcmp(shown, rows[_i].pinned) == 0, "%s: %s", rows[_i].what, shown);
	for (size_t i = 0; i < MOST_MODULES && rows[_i].modules[i]; i++)
		ck_assert_msg(i < modules.count && strcmp(modules.items[i], rows[_i].modules[i]) == 0,
			      "%s: %zu modules", rows[_i].what, modules.count);
	string_list_free(&modules);
}
END_TEST

/* Whatever is handed in, it comes out whole, with nothing but imports between; and nothing is read beyond its end. */
START_TEST(any_text_stays_whole)
{
	static const char text[] =
		"#![a]\nmod b { use c::{d, e as f}; mod g; }\n'h \"i\\\" { r#\"j\"# ) ] } k!{ mod l { m }";

	for (size_t length = 0; length < sizeof text; length++) {
		cleanup_free char *copy = text_copy_n(text, length);
		cleanup_buffer struct buffer pinned = {0};
		struct string_list modules = {0};
		const char *at = copy;

		pins_insert(copy, length, "2018", &pinned, &modules);
		for (const char *out = buffer_text(&pinned); *out; out++)
			if (*at == *out && strncmp(out, "use ::", 6) != 0)
				at++;
			else
				out = strstr(out, "}; ") + 2;
		ck_assert_msg(*at == '\0', "of %zu bytes, these are lost: %s", length, at);
		string_list_free(&modules);
	}
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(pins_stand_where_names_are_looked_up, .rows = ARRAY_LENGTH(rows)),
	UNIT(any_text_stays_whole),
};

UNIT_MAIN("pins", tests)
