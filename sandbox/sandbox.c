/*
 * Theory of operation.
 *
 * A box is three processes deep:
 *
 *   parent     the caller's thread, inside sandbox_run (supervise.c)
 *     └ init     PID 1 of the box: trusted, a copy of the parent, idle (init.c)
 *         └ program  what the policy is for, and whatever it starts
 *
 * The parent lays everything out in a struct box (the mount plan in view.c, the
 * user id in identity.c, the control group in cgroup*.c, the pipes in
 * streams.c; the filters are built once a handle in filter.c from the tables in
 * profiles.c) and clones init into new namespaces (birth.c). Init does the rows
 * of the table in steps.c, one after another, and reports over a socket
 * (message.c) either which row failed or that the program was executed. From
 * then on init only reaps and waits to be killed; what the filter refuses comes
 * to the parent directly.
 *
 * The parent ends the box: because the program ended, or a limit was reached
 * (meter.c reads what was used), or a refused system call is waiting, or
 * sandbox_interrupt was called. The control group is killed (quick whatever is
 * in it), then init, with which the kernel kills all that is left in the PID
 * namespace; only when that is done is init reaped. What the program left in
 * /tmp is then read through a descriptor that keeps the tmpfs, and goes when
 * that is closed (fetch.c).
 *
 * If the parent dies, however, init dies of its parent-death signal, and where
 * that was not set yet, of the socket's end.
 */
#include "box.h"

#include "landlock.h"

#include "base/file.h"
#include "base/memory.h"

#include <errno.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <unistd.h>

/*
 * The one global: a signal handler has no other way to reach the boxes. Made by the first sandbox_open,
 * never closed; readable from the first interrupt on.
 */
static atomic_int interrupt_fd = -1;

void sandbox_interrupt(void)
{
	uint64_t one = 1;
	int fd = atomic_load(&interrupt_fd), saved = errno;

	if (fd >= 0 && write(fd, &one, sizeof one) < 0)
		errno = saved;
}

static int make_interrupt(struct error **err)
{
	int none = -1, made;

	if (atomic_load(&interrupt_fd) >= 0)
		return 0;
	made = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (made < 0)
		return error_set_errno(err, ERROR_OTHER, "eventfd");
	if (!atomic_compare_exchange_strong(&interrupt_fd, &none, made))
		close(made); /* another thread was quicker */
	return 0;
}

/* ---- the handle ---------------------------------------------------------- */

static int open_handle(struct sandbox *sandbox, struct error **err)
{
	if (make_interrupt(err) < 0)
		return -1;
	if (getrandom(&sandbox->secret, sizeof sandbox->secret, 0) != (ssize_t)sizeof sandbox->secret)
		return error_set_errno(err, ERROR_OTHER, "getrandom");
	for (int profile = 0; profile < SANDBOX_PROFILE_COUNT; profile++)
		if (filter_build(profile, &sandbox->secret, &sandbox->filters[profile], err) < 0)
			return -1;
	identity_probe(&sandbox->identities);
	cgroup_probe(&sandbox->cgroups);
	sandbox->landlock_abi = landlock_probe();
	sandbox->processors = sysconf(_SC_NPROCESSORS_ONLN);
	if (sandbox->processors < 1)
		sandbox->processors = 1;
	/* These are set up for every box or the box is refused; the others depend on the machine. */
	sandbox->layers = SANDBOX_REQUIRE_DEFAULT | 1u << SANDBOX_LAYER_RLIMITS | sandbox->cgroups.layers;
	if (sandbox->landlock_abi > 0)
		sandbox->layers |= 1u << SANDBOX_LAYER_LANDLOCK;
	if (sandbox->identities.own && sandbox->identities.outside == 0)
		sandbox->layers &= ~(1u << SANDBOX_LAYER_UNPRIVILEGED_UID);
	return 0;
}

int sandbox_open(struct sandbox **sandbox, struct error **err)
{
	struct sandbox *made = memory_new(1, sizeof *made);

	made->births = memory_new(1, sizeof *made->births);
	pthread_rwlock_init(made->births, NULL);
	if (open_handle(made, err) < 0) {
		sandbox_close(made);
		return error_wrap(err, "sandbox");
	}
	*sandbox = made;
	return 0;
}

void sandbox_close(struct sandbox *sandbox)
{
	if (!sandbox)
		return;
	for (int profile = 0; profile < SANDBOX_PROFILE_COUNT; profile++)
		filter_release(&sandbox->filters[profile]);
	if (sandbox->cgroups.driver)
		cgroup_release_host(&sandbox->cgroups);
	pthread_rwlock_destroy(sandbox->births);
	free(sandbox->births);
	free(sandbox);
}

/* ---- one box --------------------------------------------------------------- */

static const char *layer_remedy(enum sandbox_layer layer)
{
	if (layer == SANDBOX_LAYER_LANDLOCK)
		return "a kernel with Landlock in its list of LSMs (lsm=landlock,…) is needed";
	if (layer >= SANDBOX_LAYER_CGROUP_MEMORY)
		return "start as root, or from a delegated control group: systemd-run --user --scope -p Delegate=yes";
	if (layer == SANDBOX_LAYER_UNPRIVILEGED_UID)
		return "this user namespace has a single id, root's outside too: give it a range (subuid) or start as an ordinary user";
	return "`assay doctor` tells what this machine lacks";
}

static int check_required(const struct sandbox_policy *policy, unsigned int layers, struct error **err)
{
	unsigned int missing = policy->require & ~layers;

	for (int layer = 0; layer < SANDBOX_LAYER_COUNT; layer++)
		if (missing & 1u << layer)
			return error_set(err, ERROR_SANDBOX, "the layer %s is required and not to be had here (%s)",
					 sandbox_layer_name(layer), layer_remedy(layer));
	return 0;
}

/* The layers that this box is to have. */
static unsigned int layers_for(const struct sandbox *sandbox, const struct sandbox_policy *policy)
{
	unsigned int without = policy->without & SANDBOX_OPTIONAL;

	if (without & SANDBOX_CGROUP_LAYERS)
		without |= SANDBOX_CGROUP_LAYERS;
	return sandbox->layers & ~without;
}

static int check_limits(const struct sandbox_limits *limits, struct error **err)
{
	if (limits->wall_ms < 1 || limits->wall_ms > 3600000)
		return error_set(err, ERROR_SANDBOX, "wall limit of %u ms: 1 to 3,600,000 is possible", limits->wall_ms);
	if (!limits->cpu_ms || !limits->memory_kib || !limits->processes || !limits->open_files || !limits->disk_kib ||
	    !limits->disk_inodes || !limits->stack_kib)
		return error_set(err, ERROR_SANDBOX, "a limit is 0; sandbox_default_limits gives some that are not");
	return 0;
}

static int prepare(struct box *box, struct error **err)
{
	const struct sandbox *sandbox = box->sandbox;

	if (view_prepare(&box->view, box->policy, err) < 0)
		return -1;
	if (identity_take(&sandbox->identities, &box->identity, err) < 0)
		return -1;
	if (!(box->layers & SANDBOX_CGROUP_LAYERS))
		return 0;
	return cgroup_create(&sandbox->cgroups, &box->group, &box->policy->limits, err);
}

int sandbox_run(const struct sandbox *sandbox, const struct sandbox_policy *policy, struct sandbox_command *command,
		struct sandbox_outcome *outcome, struct error **err)
{
	struct box box = {
		.sandbox = sandbox,
		.policy = policy,
		.command = command,
		.layers = layers_for(sandbox, policy),
		.identity = {.lock = -1},
		.group = {.host = &sandbox->cgroups, .birth = -1},
		.control = -1,
		.ruleset = -1,
		.listener = -1,
		.signals = -1,
		.failed_step = -1,
	};
	int result;

	*outcome = (struct sandbox_outcome){0};
	if (check_limits(&policy->limits, err) < 0 || check_required(policy, box.layers, err) < 0)
		return error_wrap(err, "sandbox");
	result = prepare(&box, err);
	if (result == 0)
		result = box_supervise(&box, command, outcome, atomic_load(&interrupt_fd), err);
	if (cgroup_destroy(&box.group) < 0 && result == 0)
		result = error_set(err, ERROR_SANDBOX, "control group %s: something in it does not die", box.group.name);
	view_release(&box.view);
	identity_release(&box.identity);
	free(box.wires);
	free(box.kept);
	return result < 0 ? error_wrap(err, "sandbox") : 0;
}
