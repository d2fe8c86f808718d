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
#include <sys/resource.h>
#include <sys/statvfs.h>

/* Takes `found`; `remedy` may be NULL. */
static void add(struct machine *machine, const char *group, const char *id, const char *name, enum check_state state,
		char *found, const char *remedy)
{
	struct check *check = ARRAY_ADD(machine->checks, machine->count);

	*check = (struct check){
		.group = group,
		.id = text_printable_copy(id),
		.name = text_printable_copy(name),
		.state = state,
		.found = text_printable_copy(found),
		.remedy = remedy ? text_printable_copy(remedy) : NULL,
	};
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
		add(machine, MACHINE_SANDBOX, checks[i].id, checks[i].name, states[checks[i].state],
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
	cleanup_free char *cargo = file_join(root, "bin/cargo"), *id = text_format("toolchain:%s", root), *name = NULL;
	struct toolchain found = {0};

	if (toolchain_find(root, cache, &found, &error) < 0) {
		add(machine, "Rust", id, "rustc", CHECK_WEAKER, text_copy(error->message),
		    "rustup component add clippy rustfmt, or what the distribution calls them");
	} else {
		name = text_format("rustc %s", found.version);
		add(machine, "Rust", id, name, found.rustfmt ? CHECK_OK : CHECK_WEAKER,
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
		add(machine, "Rust", "toolchain", "used to grade", CHECK_MISSING, text_copy(error->message),
		    "set XDG_CACHE_HOME to a folder that can be written");
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
		add(machine, "Rust", "toolchain", "used to grade", CHECK_MISSING, text_copy(error->message),
		    "rustup toolchain install stable --component clippy,rustfmt");
	else
		add(machine, "Rust", "toolchain", "used to grade", CHECK_OK, text_copy(chosen.root), NULL);
	toolchain_release(&chosen);
}

/* ---- linkers ------------------------------------------------------------- */

static void inspect_linkers(struct machine *machine)
{
	static const struct {
		const char *id, *name, *program;
		enum check_state absent;
		const char *remedy;
	} rows[] = {
		{"linker-cc", "C compiler", "cc", CHECK_MISSING,
		 "apt-get install gcc libc6-dev, or on Fedora dnf install gcc"},
		{"linker-bfd", "GNU ld", "ld.bfd", CHECK_OK, NULL},
		{"linker-gold", "gold", "ld.gold", CHECK_OK, NULL},
		{"linker-lld", "LLD", "ld.lld", CHECK_OK, NULL},
		{"linker-mold", "mold", "mold", CHECK_OK, NULL},
	};

	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		cleanup_buffer struct buffer out = {0};
		cleanup_error struct error *absent = NULL;

		if (process_run((const char *[]){rows[i].program, "--version", NULL}, &out, NULL, &absent) == 0)
			add(machine, "Linkers", rows[i].id, rows[i].name, CHECK_OK,
			    text_copy_n(buffer_text(&out), strcspn(buffer_text(&out), "\n")), NULL);
		else if (rows[i].absent != CHECK_OK)
			add(machine, "Linkers", rows[i].id, rows[i].name, rows[i].absent, text_copy("not found"),
			    rows[i].remedy);
	}
}

/* ---- room ---------------------------------------------------------------- */

#define ROOM_WANTED (512ull << 20) /* a preparation of each shipped exercise is under 20 MiB */

/* What was compiled is started from there, and a mount in a box has the flags of the host's. */
static void inspect_folder(struct machine *machine, const char *name, const char *folder, const char *variable)
{
	cleanup_free char *id = text_format("room-%s", name), *other = NULL;
	struct statvfs status;
	unsigned long long free_bytes;
	bool tight;

	if (statvfs(folder, &status) < 0 || access(folder, W_OK) < 0) {
		other = text_format("set %s to a folder that can be written", variable);
		add(machine, "Room", id, name, CHECK_MISSING, text_format("%s cannot be written", folder), other);
		return;
	}
	if (status.f_flag & ST_NOEXEC) {
		other = text_format("set %s to a folder that is mounted without noexec", variable);
		add(machine, "Room", id, name, CHECK_MISSING, text_format("%s is mounted noexec", folder), other);
		return;
	}
	free_bytes = (unsigned long long)status.f_bavail * status.f_frsize;
	tight = free_bytes < ROOM_WANTED;
	other = text_format("set %s to a folder with more room", variable);
	add(machine, "Room", id, name, tight ? CHECK_WEAKER : CHECK_OK,
	    text_format("%llu MiB free in %s", free_bytes >> 20, folder), tight ? other : NULL);
}

/* A box never gets more than the caller has. */
static void inspect_limits(struct machine *machine)
{
	const struct sandbox_limits wanted = sandbox_default_limits(SANDBOX_COMPILE);
	const struct {
		const char *id, *name;
		__rlimit_resource_t resource;
		unsigned int wanted;
		const char *option; /* of prlimit */
	} rows[] = {
		{"room-files", "open files", RLIMIT_NOFILE, wanted.open_files, "nofile"},
		{"room-processes", "processes", RLIMIT_NPROC, wanted.processes, "nproc"},
	};

	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		struct rlimit limit = {.rlim_cur = RLIM_INFINITY};
		cleanup_free char *remedy = NULL;

		getrlimit(rows[i].resource, &limit);
		if (limit.rlim_cur >= rows[i].wanted) {
			add(machine, "Room", rows[i].id, rows[i].name, CHECK_OK,
			    text_copy("as many as boxes are given"), NULL);
			continue;
		}
		remedy = text_format("%sprlimit --pid $$ --%s=%u%s", limit.rlim_max < rows[i].wanted ? "sudo " : "",
				     rows[i].option, rows[i].wanted, limit.rlim_max < rows[i].wanted ? "" : ":");
		add(machine, "Room", rows[i].id, rows[i].name, CHECK_WEAKER,
		    text_format("at most %llu; a box that compiles is given %u", (unsigned long long)limit.rlim_cur,
				rows[i].wanted),
		    remedy);
	}
}

static void inspect_rooms(struct machine *machine)
{
	cleanup_error struct error *error = NULL;
	cleanup_free char *cache = cache_folder(&error);
	const char *scratch = getenv("TMPDIR");

	if (cache)
		inspect_folder(machine, "cache", cache, "XDG_CACHE_HOME");
	inspect_folder(machine, "scratch", scratch && *scratch ? scratch : "/tmp", "TMPDIR");
	inspect_limits(machine);
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
		free(machine->checks[i].id);
		free(machine->checks[i].name);
		free(machine->checks[i].found);
		free(machine->checks[i].remedy);
	}
	free(machine->checks);
	*machine = (struct machine){0};
}

/* ---- the verdict ---------------------------------------------------------- */

size_t machine_count(const struct machine *machine, const char *group, enum check_state state,
		     const struct check **first)
{
	size_t count = 0;

	*first = NULL;
	for (size_t i = 0; i < machine->count; i++) {
		const struct check *check = &machine->checks[i];

		if (check->state != state || (group && strcmp(check->group, group) != 0))
			continue;
		if (count++ == 0)
			*first = check;
	}
	return count;
}

static bool is_ok(const struct machine *machine, const char *id)
{
	for (size_t i = 0; i < machine->count; i++)
		if (strcmp(machine->checks[i].id, id) == 0)
			return machine->checks[i].state == CHECK_OK;
	return false;
}

/* "all layers", or "3 layers weaker: NAME, …". */
static char *layers_in_words(const struct machine *machine)
{
	cleanup_buffer struct buffer words = {0};
	const struct check *first;
	size_t count = machine_count(machine, MACHINE_SANDBOX, CHECK_WEAKER, &first);

	if (count == 0)
		return text_copy("all layers");
	buffer_add_format(&words, "%zu %s weaker:", count, count == 1 ? "layer" : "layers");
	for (; first < machine->checks + machine->count; first++)
		if (first->state == CHECK_WEAKER && strcmp(first->group, MACHINE_SANDBOX) == 0)
			buffer_add_format(&words, "%s %s", words.data[words.length - 1] == ':' ? "" : ",", first->name);
	return buffer_steal(&words);
}

char *machine_verdict(const struct machine *machine)
{
	cleanup_free char *layers = layers_in_words(machine);
	const struct check *missing;

	if (machine_count(machine, MACHINE_SANDBOX, CHECK_MISSING, &missing) > 0)
		return text_format("no box%s can be made here; do this first: %s",
				   is_ok(machine, SANDBOX_CHECK_BOX_RUN) ? " to compile in" : "",
				   missing->remedy ? missing->remedy : missing->found);
	if (machine_count(machine, NULL, CHECK_MISSING, &missing) > 0)
		return text_format("boxes can be made here, with %s; for grading do this first: %s", layers,
				   missing->remedy ? missing->remedy : missing->found);
	return text_format("boxes can be made here, with %s", layers);
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
