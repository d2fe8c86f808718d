/*
 * The corpus: each program of tests/attacks/machine in a box, with the verdict
 * that it must get, as root and as nobody. A new attack is a file and a row.
 */
#include "sandbox-fixture.h"

#include <signal.h>

enum verdict {
	HELD,      /* the program saw every try refused, and said so */
	VIOLATION, /* ended for a system call, which is named */
	LIMIT,     /* ended at, or told of, a limit */
};

/* What a row is about besides its verdict. */
enum need {
	NOTHING,
	CGROUPS, /* without them the limit is another: passed over where there are none */
};

struct attack {
	const char *program;
	const char *argument; /* NULL for none */
	enum sandbox_profile profile;
	enum verdict verdict;
	const char *call; /* of VIOLATION */
	enum sandbox_limit limit; /* of LIMIT */
	enum need need;
	void (*adjust)(struct sandbox_limits *limits);
};

static void short_wall(struct sandbox_limits *limits)
{
	limits->wall_ms = 300;
}

static void short_cpu(struct sandbox_limits *limits)
{
	limits->cpu_ms = 300;
}

static void small_disk(struct sandbox_limits *limits)
{
	limits->disk_kib = 16 * 1024;
	limits->disk_inodes = 200;
}

static void large_disk(struct sandbox_limits *limits)
{
	limits->disk_kib = 1024 * 1024;
	limits->memory_kib = 32 * 1024;
}

static void small_file(struct sandbox_limits *limits)
{
	limits->file_kib = 4 * 1024;
}

static void few_processes(struct sandbox_limits *limits)
{
	limits->processes = 40;
	limits->wall_ms = 3000;
}

static void many_processes(struct sandbox_limits *limits)
{
	limits->processes = 400;
	limits->wall_ms = 500;
}

#define CALL(name, seen) {"call", name, SANDBOX_RUN, VIOLATION, .call = seen}
#define CALL_COMPILE(name, seen) {"call", name, SANDBOX_COMPILE, VIOLATION, .call = seen}

static const struct attack attacks[] = {
	/* kernel surface */
	CALL("ptrace", "ptrace"),
	CALL("ptrace-init", "ptrace"),
	CALL_COMPILE("ptrace-init", "ptrace"),
	CALL("process_vm_readv", "process_vm_readv"),
	CALL("process_vm_writev", "process_vm_writev"),
	CALL("pidfd_getfd", "pidfd_getfd"),
	CALL("kcmp", "kcmp"),
	CALL("io_uring_setup", "io_uring_setup"),
	CALL_COMPILE("io_uring_setup", "io_uring_setup"),
	CALL("userfaultfd", "userfaultfd"),
	CALL_COMPILE("userfaultfd", "userfaultfd"),
	CALL("bpf", "bpf"),
	CALL_COMPILE("bpf", "bpf"),
	CALL("perf_event_open", "perf_event_open"),
	CALL_COMPILE("perf_event_open", "perf_event_open"),
	CALL("keyctl", "keyctl"),
	CALL("add_key", "add_key"),
	CALL_COMPILE("add_key", "add_key"),
	CALL("request_key", "request_key"),
	CALL("seccomp", "seccomp"),
	CALL("landlock", "landlock_create_ruleset"),
	CALL("quotactl", "quotactl"),
	CALL("fanotify_init", "fanotify_init"),
	CALL("memfd_create", "memfd_create"),
	CALL("execve", "execve"),
	CALL("execveat", "execveat"),
	CALL_COMPILE("execveat", "execveat"),
	CALL("unshare", "unshare"),
	CALL_COMPILE("unshare", "unshare"),
	CALL("setns", "setns"),
	CALL("clone-newuser", "clone"),
	CALL_COMPILE("clone-newuser", "clone"),
	CALL_COMPILE("clone-newuser-thread", "clone"),
	CALL("clone-newuser-thread", "clone"),
	CALL("mount", "mount"),
	CALL_COMPILE("mount", "mount"),
	CALL("umount2", "umount2"),
	CALL("open_tree", "open_tree"),
	CALL("move_mount", "move_mount"),
	CALL("fsopen", "fsopen"),
	CALL_COMPILE("fsopen", "fsopen"),
	CALL("mount_setattr", "mount_setattr"),
	CALL("pivot_root", "pivot_root"),
	CALL("chroot", "chroot"),
	CALL_COMPILE("chroot", "chroot"),
	CALL("personality", "personality"),
	CALL_COMPILE("personality", "personality"),
	CALL("open_by_handle_at", "open_by_handle_at"),
	CALL("name_to_handle_at", "name_to_handle_at"),
	CALL("kexec_load", "kexec_load"),
	CALL("init_module", "init_module"),
	CALL("finit_module", "finit_module"),
	CALL("delete_module", "delete_module"),
	CALL("reboot", "reboot"),
	CALL_COMPILE("reboot", "reboot"),
	CALL("swapon", "swapon"),
	CALL("sethostname", "sethostname"),
	CALL("settimeofday", "settimeofday"),
	CALL("clock_settime", "clock_settime"),
	CALL("acct", "acct"),
	CALL("syslog", "syslog"),
	CALL("shmget", "shmget"),
	CALL("msgget", "msgget"),
	CALL("semget", "semget"),
	CALL("mq_open", "mq_open"),
	CALL("setuid", "setuid"),
	CALL("setgroups", "setgroups"),
	CALL("capset", "capset"),
	CALL("mknod-device", "mknodat"),
	CALL_COMPILE("mknod-device", "mknodat"),
	CALL("ioctl-tiocsti", "ioctl"),
	CALL_COMPILE("ioctl-tiocsti", "ioctl"),
	CALL("ioctl-tioclinux", "ioctl"),
	CALL("prctl-mdwe", "prctl"),
	CALL("prctl-dumpable", "prctl"),
	CALL("prlimit-other", "prlimit64"),
	CALL("socket-inet", "socket"),
	CALL_COMPILE("socket-inet", "socket"),
	CALL("socket-inet6", "socket"),
	CALL("socket-netlink", "socket"),
	CALL_COMPILE("socket-netlink", "socket"),
	CALL("socket-packet", "socket"),
	CALL("socket-vsock", "socket"),
	CALL("socket-alg", "socket"),
	CALL_COMPILE("socket-vsock-high", "socket"),
	CALL("socket-vsock-high", "socket"),
	CALL_COMPILE("socketpair-high", "socketpair"),
	CALL("prctl-high", "prctl"),
	CALL_COMPILE("ioctl-high", "ioctl"),
	CALL_COMPILE("clone-high", "clone"),
	CALL("openat-creat", "openat"),
	CALL("openat-tmpfile", "openat"),
	CALL("unlink", "unlinkat"),
	CALL("no-such-call", ""),
	CALL("fork", "clone"),
#ifdef __x86_64__
	{"int80", NULL, SANDBOX_RUN, VIOLATION, .call = "i386 getpid"},
	{"int80", NULL, SANDBOX_COMPILE, VIOLATION, .call = "i386 getpid"},
	{"x32", NULL, SANDBOX_RUN, VIOLATION, .call = "x32 getpid"},
	{"x32", NULL, SANDBOX_COMPILE, VIOLATION, .call = "x32 getpid"},
#endif
	{"exec_guess", NULL, SANDBOX_RUN, VIOLATION, .call = "execve"},

	/* resources */
	{"fork_bomb", NULL, SANDBOX_COMPILE, LIMIT, .limit = SANDBOX_LIMIT_PROCESSES, .need = CGROUPS, .adjust = few_processes},
	{"spin_bomb", "300", SANDBOX_COMPILE, LIMIT, .limit = SANDBOX_LIMIT_WALL, .need = CGROUPS, .adjust = many_processes},
	{"threads", NULL, SANDBOX_RUN, LIMIT, .limit = SANDBOX_LIMIT_PROCESSES, .need = CGROUPS},
	{"threads", NULL, SANDBOX_RUN, HELD},
	{"descriptors", NULL, SANDBOX_RUN, HELD},
	{"memory_heap", NULL, SANDBOX_RUN, LIMIT, .limit = SANDBOX_LIMIT_MEMORY, .need = CGROUPS},
	{"memory_children", NULL, SANDBOX_COMPILE, LIMIT, .limit = SANDBOX_LIMIT_MEMORY, .need = CGROUPS},
	{"memory_tmpfs", NULL, SANDBOX_COMPILE, LIMIT, .limit = SANDBOX_LIMIT_MEMORY, .need = CGROUPS, .adjust = large_disk},
	{"disk_fill", NULL, SANDBOX_COMPILE, HELD, .adjust = small_disk},
	{"disk_fill", "inodes", SANDBOX_COMPILE, HELD, .adjust = small_disk},
	{"disk_fill", "sparse", SANDBOX_COMPILE, LIMIT, .limit = SANDBOX_LIMIT_FILE_SIZE},
	{"file_size", NULL, SANDBOX_COMPILE, LIMIT, .limit = SANDBOX_LIMIT_FILE_SIZE, .adjust = small_file},
	{"flood", "1", SANDBOX_RUN, LIMIT, .limit = SANDBOX_LIMIT_OUTPUT},
	{"flood", "2", SANDBOX_RUN, LIMIT, .limit = SANDBOX_LIMIT_OUTPUT},
	{"flood", "3", SANDBOX_RUN, LIMIT, .limit = SANDBOX_LIMIT_OUTPUT},
	{"sleeper", "sleep", SANDBOX_RUN, LIMIT, .limit = SANDBOX_LIMIT_WALL, .adjust = short_wall},
	{"sleeper", "stop", SANDBOX_RUN, LIMIT, .limit = SANDBOX_LIMIT_WALL, .adjust = short_wall},
	{"sleeper", "threads", SANDBOX_RUN, LIMIT, .limit = SANDBOX_LIMIT_CPU, .adjust = short_cpu},
	{"sleeper", "children", SANDBOX_COMPILE, LIMIT, .limit = SANDBOX_LIMIT_CPU, .need = CGROUPS, .adjust = short_cpu},

	/* ways out */
	{"daemon", NULL, SANDBOX_COMPILE, HELD},
	{"descriptors", "inherited", SANDBOX_RUN, HELD},
	{"descriptors", "inherited", SANDBOX_COMPILE, HELD},
	{"surroundings", NULL, SANDBOX_RUN, HELD},
	{"surroundings", NULL, SANDBOX_COMPILE, HELD},
	{"surroundings", "writes", SANDBOX_COMPILE, HELD},
	{"kill_all", NULL, SANDBOX_COMPILE, HELD},
};

static bool has_cgroups(const struct trial *trial)
{
	return trial->outcome.layers & 1u << SANDBOX_LAYER_CGROUP_MEMORY;
}

static void check_verdict(const struct attack *attack, const struct trial *trial)
{
	const struct sandbox_outcome *outcome = &trial->outcome;
	const char *argument = attack->argument ? attack->argument : "";

	ck_assert_msg(!strstr(trial_output(trial), "BREACH"), "%s %s: %s", attack->program, argument, trial_output(trial));
	if (attack->verdict == VIOLATION) {
		ck_assert_msg(outcome->violation.happened, "%s %s: no violation", attack->program, argument);
		ck_assert_str_eq(outcome->violation.name, attack->call);
		return;
	}
	ck_assert_msg(!outcome->violation.happened, "%s %s: violation %s", attack->program, argument, outcome->violation.name);
	if (attack->verdict == LIMIT) {
		ck_assert_msg(outcome->limit_hit == attack->limit, "%s %s: limit %s instead of %s", attack->program, argument,
			      sandbox_limit_name(outcome->limit_hit), sandbox_limit_name(attack->limit));
		return;
	}
	ck_assert_msg(outcome->exited && outcome->exit_code == 0, "%s %s: exit %d, signal %d, limit %s", attack->program,
		      argument, outcome->exit_code, outcome->signal, sandbox_limit_name(outcome->limit_hit));
	ck_assert_msg(strstr(trial_output(trial), "HELD"), "%s %s: %s", attack->program, argument, trial_output(trial));
}

static void stage(const struct attack *attack, bool ordinary)
{
	struct trial trial;
	int inherited;

	if (!ordinary && geteuid() != 0)
		return;
	trial_begin(&trial, attack->program, attack->profile);
	ck_assert(!ordinary || become_ordinary());
	trial.arguments[1] = attack->argument;
	trial.command.stream_count = 3;
	if (strcmp(attack->program, "descriptors") == 0)
		trial.command.stream_count = 2;
	if (attack->adjust)
		attack->adjust(&trial.policy.limits);
	inherited = dup(2); /* not close-on-exec: what a careless caller leaves open */
	trial_must_run(&trial);
	close(inherited);
	if (attack->need != CGROUPS || has_cgroups(&trial))
		check_verdict(attack, &trial);
	trial_end(&trial);
}

START_TEST(as_root)
{
	stage(&attacks[_i], false);
}
END_TEST

START_TEST(as_nobody)
{
	stage(&attacks[_i], true);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(as_root, .labels = "attack", .rows = ARRAY_LENGTH(attacks), .seconds = 30),
	UNIT(as_nobody, .labels = "attack", .rows = ARRAY_LENGTH(attacks), .seconds = 30),
};

UNIT_MAIN("attacks", tests)
