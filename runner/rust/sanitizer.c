#include "rust/sanitizer.h"

#include "base/digest.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/process.h"
#include "base/text.h"
#include "rust/sanitizer_thread.h"

#include <fcntl.h>
#include <glob.h>
#include <string.h>

#define NUMBER(macro) NUMBER_(macro)
#define NUMBER_(number) #number

/*
 * Every option that a submission could turn against us is set, and none asks for a call that a test may not make:
 * disable_coredump sets a limit, detect_leaks traces the process. Handlers of 2 cannot be replaced. What was freed is
 * kept from use for 64 MiB.
 *
 * The sanitizer looks in /proc for where the main thread's stack is, and there is none. Unless it is told, marks of
 * frames that a panic has left stay, and whoever uses that part of the stack next is accused; nor does it see uses of
 * locals of functions that have returned. It is told as if the thread changed to another stack (a fiber's). What
 * matters is the end above all frames, where the arguments are, which the C library hands to such functions; 8 MiB are
 * the usual size.
 */
static const char watch_source[] =
	"#![no_std]\n"
	"use core::ffi::{c_char, c_int, c_void};\n"
	"use core::ptr::null_mut;\n"
	"unsafe extern \"C\" {\n"
	"    fn __sanitizer_set_report_fd(descriptor: *mut c_void);\n"
	"    fn __sanitizer_start_switch_fiber(save: *mut *mut c_void, bottom: *const c_void, size: usize);\n"
	"    fn __sanitizer_finish_switch_fiber(saved: *mut c_void, bottom: *mut *const c_void, size: *mut usize);\n"
	"}\n"
	"#[unsafe(no_mangle)]\n"
	"pub extern \"C\" fn __asan_default_options() -> *const c_char {\n"
	"    concat!(\"exitcode=" NUMBER(
		SANITIZER_EXIT) ":halt_on_error=1:abort_on_error=0:symbolize=0:color=never:\",\n"
				"        \"print_legend=0:detect_leaks=0:disable_coredump=0:use_madv_dontdump=0:no_huge_pages_for_shadow=0:\",\n"
				"        \"handle_segv=2:handle_sigbus=2:handle_sigfpe=2:handle_sigill=2:allow_user_poisoning=0:\",\n"
				"        \"allocator_may_return_null=0:quarantine_size_mb=64:max_malloc_fill_size=65536:max_free_fill_size=0:\",\n"
				"        \"detect_stack_use_after_return=1\\0\").as_ptr().cast()\n"
				"}\n"
				"const STACK: usize = 8 << 20;\n"
				"extern \"C\" fn watch(_: c_int, arguments: *const c_void) {\n"
				"    unsafe {\n"
				"        __sanitizer_set_report_fd(" NUMBER(
					SANITIZER_DESCRIPTOR) " as *mut c_void);\n"
							      "        let bottom = arguments.wrapping_byte_sub(STACK);\n"
							      "        __sanitizer_start_switch_fiber(null_mut(), bottom, STACK);\n"
							      "        __sanitizer_finish_switch_fiber(null_mut(), null_mut(), null_mut());\n"
							      "    }\n"
							      "}\n"
							      "#[used]\n"
							      "#[unsafe(link_section = \".init_array\")]\n"
							      "static WATCH: extern \"C\" fn(c_int, *const c_void) = watch;\n";

static const struct {
	const char *id, *title, *runtime; /* rustc looks for librustc-<channel>_rt.asan.a */
} kinds[] = {
	[SANITIZER_ADDRESS] = {"address", "AddressSanitizer", "asan"},
	[SANITIZER_THREAD] = {"thread", "ThreadSanitizer", "tsan"},
};

const char *sanitizer_id(enum sanitizer_kind kind)
{
	return kinds[kind].id;
}

const char *sanitizer_title(enum sanitizer_kind kind)
{
	return kinds[kind].title;
}

bool sanitizer_kind_of(const char *id, enum sanitizer_kind *kind)
{
	for (size_t i = 0; i < ARRAY_LENGTH(kinds); i++) {
		if (strcmp(kinds[i].id, id) != 0)
			continue;
		*kind = (enum sanitizer_kind)i;
		return true;
	}
	return false;
}

bool sanitizer_runtime(const struct toolchain *toolchain, enum sanitizer_kind kind)
{
	cleanup_free char *pattern = text_format("%s/librustc*_rt.%s.a", toolchain->libraries, kinds[kind].runtime);
	glob_t found;

	if (glob(pattern, 0, NULL, &found) != 0)
		return false;
	globfree(&found);
	return true;
}

static void write_watch(enum sanitizer_kind kind, struct buffer *source)
{
	if (kind == SANITIZER_THREAD)
		sanitizer_thread_watch(source);
	else
		buffer_add_text(source, watch_source);
}

static int compile(enum sanitizer_kind kind, const char *const *argv, const char *what, struct error **err)
{
	cleanup_buffer struct buffer errors = {0};
	int code = process_run(argv, NULL, &errors, err);

	if (code < 0)
		return -1;
	if (code > 0)
		return error_set(err, ERROR_OTHER, "%s does not compile with %s:\n%s", what, kinds[kind].title,
				 buffer_text(&errors));
	return 0;
}

int sanitizer_build(const struct toolchain *toolchain, enum sanitizer_kind kind, const char *facade, const char *folder,
		    struct error **err)
{
	cleanup_free char *path = file_join(folder, "watch.rs");
	cleanup_free char *object = file_join(folder, SANITIZER_OBJECT);
	cleanup_free char *harness = file_join(facade, "harness/assay.rs");
	cleanup_free char *plain = file_join(facade, "harness/test.rs");
	cleanup_free char *own_harness = text_format("assay=%s/libassay.rlib", folder);
	cleanup_free char *flag = text_format("-Zsanitizer=%s", kinds[kind].id);
	/* the last argument, where there is one more */
	const char *mismatch = kind == SANITIZER_THREAD ? "-Cunsafe-allow-abi-mismatch=sanitizer" : NULL;
	cleanup_buffer struct buffer watch = {0};

	write_watch(kind, &watch);
	if (file_write(AT_FDCWD, path, watch.data, watch.length, 0644, err) < 0 ||
	    compile(kind,
		    (const char *[]){toolchain->rustc, "--crate-type", "lib", "--edition", "2021", "-Cpanic=abort",
				     "-Copt-level=1", "-Ccodegen-units=1", "--emit=obj", "-o", object, path, NULL},
		    "what watches a test", err) < 0)
		return -1;
	/* a bad access is the sanitizer's to tell: the harness does not look for overflows (ends.rs) */
	if (compile(kind,
		    (const char *[]){"/usr/bin/env", "RUSTC_BOOTSTRAP=1", toolchain->rustc, "--crate-name", "assay",
				     "--crate-type", "rlib", "--edition", "2021", "-Copt-level=1", flag, "--cfg",
				     "assay_sanitized", "--out-dir", folder, harness, mismatch, NULL},
		    "the harness", err) < 0)
		return -1;
	return compile(kind,
		       (const char *[]){"/usr/bin/env", "RUSTC_BOOTSTRAP=1", toolchain->rustc, "--crate-name", "test",
					"--crate-type", "rlib", "--edition", "2021", "-Copt-level=1", flag, "--extern",
					own_harness, "--out-dir", folder, plain, mismatch, NULL},
		       "the harness of plain tests", err);
}

void sanitizer_digest_sources(enum sanitizer_kind kind, char text[65])
{
	cleanup_buffer struct buffer watch = {0};
	struct digest digest;

	write_watch(kind, &watch);
	digest_init(&digest);
	digest_add_text(&digest, "sanitizer/4");
	digest_add_text(&digest, kinds[kind].id);
	digest_add_text(&digest, buffer_text(&watch));
	digest_finish(&digest, text);
}
