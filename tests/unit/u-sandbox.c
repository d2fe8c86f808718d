/* sandbox/ as its callers see it: what a box gives, what it says, what it leaves. The attacks are in u-attacks.c. */
#include "sandbox-fixture.h"

#include "base/clock.h"

#include <glob.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>

/* ---- what goes in and comes out ---------------------------------------- */

START_TEST(exit_code_and_streams)
{
	struct trial trial;

	trial_begin(&trial, "echo", SANDBOX_RUN);
	trial.arguments[1] = "42";
	trial.command.stream_count = 3;
	trial.command.input = "in and out";
	trial.command.input_length = 10;
	trial_must_run(&trial);
	ck_assert(trial.outcome.exited);
	ck_assert_int_eq(trial.outcome.exit_code, 42);
	ck_assert_int_eq(trial.outcome.signal, 0);
	ck_assert_int_eq(trial.outcome.limit_hit, SANDBOX_LIMIT_NONE);
	ck_assert(!trial.outcome.violation.happened);
	ck_assert_str_eq(trial_output(&trial), "in and out");
	ck_assert_str_eq(buffer_text(&trial.streams[1].data), "err");
	ck_assert_str_eq(buffer_text(&trial.streams[2].data), "private");
	trial_end(&trial);
}
END_TEST

START_TEST(signal_is_a_fact_of_its_own)
{
	struct trial trial;

	trial_begin(&trial, "crash", SANDBOX_RUN);
	trial_must_run(&trial);
	ck_assert(!trial.outcome.exited);
	ck_assert_int_eq(trial.outcome.signal, SIGABRT);
	ck_assert_int_eq(trial.outcome.limit_hit, SANDBOX_LIMIT_NONE);
	trial_end(&trial);
}
END_TEST

/* More than a pipe holds, both ways, so that who waits for the other would wait for ever. */
START_TEST(large_input)
{
	size_t length = 900 * 1024;
	cleanup_free char *input = memory_new(length, 1);
	struct trial trial;

	memset(input, 'i', length);
	trial_begin(&trial, "echo", SANDBOX_RUN);
	trial.command.input = input;
	trial.command.input_length = length;
	trial_must_run(&trial);
	ck_assert(trial.outcome.exited);
	ck_assert_uint_eq(trial.streams[0].data.length, length);
	ck_assert(memcmp(trial.streams[0].data.data, input, length) == 0);
	ck_assert(!trial.streams[0].truncated);
	trial_end(&trial);
}
END_TEST

START_TEST(flood_is_kept_up_to_the_limit)
{
	struct trial trial;

	trial_begin(&trial, "flood", SANDBOX_RUN);
	trial.streams[0].limit_bytes = 100000;
	trial_must_run(&trial);
	ck_assert_int_eq(trial.outcome.limit_hit, SANDBOX_LIMIT_OUTPUT);
	ck_assert(trial.streams[0].truncated);
	ck_assert(!trial.streams[1].truncated);
	ck_assert_uint_eq(trial.streams[0].data.length, 100000);
	trial_end(&trial);
}
END_TEST

/* ---- limits --------------------------------------------------------------- */

START_TEST(wall_limit_is_kept)
{
	struct trial trial;

	trial_begin(&trial, "sleeper", SANDBOX_RUN);
	trial.policy.limits.wall_ms = 200;
	trial_must_run(&trial);
	ck_assert_int_eq(trial.outcome.limit_hit, SANDBOX_LIMIT_WALL);
	ck_assert_int_eq(trial.outcome.signal, SIGKILL);
	ck_assert_uint_ge(trial.outcome.wall_ms, 200);
	ck_assert_uint_le(trial.outcome.wall_ms, 600);
	trial_end(&trial);
}
END_TEST

/* Three children of 300 ms each must not have 900 ms, with control groups or without. */
START_TEST(cpu_limit_is_the_whole_box)
{
	struct trial trial;

	trial_begin(&trial, "sleeper", SANDBOX_COMPILE);
	ck_assert(!_i || become_ordinary());
	trial.arguments[1] = "children";
	trial.policy.limits.cpu_ms = 300;
	trial_must_run(&trial);
	ck_assert_int_eq(trial.outcome.limit_hit, SANDBOX_LIMIT_CPU);
	ck_assert_uint_ge(trial.outcome.cpu_ms, 290);
	ck_assert_uint_le(trial.outcome.cpu_ms, 600);
	trial_end(&trial);
}
END_TEST

START_TEST(peak_memory_is_measured)
{
	struct trial trial;

	trial_begin(&trial, "memory_heap", SANDBOX_RUN);
	trial.policy.limits.memory_kib = 64 * 1024;
	trial_must_run(&trial);
	ck_assert_uint_ge(trial.outcome.peak_kib, 48 * 1024);
	ck_assert_uint_le(trial.outcome.peak_kib, 66 * 1024);
	trial_end(&trial);
}
END_TEST

/* Nobody but the supervisor counts what several processes have together, or what is shared. */
static const char *const hoarders[][2] = {{"memory_children", NULL}, {"memory_shared", "anonymous"}};

START_TEST(memory_is_limited_without_groups)
{
	struct trial trial;

	trial_begin(&trial, hoarders[_i][0], SANDBOX_COMPILE);
	trial.arguments[1] = hoarders[_i][1];
	trial.policy.without = SANDBOX_CGROUP_LAYERS;
	trial_must_run(&trial);
	ck_assert_msg(trial.outcome.limit_hit == SANDBOX_LIMIT_MEMORY, "%s: %s", hoarders[_i][0], trial_output(&trial));
	trial_end(&trial);
}
END_TEST

/* What is used up but ends nothing by itself is told. */
static const struct {
	const char *program, *argument;
	enum sandbox_limit limit;
} used_up[] = {
	{"disk_fill", NULL, SANDBOX_LIMIT_DISK},
	{"disk_fill", "inodes", SANDBOX_LIMIT_INODES},
	{"hoard", NULL, SANDBOX_LIMIT_DESCRIPTORS},
	{"echo", NULL, SANDBOX_LIMIT_NONE},
};

START_TEST(what_is_used_up_is_told)
{
	struct trial trial;

	trial_begin(&trial, used_up[_i].program, SANDBOX_COMPILE);
	trial.arguments[1] = used_up[_i].argument;
	trial.policy.limits.disk_kib = 8 * 1024;
	trial.policy.limits.disk_inodes = 200;
	trial_must_run(&trial);
	ck_assert_int_eq(trial.outcome.limit_hit, used_up[_i].limit);
	ck_assert(trial.outcome.exited && trial.outcome.exit_code == 0);
	trial_end(&trial);
}
END_TEST

/* ---- failing closed --------------------------------------------------------- */

static const char *const no_such_program[] = {"/no/such", NULL};

static void ask_for_missing_mount(struct trial *trial)
{
	trial->mount.source = "/no/such/source";
}

static void ask_for_relative_target(struct trial *trial)
{
	trial->mount.target = "../etc";
}

static void ask_for_missing_program(struct trial *trial)
{
	trial->command.argv = no_such_program;
}

static void ask_for_missing_folder(struct trial *trial)
{
	trial->command.folder = "/no/such";
}

static void ask_for_no_time(struct trial *trial)
{
	trial->policy.limits.wall_ms = 0;
}

static void ask_for_stream_twice(struct trial *trial)
{
	trial->streams[1].fd = 1;
}

static void ask_for_groups(struct trial *trial)
{
	trial->policy.without = SANDBOX_CGROUP_LAYERS;
	trial->policy.require |= 1u << SANDBOX_LAYER_CGROUP_MEMORY;
}

static void ask_for_seccomp(struct trial *trial)
{
	trial->policy.without = 1u << SANDBOX_LAYER_SECCOMP;
}

static const struct {
	void (*ask)(struct trial *trial);
	const char *words;
} refusals[] = {
	{ask_for_missing_mount, "mount source /no/such/source: No such file or directory"},
	{ask_for_relative_target, "mount target ../etc"},
	{ask_for_missing_program, "cannot execute /no/such in the box: No such file or directory"},
	{ask_for_missing_folder, "entering the start folder: No such file or directory"},
	{ask_for_no_time, "wall limit of 0 ms"},
	{ask_for_stream_twice, "stream 1"},
	{ask_for_groups, "cgroup-memory is required"},
	{ask_for_seccomp, "seccomp is required"},
};

START_TEST(refusals_say_why)
{
	struct trial trial;

	trial_begin(&trial, "echo", SANDBOX_RUN);
	refusals[_i].ask(&trial);
	ck_assert_int_eq(trial_run(&trial), -1);
	ck_assert_int_eq(trial.err->kind, ERROR_SANDBOX);
	ck_assert_msg(strstr(trial.err->message, refusals[_i].words), "%s", trial.err->message);
	trial_end(&trial);
}
END_TEST

START_TEST(optional_mounts_are_passed_over)
{
	struct sandbox_mount mounts[] = {
		{.source = "/no/such/source", .target = "/x/y", .optional = true},
		{0},
	};
	struct trial trial;

	trial_begin(&trial, "echo", SANDBOX_RUN);
	mounts[1] = trial.mount;
	trial.policy.mounts = mounts;
	trial.policy.mount_count = ARRAY_LENGTH(mounts);
	trial_must_run(&trial);
	ck_assert(trial.outcome.exited);
	trial_end(&trial);
}
END_TEST

/* ---- one layer off: the other holds ------------------------------------------ */

static const struct {
	const char *program, *argument;
	unsigned int without;
	const char *printed; /* what the program then says */
} second_layers[] = {
	/* no new user namespace, mount, device, keyring or process access even where the filter lets the call pass */
	{"call", "clone-newuser", 1u << SANDBOX_LAYER_SECCOMP, "clone-newuser came back with No space left on device"},
	{"call", "mount", 1u << SANDBOX_LAYER_SECCOMP, "mount came back with Operation not permitted"},
	{"call", "unshare", 1u << SANDBOX_LAYER_SECCOMP, "unshare came back with No space left on device"},
	{"call", "chroot", 1u << SANDBOX_LAYER_SECCOMP, "chroot came back with Operation not permitted"},
	{"call", "mknod-device", 1u << SANDBOX_LAYER_SECCOMP, "mknod-device came back with"},
	{"call", "ptrace-init", 1u << SANDBOX_LAYER_SECCOMP, "ptrace-init came back with Operation not permitted"},
	{"call", "process_vm_readv", 1u << SANDBOX_LAYER_SECCOMP, "process_vm_readv came back with Operation not permitted"},
	{"call", "setuid", 1u << SANDBOX_LAYER_SECCOMP, "setuid came back with"},
	{"call", "reboot", 1u << SANDBOX_LAYER_SECCOMP, "reboot came back with Operation not permitted"},
	{"call", "sethostname", 1u << SANDBOX_LAYER_SECCOMP, "sethostname came back with Operation not permitted"},
	{"surroundings", NULL, 1u << SANDBOX_LAYER_SECCOMP | 1u << SANDBOX_LAYER_LANDLOCK, "HELD"},
	{"surroundings", "writes", 1u << SANDBOX_LAYER_SECCOMP | 1u << SANDBOX_LAYER_LANDLOCK, "HELD"},
	{"kill_all", NULL, 1u << SANDBOX_LAYER_SECCOMP | 1u << SANDBOX_LAYER_LANDLOCK, "HELD"},
	{"daemon", NULL, 1u << SANDBOX_LAYER_SECCOMP | SANDBOX_CGROUP_LAYERS, "HELD"},
};

START_TEST(second_layer_holds)
{
	struct trial trial;

	trial_begin(&trial, second_layers[_i].program, SANDBOX_COMPILE);
	trial.arguments[1] = second_layers[_i].argument;
	trial.policy.without = second_layers[_i].without;
	trial.policy.require &= ~second_layers[_i].without;
	trial_must_run(&trial);
	ck_assert_uint_eq(trial.outcome.layers & second_layers[_i].without, 0);
	ck_assert_msg(strstr(trial_output(&trial), second_layers[_i].printed), "%s", trial_output(&trial));
	ck_assert(!strstr(trial_output(&trial), "allowed"));
	trial_end(&trial);
}
END_TEST

/* ---- what is left ------------------------------------------------------------- */

static void interrupt_soon(int number)
{
	(void)number;
	sandbox_interrupt();
}

START_TEST(interrupt_ends_running_and_later_boxes)
{
	struct trial trial;
	int64_t began = clock_ms();

	trial_begin(&trial, "sleeper", SANDBOX_RUN);
	signal(SIGALRM, interrupt_soon);
	ualarm(200000, 0);
	ck_assert_int_eq(trial_run(&trial), -1);
	ck_assert_msg(strstr(trial.err->message, "interrupted"), "%s", trial.err->message);
	ck_assert_int_lt(clock_ms() - began, 3000);
	error_free(trial.err);
	trial.err = NULL;
	ck_assert_int_eq(trial_run(&trial), -1);
	ck_assert_msg(strstr(trial.err->message, "interrupted"), "%s", trial.err->message);
	trial_end(&trial);
}
END_TEST

/* SIGKILL to the supervisor: the box goes with it, and the next one sweeps its control group. */
START_TEST(box_dies_with_its_supervisor)
{
	struct trial trial;
	int64_t deadline;
	pid_t supervisor;

	trial_begin(&trial, "sleeper", SANDBOX_COMPILE);
	trial.arguments[1] = "children";
	supervisor = fork();
	if (supervisor == 0) {
		trial_run(&trial);
		_exit(0);
	}
	deadline = clock_ms() + 8000;
	while (trial_processes(&trial) < 4 && clock_ms() < deadline)
		usleep(5000);
	ck_assert_int_ge(trial_processes(&trial), 4);
	kill(supervisor, SIGKILL);
	waitpid(supervisor, NULL, 0);
	deadline = clock_ms() + 8000;
	while (trial_processes(&trial) > 0 && clock_ms() < deadline)
		usleep(5000);
	ck_assert_int_eq(trial_processes(&trial), 0);
	ck_assert_int_eq(sandbox_open(&trial.sandbox, &trial.err), 0);
	ck_assert_int_eq(groups_of(supervisor), 0);
	trial_end(&trial);
}
END_TEST

/* ---- compilers ------------------------------------------------------------------ */

/* rustup's toolchains are a person's own: named by pattern below the home folder. */
static const struct {
	const char *toolchain; /* a folder or, below $HOME, a pattern; shown at the same place */
	const char *compiler;  /* below it */
	const char *linking;
} compilers[] = {
	{"/usr", "bin/rustc", NULL},
	{".rustup/toolchains/stable-*", "bin/rustc", NULL},
	{".rustup/toolchains/nightly-*", "bin/rustc", NULL},
	{"/usr", "bin/rustc", "-Clink-arg=-fuse-ld=lld"},
	{"/usr", "bin/rustc", "-Clink-arg=-fuse-ld=gold"},
	{"/usr", "bin/clippy-driver", NULL},
};

/* NULL where there is none; the caller frees it. */
static char *find_toolchain(const char *pattern)
{
	cleanup_free char *below = text_format("%s/%s", getenv("HOME") ? getenv("HOME") : "/nowhere", pattern);
	char *found = NULL;
	glob_t paths;

	if (pattern[0] == '/')
		return text_copy(pattern);
	if (glob(below, 0, NULL, &paths) != 0)
		return NULL;
	found = text_copy(paths.gl_pathv[0]);
	globfree(&paths);
	return found;
}

static const char hello[] = "use std::collections::HashMap;\n"
			    "fn main() {\n"
			    "    let map = HashMap::from([(1, \"hello\")]);\n"
			    "    let thread = std::thread::spawn(move || println!(\"{}\", map[&1]));\n"
			    "    thread.join().unwrap();\n"
			    "}\n";

/* Compiled from standard input in one box, fetched, run in another. */
START_TEST(compiles_and_runs_rust)
{
	cleanup_free char *toolchain = find_toolchain(compilers[_i].toolchain);
	cleanup_free char *compiler = toolchain ? file_join(toolchain, compilers[_i].compiler) : NULL;
	struct sandbox_mount mounts[] = {
		{"/usr", "/usr", false},       {"/bin", "/bin", true},
		{"/lib", "/lib", true},        {"/lib64", "/lib64", true},
		{"/etc/alternatives", "/etc/alternatives", true},
		{toolchain, toolchain, false},
	};
	const char *const environment[] = {"PATH=/usr/bin:/bin", NULL};
	const char *const argv[] = {compiler, "-", "--crate-name=hello", "-o", "/tmp/hello", compilers[_i].linking, NULL};
	struct sandbox_fetch fetch = {.name = "hello", .limit_bytes = 64u << 20};
	struct error *err = NULL;
	struct trial trial;

	if (!compiler || !file_exists(compiler))
		return;
	trial_begin(&trial, "echo", SANDBOX_COMPILE);
	trial.policy.mounts = mounts;
	trial.policy.mount_count = ARRAY_LENGTH(mounts);
	trial.policy.limits = sandbox_default_limits(SANDBOX_COMPILE);
	trial.command.argv = argv;
	trial.command.environment = environment;
	trial.command.input = hello;
	trial.command.input_length = sizeof hello - 1;
	trial.command.fetches = &fetch;
	trial.command.fetch_count = 1;
	trial_must_run(&trial);
	ck_assert_msg(trial.outcome.exited && trial.outcome.exit_code == 0 && !trial.outcome.violation.happened,
		      "exit %d, violation %s, %s", trial.outcome.exit_code, trial.outcome.violation.name,
		      buffer_text(&trial.streams[1].data));
	ck_assert(fetch.found);
	ck_assert_int_eq(file_write(AT_FDCWD, trial.program, fetch.data.data, fetch.data.length, 0755, &err), 0);
	buffer_release(&fetch.data);

	mounts[5] = trial.mount;
	trial.policy.profile = SANDBOX_RUN;
	trial.command.argv = trial.arguments;
	trial.command.fetch_count = 0;
	trial_must_run(&trial);
	ck_assert_msg(trial.outcome.exited && trial.outcome.exit_code == 0, "signal %d, violation %s", trial.outcome.signal,
		      trial.outcome.violation.name);
	ck_assert_str_eq(trial_output(&trial), "hello\n");
	trial_end(&trial);
}
END_TEST

/* ---- names and checks ------------------------------------------------------------- */

START_TEST(names)
{
	ck_assert_str_eq(sandbox_limit_name(SANDBOX_LIMIT_MEMORY), "memory");
	ck_assert_str_eq(sandbox_layer_name(SANDBOX_LAYER_CGROUP_KILL), "cgroup-kill");
	ck_assert_str_eq(sandbox_profile_name(SANDBOX_RUN), "run");
}
END_TEST

START_TEST(checks_find_a_box_possible)
{
	struct sandbox_check *checks;
	size_t count;

	sandbox_checks(&checks, &count);
	ck_assert_uint_ge(count, 10);
	for (size_t i = 0; i < count; i++) {
		ck_assert_msg(checks[i].state != SANDBOX_CHECK_MISSING, "%s: %s", checks[i].name, checks[i].found);
		ck_assert(checks[i].state == SANDBOX_CHECK_OK || checks[i].remedy);
	}
	sandbox_checks_free(checks, count);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(exit_code_and_streams),
	UNIT(signal_is_a_fact_of_its_own),
	UNIT(large_input),
	UNIT(flood_is_kept_up_to_the_limit),
	UNIT(wall_limit_is_kept),
	UNIT(cpu_limit_is_the_whole_box, .rows = 2),
	UNIT(peak_memory_is_measured),
	UNIT(memory_is_limited_without_groups, .rows = ARRAY_LENGTH(hoarders)),
	UNIT(what_is_used_up_is_told, .rows = ARRAY_LENGTH(used_up)),
	UNIT(refusals_say_why, .rows = ARRAY_LENGTH(refusals)),
	UNIT(optional_mounts_are_passed_over),
	UNIT(second_layer_holds, .rows = ARRAY_LENGTH(second_layers), .labels = "attack"),
	UNIT(interrupt_ends_running_and_later_boxes),
	UNIT(box_dies_with_its_supervisor),
	UNIT(compiles_and_runs_rust, .rows = ARRAY_LENGTH(compilers), .seconds = 60),
	UNIT(names),
	UNIT(checks_find_a_box_possible),
};

UNIT_MAIN("sandbox", tests)
