/* The rows of sandbox/steps.c, and the parent's own steps around them: each that cannot be done fails closed. */
#include "sandbox-fixture.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <sys/wait.h>

/* From here on this process and its children get EPERM for that call. */
static void deny(int call)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = {.len = ARRAY_LENGTH(code), .filter = code};

	ck_assert_int_eq(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
	ck_assert_int_eq(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program), 0);
}

/* What a container, a security module or an old kernel may refuse: nothing then runs, and the message says what. */
static const struct {
	int call;
	const char *words;
	bool later; /* after a first box, whose slot is used again */
} denials[] = {
	{SYS_clone3, "making the box's namespaces", false},
	{SYS_socketpair, "control socket", false},
	{SYS_setresgid, "changing to the box's user", false},
	{SYS_setresuid, "changing to the box's user", false},
	{SYS_sethostname, "setting the host name", false},
	{SYS_unshare, "leaving the host's mounts", false},
	{SYS_fsopen, "making an empty root", false},
	{SYS_fsconfig, "making an empty root", false},
	{SYS_fsmount, "making an empty root", false},
	{SYS_mkdirat, "making an empty root", false},
	{SYS_move_mount, "entering the empty root", false},
	{SYS_pivot_root, "entering the empty root", false},
	{SYS_umount2, "entering the empty root", false},
	{SYS_mount_setattr, "entering the empty root", false},
	{SYS_clone, "starting the program", false},
	{SYS_setns, "entering the box's namespaces", false},
	{SYS_clone3, "making the box's namespaces", true},
	{SYS_socketpair, "control socket", true},
	{SYS_setns, "entering the box's namespaces", true},
	{SYS_dup3, "closing inherited descriptors", true},
	{SYS_close_range, "closing inherited descriptors", true},
	{SYS_open_tree, "copying host mounts", true},
	{SYS_mount_setattr, "copying host mounts", true},
	{SYS_setresgid, "changing to the box's user", true},
	{SYS_setresuid, "changing to the box's user", true},
	{SYS_fsopen, "making the root file system", true},
	{SYS_fsconfig, "making the root file system", true},
	{SYS_fsmount, "making the root file system", true},
	{SYS_move_mount, "entering the root file system", true},
	{SYS_chroot, "entering the root file system", true},
	{SYS_mkdir, "mounting the view", true},
	{444 /* landlock_create_ruleset */, "building the Landlock rules", true},
	{445 /* landlock_add_rule */, "building the Landlock rules", true},
	{446 /* landlock_restrict_self */, "applying Landlock", true},
	{SYS_capset, "dropping capabilities", true},
	{SYS_signalfd4, "listening for children", true},
	{SYS_setsid, "making a session", true},
	{SYS_dup2, "taking the streams", true},
	{SYS_prlimit64, "resetting signals", true},
	{SYS_chdir, "entering the start folder", true},
	{SYS_seccomp, "attaching the seccomp filter", true},
	{SYS_execve, "cannot execute", true},
};

void coverage_write_down(void) __attribute__((weak)); /* tests/coverage/counters.c; of a coverage build only */

/* Without ceremony: what is denied is denied to sanitizers' last checks too. */
static _Noreturn void end(int code)
{
	if (coverage_write_down)
		coverage_write_down();
	_exit(code);
}

/* In a child. */
static _Noreturn void run_denied(struct trial *trial, int row)
{
	if (denials[row].later)
		trial_must_run(trial);
	deny(denials[row].call);
	if (trial_run(trial) < 0 && trial->err->kind == ERROR_SANDBOX && strstr(trial->err->message, denials[row].words) &&
	    trial->streams[0].data.length == 0)
		end(0);
	fprintf(stderr, "expected \"%s\", got \"%s\"\n", denials[row].words, trial->err ? trial->err->message : "a box");
	end(1);
}

START_TEST(denied_steps_fail_closed)
{
	struct trial trial;
	int status;
	pid_t child;

	trial_begin(&trial, "echo", SANDBOX_RUN);
	trial.policy.require |= 1u << SANDBOX_LAYER_LANDLOCK;
	child = fork();
	if (child == 0) {
		ck_assert_int_eq(sandbox_open(&trial.sandbox, &trial.err), 0);
		run_denied(&trial, _i);
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_msg(status == 0, "%s", denials[_i].words);
	sandbox_open(&trial.sandbox, &trial.err); /* sweeps what the child left */
	trial_end(&trial);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(denied_steps_fail_closed, .rows = ARRAY_LENGTH(denials)),
};

UNIT_MAIN("sandbox-steps", tests)
