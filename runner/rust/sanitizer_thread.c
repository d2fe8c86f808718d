/*
 * What ThreadSanitizer needs to tell the truth of a toolchain whose std was compiled without it: left alone, it accuses
 * whoever uses a Mutex, an Arc or a thread::scope. See sanitizer.h.
 */
#include "rust/sanitizer_thread.h"

#include "base/file.h"
#include "base/memory.h"
#include "base/process.h"
#include "base/text.h"
#include "rust/sanitizer.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define NUMBER(macro) NUMBER_(macro)
#define NUMBER_(number) #number

/* ---- std, with its atomics instrumented ------------------------------------- */

/* Its compiled code is where threads meet; what of core and alloc they meet at is generic, and compiled with the tests.
 */
static const char instrumented[] = "libstd-", rlib[] = ".rlib";

static int run(const char *const *argv, struct error **err)
{
	cleanup_buffer struct buffer errors = {0};
	int code = process_run(argv, NULL, &errors, err);

	if (code < 0)
		return -1;
	return code == 0 ? 0 : error_set(err, ERROR_OTHER, "%s: %.300s", argv[0], buffer_text(&errors));
}

/*
 * Beside the code in an object of std's lies what it was generated from. LLVM's pass leaves plain accesses alone in
 * functions that were not compiled for it, and instruments their atomics, which is what is wanted: std is not what is
 * looked at. The linker is the one that comes with the toolchain, since no other reads that version of the language.
 */
static int instrument(const struct toolchain *toolchain, const char *object, struct error **err)
{
	cleanup_free char *linker = text_format("%s/../bin/rust-lld", toolchain->libraries);
	cleanup_free char *code = text_format("%s.bc", object);

	if (run((const char *[]){"objcopy", "-O", "binary", "--only-section=.llvmbc", "--set-section-flags",
				 ".llvmbc=alloc", object, code, NULL},
		err) < 0)
		return -1;
	return run((const char *[]){linker, "-flavor", "gnu", "-r", code, "--lto-CGO0",
				    "--lto-newpm-passes=tsan-module,function(tsan)", "-o", object, NULL},
		   err);
}

static int instrument_library(const struct toolchain *toolchain, const char *library, const char *work,
			      struct error **err)
{
	DIR *folder;
	int failed = file_make_folders(work, err) < 0 ||
		     run((const char *[]){"ar", "x", "--output", work, library, NULL}, err) < 0;

	if (failed)
		return -1;
	folder = opendir(work);
	if (!folder)
		return error_set_errno(err, ERROR_OTHER, "%s", work);
	for (const struct dirent *entry = readdir(folder); entry && !failed; entry = readdir(folder)) {
		const size_t length = strlen(entry->d_name);
		cleanup_free char *object = file_join(work, entry->d_name);

		if (length > 2 && strcmp(entry->d_name + length - 2, ".o") == 0)
			failed = instrument(toolchain, object, err) < 0 ||
				 run((const char *[]){"ar", "r", library, object, NULL}, err) < 0;
	}
	closedir(folder);
	file_remove_tree(AT_FDCWD, work);
	return failed ? -1 : 0;
}

static bool is_instrumented(const char *name)
{
	const size_t length = strlen(name), ending = sizeof rlib - 1;

	return strncmp(name, instrumented, sizeof instrumented - 1) == 0 && length > ending &&
	       strcmp(name + length - ending, rlib) == 0;
}

/* A link to the toolchain's own file, or a copy that is instrumented. */
static int lay(const struct toolchain *toolchain, const char *name, const char *libraries, const char *work,
	       struct error **err)
{
	cleanup_free char *theirs = file_join(toolchain->libraries, name), *ours = file_join(libraries, name);

	if (!is_instrumented(name))
		return symlink(theirs, ours) == 0 ? 0 : error_set_errno(err, ERROR_OTHER, "%s", ours);
	if (run((const char *[]){"cp", "--no-preserve=mode", theirs, ours, NULL}, err) < 0)
		return -1;
	return instrument_library(toolchain, ours, work, err);
}

int sanitizer_thread_std(const struct toolchain *toolchain, const char *folder, struct error **err)
{
	cleanup_free char *libraries =
		text_format("%s/" SANITIZER_SYSROOT "%s", folder, toolchain->libraries + strlen(toolchain->root));
	cleanup_free char *work = file_join(folder, "objects");
	DIR *theirs;
	int failed = file_make_folders(libraries, err);

	if (failed < 0)
		return -1;
	theirs = opendir(toolchain->libraries);
	if (!theirs)
		return error_set_errno(err, ERROR_OTHER, "%s", toolchain->libraries);
	for (const struct dirent *entry = readdir(theirs); entry && !failed; entry = readdir(theirs))
		if (entry->d_name[0] != '.')
			failed = lay(toolchain, entry->d_name, libraries, work, err);
	closedir(theirs);
	return failed;
}

/* ---- what a program is linked with -------------------------------------------- */

/*
 * The sanitizer knows no fences, by which std's Arc ends. So every atomic access is taken for one that orders: a race
 * that only too weak an ordering makes is not seen, and nobody is accused for a fence.
 *
 * Besides, what a test's box does not let it do. It makes a file only to mark its own memory by, and sleeps by a call
 * of the system that has a successor.
 */
static const char watch_begin[] =
	"#![no_std]\n"
	"use core::ffi::{c_char, c_int, c_long, c_void};\n"
	"unsafe extern \"C\" {\n"
	"    fn __sanitizer_set_report_fd(descriptor: *mut c_void);\n"
	"    fn syscall(number: c_long, ...) -> c_long;\n"
	"    fn __real_" SANITIZER_OPEN "(path: *const c_char, flags: c_int, mode: u32) -> usize;\n"
	"}\n"
	"#[unsafe(no_mangle)]\n"
	"pub extern \"C\" fn __tsan_default_options() -> *const c_char {\n"
	"    concat!(\"exitcode=" NUMBER(
		SANITIZER_EXIT) ":halt_on_error=1:abort_on_error=0:symbolize=0:color=never:print_summary=0:\",\n"
				"        \"stack_trace_format='    #%n %p':atexit_sleep_ms=0:report_thread_leaks=0:report_signal_unsafe=0:\",\n"
				"        \"report_destroy_locked=0:report_mutex_bugs=0:detect_deadlocks=0:disable_coredump=0:\",\n"
				"        \"use_madv_dontdump=0:no_huge_pages_for_shadow=0:handle_segv=0:handle_sigbus=0:handle_sigfpe=0:\",\n"
				"        \"handle_sigill=0:handle_abort=0:allocator_may_return_null=0\\0\").as_ptr().cast()\n"
				"}\n"
				"extern \"C\" fn watch() {\n"
				"    unsafe { __sanitizer_set_report_fd(" NUMBER(
					SANITIZER_DESCRIPTOR) " as *mut c_void) }\n"
							      "}\n"
							      "#[used]\n"
							      "#[unsafe(link_section = \".init_array\")]\n"
							      "static WATCH: extern \"C\" fn() = watch;\n"
							      "#[unsafe(no_mangle)]\n"
							      "pub unsafe extern \"C\" fn __wrap_" SANITIZER_OPEN
							      "(path: *const c_char, flags: c_int, mode: u32) -> usize {\n"
							      "    const CREATE: c_int = 0o100;\n"
							      "    const DENIED: isize = -13;\n"
							      "    if flags & CREATE != 0 {\n"
							      "        return DENIED as usize;\n"
							      "    }\n"
							      "    unsafe { __real_" SANITIZER_OPEN
							      "(path, flags, mode) }\n"
							      "}\n"
							      "const CLOCK_NANOSLEEP: c_long = if cfg!(target_arch = \"x86_64\") { 230 } else { 115 };\n"
							      "#[unsafe(no_mangle)]\n"
							      "pub unsafe extern \"C\" fn __wrap_" SANITIZER_SLEEP
							      "(micros: u64) {\n"
							      "    let time = [(micros / 1_000_000) as i64, (micros % 1_000_000 * 1000) as i64];\n"
							      "    unsafe { syscall(CLOCK_NANOSLEEP, 1 as c_long, 0 as c_long, time.as_ptr(), 0 as c_long) };\n"
							      "}\n"
							      "const ALL: c_int = 5;\n"
							      "fn at_least(order: c_int, least: c_int) -> c_int {\n"
							      "    if order == ALL { ALL } else { least }\n"
							      "}\n";

/* Of each width: what it is given after the address, and in which order it is done. 2 acquires, 3 releases, 4 does
 * both. */
static const struct {
	const char *name, *takes, *gives, *hands_on;
} atomics[] = {
	{"load", "order: c_int", " -> V", "at_least(order, 2)"},
	{"store", "value: V, order: c_int", "", "value, at_least(order, 3)"},
	{"exchange", "value: V, order: c_int", " -> V", "value, at_least(order, 4)"},
	{"fetch_add", "value: V, order: c_int", " -> V", "value, at_least(order, 4)"},
	{"fetch_sub", "value: V, order: c_int", " -> V", "value, at_least(order, 4)"},
	{"fetch_and", "value: V, order: c_int", " -> V", "value, at_least(order, 4)"},
	{"fetch_or", "value: V, order: c_int", " -> V", "value, at_least(order, 4)"},
	{"fetch_xor", "value: V, order: c_int", " -> V", "value, at_least(order, 4)"},
	{"fetch_nand", "value: V, order: c_int", " -> V", "value, at_least(order, 4)"},
	{"compare_exchange_val", "was: V, value: V, order: c_int, failing: c_int", " -> V",
	 "was, value, at_least(order, 4), at_least(failing, 2)"},
};
static const int widths[] = {8, 16, 32, 64};

static void write_atomics(struct buffer *source)
{
	for (size_t width = 0; width < ARRAY_LENGTH(widths); width++) {
		buffer_add_format(source, "mod of_%d {\nuse super::*;\ntype V = u%d;\n", widths[width], widths[width]);
		for (size_t i = 0; i < ARRAY_LENGTH(atomics); i++)
			buffer_add_format(source,
					  "unsafe extern \"C\" { fn __real___tsan_atomic%d_%s(at: *mut V, %s)%s; }\n"
					  "#[unsafe(no_mangle)]\n"
					  "pub unsafe extern \"C\" fn __wrap___tsan_atomic%d_%s(at: *mut V, %s)%s {\n"
					  "    unsafe { __real___tsan_atomic%d_%s(at, %s) }\n"
					  "}\n",
					  widths[width], atomics[i].name, atomics[i].takes, atomics[i].gives,
					  widths[width], atomics[i].name, atomics[i].takes, atomics[i].gives,
					  widths[width], atomics[i].name, atomics[i].hands_on);
		buffer_add_text(source, "}\n");
	}
}

void sanitizer_thread_watch(struct buffer *source)
{
	buffer_add_text(source, watch_begin);
	write_atomics(source);
}

int sanitizer_thread_options(const char *folder, struct error **err)
{
	cleanup_free char *path = file_join(folder, SANITIZER_OPTIONS);
	cleanup_buffer struct buffer options = {0};

	buffer_add_text(&options, "-Wl,--wrap=" SANITIZER_OPEN "\n-Wl,--wrap=" SANITIZER_SLEEP "\n");
	for (size_t width = 0; width < ARRAY_LENGTH(widths); width++)
		for (size_t i = 0; i < ARRAY_LENGTH(atomics); i++)
			buffer_add_format(&options, "-Wl,--wrap=__tsan_atomic%d_%s\n", widths[width], atomics[i].name);
	return file_write(AT_FDCWD, path, options.data, options.length, 0644, err);
}
