#include "commands/machine.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/process.h"
#include "base/text.h"
#include "grading/cache.h"
#include "rust/toolchain.h"
#include "sandbox.h"

#include <glob.h>
#include <string.h>
#include <sys/statvfs.h>

/* Takes `found`; `remedy` may be NULL. */
static void add(struct machine *machine, const char *group, const char *name, enum check_state state, char *found,
		const char *remedy)
{
	struct check *check = ARRAY_ADD(machine->checks, machine->count);

	*check = (struct check){group, text_printable_copy(name), state, text_printable_copy(found), text_copy(remedy)};
	free(found);
}

/* ---- the sandbox --------------------------------------------------------- */

static void inspect_sandbox(struct machine *machine)
{
	static const enum check_state states[] = {
		[SANDBOX_CHECK_OK] = CHECK_OK,
		[SANDBOX_CHECK_WEAKER] = CHECK_WEAKER,
		[SANDBOX_CHECK_MISSING] = CHECK_MISSING,
	};
	struct sandbox_check *checks = NULL;
	size_t count = 0;

	sandbox_checks(&checks, &count);
	for (size_t i = 0; i < count; i++)
		add(machine, "Sandbox", checks[i].name, states[checks[i].state],
		    text_copy(checks[i].found ? checks[i].found : ""), checks[i].remedy);
	sandbox_checks_free(checks, count);
}

/* ---- Rust ---------------------------------------------------------------- */

/* The folders that hold bin/rustc, rustup's first. */
static void find_roots(char ***roots, size_t *count)
{
	const char *set = getenv("RUSTUP_HOME"), *home = getenv("HOME");
	cleanup_free char *rustup = set && *set ? text_copy(set) : text_format("%s/.rustup", home ? home : "");
	cleanup_free char *pattern = text_format("%s/toolchains/*/bin/rustc", rustup);
	glob_t found;

	if (glob(pattern, 0, NULL, &found) == 0)
		for (size_t i = 0; i < found.gl_pathc; i++)
			*ARRAY_ADD(*roots, *count) =
				text_copy_n(found.gl_pathv[i], strlen(found.gl_pathv[i]) - strlen("/bin/rustc"));
	globfree(&found);
	if (file_exists("/usr/bin/rustc"))
		*ARRAY_ADD(*roots, *count) = text_copy("/usr");
}

static void inspect_toolchain(struct machine *machine, const char *root, const char *cache)
{
	cleanup_error struct error *error = NULL;
	cleanup_free char *cargo = file_join(root, "bin/cargo"), *name = NULL;
	struct toolchain found = {0};

	if (toolchain_find(root, cache, &found, &error) < 0) {
		add(machine, "Rust", "rustc", CHECK_WEAKER, text_copy(error->message), NULL);
	} else {
		name = text_format("rustc %s", found.version);
		add(machine, "Rust", name, found.rustfmt ? CHECK_OK : CHECK_WEAKER,
		    text_format("clippy %s, %s, %s, %s std, in %s", found.clippy_version,
				found.rustfmt ? "rustfmt" : "no rustfmt", file_exists(cargo) ? "cargo" : "no cargo",
				found.shared_std ? "shared" : "static", root),
		    found.rustfmt ? NULL
				  : "to check layout: `rustup component add rustfmt`, or on Debian `apt-get install "
				    "rustfmt-web`");
	}
	toolchain_release(&found);
}

static void inspect_rust(struct machine *machine)
{
	cleanup_error struct error *error = NULL;
	cleanup_free char *cache = cache_folder(&error);
	struct toolchain chosen = {0};
	char **roots = NULL;
	size_t count = 0;

	if (!cache) {
		add(machine, "Rust", "cache", CHECK_MISSING, text_copy(error->message), NULL);
		return;
	}
	find_roots(&roots, &count);
	for (size_t i = 0; i < count; i++) {
		inspect_toolchain(machine, roots[i], cache);
		free(roots[i]);
	}
	free(roots);
	/* what grading takes where nobody names one */
	if (toolchain_find(NULL, cache, &chosen, &error) < 0)
		add(machine, "Rust", "used to grade", CHECK_MISSING, text_copy(error->message), NULL);
	else
		add(machine, "Rust", "used to grade", CHECK_OK, text_copy(chosen.root), NULL);
	toolchain_release(&chosen);
}

/* ---- linkers ------------------------------------------------------------- */

static void inspect_linkers(struct machine *machine)
{
	static const struct {
		const char *name, *program;
		enum check_state absent;
		const char *remedy;
	} rows[] = {
		{"C compiler", "cc", CHECK_MISSING, "on Debian `apt-get install gcc libc6-dev`"},
		{"GNU ld", "ld.bfd", CHECK_OK, NULL},
		{"gold", "ld.gold", CHECK_OK, NULL},
		{"LLD", "ld.lld", CHECK_OK, NULL},
		{"mold", "mold", CHECK_OK, NULL},
	};

	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		cleanup_buffer struct buffer out = {0};
		cleanup_error struct error *absent = NULL;

		if (process_run((const char *[]){rows[i].program, "--version", NULL}, &out, NULL, &absent) == 0)
			add(machine, "Linkers", rows[i].name, CHECK_OK,
			    text_copy_n(buffer_text(&out), strcspn(buffer_text(&out), "\n")), NULL);
		else if (rows[i].absent != CHECK_OK)
			add(machine, "Linkers", rows[i].name, rows[i].absent, text_copy("not found"), rows[i].remedy);
	}
}

/* ---- room ---------------------------------------------------------------- */

#define ROOM_WANTED (512ull << 20) /* a preparation of each shipped exercise is under 20 MiB */

static void inspect_room(struct machine *machine, const char *name, const char *folder, const char *remedy)
{
	struct statvfs status;
	unsigned long long free_bytes;

	if (statvfs(folder, &status) < 0 || access(folder, W_OK) < 0) {
		add(machine, "Room", name, CHECK_MISSING, text_format("%s cannot be written", folder), remedy);
		return;
	}
	free_bytes = (unsigned long long)status.f_bavail * status.f_frsize;
	add(machine, "Room", name, free_bytes < ROOM_WANTED ? CHECK_WEAKER : CHECK_OK,
	    text_format("%llu MiB free in %s", free_bytes >> 20, folder), free_bytes < ROOM_WANTED ? remedy : NULL);
}

static void inspect_rooms(struct machine *machine)
{
	cleanup_error struct error *error = NULL;
	cleanup_free char *cache = cache_folder(&error);
	const char *scratch = getenv("TMPDIR");

	if (cache)
		inspect_room(machine, "cache", cache, "set XDG_CACHE_HOME to a folder with more room");
	inspect_room(machine, "scratch", scratch && *scratch ? scratch : "/tmp",
		     "set TMPDIR to a folder with more room");
}

void machine_inspect(struct machine *machine)
{
	inspect_sandbox(machine);
	inspect_rust(machine);
	inspect_linkers(machine);
	inspect_rooms(machine);
}

void machine_release(struct machine *machine)
{
	for (size_t i = 0; i < machine->count; i++) {
		free(machine->checks[i].name);
		free(machine->checks[i].found);
		free(machine->checks[i].remedy);
	}
	free(machine->checks);
	*machine = (struct machine){0};
}

const char *check_state_name(enum check_state state)
{
	static const char *const names[] = {
		[CHECK_OK] = "ok",
		[CHECK_WEAKER] = "weaker",
		[CHECK_MISSING] = "missing",
	};

	return names[state];
}
