#include "founder.h"

#include "box.h"
#include "message.h"
#include "mounts.h"
#include "steps.h"

#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

struct founder {
	const struct identity *identity;
	unsigned int layers;
	int control;
	int mounts; /* the namespace EMPTY */
	int empty; /* its root to be */
	int proc; /* that one's proc, or -1 */
};

/* ---- what it does -------------------------------------------------------- */

static int become_nobody(struct founder *founder)
{
	if (identity_become(founder->identity) < 0)
		return -1;
	return prctl(PR_SET_PDEATHSIG, SIGKILL); /* which a change of ids has undone */
}

/*
 * The filter refuses new user namespaces; this is the second lock. The setting is that of our own
 * namespace. Where the host's proc is not to be written (containers), the filter is alone.
 */
static int forbid_nesting(struct founder *founder)
{
	int setting = open("/proc/sys/user/max_user_namespaces", O_WRONLY | O_CLOEXEC);
	ssize_t written = setting >= 0 ? write(setting, "0", 1) : 0;

	(void)founder;
	(void)written;
	if (setting >= 0)
		close(setting);
	return 0;
}

static int hide_host_name(struct founder *founder)
{
	(void)founder;
	return sethostname("box", 3);
}

/* The parent may not look at us any more, now that we are somebody else, but is given what it would have found. */
static int leave_host_mounts(struct founder *founder)
{
	if (unshare(CLONE_NEWNS) < 0)
		return -1;
	founder->mounts = open("/proc/self/ns/mnt", O_RDONLY | O_CLOEXEC);
	return founder->mounts < 0 ? -1 : 0;
}

/*
 * With a proc, since the kernel gives none to who sees none: that of our own PID namespace, in which nobody will
 * be. Where the host's is hidden (containers), there is none; boxes that need one then say so.
 */
static int make_empty_root(struct founder *founder)
{
	founder->empty = mounts_tmpfs("4k", "2");
	if (founder->empty < 0 || mkdirat(founder->empty, "proc", 0555) < 0)
		return -1;
	founder->proc = mounts_proc();
	return 0;
}

static int enter_empty_root(struct founder *founder)
{
	struct mount_attr read_only = {.attr_set = MOUNT_ATTR_RDONLY};

	if (mounts_attach(founder->empty, "/") < 0 || fchdir(founder->empty) < 0)
		return -1;
	/* the old root lands on top of the new one, and is let go of from there */
	if (syscall(SYS_pivot_root, ".", ".") < 0 || umount2(".", MNT_DETACH) < 0 || chdir("/") < 0)
		return -1;
	if (founder->proc >= 0 && mounts_attach(founder->proc, "/proc") < 0)
		return -1;
	return mount_setattr(founder->empty, "", AT_EMPTY_PATH, &read_only, sizeof read_only);
}

static const struct {
	const char *name;
	int (*run)(struct founder *founder);
	enum sandbox_layer layer;
	bool mounts; /* fails where mounts are forbidden */
} steps[] = {
	{"changing to the box's user", become_nobody, SANDBOX_LAYER_USER_NS, false},
	{"forbidding nested user namespaces", forbid_nesting, SANDBOX_LAYER_USER_NS, false},
	{"setting the host name", hide_host_name, SANDBOX_LAYER_UTS_NS, false},
	{"leaving the host's mounts", leave_host_mounts, SANDBOX_LAYER_MOUNT_NS, true},
	{"making an empty root", make_empty_root, SANDBOX_LAYER_MOUNT_NS, true},
	{"entering the empty root (pivot_root)", enter_empty_root, SANDBOX_LAYER_MOUNT_NS, true},
};

static _Noreturn void found(struct founder *founder)
{
	struct box_message message = {.event = BOX_STARTED};
	char go;

	/* the socket's end is not all: a process that the caller forks meanwhile has a copy of it */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (recv(founder->control, &go, 1, 0) != 1)
		_exit(1); /* the parent has gone, or says why itself */
	for (size_t i = 0; i < ARRAY_LENGTH(steps) && message.event == BOX_STARTED; i++)
		if (founder->layers & 1u << steps[i].layer && steps[i].run(founder) < 0)
			message = (struct box_message){.event = BOX_FAILED, .step = (int)i, .error = errno};
	message_send(founder->control, &message, sizeof message, &founder->mounts, founder->mounts < 0 ? 0 : 1);
	(void)recv(founder->control, &go, 1, 0); /* until we are killed, or the parent has gone */
	_exit(0);
}

/* ---- what the parent does meanwhile ------------------------------------------ */

static const struct {
	enum sandbox_layer layer;
	unsigned long flag;
	const char *name; /* in /proc/PID/ns */
} namespaces[SLOT_NAMESPACE_COUNT] = {
	[SLOT_USER] = {SANDBOX_LAYER_USER_NS, CLONE_NEWUSER, "user"},
	[SLOT_NET] = {SANDBOX_LAYER_NET_NS, CLONE_NEWNET, "net"},
	[SLOT_UTS] = {SANDBOX_LAYER_UTS_NS, CLONE_NEWUTS, "uts"},
	[SLOT_HOST] = {SANDBOX_LAYER_MOUNT_NS, CLONE_NEWNS, "mnt"},
	[SLOT_EMPTY] = {SANDBOX_LAYER_MOUNT_NS, CLONE_NEWNS, "mnt"},
};

static pid_t clone_founder(struct founder *founder, int parents_end)
{
	struct clone_args arguments = {.flags = CLONE_NEWPID};
	long pid;

	for (size_t i = 0; i < ARRAY_LENGTH(namespaces); i++)
		if (founder->layers & 1u << namespaces[i].layer)
			arguments.flags |= namespaces[i].flag;
	pid = syscall(SYS_clone3, &arguments, sizeof arguments);
	if (pid == 0) {
		close(parents_end); /* or our own copy would keep us from seeing its end */
		found(founder);
	}
	return (pid_t)pid;
}

/* All but EMPTY, which is not made yet. */
static int hold(pid_t pid, unsigned int layers, int held[SLOT_NAMESPACE_COUNT], struct error **err)
{
	for (unsigned int i = 0; i < SLOT_EMPTY; i++) {
		char path[64];

		if (!(layers & 1u << namespaces[i].layer))
			continue;
		snprintf(path, sizeof path, "/proc/%d/ns/%s", (int)pid, namespaces[i].name);
		held[i] = open(path, O_RDONLY | O_CLOEXEC);
		if (held[i] < 0)
			return error_set_errno(err, ERROR_SANDBOX, "keeping the box's %s namespace", namespaces[i].name);
	}
	return 0;
}

/* Until it has done its work; takes EMPTY from it. */
static int hear_founder(int control, int *empty, struct error **err)
{
	struct box_message message;
	ssize_t length;

	do
		length = message_receive(control, &message, sizeof message, empty, 1, MESSAGE_WAIT);
	while (length < 0 && errno == EINTR);
	if (length != sizeof message)
		return error_set(err, ERROR_SANDBOX,
				 "the founder of the box's namespaces was killed from outside (is the machine out of memory?)");
	if (message.event == BOX_STARTED)
		return 0;
	errno = message.error;
	return error_set_errno(err, ERROR_SANDBOX, steps[message.step].mounts ? "%s (%s)" : "%s",
			       steps[message.step].name, step_mount_remedy);
}

static int guide(const struct founder *founder, pid_t pid, int control, int held[SLOT_NAMESPACE_COUNT],
		 struct error **err)
{
	if (founder->layers & 1u << SANDBOX_LAYER_USER_NS && identity_map(founder->identity, pid) < 0)
		return error_set_errno(err, ERROR_SANDBOX,
				       "mapping the box's user to %u outside (who has changed users, as a set-uid "
				       "program, calls prctl(PR_SET_DUMPABLE, 1) first)",
				       founder->identity->uid);
	if (hold(pid, founder->layers, held, err) < 0)
		return -1;
	/* where nobody takes it, the founder was killed, which is then heard */
	(void)send(control, "g", 1, MSG_NOSIGNAL);
	return hear_founder(control, &held[SLOT_EMPTY], err);
}

static void bury(pid_t pid)
{
	kill(pid, SIGKILL);
	while (waitpid(pid, NULL, __WALL) < 0 && errno == EINTR)
		continue;
}

int founder_make(const struct sandbox *sandbox, const struct identity *identity, unsigned int layers,
		 int held[SLOT_NAMESPACE_COUNT], struct error **err)
{
	struct founder founder = {.identity = identity, .layers = layers, .mounts = -1, .empty = -1, .proc = -1};
	sigset_t all, before;
	int ends[2], result, failed;
	pid_t pid;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
		return error_set_errno(err, ERROR_SANDBOX, "control socket");
	founder.control = ends[1];
	/* as at a birth: no handler of ours may run in the child, and no file be open for writing in it */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	pthread_rwlock_rdlock(sandbox->births);
	pid = clone_founder(&founder, ends[0]);
	failed = errno;
	close(ends[1]);
	result = pid > 0 ? guide(&founder, pid, ends[0], held, err) : -1;
	if (pid > 0)
		bury(pid);
	pthread_rwlock_unlock(sandbox->births);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	close(ends[0]);
	errno = failed;
	return pid < 0 ? explain_clone(err) : result;
}
