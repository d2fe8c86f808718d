#include "suite.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "rust/source_rules.h"

#include <string.h>

/* "foreign-code:1 test-only:3" */
static char *scan(const char *path, const char *text)
{
	const struct source_file file = {path, text, strlen(text), "2021"};
	struct source_hits hits = {0};
	struct buffer out = {0};

	source_scan(&file, &hits);
	for (size_t i = 0; i < hits.count; i++)
		buffer_add_format(&out, "%s%s:%u", i ? " " : "", source_rule_id(hits.items[i].rule),
				  hits.items[i].place.line);
	source_hits_release(&hits);
	return out.data ? buffer_steal(&out) : text_copy("");
}

static const struct {
	const char *text, *hits;
	const char *path; /* NULL: src/lib.rs */
} rows[] = {
	/* foreign code */
	{"extern \"C\" { fn f(); }", "foreign-code:1"},
	{"unsafe extern {\n}", "foreign-code:1"},
	{"extern r#\"C\"# /* { */ { }", "foreign-code:1"},
	{"macro_rules! m { ($a:literal) => { extern $a { } } }", "foreign-code:1"},
	{"m!(extern \"C\");", "foreign-code:1"},
	{"#[link(name = \"c\")]\nextern \"C\" {}", "foreign-code:1 foreign-code:2"},
	{"#[cfg_attr(all(), link(name = \"c\"))] mod m {}", "foreign-code:1"},
	{"pub extern \"C\" fn f() {} type F = extern \"C\" fn(); extern fn g() {}", ""},
	{"extern crate alloc; let link = link(1); // extern \"C\" {", ""},
	{"let s = \"extern { }\"; let t = r#\"#[no_mangle]\"#;", ""},
	/* assembly */
	{"core::arch::global_asm!(\"nop\");", "assembly:1"},
	{"use core::arch::asm;", "assembly:1"},
	{"use core::arch::{self, asm as text};", "assembly:1"},
	{"unsafe { asm!(\"nop\") }", "assembly:1"},
	{"use core::arch::r#naked_asm as text;", "assembly:1"},
	{"#[unsafe(naked)] extern \"C\" fn f() {}", "assembly:1"},
	{"let asm = 1; fn used(asm: u8) -> bool { asm != 2 }", ""},
	{"struct S { used: bool, asm: u8 } use crate::{asm, link};", ""},
	/* symbols */
	{"#[no_mangle] pub fn f() {}", "linker-symbol:1"},
	{"#[unsafe(no_mangle)] pub fn f() {}", "linker-symbol:1"},
	{"#[r#no_mangle] pub fn f() {}", "linker-symbol:1"},
	{"#[cfg_attr(all(), export_name = \"f\")] pub fn f() {}", "linker-symbol:1"},
	{"#[used]\n#[link_section = \".init_array\"]\nstatic A: u8 = 1;", "linker-symbol:1 linker-symbol:2"},
	{"macro_rules! m { ($a:ident) => { #[$a] pub fn f() {} } }\nm!(no_mangle);", "linker-symbol:2"},
	{"macro_rules! m { ($(#[$a:meta])* $n:ident) => { $(#[$a])* fn $n() {} } }\nm!(#[inline] f);", ""},
	{"fn f(no_mangle: u8) {} m!(no_mangle);", ""},
	/* allocators */
	{"#[global_allocator] static A: System = System;", "own-allocator:1"},
	/* the language */
	{"#![feature(test)]", "language-feature:1"},
	{"#![cfg_attr(all(), feature(test))]", "language-feature:1"},
	{"#![no_main]\n#![crate_type = \"bin\"]", "language-feature:1 language-feature:2"},
	{"#![cfg_attr(feature = \"std\", allow(unused))]\n#![no_std]", ""},
	{"#[cfg(feature = \"x\")] mod m {}", ""},
	/* files */
	{"const A: &str = include_str!(\"/etc/passwd\");", "outside-file:1"},
	{"const A: &str = include_str!(\"../../x\");", "outside-file:1"},
	{"const A: &str = include_str!(r\"../../x\");", "outside-file:1"},
	{"const A: &str = include_str!(\"\\x2fetc/passwd\");", "outside-file:1"},
	{"#![doc = include_str!(\"../README.md\")]", ""},
	{"const A: &str = include_str!(\"../../README.md\");", "", "src/deep/a.rs"},
	{"#[path = \"/hidden/tests.rs\"] mod m;", "outside-file:1"},
	{"#[cfg_attr(all(), path = \"../../x.rs\")] mod m;", "outside-file:1"},
	{"#[path = \"parts/x.rs\"] mod m; let path = \"/etc\";", ""},
	/* environment */
	{"const A: &str = env!(\"HOME\");", "environment-read:1"},
	{"const A: Option<&str> = option_env!(concat!(\"HO\", \"ME\"));", "environment-read:1"},
	{"const A: &str = env!(\"CARGO_PKG_NAME\"); use std::env;", ""},
	/* lints */
	{"#[clippy::msrv = \"1.0\"] mod m;", "lint-shield:1"},
	{"#[automatically_derived] impl A for B {}", "lint-shield:1"},
	{"m!(clippy::msrv = \"1.0\");", "lint-shield:1"},
	{"#![allow(clippy::needless_return)]", ""},
	{"#[cfg(not(clippy))] mod m;", "clippy-only:1"},
	{"if cfg!(clippy) {}", "clippy-only:1"},
	{"#![cfg_attr(clippy, allow(unused))]", "clippy-only:1"},
	{"m!(clippy);", "clippy-only:1"},
	{"#![deny(clippy::all)] let clippy = 1;", ""},
	{"#[cfg(not(test))] fn f() {}", "test-only:1"},
	{"#[cfg(any(doc, unix))] fn f() {}", "test-only:1"},
	{"#[cfg(test)] mod tests { #[test] fn t() {} } #[doc(hidden)] #[doc = \"x\"] mod m {}", ""},
	{"#![cfg_attr(not(test), no_std)] #![cfg_attr(docsrs, doc(cfg(x)))]", ""},
	/* macros */
	{"#[macro_export]\nmacro_rules! assert_eq { () => {} }", "std-name-taken:2"},
	{"#[doc(hidden)] #[macro_export] #[allow(unused)] macro_rules! vec { () => {} }", "std-name-taken:1"},
	{"macro_rules! assert_eq { () => {} } #[macro_export] macro_rules! mine { () => {} }", ""},
	/* the hole */
	{"fn l<'a, 'b, T>(_: &'a &'b (), v: &'b T) -> &'a T { v }\nlet f: for<'x> fn(_, &'x T) -> &'b T = l;",
	 "lifetime-hole:2"},
	{"struct W<'a, 'b>(&'a Cell<&'b ()>);\nlet f: fn(_, &T) -> _ = l;", "lifetime-hole:2"},
	{"fn l<'a, 'b>(_: &'a &'b str) -> &'a str { \"\" } fn g(f: fn(u8) -> u8) {}", ""},
	{"fn g<'a>(f: for<'x> fn(&'x str) -> u8, s: &'a Vec<&'a str>) {}", ""},
};

START_TEST(finds_what_it_must)
{
	cleanup_free char *seen = scan(rows[_i].path ? rows[_i].path : "src/lib.rs", rows[_i].text);

	ck_assert_msg(strcmp(seen, rows[_i].hits) == 0, "%s\nhits: %s, not: %s", rows[_i].text, seen, rows[_i].hits);
}
END_TEST

START_TEST(code_in_macros_is_weighed)
{
	cleanup_buffer struct buffer text = {0};
	cleanup_free char *small = NULL, *much = NULL, *share = NULL;

	buffer_add_text(&text, "macro_rules! own { ($a:expr) => {");
	small = scan("src/lib.rs", "macro_rules! own { ($a:expr) => { $a.clone() } }");
	for (int i = 0; i < 80; i++)
		buffer_add_text(&text, "let a = 1;\n");
	buffer_add_text(&text, "} }\n");
	much = scan("src/lib.rs", buffer_text(&text));
	for (int i = 0; i < 300; i++)
		buffer_add_text(&text, "fn f() {}\n");
	share = scan("src/lib.rs", buffer_text(&text));
	ck_assert_str_eq(small, "");
	ck_assert_str_eq(much, "code-in-macros:1");
	ck_assert_str_eq(share, "");
}
END_TEST

static const struct {
	const char *text, *blanked;
} shields[] = {
	{"#[clippy::msrv = \"1.0\"] fn f() {}", "#[doc          = \"1.0\"] fn f() {}"},
	{"#[clippy\n:: r#msrv = \"1\"] fn f() {}", "#[doc   \n          = \"1\"] fn f() {}"},
	{"#[automatically_derived] impl A for B {}", "#[warn(unused)         ] impl A for B {}"},
	{"// #[automatically_derived]\nlet automatically_derived = 1;", NULL},
	{"#[clippy::msrv_x] #[allow(clippy::all)]", NULL},
};

START_TEST(shields_are_blanked)
{
	cleanup_free char *text = text_copy(shields[_i].text);

	source_blank(text, strlen(text), "2021");
	ck_assert_str_eq(text, shields[_i].blanked ? shields[_i].blanked : shields[_i].text);
}
END_TEST

static struct source_hits two_hits(void)
{
	static const char text[] = "const A: &str = include_str!(\"/x\"); #[cfg(clippy)] fn f() {}";
	const struct source_file file = {"src/a.rs", text, strlen(text), "2021"};
	struct source_hits hits = {0};

	source_scan(&file, &hits);
	ck_assert_uint_eq(hits.count, 2);
	return hits;
}

/* What the compiler read settles it. */
START_TEST(hits_are_confirmed)
{
	static char root[] = "src/lib.rs", file[] = "src/a.rs", away[] = "/x";
	char *other[] = {root}, *inside[] = {root, file}, *outside[] = {file, away};
	const struct {
		struct string_list read;
		bool compiled;
		size_t stay;
	} cases[] = {
		{{NULL, 0}, false, 2},	 {{other, 1}, true, 0},	  {{inside, 2}, true, 1},
		{{inside, 2}, false, 2}, {{outside, 2}, true, 2},
	};

	for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
		struct source_hits hits = two_hits();

		source_confirm(&hits, &cases[i].read, cases[i].compiled);
		ck_assert_msg(hits.count == cases[i].stay, "case %zu: %zu stay", i, hits.count);
		source_hits_release(&hits);
	}
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(finds_what_it_must, .rows = ARRAY_LENGTH(rows)),
	UNIT(code_in_macros_is_weighed),
	UNIT(shields_are_blanked, .rows = ARRAY_LENGTH(shields)),
	UNIT(hits_are_confirmed),
};
UNIT_MAIN("source_rules", tests)
