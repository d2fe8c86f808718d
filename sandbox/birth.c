#include "birth.h"

#include "message.h"

#include "base/memory.h"

#include <errno.h>
#include <linux/sched.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static void keep(struct box *box, int *fd)
{
	if (*fd >= 0)
		*ARRAY_ADD(box->kept, box->kept_count) = fd;
}

/* Lists what init may hold, and where above all of it there is room to move it to. */
static void list_kept(struct box *box)
{
	int highest = 2;

	keep(box, &box->control);
	keep(box, &box->identity.lock);
	for (size_t i = 0; i < box->wire_count; i++)
		keep(box, &box->wires[i].fd);
	for (size_t i = 0; i < box->view.mount_count; i++)
		keep(box, &box->view.mounts[i].tree);
	for (size_t i = 0; i < box->group.join_count; i++)
		keep(box, &box->group.joins[i]);
	for (size_t i = 0; i < box->kept_count; i++)
		if (*box->kept[i] > highest)
			highest = *box->kept[i];
	for (size_t i = 0; i < box->wire_count; i++)
		if (box->wires[i].as > highest)
			highest = box->wires[i].as;
	box->kept_base = highest + 1;
}

static int explain_clone(struct error **err)
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
	return error_set_errno(err, ERROR_SANDBOX, "making the box's namespaces%s", remedy);
}

/* The new namespaces for these layers. */
static unsigned long clone_flags(unsigned int layers)
{
	static const struct {
		enum sandbox_layer layer;
		unsigned long flag;
	} rows[] = {
		{SANDBOX_LAYER_USER_NS, CLONE_NEWUSER},	    {SANDBOX_LAYER_MOUNT_NS, CLONE_NEWNS},
		{SANDBOX_LAYER_PID_NS, CLONE_NEWPID},	    {SANDBOX_LAYER_NET_NS, CLONE_NEWNET},
		{SANDBOX_LAYER_IPC_NS, CLONE_NEWIPC},	    {SANDBOX_LAYER_UTS_NS, CLONE_NEWUTS},
		{SANDBOX_LAYER_CGROUP_NS, CLONE_NEWCGROUP},
	};
	unsigned long flags = 0;

	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++)
		if (layers & 1u << rows[i].layer)
			flags |= rows[i].flag;
	return flags;
}

/* As fork, into new namespaces, and into the version 2 control group where there is one. */
static long clone_init(const struct box *box, struct birth *birth)
{
	struct clone_args arguments = {
		.flags = clone_flags(box->layers) | CLONE_PIDFD,
		.pidfd = (uint64_t)(uintptr_t)&birth->handle,
	};

	if (box->group.birth >= 0) {
		arguments.flags |= CLONE_INTO_CGROUP;
		arguments.cgroup = (uint64_t)box->group.birth;
	}
	return syscall(SYS_clone3, &arguments, sizeof arguments);
}

int birth_begin(struct box *box, struct birth *birth, struct error **err)
{
	sigset_t all, before;
	int ends[2], failed;
	long pid;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
		return error_set_errno(err, ERROR_SANDBOX, "control socket");
	birth->control = ends[0];
	box->control = ends[1];
	list_kept(box);
	/* no handler of ours may run in the child; and no SIGCHLD comes of it: the caller's own children are its affair
	 */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	pthread_rwlock_rdlock(box->sandbox->births);
	pid = clone_init(box, birth);
	if (pid == 0)
		box_init(box);
	failed = errno;
	pthread_rwlock_unlock(box->sandbox->births);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	close(box->control);
	box->control = -1;
	errno = failed;
	if (pid < 0)
		return explain_clone(err);
	birth->init = (pid_t)pid;
	return 0;
}

int birth_complete(const struct box *box, const struct birth *birth, struct error **err)
{
	char go = BOX_GO;

	if (box->layers & 1u << SANDBOX_LAYER_USER_NS && identity_map(&box->identity, birth->init) < 0)
		return error_set_errno(err, ERROR_SANDBOX, "mapping the box's user to %u outside", box->identity.uid);
	if (send(birth->control, &go, 1, MSG_NOSIGNAL) != 1)
		return error_set_errno(err, ERROR_SANDBOX, "the box's init ended before it was set up");
	return 0;
}
