#include "suite.h"

#include "base/buffer.h"
#include "base/file.h"
#include "base/memory.h"
#include "rust/source_rules.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>

/* "foreign-code:1 test-only:3" */
static char *scan(const char *path, const char *text)
{
	const struct source_file file = {path, text, strlen(text), "2021"};
	struct source_hits hits = {0};
	struct buffer out = {0};

	source_scan(&file, &hits);
	source_finish(&hits);
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
	{"m!(extern \"C\" fn);\nm!(extern crate);", "foreign-code:1 foreign-code:2"},
	{"macro_rules! m { () => { n!(extern); } }", "foreign-code:1"},
	{"macro_rules! m { (extern $a:literal) => {}; ($($a:tt)*) => { extern $($a)? fn f() {} } }", ""},
	{"macro_rules! m { ($extern:tt $a:literal) => { n!($extern $a) } }", ""},
	{"macro_rules! m { ($extern:tt) => {}; () => { n!($extern \"C\" {}) } }", "foreign-code:1"},
	{"macro_rules! m { ($extern:tt) => { extern \"C\" {} } }", "foreign-code:1"},
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
	{"#[unsafe(naked)] extern \"C\" fn f() { core::arch::naked_asm!(\"ret\") }", "assembly:1"},
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
	{"#![no_main]\n#![crate_type = \"bin\"]", "language-feature:1 language-feature:2"},
	{"#![cfg_attr(all(), no_core)]", "language-feature:1"},
	{"#![feature(test)]\n#![no_std]", ""}, /* the compiler refuses the one, and the other is a habit */
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
	{"include!(concat!(env!(\"OUT_DIR\"), \"/x\")); const A: &str = env!(\"CARGO_PKG_NAME\");"
	 "const B: &str = env!(\"CARGO\"); use std::env;", ""},
	/* lints */
	{"#[clippy::msrv = \"1.0\"] mod m;", "lint-shield:1"},
	{"#[automatically_derived] impl A for B {}", "lint-shield:1"},
	{"m!(clippy::msrv = \"1.0\");", "lint-shield:1"},
	{"macro_rules! m { ($n:ident, $i:item) => {\n#[clippy::$n = \"1.0\"] $i } }\nm!(msrv, mod o {});", "lint-shield:2"},
	{"macro_rules! m { ($n:ident) => { #[allow(clippy::$n)] mod o {} } }", ""},
	{"assert!(automatically_derived);", ""},
	{"#![allow(clippy::needless_return)]", ""},
	{"#[cfg(not(clippy))] mod m;", "clippy-only:1"},
	{"if cfg!(clippy) {}", "clippy-only:1"},
	{"#![cfg_attr(clippy, allow(unused))]", "clippy-only:1"},
	{"macro_rules! m { ($c:ident) => { #[cfg($c)] mod n; } }\nm!(clippy);", "clippy-only:2"},
	{"macro_rules! m { ($t:literal) => { #[doc = $t] fn f() {} } } m!(clippy); dbg!(naked, clippy, no_mangle);",
	 ""},
	{"#![deny(clippy::all)] let clippy = 1; #[cfg_attr(x, deny(clippy))] mod m {}", ""},
	{"#[cfg(not(test))] pub fn f() {}", "test-only:1"},
	{"#[cfg(all(not(test), unix))]\n#[inline]\n#[must_use] impl A {}", "test-only:1"},
	{"#[cfg(not(test))] fn main() {} #[cfg(not(test))] #[allow(x)] use a::b;", ""},
	{"#[cfg(test)] mod tests { #[test] fn t() {} } #[doc(hidden)] #[doc = \"x\"] mod m {}", ""},
	{"#![cfg_attr(not(test), no_std)] #![cfg_attr(docsrs, doc(cfg(x)))]", ""},
	{"const W: bool = cfg!(not(debug_assertions)); #[cfg(debug_assertions)] fn f() {}", "build-only:1"},
	{"use core::panic::*;\nfn f() -> u32 { <Location<'_>>::caller().line() }", "caller-asked:2"},
	{"struct Call { caller: u32 } fn caller() {}", ""},
	/* macros */
	{"#[macro_export]\nmacro_rules! assert_eq { () => {} }", "std-name-taken:2"},
	{"#[doc(hidden)] #[macro_export] #[allow(unused)] macro_rules! panic { () => {} }", "std-name-taken:1"},
	{"#[macro_export] macro_rules! vec { () => {} }", ""},
	{"macro_rules! assert_eq { () => {} } #[macro_export] macro_rules! mine { () => {} }", ""},
	/* the hole */
	{"fn l<'a, 'b, T>(_: &'a &'b (), v: &'b T) -> &'a T { v }\nlet f: for<'x> fn(_, &'x T) -> &'b T = l;",
	 "compiler-hole:2"},
	{"struct W<'a, 'b>(&'a Cell<&'b ()>);\nlet f: fn(_, &T) -> _ = l;", "compiler-hole:2"},
	{"fn l<'b>(_: &'static &'b ()) {}\nlet f: fn(&'static &'static (), &T) -> &'static T = l;", "compiler-hole:2"},
	{"fn l<'a, 'b>(_: &'a &'b ()) {}\nlet f: &dyn for<'x> Fn(_, &'x T) -> &'static T = &l;", "compiler-hole:2"},
	{"type O = W<'static, 'static>;\nfn l<'a, 'b>(_: &'a &'b ()) {}\nlet f: fn(P<'b, 'static>, &mut T) -> &'b mut T = l;",
	 "compiler-hole:3"},
	{"trait O<U> { type A; } impl<T: ?Sized, U> O<U> for T { type A = U; }\nfn f() { same::<dyn O<u8, A = i8>, u8>(1) }",
	 "compiler-hole:2"},
	{"impl<T: ?Sized> O for T {} fn f(x: &dyn Iterator<Item = u8>, y: &dyn Q<A = u8>) {} trait Q {}", ""},
	{"type S<'a> = Map<Zip<&'a [W<'b>]>, fn(((usize, &'a W), u8)) -> E<'a>>;", ""},
	{"fn f(x: &'a W<'b>) -> Map<S, fn(&S) -> O> { let a: &'static str = _; }", ""},
	{"struct B(Box<dyn Fn(&str) -> u8 + Send + 'static>, &'a W<'b>);", ""},
	{"fn l<'a, 'b>(_: &'a &'b str) -> &'a str { \"\" } fn g(f: fn(u8) -> u8) {}", ""},
	{"impl<'a, F> R for F where F: FnMut(&C<'_>, &'a T) -> u8 { fn g(w: &'b W<'a>) {} }", ""},
	{"fn g<'a>(f: for<'x> fn(&'x str) -> u8, s: &'a Vec<&'a str>) {}", ""},
	{"fn g<'a, 'b>(w: &'b [Word<'a>]) {} enum A { F(for<'a, 'b> fn(&'b [Word<'a>]) -> Vec<&'b [Word<'a>]>) }", ""},
	{"struct W<'a, 'b>(&'a Cell<&'b ()>); type C<T> = fn(&str, &mut E, A<T>) -> BoxFuture<'static, T>;", ""},
	{"struct W<'a, 'b>(&'a Cell<&'b ()>); fn g(f: fn(&Target) -> _, h: fn(&mut (dyn Decoder + 'a)) -> Option<u8>) {}",
	 ""},
	{"struct W<'a, 'b>(&'a Cell<&'b ()>); fn g(f: &mut dyn FnMut(&Map, Id<'b>) -> Option<T>) {}", ""},
	{"struct W<'a, 'b>(&'a Cell<&'b ()>); fn g(f: for<'x> fn(&mut C<'x, 'b>) -> Vec<Error<'b>>) {}", ""},
	{"struct W<'a, 'b>(&'a Cell<&'b ()>); struct S(Map<fn(&mut World, Path<'static>, Error)>, &'a u8);", ""},
	{"fn g<'a, 'b>(w: &'b [Word<'a>], f: impl Fn(&str) -> bool, s: &'a str) {}", ""},
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
	{"macro_rules! m { ($n:ident) => { #[clippy::$n = \"1\"] mod o {} } }",
	 "macro_rules! m { ($n:ident) => { #[doc        = \"1\"] mod o {} } }"},
	{"macro_rules! m { ($n:ident) => { #[allow(clippy::$n)] mod o {} } } assert!(automatically_derived);", NULL},
	{"#[clippy::$", NULL},
};

START_TEST(shields_are_blanked)
{
	cleanup_free char *text = text_copy(shields[_i].text);

	source_blank(text, strlen(text), "2021");
	ck_assert_str_eq(text, shields[_i].blanked ? shields[_i].blanked : shields[_i].text);
}
END_TEST

START_TEST(text_is_code_by_include_and_path)
{
	static const struct {
		const char *text;
		unsigned int takes;
	} cases[] = {
		{"include!(\"words.txt\");", TEXT_TAKEN},
		{"use std::include as take;", TEXT_TAKEN},
		{"#[path = \"words.txt\"] mod words;", TEXT_TAKEN},
		{"#[path = \"parts/words.rs\"] mod words;", 0},
		{"module!(path, \"words.rs\", \"words.txt\");", TEXT_GIVEN},
		{"module!(#[path = \"words.rs\"] \"words.txt\");", TEXT_GIVEN},
		{"macro_rules! module {}", TEXT_BY_RULE},
		{"#![doc = include_str!(\"../README.md\")] let path = 1; // include!", 0},
	};

	for (size_t i = 0; i < ARRAY_LENGTH(cases); i++)
		ck_assert_msg(source_takes_text(cases[i].text, strlen(cases[i].text), "2021") == cases[i].takes, "%s",
			      cases[i].text);
}
END_TEST

/* A hundred thousand tokens of what rules begin to look at, and nothing that ends it: quadratic costs would be minutes. */
START_TEST(long_ways_are_not_walked)
{
	static const struct {
		const char *before, *again, *then;
	} cases[] = {
		{"m!{", "dyn a<b=c ", "impl<"},
		{"m!{", "fn(", ""},
		{"m!{", "for<'a> fn('b ", ""},
		{"macro_rules! m {($a:meta) => {#[$a]}} m!{", "clippy ", ""},
		{"fn f<", "'a &'b T ", ""},
		{"m!{", ">fn('a ", ""},
		{"m!{", "> Fn(", "impl<T: ?Sized> a "},
	};

	for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
		cleanup_buffer struct buffer text = {0};
		struct source_hits hits = {0};

		buffer_add_text(&text, cases[i].before);
		for (const char *const *piece = &cases[i].again; piece <= &cases[i].then; piece++)
			for (size_t j = 0; j < 20000; j++)
				buffer_add_text(&text, *piece);
		source_scan(&(struct source_file){"src/a.rs", buffer_text(&text), text.length, "2021"}, &hits);
		source_hits_release(&hits);
	}
}
END_TEST

/* The last token of all may be one behind which more is expected. */
START_TEST(nothing_behind_the_end)
{
	static const char text[] = "pub fn f(_: fn(&";
	struct source_hits hits = {0};
	cleanup_free char *exact = text_copy_n(text, strlen(text));

	source_scan(&(struct source_file){"src/a.rs", exact, strlen(text), "2021"}, &hits);
	ck_assert_uint_eq(hits.count, 0);
	source_hits_release(&hits);
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
	UNIT(text_is_code_by_include_and_path),
	UNIT(long_ways_are_not_walked),
	UNIT(nothing_behind_the_end),
};

/* `u-source_rules --scan FILE…`: what the rules say of any Rust there is, taken for one submission. */
static int scan_files(int count, char **paths)
{
	struct source_hits hits = {0};

	for (int i = 0; i < count; i++) {
		cleanup_buffer struct buffer text = {0};
		cleanup_error struct error *err = NULL;
		struct source_file file = {.path = paths[i], .edition = "2021"};

		if (file_read(AT_FDCWD, paths[i], 16u << 20, &text, &err) < 0)
			continue;
		file.data = buffer_text(&text);
		file.length = text.length;
		source_scan(&file, &hits);
	}
	source_finish(&hits);
	for (size_t i = 0; i < hits.count; i++)
		printf("%s %s:%u:%u %s\n", source_rule_id(hits.items[i].rule), hits.items[i].place.file,
		       hits.items[i].place.line, hits.items[i].place.column, hits.items[i].what);
	source_hits_release(&hits);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc > 2 && strcmp(argv[1], "--scan") == 0)
		return scan_files(argc - 2, argv + 2);
	return unit_main("source_rules", tests, ARRAY_LENGTH(tests), argc, argv);
}
