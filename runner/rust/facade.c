#include "rust/facade.h"

#include "base/digest.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/process.h"
#include "base/text.h"
#include "rust/embedded.h"

#include <fcntl.h>
#include <glob.h>
#include <string.h>

static const char always[] =
	"#![no_std]\n"
	"#![allow(hidden_glob_reexports, deprecated)]\n"
	"extern crate std as real;\n"
	"pub use real::{any, array, ascii, borrow, boxed, cell, char, clone, cmp, collections, convert, default, error,\n"
	"    f32, f64, fmt, future, hash, hint, i128, i16, i32, i64, i8, isize, iter, marker, mem, num, ops, option, pin,\n"
	"    prelude, primitive, ptr, rc, result, slice, str, string, sync, task, thread, time, u128, u16, u32, u64, u8,\n"
	"    usize, vec};\n"
	"pub use real::{assert, assert_eq, assert_ne, cfg, column, compile_error, concat, dbg, debug_assert,\n"
	"    debug_assert_eq, debug_assert_ne, eprint, eprintln, file, format, format_args, include, include_bytes,\n"
	"    include_str, line, matches, module_path, option_env, print, println, stringify, thread_local, todo,\n"
	"    unimplemented, unreachable, write, writeln};\n"
	/* env and panic name a macro and a module each: the glob brings both, the module below wins over it */
	"mod both { pub use real::{env, panic}; }\n"
	"pub use both::*;\n"
	/* catch_unwind stays: observation makes it harmless. Hooks do not. */
	"pub mod panic {\n"
	"    pub use real::panic::{catch_unwind, panic_any, resume_unwind, AssertUnwindSafe, Location, RefUnwindSafe,\n"
	"        UnwindSafe};\n"
	"}\n";

/* What `allow: std:` can add, and what stands there otherwise where a name must be taken. */
static const struct {
	const char *module;
	const char *given;
	const char *withheld;
} modules[] = {
	{"alloc", "pub use real::alloc;\n", ""},
	{"env", "pub use real::env;\n", "mod env {}\n"},
	{"ffi", "pub use real::ffi;\n", ""},
	{"fs", "pub use real::fs;\n", ""},
	{"io",
	 "pub mod io {\n"
	 "    pub use real::io::{copy, empty, prelude, repeat, sink, BufRead, BufReader, BufWriter, Bytes, Chain, Cursor,\n"
	 "        Empty, Error, ErrorKind, IntoInnerError, LineWriter, Lines, Read, Repeat, Result, Seek, SeekFrom, Sink,\n"
	 "        Split, Take, Write};\n"
	 "}\n",
	 ""},
	{"net",
	 "pub mod net {\n"
	 "    pub use real::net::{AddrParseError, IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};\n"
	 "}\n",
	 ""},
	{"path", "pub use real::path;\n", ""},
};

int facade_source(const struct string_list *wanted, struct buffer *out, struct error **err)
{
	for (size_t i = 0; i < wanted->count; i++) {
		const char *names[ARRAY_LENGTH(modules) + 1] = {NULL};
		const char *near;
		bool known = false;

		for (size_t j = 0; j < ARRAY_LENGTH(modules); j++) {
			names[j] = modules[j].module;
			known |= strcmp(modules[j].module, wanted->items[i]) == 0;
		}
		near = text_nearest(wanted->items[i], names);
		if (!known)
			return error_set(
				err, ERROR_EXERCISE,
				"allow: std: \"%s\" cannot be added%s%s%s (known: alloc, env, ffi, fs, io, net, path)",
				wanted->items[i], near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
	}
	buffer_add_text(out, always);
	for (size_t j = 0; j < ARRAY_LENGTH(modules); j++) {
		bool given = string_list_find(wanted, modules[j].module) >= 0;

		buffer_add_text(out, given ? modules[j].given : modules[j].withheld);
	}
	return 0;
}

/* The gate is a FIFO: reading it blocks until assay writes, or has gone. */
static const char gated_linker[] = "#!/bin/sh\n"
				   "read -r word </gate && [ \"$word\" = go ] && exec \"$ASSAY_LINKER\" \"$@\"\n"
				   "exit 1\n";

void facade_digest_sources(const char *source, char text[65])
{
	struct digest digest;

	digest_init(&digest);
	digest_add_text(&digest, "facade/5");
	digest_add_text(&digest, source);
	digest_add_text(&digest, gated_linker);
	for (size_t i = 0; i < harness_file_count; i++)
		digest_add(&digest, harness_files[i].data, (size_t)(harness_files[i].end - harness_files[i].data));
	digest_finish(&digest, text);
}

/*
 * core and alloc and what they are made with; std itself is what must be missing. Links are enough: a box shows the
 * toolchain at the place where it is outside.
 */
static int lay_sysroot(const struct toolchain *toolchain, const char *folder, struct error **err)
{
	static const char *const crates[] = {"core", "alloc", "compiler_builtins", "rustc_std_workspace_core",
					     "rustc_std_workspace_alloc"};
	cleanup_free char *into = text_format("%s/sysroot/lib/rustlib/%s/lib", folder, toolchain->host);

	if (file_make_folders(into, err) < 0)
		return -1;
	for (size_t i = 0; i < ARRAY_LENGTH(crates); i++) {
		cleanup_free char *pattern = text_format("%s/lib%s-*.r*", toolchain->libraries, crates[i]);
		glob_t found;

		if (glob(pattern, 0, NULL, &found) != 0)
			continue; /* not every distribution has every workspace crate; core is missed below */
		for (size_t j = 0; j < found.gl_pathc; j++) {
			cleanup_free char *link = file_join(into, strrchr(found.gl_pathv[j], '/') + 1);

			if (symlink(found.gl_pathv[j], link) < 0) {
				error_set_errno(err, ERROR_OTHER, "cannot make the link %s", link);
				globfree(&found);
				return -1;
			}
		}
		globfree(&found);
	}
	return 0;
}

static int compile(const char *const *argv, const char *what, struct error **err)
{
	cleanup_buffer struct buffer errors = {0};
	int code = process_run(argv, NULL, &errors, err);

	if (code < 0)
		return -1;
	if (code > 0)
		return error_set(err, ERROR_OTHER, "%s does not compile with %s:\n%s", what, argv[0],
				 buffer_text(&errors));
	return 0;
}

int facade_build(const struct toolchain *toolchain, const char *source, const char *folder, struct error **err)
{
	cleanup_free char *facade = file_join(folder, "facade.rs");
	cleanup_free char *harness_folder = file_join(folder, "harness");
	cleanup_free char *harness = file_join(harness_folder, "assay.rs");
	cleanup_free char *linker = file_join(folder, "gated-linker");
	/* where it was made is in no message of a compiler and in no program: it is at /facade, as in a box */
	cleanup_free char *remap = text_format("--remap-path-prefix=%s=/facade", folder);
	cleanup_free char *library = toolchain_remapping(toolchain);

	if (lay_sysroot(toolchain, folder, err) < 0 ||
	    file_write(AT_FDCWD, linker, gated_linker, strlen(gated_linker), 0755, err) < 0 ||
	    file_write(AT_FDCWD, facade, source, strlen(source), 0644, err) < 0 ||
	    file_make_folders(harness_folder, err) < 0)
		return -1;
	for (size_t i = 0; i < harness_file_count; i++) {
		cleanup_free char *path = file_join(harness_folder, harness_files[i].name);

		if (file_write(AT_FDCWD, path, harness_files[i].data,
			       (size_t)(harness_files[i].end - harness_files[i].data), 0644, err) < 0)
			return -1;
	}
	/* the extra name keeps this std apart from the real one, which it is linked with */
	if (compile((const char *[]){toolchain->rustc, "--crate-name", "std", "--crate-type", "rlib", "--edition",
				     "2021", "-Cmetadata=assay", "-Cextra-filename=-assay", "--out-dir", folder, remap,
				     library, facade, NULL},
		    "the facade of std", err) < 0)
		return -1;
	/* level 1 is the highest at which what it instantiates is shared with the tests, which need not do so again */
	return compile((const char *[]){toolchain->rustc, "--crate-name", "assay", "--crate-type", "rlib", "--edition",
					"2021", "-Copt-level=1", "--out-dir", folder, remap, library, harness, NULL},
		       "the harness", err);
}
