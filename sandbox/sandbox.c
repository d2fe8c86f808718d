/*
 * Theory of operation.
 *
 * A box is three processes deep:
 *
 *   parent     the caller's thread, inside sandbox_run (supervise.c)
 *     └ init     PID 1 of the box: trusted, a copy of the parent, idle (init.c)
 *         └ program  what the policy is for, and whatever it starts
 *
 * What is dear to make and cannot be soiled is kept in a slot and used by one box
 * after another (slot.c): namespaces for user, network and host name, and a mount
 * namespace in which there is nothing, all made by a founder that is gone when the
 * first box begins (founder.c).
 *
 * The parent lays everything out in a struct box (box.c: the mount plan in view.c,
 * the control group in cgroup*.c; the filters are built once a handle in filter.c
 * from the tables in profiles.c). Init is born in the slot, into namespaces of its
 * own for mounts, processes, IPC and control groups (birth.c). It does the rows of
 * the table in steps.c, one after another, up to the program, which waits, confined
 * but for the filter, for the order: argv, environment and streams (order.c,
 * streams.c). A prepared box is one whose order has not come yet.
 *
 * Over a socket (message.c) init reports either which row failed or that the program
 * was executed. From then on it only reaps. When the program has ended and init has
 * no child left, nothing is left in the PID namespace: it says so and ends itself.
 * Otherwise it waits to be killed; what the filter refuses comes to the parent directly.
 *
 * The parent ends a box that is not empty: because the program ended and left
 * something, or a limit was reached (meter.c reads what was used), or a refused
 * system call is waiting, or sandbox_interrupt was called. The control group is
 * killed (quick whatever is in it), then init, with which the kernel kills all
 * that is left in the PID namespace; only when that is done is init reaped. What
 * the program left in /tmp is then read through a descriptor that keeps the
 * tmpfs, and goes when that is closed (fetch.c).
 *
 * If the parent dies, however, init dies of its parent-death signal, and where
 * that was not set yet, of the socket's end.
 */
#include "box.h"

#include "landlock.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <unistd.h>

#define DESCRIPTORS_NEEDED 48 /* a box with a few mounts and streams has some 40 */

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

int sandbox_interrupt_fd(void)
{
	return atomic_load(&interrupt_fd);
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

/* Files of processes are found by number in /proc, which is to be that of our own PID namespace. */
static int check_proc(struct error **err)
{
	char self[32] = "";
	ssize_t length = readlink("/proc/self", self, sizeof self - 1);

	if (length < 0)
		return error_set_errno(err, ERROR_SANDBOX, "/proc/self (is /proc mounted?)");
	if (strtol(self, NULL, 10) != getpid())
		return error_set(err, ERROR_SANDBOX, "/proc is another PID namespace's (mount -t proc proc /proc)");
	return 0;
}

/* A handle made in want of descriptors would lack layers for good, and each box in turn would fail at another place. */
static int check_descriptors(struct error **err)
{
	int taken[DESCRIPTORS_NEEDED], count = 0;

	while (count < DESCRIPTORS_NEEDED && (taken[count] = fcntl(sandbox_interrupt_fd(), F_DUPFD_CLOEXEC, 0)) >= 0)
		count++;
	for (int i = 0; i < count; i++)
		close(taken[i]);
	if (count == DESCRIPTORS_NEEDED)
		return 0;
	errno = EMFILE;
	return error_set_errno(err, ERROR_SANDBOX, "fewer than %d descriptors are left (raise the limit of open files)",
			       DESCRIPTORS_NEEDED);
}

static int open_handle(struct sandbox *sandbox, struct error **err)
{
	if (make_interrupt(err) < 0 || check_proc(err) < 0 || check_descriptors(err) < 0)
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
	made->slots = memory_new(1, sizeof *made->slots);
	slots_begin(made->slots);
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
	slots_end(sandbox->slots);
	free(sandbox->slots);
	for (int profile = 0; profile < SANDBOX_PROFILE_COUNT; profile++)
		filter_release(&sandbox->filters[profile]);
	if (sandbox->cgroups.driver)
		cgroup_release_host(&sandbox->cgroups);
	pthread_rwlock_destroy(sandbox->births);
	free(sandbox->births);
	free(sandbox);
}

/* ---- one box --------------------------------------------------------------- */

struct sandbox_prepared {
	struct box box;
};

int sandbox_prepare(const struct sandbox *sandbox, const struct sandbox_policy *policy,
		    struct sandbox_prepared **prepared, struct error **err)
{
	struct sandbox_prepared *made = memory_new(1, sizeof *made);

	if (box_make(&made->box, sandbox, policy, err) < 0) {
		sandbox_discard(made);
		return error_wrap(err, "sandbox");
	}
	*prepared = made;
	return 0;
}

void sandbox_discard(struct sandbox_prepared *prepared)
{
	cleanup_error struct error *nobody_ran = NULL;

	if (prepared)
		box_unmake(&prepared->box, &nobody_ran);
	free(prepared);
}

/* The box is gone then. */
static int run(struct box *box, struct sandbox_command *command, struct sandbox_outcome *outcome, int64_t called_us,
	       struct error **err)
{
	cleanup_error struct error *lesser = NULL;
	int result;

	*outcome = (struct sandbox_outcome){0};
	result = box_supervise(box, command, outcome, called_us, err);
	if (box_unmake(box, result < 0 ? &lesser : err) < 0)
		result = -1;
	return result < 0 ? error_wrap(err, "sandbox") : 0;
}

int sandbox_run_prepared(struct sandbox_prepared *prepared, struct sandbox_command *command,
			 struct sandbox_outcome *outcome, struct error **err)
{
	int result = run(&prepared->box, command, outcome, clock_us(), err);

	free(prepared);
	return result;
}

int sandbox_run(const struct sandbox *sandbox, const struct sandbox_policy *policy, struct sandbox_command *command,
		struct sandbox_outcome *outcome, struct error **err)
{
	cleanup_error struct error *lesser = NULL;
	int64_t called_us = clock_us();
	struct box box;

	*outcome = (struct sandbox_outcome){0};
	if (box_make(&box, sandbox, policy, err) == 0)
		return run(&box, command, outcome, called_us, err);
	box_unmake(&box, &lesser);
	return error_wrap(err, "sandbox");
}
