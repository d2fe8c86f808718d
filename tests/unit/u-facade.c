#include "suite.h"

#include "base/file.h"
#include "base/memory.h"
#include "base/process.h"
#include "base/text.h"
#include "rust/diagnostics.h"
#include "rust/facade.h"
#include "rust/std_items.h"
#include "rust/withheld.h"

#include <cjson/cJSON.h>
#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PROGRAMS TEST_DATA "/data/facade"
#define SOURCE_LIMIT (1u << 20)

/* The default one must be there; the others are the layouts and versions that assay is known to work with. */
static const char *const toolchains[] = {NULL, "nightly", "/usr"};
static const char *const editions[] = {"2018", "2021", "2024"};

/* ---- a facade, and programs compiled against it -------------------------------- */

struct bench {
	struct toolchain toolchain;
	char *folder, *facade;
};

static void bench_release(struct bench *bench)
{
	if (bench->folder)
		file_remove_tree(AT_FDCWD, bench->folder);
	free(bench->folder);
	free(bench->facade);
	toolchain_release(&bench->toolchain);
}
#define cleanup_bench __attribute__((cleanup(bench_release)))

/* False where the toolchain is not on this machine. */
static bool bench_find(struct bench *bench, const char *wanted)
{
	cleanup_error struct error *error = NULL;

	bench->folder = file_make_scratch("u-facade-", &error);
	ck_assert_ptr_nonnull(bench->folder);
	bench->facade = file_join(bench->folder, "facade");
	ck_assert_int_eq(file_make_folders(bench->facade, &error), 0);
	if (toolchain_find(wanted, bench->folder, &bench->toolchain, &error) == 0)
		return true;
	ck_assert_msg(wanted, "%s", error->message);
	fprintf(stderr, "skipped: the toolchain %s is not installed: %s\n", wanted, error->message);
	return false;
}

static bool bench_open(struct bench *bench, const char *wanted, const struct string_list *added)
{
	cleanup_error struct error *error = NULL;

	if (!bench_find(bench, wanted))
		return false;
	setenv("RUSTC_BOOTSTRAP", "-1", 1); /* as in a box: a nightly refuses what is unstable */
	ck_assert_msg(facade_build(&bench->toolchain, added, bench->facade, &error) == 0, "%s",
		      error ? error->message : "");
	return true;
}

/* Compiles a file of the current folder as a submission is. True where it compiles. */
static bool compile(const struct bench *bench, const char *file, const char *edition, struct diagnostics *said)
{
	cleanup_error struct error *error = NULL;
	cleanup_buffer struct buffer printed = {0};
	cleanup_free char *sysroot = file_join(bench->facade, "sysroot");
	cleanup_free char *std = text_format("std=%s/libstd-assay.rlib", bench->facade);
	cleanup_free char *libraries = text_format("dependency=%s", bench->toolchain.libraries);
	int code = process_run((const char *[]){bench->toolchain.rustc,
						"--crate-name",
						"submission",
						"--crate-type",
						"rlib",
						"--emit=metadata",
						"--out-dir",
						bench->folder,
						"--error-format=json",
						"--sysroot",
						sysroot,
						"--extern",
						std,
						"-L",
						libraries,
						"-Funsafe_code",
						"--edition",
						edition,
						file,
						NULL},
			       NULL, &printed, &error);

	ck_assert_msg(code >= 0, "%s", error ? error->message : "");
	diagnostics_parse(printed.data, printed.length, "/nowhere", said);
	withheld_look_at_globs(".", said);
	return code == 0;
}

/* The words after `//~` at the end of a line. */
static bool is_expected(const char *source, unsigned int line, const char *name)
{
	cleanup_free char *words = NULL, *spaced = text_format(" %s ", name);
	const char *mark;

	while (--line && *source)
		source += strcspn(source, "\n") + 1;
	words = text_copy_n(source, strcspn(source, "\n"));
	mark = strstr(words, "//~");
	if (mark) {
		cleanup_free char *names = text_format("%s ", mark + 3);

		return strstr(names, spaced);
	}
	return false;
}

static bool was_said(const struct diagnostics *said, unsigned int line, const char *name)
{
	for (size_t i = 0; i < said->count; i++)
		if (said->items[i].is_error && said->items[i].place.line == line && said->items[i].withheld &&
		    strcmp(said->items[i].withheld, name) == 0)
			return true;
	return false;
}

/* Every error is one that the source expects, and the other way round. */
static void expect_withheld(const struct bench *bench, const char *file, const char *edition)
{
	cleanup_error struct error *error = NULL;
	cleanup_buffer struct buffer source = {0};
	struct diagnostics said = {0};
	unsigned int line = 0, marks = 0;
	cleanup_free char *rows = NULL;

	ck_assert_int_eq(file_read(AT_FDCWD, file, SOURCE_LIMIT, &source, &error), 0);
	ck_assert_msg(!compile(bench, file, edition, &said), "%s compiles", file);
	for (size_t i = 0; i < said.count; i++) {
		const struct diagnostic *it = &said.items[i];

		if (it->is_error)
			ck_assert_msg(it->withheld && is_expected(buffer_text(&source), it->place.line, it->withheld),
				      "%s %s %s:%u: %s", bench->toolchain.version, edition, file, it->place.line,
				      it->rendered);
	}
	rows = buffer_steal(&source);
	for (char *next = rows, *text = strsep(&next, "\n"); text; text = strsep(&next, "\n")) {
		char *mark = strstr(text, "//~"), *rest = NULL;

		line++;
		for (char *name = mark ? strtok_r(mark + 3, " ", &rest) : NULL; name;
		     name = strtok_r(NULL, " ", &rest)) {
			marks++;
			ck_assert_msg(was_said(&said, line, name), "%s %s %s:%u: nothing is said of %s",
				      bench->toolchain.version, edition, file, line, name);
		}
	}
	ck_assert_uint_gt(marks, 10);
	diagnostics_release(&said);
}

static void expect_compiles(const struct bench *bench, const char *file, const char *edition)
{
	struct diagnostics said = {0};

	ck_assert_msg(compile(bench, file, edition, &said), "%s %s %s: %s", bench->toolchain.version, edition, file,
		      said.count ? said.items[0].rendered : "");
	diagnostics_release(&said);
}

/* ---- single programs ---------------------------------------------------------- */

/* What ends a compile early, or is no road at all. `withheld` is what must be said, NULL where it is rustc's matter. */
static const struct {
	const char *source, *withheld;
} refused[] = {
	{"#![no_std]\nextern crate std;\npub fn f() { std::fs::read(\"x\").ok(); }", "std::fs"},
	{"#![no_std]\n#[macro_use]\nextern crate std as other;\npub fn f() { other::env::args(); }", "std::env"},
	{"extern crate test;", "test"},
	{"extern crate proc_macro;", "proc_macro"},
	{"extern crate libc;", "libc"},
	{"use libc::c_int;", "libc"},
	{"use std::*;\npub fn f() { fs::read(\"x\").ok(); }", "std::fs"},
	{"use std::panic::*;\npub fn f() { set_hook(Box::new(|_| {})); }", "std::panic::set_hook"},
	{"use std::time::*;\npub fn f(_: SystemTime) {}", "std::time::SystemTime"},
	/* roads that do not exist */
	{"pub fn f() { \"a:1\".to_socket_addrs().ok(); }", NULL},
	{"pub fn f() { vec![1u8].write_all(b\"x\").ok(); }", NULL},
	{"pub fn f() { let path = AsRef::as_ref(\"x\"); path.exists(); }", NULL},
	{"pub fn f() { std::thread::spawn(|| ()).as_pthread_t(); }", NULL},
	{"pub use std::real as s;\npub fn f() { s::fs::read(\"x\").ok(); }", NULL},
	{"#![allow(pub_use_of_private_extern_crate)]\npub use std::real::fs as s;", NULL},
	{"pub fn f() -> &'static str { std::macro_env::env!(\"PATH\") }", NULL},
	{"extern crate compiler_builtins as c;\npub use c::*;", NULL},
	{"extern crate rustc_std_workspace_core as c;\npub use c::*;", NULL},
	{"use core::fs;", NULL},
	{"use alloc::fs;", NULL},
	{"pub fn f() { unsafe { core::arch::asm!(\"nop\") } }", NULL},
	{"core::arch::global_asm!(\"nop\");", NULL},
	{"#![feature(rustc_private)]\nextern crate std;", NULL},
	{"#![feature(random)]\npub fn f() -> u8 { std::random::random(..) }", NULL},
	/* names of their own, and misspelt ones */
	{"use std::fsx;", NULL},
	{"pub fn f() { std::fsx::read(\"x\"); }", NULL},
	{"mod fs {}\npub fn f() { fs::read(\"x\"); }", NULL},
	{"mod fs { fn read() {} }\npub fn f() { fs::read(); }", NULL},
	{"pub fn f() { fs::read(\"x\"); }", NULL},
	{"mod std_like { mod fs {} }\nuse std_like::fs;", NULL},
	{"pub mod std { mod fs {} }\npub fn f() { crate::std::fs::read(\"x\"); }", NULL},
	{"use std::collections::btree;", NULL},
	{"mod io { pub fn a() {} }\nuse io::*;\npub fn f() { b(); }", NULL},
	{"compile_error!(\"`std::fs` is not part of this exercise\");", NULL},
};

static void expect_refused(const struct bench *bench, const char *source, const char *withheld)
{
	cleanup_error struct error *error = NULL;
	struct diagnostics said = {0};
	bool found = false;

	ck_assert_int_eq(file_write(AT_FDCWD, "one.rs", source, strlen(source), 0600, &error), 0);
	ck_assert_msg(!compile(bench, "one.rs", "2021", &said), "%s compiles:\n%s", bench->toolchain.version, source);
	for (size_t i = 0; i < said.count; i++) {
		const struct diagnostic *it = &said.items[i];

		ck_assert_msg(!it->withheld || (withheld && strcmp(it->withheld, withheld) == 0), "%s:\n%s\n%s",
			      bench->toolchain.version, source, it->rendered);
		ck_assert_msg(!it->withheld || (strcmp(it->place.file, "one.rs") == 0 && it->place.line > 0), "%s",
			      it->rendered);
		found |= it->withheld != NULL;
	}
	ck_assert_msg(found == (withheld != NULL), "%s: nothing is said of %s:\n%s", bench->toolchain.version, withheld,
		      source);
	diagnostics_release(&said);
}

START_TEST(without_capabilities)
{
	cleanup_bench struct bench bench = {0};
	static const struct string_list none;

	if (!bench_open(&bench, toolchains[_i], &none))
		return;
	ck_assert_int_eq(chdir(PROGRAMS), 0);
	/* names are resolved alike by all versions: the others need one edition */
	for (size_t i = _i ? ARRAY_LENGTH(editions) - 1 : 0; i < ARRAY_LENGTH(editions); i++) {
		expect_withheld(&bench, "withheld.rs", editions[i]);
		expect_compiles(&bench, "honest.rs", editions[i]);
	}
	expect_compiles(&bench, "honest-no-std.rs", "2021");
	ck_assert_int_eq(chdir(bench.folder), 0);
	for (size_t i = 0; i < ARRAY_LENGTH(refused); i++)
		expect_refused(&bench, refused[i].source, refused[i].withheld);
}
END_TEST

/* That a library can be allowed: a program's handles are its own. */
START_TEST(with_every_capability)
{
	cleanup_bench struct bench bench = {0};
	struct string_list all = {0};

	for (enum capability i = 0; i < CAPABILITY_COUNT; i++)
		if (i != CAPABILITY_HANDLES)
			*ARRAY_ADD(all.items, all.count) = text_copy(capability_names[i]);
	if (bench_open(&bench, toolchains[_i], &all)) {
		ck_assert_int_eq(chdir(PROGRAMS), 0);
		expect_withheld(&bench, "withheld-parts.rs", "2021");
		expect_compiles(&bench, "honest-parts.rs", "2021");
	}
	string_list_free(&all);
}
END_TEST

/* A sentence of a submission's own that looks like ours is no finding, and ours is put before rustc's words. */
START_TEST(rustc_is_still_heard)
{
	cleanup_bench struct bench bench = {0};
	cleanup_error struct error *error = NULL;
	static const struct string_list none;
	static const char source[] = "use std::fs;\n";
	struct diagnostics said = {0};

	ck_assert(bench_open(&bench, NULL, &none));
	ck_assert_int_eq(chdir(bench.folder), 0);
	ck_assert_int_eq(file_write(AT_FDCWD, "one.rs", source, strlen(source), 0600, &error), 0);
	ck_assert(!compile(&bench, "one.rs", "2024", &said));
	ck_assert_str_eq(said.items[0].message, "`std::fs` is not part of this exercise");
	ck_assert_str_eq(said.items[0].code, "E0603");
	ck_assert_uint_eq(said.items[0].place.column, 10);
	ck_assert_ptr_nonnull(strstr(said.items[0].rendered, "`std::fs` is not part of this exercise\nerror[E0603]"));
	diagnostics_release(&said);
}
END_TEST

/* ---- other versions of std ----------------------------------------------------- */

/* A rustc whose std lacks one item, as far as the facade can see. */
static void take_away(struct bench *bench, const char *path)
{
	cleanup_error struct error *error = NULL;
	cleanup_free char *wrapper = file_join(bench->folder, "rustc");
	cleanup_free char *script = text_format(
		"#!/bin/sh\n"
		"for last; do :; done\n"
		"line=$(sed -n '/real::%s[;:]/=' \"$last\")\n"
		"[ -z \"$line\" ] && exec %s \"$@\"\n"
		"printf '{\"message\":\"unresolved import\",\"level\":\"error\",\"rendered\":\"unresolved import\","
		"\"spans\":[{\"line_start\":%%d}]}\\n' $line >&2\n"
		"exit 1\n",
		path, bench->toolchain.rustc);

	ck_assert_int_eq(file_write(AT_FDCWD, wrapper, script, strlen(script), 0700, &error), 0);
	free(bench->toolchain.rustc);
	bench->toolchain.rustc = STEAL(wrapper);
}

static const struct {
	const char *path, *complaint; /* NULL: built all the same */
} absences[] = {
	{"range", NULL},     /* offered where it is known */
	{"backtrace", NULL}, /* withheld, and nothing to withhold */
	{"option", "has no `option`, which every exercise is given"},
	{"panic::catch_unwind", "has no `panic::catch_unwind`"},
	{"dbg", "has no `dbg!`"},
};

START_TEST(what_a_std_lacks)
{
	cleanup_bench struct bench bench = {0};
	cleanup_error struct error *error = NULL;
	cleanup_buffer struct buffer source = {0};
	cleanup_free char *path = NULL, *use = text_format("real::%s", absences[_i].path);
	static const struct string_list none;
	int failed;

	ck_assert(bench_find(&bench, NULL));
	take_away(&bench, absences[_i].path);
	failed = facade_build(&bench.toolchain, &none, bench.facade, &error);
	ck_assert_int_eq(failed, absences[_i].complaint ? -1 : 0);
	if (failed) {
		ck_assert_msg(strstr(error->message, absences[_i].complaint), "%s", error->message);
		return;
	}
	path = file_join(bench.facade, "facade.rs");
	ck_assert_int_eq(file_read(AT_FDCWD, path, SOURCE_LIMIT, &source, &error), 0);
	ck_assert_ptr_null(strstr(buffer_text(&source), use));
	ck_assert_ptr_nonnull(strstr(buffer_text(&source), "real::option;"));
}
END_TEST

static bool is_accounted(const char *module, const char *name, bool macro)
{
	cleanup_free char *path = text_format("%s%s%s", module, *module ? "::" : "", name);
	cleanup_free char *called = text_format("%s!", path);
	cleanup_free char *raw = text_format("r#%s!", name);

	for (size_t i = 0; i < std_item_count; i++)
		if (strcmp(std_items[i].path, path) == 0 ||
		    (macro && (strcmp(std_items[i].path, called) == 0 || strcmp(std_items[i].path, raw) == 0)))
			return true;
	return false;
}

/* What rustdoc lists of a module; at the root, only what is named by `std::`. */
static size_t check_listing(const struct bench *bench, const char *module)
{
	static const char *const elsewhere[] = {"primitive", "keyword", "attr", "derive"};
	cleanup_error struct error *error = NULL;
	cleanup_buffer struct buffer text = {0};
	cleanup_free char *pattern =
		text_format("%s/share/doc/rust/html/std/%s/sidebar-items*.js", bench->toolchain.root, module);
	glob_t found;
	cJSON *listing, *kind, *entry;
	size_t seen = 0;

	if (glob(pattern, 0, NULL, &found) != 0)
		return 0;
	ck_assert_int_eq(file_read(AT_FDCWD, found.gl_pathv[0], SOURCE_LIMIT, &text, &error), 0);
	globfree(&found);
	listing = cJSON_Parse(strchr(buffer_text(&text), '{'));
	ck_assert_ptr_nonnull(listing);
	cJSON_ArrayForEach (kind, listing) {
		bool named = true;

		for (size_t i = 0; i < ARRAY_LENGTH(elsewhere); i++)
			named &= strcmp(kind->string, elsewhere[i]) != 0;
		cJSON_ArrayForEach (entry, kind) {
			const char *name = cJSON_GetStringValue(cJSON_IsArray(entry) ? entry->child : entry);

			if (!named)
				continue;
			seen++;
			ck_assert_msg(
				is_accounted(module, name, strcmp(kind->string, "macro") == 0),
				"%s: std::%s%s%s is neither offered nor withheld: a row of std_items.c is missing",
				bench->toolchain.version, module, *module ? "::" : "", name);
		}
	}
	cJSON_Delete(listing);
	return seen;
}

/* Where a toolchain brings std's documentation, it says what there is. */
START_TEST(every_item_is_accounted_for)
{
	static const char *const in_part[] = {"io", "net", "panic", "process", "time"};
	cleanup_bench struct bench bench = {0};

	if (!bench_find(&bench, toolchains[_i]))
		return;
	if (check_listing(&bench, "") < 100) {
		fprintf(stderr, "skipped: %s has no documentation of std\n", bench.toolchain.root);
		return;
	}
	for (size_t i = 0; i < ARRAY_LENGTH(in_part); i++)
		ck_assert_uint_gt(check_listing(&bench, in_part[i]), 4);
}
END_TEST

/* ---- the table, and the documentation of it ------------------------------------- */

START_TEST(each_item_once)
{
	bool adds[CAPABILITY_COUNT] = {false};

	for (size_t i = 0; i < std_item_count; i++) {
		const struct std_item *item = &std_items[i];

		for (size_t j = 0; j < i; j++)
			ck_assert_str_ne(item->path, std_items[j].path);
		ck_assert_msg((item->standing == STD_WITHHELD) == (item->why != NULL), "%s", item->path);
		ck_assert_msg((item->standing == STD_ADDED) == (item->capability < CAPABILITY_COUNT), "%s", item->path);
		if (item->standing == STD_ADDED)
			adds[item->capability] = true;
	}
	for (size_t i = 0; i < CAPABILITY_COUNT; i++)
		ck_assert_msg(adds[i], "%s adds nothing", capability_names[i]);
}
END_TEST

static void list_offered(bool macros, struct buffer *out)
{
	const char *comma = "";

	for (size_t i = 0; i < std_item_count; i++) {
		const struct std_item *item = &std_items[i];
		bool is_macro = strchr(item->path, '!');

		if (item->standing != STD_OFFERED || is_macro != macros)
			continue;
		buffer_add_format(out, "%s`%s`%s", comma, item->path, item->may_lack ? "*" : "");
		comma = ", ";
	}
	buffer_add_char(out, '\n');
}

static void list_added(enum capability capability, struct buffer *out)
{
	const char *comma = "";

	buffer_add_format(out, "| `%s` | ", capability_names[capability]);
	for (size_t i = 0; i < std_item_count; i++) {
		if (std_items[i].standing != STD_ADDED || std_items[i].capability != capability)
			continue;
		buffer_add_format(out, "%s`%s`%s", comma, std_items[i].path, std_items[i].may_lack ? "*" : "");
		comma = ", ";
	}
	buffer_add_text(out, " |\n");
}

/* Neighbours that are withheld for one reason share a row. */
static void list_withheld(struct buffer *out)
{
	const char *why = NULL;

	for (size_t i = 0; i < std_item_count; i++) {
		const struct std_item *item = &std_items[i];

		if (item->standing != STD_WITHHELD)
			continue;
		if (why && strcmp(why, item->why) == 0)
			buffer_add_format(out, ", `%s`", item->path);
		else
			buffer_add_format(out, "%s%s%s| `%s`", why ? " | " : "", why ? why : "", why ? " |\n" : "",
					  item->path);
		why = item->why;
	}
	buffer_add_format(out, " | %s |\n", why);
}

static void expect_in_format(const char *format, struct buffer *wanted)
{
	ck_assert_msg(strstr(format, buffer_text(wanted)), "exercises/FORMAT.md does not say what the table does:\n%s",
		      buffer_text(wanted));
	buffer_release(wanted);
}

START_TEST(format_says_what_the_table_does)
{
	cleanup_error struct error *error = NULL;
	cleanup_buffer struct buffer format = {0};
	struct buffer wanted = {0};
	const char *section;

	ck_assert_int_eq(file_read(AT_FDCWD, PROJECT_SOURCE "/exercises/FORMAT.md", SOURCE_LIMIT, &format, &error), 0);
	section = strstr(buffer_text(&format), "## What a submission may name");
	ck_assert_ptr_nonnull(section);
	for (int macros = 0; macros < 2; macros++) {
		buffer_add_text(&wanted, macros ? "Macros: " : "Modules: ");
		list_offered(macros, &wanted);
		expect_in_format(section, &wanted);
	}
	buffer_add_text(&wanted, "|---|---|\n");
	for (size_t i = 0; i < CAPABILITY_COUNT; i++)
		list_added((enum capability)i, &wanted);
	buffer_add_char(&wanted, '\n');
	expect_in_format(section, &wanted);
	buffer_add_text(&wanted, "|---|---|\n");
	list_withheld(&wanted);
	buffer_add_char(&wanted, '\n');
	expect_in_format(section, &wanted);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(without_capabilities, .rows = ARRAY_LENGTH(toolchains), .labels = "unit;verdict", .seconds = 120),
	UNIT(with_every_capability, .rows = ARRAY_LENGTH(toolchains), .labels = "unit;verdict", .seconds = 120),
	UNIT(rustc_is_still_heard, .seconds = 60),
	UNIT(what_a_std_lacks, .rows = ARRAY_LENGTH(absences), .seconds = 60),
	UNIT(every_item_is_accounted_for, .rows = ARRAY_LENGTH(toolchains), .seconds = 60),
	UNIT(each_item_once),
	UNIT(format_says_what_the_table_does),
};

UNIT_MAIN("facade", tests)
