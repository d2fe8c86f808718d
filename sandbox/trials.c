#include "trials.h"

#include "view.h"

#include "base/error.h"
#include "base/memory.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* What a child found out; what kills it (a filter) refuses. Takes fork's answer. */
static int hear(pid_t child)
{
	int status = 0;

	if (child < 0 || waitpid(child, &status, 0) != child)
		return errno;
	return WIFEXITED(status) ? WEXITSTATUS(status) : EPERM;
}

/* ---- attempts ------------------------------------------------------------------ */

static int use_rights(void)
{
	if (unshare(CLONE_NEWNS) < 0 || mount("none", "/", "none", MS_REC | MS_PRIVATE, NULL) < 0)
		return errno;
	return 0;
}

/* The arguments are wrong on purpose: a kernel that has the call says so. */
static int call_clone3(void)
{
	return syscall(SYS_clone3, NULL, 0) < 0 && errno == EINVAL ? 0 : errno;
}

/* As boxes do it (view.h), and as far as `enter` says. */
static int make_view(enum sandbox_profile profile, bool enter)
{
	const struct sandbox_policy policy = {.profile = profile, .limits = sandbox_default_limits(profile)};
	cleanup_error struct error *ignored = NULL;
	struct view view;
	int error = 0;

	if (view_prepare(&view, &policy, &ignored) < 0)
		error = ENOENT;
	else if (view_take_trees(&view) < 0 || view_make_root(&view) < 0 || (enter && view_enter_root(&view) < 0))
		error = errno;
	view_release(&view);
	return error;
}

static int make_mounts(void)
{
	return make_view(SANDBOX_RUN, false);
}

static int exchange_root(void)
{
	return make_view(SANDBOX_RUN, true);
}

/* The new PID namespace is that of the children. */
static int make_proc(void)
{
	pid_t child = fork();

	if (child == 0)
		_exit(make_view(SANDBOX_COMPILE, false));
	return hear(child);
}

static int listen_to_calls(void)
{
	struct sock_filter allow = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	struct sock_fprog program = {.len = 1, .filter = &allow};

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return errno;
	return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program) < 0 ? errno
													     : 0;
}

/* ---- the table ------------------------------------------------------------------- */

#define MADE "can be made"
#define OF_A_KIND(word, title, flag)                                                                                   \
	{                                                                                                              \
		word "-namespaces", title " namespaces", MADE, REFUSED_NAMESPACE, .is_inside = true,                   \
										  .namespaces = (flag)                 \
	}

const struct trial trials[] = {
	{"user-namespaces", "user namespaces", MADE, REFUSED_USER_NAMESPACE, .is_inside = true, .is_gate = true},
	{"namespace-rights", "rights inside them", "are had", REFUSED_RIGHTS, .is_inside = true, .attempt = use_rights,
	 .is_gate = true},
	OF_A_KIND("mount", "mount", CLONE_NEWNS),
	OF_A_KIND("pid", "PID", CLONE_NEWPID),
	OF_A_KIND("net", "network", CLONE_NEWNET),
	OF_A_KIND("ipc", "IPC", CLONE_NEWIPC),
	OF_A_KIND("uts", "UTS", CLONE_NEWUTS),
	OF_A_KIND("cgroup", "cgroup", CLONE_NEWCGROUP),
	{"clone3", "clone3", "can be called", REFUSED_CLONE3, .attempt = call_clone3},
	{"mounts", "mounts of its own", MADE, REFUSED_MOUNT, .is_inside = true, .namespaces = CLONE_NEWNS,
	 .attempt = make_mounts},
	{"pivot-root", "a root of its own", "can be entered", REFUSED_ROOT, .is_inside = true,
	 .namespaces = CLONE_NEWNS, .attempt = exchange_root},
	{"proc", "a /proc of its own", "can be mounted", REFUSED_PROC, .is_inside = true,
	 .namespaces = CLONE_NEWNS | CLONE_NEWPID, .attempt = make_proc},
	{"seccomp-listener", "seccomp listener", "can be attached", REFUSED_LISTENER, .attempt = listen_to_calls},
};
const size_t trial_count = ARRAY_LENGTH(trials);

static int attempt(const struct trial *trial)
{
	if (trial->is_inside && unshare(CLONE_NEWUSER) < 0)
		return errno;
	if (trial->namespaces && unshare(trial->namespaces) < 0)
		return errno;
	return trial->attempt ? trial->attempt() : 0;
}

int trial_run(const struct trial *trial)
{
	pid_t child = fork();

	if (child == 0)
		_exit(attempt(trial));
	return hear(child);
}
