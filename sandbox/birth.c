#include "birth.h"

#include "box.h"
#include "clone3.h"
#include "steps.h"

#include "base/memory.h"

#include <errno.h>
#include <linux/sched.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Lists what init may hold. */
static void list_kept(struct box *box)
{
	*ARRAY_ADD(box->kept, box->kept_count) = &box->control;
	*ARRAY_ADD(box->kept, box->kept_count) = &box->slot->identity.lock;
	for (size_t i = 0; i < box->view.mount_count; i++)
		*ARRAY_ADD(box->kept, box->kept_count) = &box->view.mounts[i].tree;
}

int explain_clone(struct error **err)
{
	const char *remedy = "";

	if (errno == ENOSYS)
		remedy =
			" (clone3 is missing or, in a container, filtered: Linux 5.12 or a newer container manager is needed)";
	else if (errno == EPERM)
		remedy =
			" (user namespaces are forbidden: in a chroot, by sysctl kernel.unprivileged_userns_clone=0, or by a "
			"container's seccomp profile; `assay doctor` tells which)";
	else if (errno == ENOSPC)
		remedy = " (raise sysctl user.max_user_namespaces and its kin)";
	else if (errno == EOPNOTSUPP || errno == EBUSY || errno == EACCES)
		remedy = " (its control group takes no processes: somebody else has changed the group that it is in; "
			 "`assay doctor` tells more)";
	return error_set_errno(err, ERROR_SANDBOX, "making the box's namespaces%s", remedy);
}

/* ---- across the stepping stone --------------------------------------------- */

/* How far it came. */
enum place { BEFORE, AT_HOME, AT_HOST, AT_SLOT };

struct crossing {
	struct box *box;
	enum place place;
	long init; /* or -1 and the errno */
	int error;
};

/* The new namespaces for these layers; the others are the slot's. */
static unsigned long clone_flags(unsigned int layers)
{
	static const struct {
		enum sandbox_layer layer;
		unsigned long flag;
	} rows[] = {
		{SANDBOX_LAYER_MOUNT_NS, CLONE_NEWNS},
		{SANDBOX_LAYER_PID_NS, CLONE_NEWPID},
		{SANDBOX_LAYER_IPC_NS, CLONE_NEWIPC},
		{SANDBOX_LAYER_CGROUP_NS, CLONE_NEWCGROUP},
	};
	unsigned long flags = 0;

	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++)
		if (layers & 1u << rows[i].layer)
			flags |= rows[i].flag;
	return flags;
}

/* As fork, into new namespaces. */
static long clone_init(struct box *box)
{
	struct clone_args arguments = {
		.flags = clone_flags(box->layers) | CLONE_PIDFD | CLONE_PARENT,
		.pidfd = (uint64_t)(uintptr_t)&box->birth.handle,
	};

	return syscall(SYS_clone3, &arguments, sizeof arguments);
}

static bool enter(const struct slot *slot, enum slot_namespace which)
{
	return slot->namespaces[which] < 0 || setns(slot->namespaces[which], 0) == 0;
}

/* Where the parent may not take trees of the host's mounts, we may, with the slot's rights. */
static long cross_and_bear(struct crossing *crossing)
{
	struct box *box = crossing->box;
	const struct slot *slot = box->slot;

	for (enum slot_namespace which = SLOT_USER; which < SLOT_HOST; which++)
		if (!enter(slot, which))
			return -1;
	if (!view_has_trees(&box->view)) {
		if (!enter(slot, SLOT_HOST))
			return -1;
		crossing->place = AT_HOST;
		if (view_take_trees(&box->view) < 0)
			return -1;
	}
	if (!enter(slot, SLOT_EMPTY))
		return -1;
	crossing->place = AT_SLOT;
	return clone_init(box);
}

/* On the stone: in the parent's memory, which waits. */
static ON_OWN_STACK int cross(void *argument)
{
	struct crossing *crossing = argument;

	crossing->place = AT_HOME;
	crossing->init = cross_and_bear(crossing);
	crossing->error = errno;
	if (crossing->init == 0)
		box_init(crossing->box);
	_exit(0);
}

/* Into the version 2 control group where there is one, with the parent's rights, which the slot has not. */
static int step_across(struct crossing *crossing)
{
	int group = crossing->box->group.birth;
	struct clone_args arguments = {
		.flags = CLONE_VM | CLONE_VFORK | CLONE_FILES | (group >= 0 ? CLONE_INTO_CGROUP : 0),
		.stack = (uint64_t)(uintptr_t)crossing->box->slot->stack,
		.stack_size = SLOT_STACK,
		.cgroup = group >= 0 ? (uint64_t)group : 0,
	};
	pid_t stone = (pid_t)clone3_on_stack(&arguments, cross, crossing);

	if (stone < 0)
		return -1;
	while (waitpid(stone, NULL, __WALL) < 0 && errno == EINTR)
		continue;
	errno = crossing->error;
	return crossing->init < 0 ? -1 : 0;
}

static int explain_crossing(const struct crossing *crossing, struct error **err)
{
	const struct view *view = &crossing->box->view;

	if (crossing->place == BEFORE || crossing->place == AT_SLOT)
		return explain_clone(err);
	if (crossing->box->stale)
		return error_set_errno(err, ERROR_SANDBOX, "copying host mounts: %s",
				       view->mounts[view->failed_mount].source);
	if (crossing->place == AT_HOST && view->failed_mount < view->mount_count)
		return error_set_errno(err, ERROR_SANDBOX, "copying host mounts: %s on %s (%s)",
				       view->mounts[view->failed_mount].source, view->mounts[view->failed_mount].target,
				       step_mount_remedy);
	return error_set_errno(err, ERROR_SANDBOX, "entering the box's namespaces");
}

static int bear(struct box *box, struct error **err)
{
	struct crossing crossing = {.box = box, .init = -1, .error = ECANCELED /* killed on the way */};
	sigset_t all, before;
	int result, failed;

	/* no handler of ours may run in the child; and no SIGCHLD comes of it: the caller's own children are its affair */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	pthread_rwlock_rdlock(box->sandbox->births);
	result = step_across(&crossing);
	failed = errno;
	pthread_rwlock_unlock(box->sandbox->births);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	errno = failed;
	box->stale = result < 0 && crossing.place == AT_HOST && (errno == ESTALE || errno == ENOENT);
	if (result < 0)
		return explain_crossing(&crossing, err);
	box->birth.init = (pid_t)crossing.init;
	return 0;
}

int birth_give(struct box *box, struct error **err)
{
	int ends[2], result;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
		return error_set_errno(err, ERROR_SANDBOX, "control socket");
	box->birth.control = ends[0];
	box->control = ends[1];
	list_kept(box);
	result = bear(box, err);
	close(box->control);
	box->control = -1;
	return result;
}

static void let_go(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

void birth_leave(struct box *box)
{
	box->slot->leaving = box->birth.handle;
	box->birth.handle = -1;
	let_go(&box->birth.control);
}

void birth_end(struct box *box, struct rusage *use)
{
	struct birth *birth = &box->birth;
	siginfo_t ended;

	if (birth->handle >= 0) {
		if (!box->is_empty) {
			/* the group first: quick, whatever is in it */
			cgroup_kill(&box->group);
			syscall(SYS_pidfd_send_signal, birth->handle, SIGKILL, NULL, 0);
		}
		/* raw, since libc's waitid does not pass what was used */
		while (syscall(SYS_waitid, P_PIDFD, birth->handle, &ended, WEXITED | __WALL, use) < 0 && errno == EINTR)
			continue;
	}
	let_go(&birth->handle);
	let_go(&birth->control);
}
