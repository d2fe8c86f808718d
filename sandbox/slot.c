#include "slot.h"

#include "box.h"

#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct {
	enum sandbox_layer layer;
	unsigned long flag;
	const char *name; /* in /proc/PID/ns */
} namespaces[SLOT_NAMESPACE_COUNT] = {
	[SLOT_USER] = {SANDBOX_LAYER_USER_NS, CLONE_NEWUSER, "user"},
	[SLOT_NET] = {SANDBOX_LAYER_NET_NS, CLONE_NEWNET, "net"},
	[SLOT_UTS] = {SANDBOX_LAYER_UTS_NS, CLONE_NEWUTS, "uts"},
};

/* ---- the founder: a process that lives until its namespaces are held by descriptors ------ */

/* The first steps that cannot be done end it with their errno. */
struct founder {
	unsigned int layers;
	int go; /* the reading end of a pipe, which says that the id maps are written */
};

/*
 * The filter refuses new user namespaces; this is the second lock. The setting is that of our own
 * namespace. Where the host's proc is not to be written (containers), the filter is alone.
 */
static void forbid_nesting(void)
{
	int setting = open("/proc/sys/user/max_user_namespaces", O_WRONLY | O_CLOEXEC);
	ssize_t written = setting >= 0 ? write(setting, "0", 1) : 0;

	(void)written;
	if (setting >= 0)
		close(setting);
}

static _Noreturn void found(const struct founder *founder)
{
	char go;

	/* a writer that is gone says the same as one that gave up */
	if (read(founder->go, &go, 1) != 1)
		_exit(ECANCELED);
	forbid_nesting();
	if (founder->layers & 1u << SANDBOX_LAYER_UTS_NS && sethostname("box", 3) < 0)
		_exit(errno);
	_exit(0);
}

static pid_t clone_founder(const struct founder *founder, int go_writer)
{
	struct clone_args arguments = {0};
	long pid;

	for (size_t i = 0; i < ARRAY_LENGTH(namespaces); i++)
		if (founder->layers & 1u << namespaces[i].layer)
			arguments.flags |= namespaces[i].flag;
	pid = syscall(SYS_clone3, &arguments, sizeof arguments);
	if (pid == 0) {
		close(go_writer); /* or our own end would keep us from seeing the other's */
		found(founder);
	}
	return (pid_t)pid;
}

static int hold_namespaces(struct slot *slot, pid_t founder, struct error **err)
{
	for (size_t i = 0; i < ARRAY_LENGTH(namespaces); i++) {
		char path[64];

		if (!(slot->layers & 1u << namespaces[i].layer))
			continue;
		snprintf(path, sizeof path, "/proc/%d/ns/%s", (int)founder, namespaces[i].name);
		slot->namespaces[i] = open(path, O_RDONLY | O_CLOEXEC);
		if (slot->namespaces[i] < 0)
			return error_set_errno(err, ERROR_SANDBOX, "keeping the box's %s namespace",
					       namespaces[i].name);
	}
	return 0;
}

static int furnish(struct slot *slot, pid_t founder, int go, struct error **err)
{
	if (slot->layers & 1u << SANDBOX_LAYER_USER_NS && identity_map(&slot->identity, founder) < 0)
		return error_set_errno(err, ERROR_SANDBOX, "mapping the box's user to %u outside", slot->identity.uid);
	if (hold_namespaces(slot, founder, err) < 0)
		return -1;
	if (write(go, "g", 1) != 1)
		return error_set_errno(err, ERROR_SANDBOX, "founding the box's namespaces");
	return 0;
}

/* How it ended: 0, or an errno. */
static int bury(pid_t founder)
{
	int status;

	while (waitpid(founder, &status, __WALL) < 0)
		if (errno != EINTR)
			return errno;
	return WIFEXITED(status) ? WEXITSTATUS(status) : ECANCELED;
}

/* Signals are blocked, and nobody is born meanwhile. */
static int found_quietly(struct slot *slot, const int go[2], struct error **err)
{
	pid_t founder = clone_founder(&(struct founder){.layers = slot->layers, .go = go[0]}, go[1]);
	int result, failed;

	if (founder < 0)
		return explain_clone(err);
	result = furnish(slot, founder, go[1], err);
	if (result < 0)
		kill(founder, SIGKILL); /* it waits for a word that does not come */
	failed = bury(founder);
	if (result == 0 && failed) {
		errno = failed;
		return error_set_errno(err, ERROR_SANDBOX, "setting the host name");
	}
	return result;
}

static int found_namespaces(const struct sandbox *sandbox, struct slot *slot, struct error **err)
{
	sigset_t all, before;
	int go[2], result;

	if (pipe2(go, O_CLOEXEC) < 0)
		return error_set_errno(err, ERROR_SANDBOX, "pipe");
	/* as at a birth: no handler of ours may run in the child, and no file be open for writing in it */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	pthread_rwlock_rdlock(sandbox->births);
	result = found_quietly(slot, go, err);
	pthread_rwlock_unlock(sandbox->births);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	close(go[0]);
	close(go[1]);
	return result;
}

/* ---- one slot -------------------------------------------------------------------- */

/* Waits until the last box's init is gone, and with it all of its namespaces. */
static void settle(struct slot *slot)
{
	siginfo_t ended;

	if (slot->leaving < 0)
		return;
	while (waitid(P_PIDFD, (id_t)slot->leaving, &ended, WEXITED | __WALL) < 0 && errno == EINTR)
		continue;
	close(slot->leaving);
	slot->leaving = -1;
}

void slot_tidy(struct slot *slot)
{
	cgroup_destroy(&slot->group, 0);
}

void slot_drop(struct slot *slot)
{
	settle(slot);
	slot_tidy(slot);
	for (size_t i = 0; i < SLOT_NAMESPACE_COUNT; i++)
		if (slot->namespaces[i] >= 0)
			close(slot->namespaces[i]);
	identity_release(&slot->identity);
	order_free(slot->order);
	free(slot);
}

static int slot_make(const struct sandbox *sandbox, unsigned int layers, struct slot **made, struct error **err)
{
	struct slot *slot = memory_new(1, sizeof *slot);

	*slot = (struct slot){
		.layers = layers & SLOT_LAYERS,
		.namespaces = {-1, -1, -1},
		.leaving = -1,
		.group = {.birth = -1},
		.identity = {.lock = -1},
	};
	slot->order = order_make(err);
	if (!slot->order || identity_take(&sandbox->identities, &slot->identity, err) < 0 || found_namespaces(sandbox, slot, err) < 0) {
		slot_drop(slot);
		return -1;
	}
	*made = slot;
	return 0;
}

/* ---- the free ones ------------------------------------------------------------------ */

void slots_begin(struct slots *slots)
{
	*slots = (struct slots){.owner = getpid()};
	pthread_mutex_init(&slots->lock, NULL);
}

static void drop_idle(struct slots *slots)
{
	bool ours = slots->owner == getpid();

	while (slots->idle) {
		struct slot *slot = slots->idle;

		slots->idle = slot->next;
		if (!ours) /* then the group is the other process's */
			slot->group.made = false;
		slot_drop(slot);
	}
	slots->owner = getpid();
}

void slots_end(struct slots *slots)
{
	drop_idle(slots);
	pthread_mutex_destroy(&slots->lock);
}

/* Unlinks a free slot with just these layers; NULL where there is none. */
static struct slot *find_idle(struct slots *slots, unsigned int layers)
{
	struct slot **at = &slots->idle, *found;

	pthread_mutex_lock(&slots->lock);
	if (slots->owner != getpid())
		drop_idle(slots);
	while (*at && (*at)->layers != (layers & SLOT_LAYERS))
		at = &(*at)->next;
	found = *at;
	if (found)
		*at = found->next;
	pthread_mutex_unlock(&slots->lock);
	return found;
}

int slots_take(const struct sandbox *sandbox, unsigned int layers, struct slot **slot, struct error **err)
{
	*slot = find_idle(sandbox->slots, layers);
	if (!*slot)
		return slot_make(sandbox, layers, slot, err);
	settle(*slot);
	return 0;
}

void slots_give_back(struct slots *slots, struct slot *slot)
{
	pthread_mutex_lock(&slots->lock);
	slot->next = slots->idle;
	slots->idle = slot;
	pthread_mutex_unlock(&slots->lock);
}

/* ---- control groups ------------------------------------------------------------------- */

static unsigned int take_number(struct slots *slots)
{
	unsigned int number;

	pthread_mutex_lock(&slots->lock);
	number = ++slots->numbered;
	pthread_mutex_unlock(&slots->lock);
	return number;
}

int slot_take_group(const struct sandbox *sandbox, struct slot *slot, struct cgroup *group, struct error **err)
{
	if (!cgroup_renew(&slot->group))
		return cgroup_create(&sandbox->cgroups, group, take_number(sandbox->slots), err);
	*group = slot->group;
	slot->group = (struct cgroup){.birth = -1};
	return 0;
}
