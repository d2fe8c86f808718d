/*
 * Init passes the filter's listener on: the program is made with CLONE_VM |
 * CLONE_VFORK | CLONE_FILES, so the listener that the program gets from seccomp
 * is init's as well, without a system call that the filter would have to allow,
 * and init sleeps until exec has parted the two (or failed, which it then reads
 * in the memory they shared).
 *
 * System calls that libc wraps with care for other threads (setresuid and its
 * kin) are made raw: this process has one thread only, whatever libc remembers.
 */
#include "steps.h"

#include "landlock.h"

#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/keyctl.h>
#include <linux/securebits.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PROGRAM_STACK 32768
#define SIGNALS_PENDING 256
#define LISTENING_FILTERS_BUSY EBUSY

/* ---- init's steps ----------------------------------------------------- */

/* As early as can be, and again when a change of ids has undone it. */
static int die_with_parent(struct box *box)
{
	(void)box;
	return prctl(PR_SET_PDEATHSIG, SIGKILL);
}

/*
 * Whatever the parent had open, and whatever other threads of it were opening,
 * goes away before anything else: a pipe end kept by a stranger would never
 * come to its end.
 */
static int keep_own_descriptors(struct box *box)
{
	int highest = ORDER_STREAMS - 1, next;

	for (size_t i = 0; i < box->kept_count; i++)
		if (*box->kept[i] > highest)
			highest = *box->kept[i];
	next = highest + 1; /* above all of them, and the streams' numbers */
	for (size_t i = 0; i < box->kept_count; i++) {
		if (*box->kept[i] < 0)
			continue;
		if (dup3(*box->kept[i], next, O_CLOEXEC) < 0)
			return -1;
		*box->kept[i] = next++;
	}
	if (close_range(0, (unsigned int)highest, 0) < 0)
		return -1;
	return close_range((unsigned int)next, ~0u, 0);
}

/* Never above what the caller itself may have: lower is stricter, and all that can be had. */
static int limit(int resource, uint64_t soft, uint64_t hard)
{
	struct rlimit64 limits;

	if (syscall(SYS_prlimit64, 0, resource, NULL, &limits) < 0)
		return -1;
	if (hard < limits.rlim_max)
		limits.rlim_max = hard;
	limits.rlim_cur = soft < limits.rlim_max ? soft : limits.rlim_max;
	return (int)syscall(SYS_prlimit64, 0, resource, &limits, NULL);
}

/* The caller's session keyring would come along otherwise. Where the machine has no keyrings there is nothing to lose. */
static void leave_keyring(void)
{
	syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, NULL);
}

/* A program is not to be preferred as the caller may be; real time is refused by control groups besides. */
static void leave_priority(void)
{
	const struct sched_param none = {0};

	if (sched_getscheduler(0) != SCHED_OTHER)
		sched_setscheduler(0, SCHED_OTHER, &none);
	if (getpriority(PRIO_PROCESS, 0) < 0)
		setpriority(PRIO_PROCESS, 0, 0);
}

static int forget_caller(struct box *box)
{
	struct sigaction standard = {.sa_handler = SIG_DFL};

	(void)box;
	for (int number = 1; number < NSIG; number++)
		sigaction(number, &standard, NULL); /* refused for KILL, STOP and libc's own two */
	umask(022);
	leave_keyring();
	leave_priority();
	/* what is sent to us is held against the user who made the slot, by our own limit */
	return limit(RLIMIT_SIGPENDING, SIGNALS_PENDING, SIGNALS_PENDING);
}

/* The user's keyrings are the user namespace's, in which other boxes were before (since Linux 5.3; never the caller's). */
static void empty_keyrings(void)
{
	syscall(SYS_keyctl, KEYCTL_CLEAR, KEY_SPEC_USER_KEYRING);
	syscall(SYS_keyctl, KEYCTL_CLEAR, KEY_SPEC_USER_SESSION_KEYRING);
}

static int become_nobody(struct box *box)
{
	if (identity_become(&box->slot->identity) < 0)
		return -1;
	empty_keyrings();
	if (die_with_parent(box) < 0)
		return -1;
	return prctl(PR_SET_DUMPABLE, 0);
}

static int make_root(struct box *box)
{
	return view_make_root(&box->view);
}

static int enter_root(struct box *box)
{
	return view_enter_root(&box->view);
}

static int populate(struct box *box)
{
	return view_populate(&box->view);
}

static int build_ruleset(struct box *box)
{
	int abi = box->sandbox->landlock_abi;
	const struct view *view = &box->view;

	box->ruleset = landlock_begin(abi);
	if (box->ruleset < 0)
		return -1;
	for (size_t i = 0; i < view->mount_count; i++)
		if (landlock_allow(abi, box->ruleset, view->mounts[i].tree, view->mounts[i].folder,
				   view->mounts[i].device ? LANDLOCK_WRITE : LANDLOCK_READ) < 0)
			return -1;
	if (view->proc && landlock_allow(abi, box->ruleset, view->proc_tree, true, LANDLOCK_READ) < 0)
		return -1;
	return landlock_allow(abi, box->ruleset, view->scratch, true,
			      view->exec_scratch ? LANDLOCK_WRITE_EXEC : LANDLOCK_WRITE);
}

static int forbid_privileges(struct box *box)
{
	(void)box;
	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

static int drop_capabilities(struct box *box)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct none[2] = {{0}, {0}};

	(void)box;
	for (int capability = 0; capability < 64; capability++) {
		if (prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0)
			continue;
		if (errno != EINVAL) /* the first number that the kernel does not know */
			return -1;
		break;
	}
	if (prctl(PR_SET_SECUREBITS, (SECURE_ALL_BITS & ~issecure_mask(SECURE_KEEP_CAPS)) | SECURE_ALL_LOCKS, 0, 0, 0) <
	    0)
		return -1;
	return (int)syscall(SYS_capset, &header, none);
}

static int listen_for_children(struct box *box)
{
	sigset_t ended;

	sigemptyset(&ended);
	sigaddset(&ended, SIGCHLD);
	box->signals = signalfd(-1, &ended, SFD_CLOEXEC | SFD_NONBLOCK);
	return box->signals < 0 ? -1 : 0;
}

/* What is below is the program's; which numbers it will use comes with the order. */
static int leave_numbers_free(struct box *box)
{
	int *const own[] = {&box->view.scratch, &box->ruleset, &box->signals};

	for (size_t i = 0; i < ARRAY_LENGTH(own); i++)
		if (*own[i] >= 0 && (*own[i] = fcntl(*own[i], F_DUPFD_CLOEXEC, ORDER_STREAMS)) < 0)
			return -1;
	return close_range(0, ORDER_STREAMS - 1, 0);
}

static int program_main(void *box);

/* Returns when the program was executed, upon the order, or has failed, which box->failed_step then says. */
static int start_program(struct box *box)
{
	char stack[PROGRAM_STACK] __attribute__((aligned(16)));

	box->program = clone(program_main, stack + sizeof stack, CLONE_VM | CLONE_VFORK | CLONE_FILES | SIGCHLD, box);
	return box->program < 0 ? -1 : 0;
}

/* ---- the program's steps ---------------------------------------------- */

/*
 * No terminal, and nobody else's signals from one. (Init stays in the caller's session, all signals blocked: a
 * session is a scheduling group too, and each new one waits its turn on a busy machine. For the same reason this
 * comes after the control groups, where it no longer means a move.)
 */
static int own_session(struct box *box)
{
	(void)box;
	return setsid() < 0 ? -1 : 0;
}

static int limit_resources(struct box *box)
{
	const struct sandbox_limits *limits = &box->limits;
	uint64_t seconds = ((uint64_t)limits->cpu_ms + 999) / 1000 + 1; /* the whole box's deadline comes first */
	bool counted = box->layers & 1u << SANDBOX_LAYER_CGROUP_PIDS;
	bool accounted = box->layers & 1u << SANDBOX_LAYER_CGROUP_MEMORY;
	const struct {
		int resource;
		uint64_t value;
	} rows[] = {
		{RLIMIT_NOFILE, limits->open_files},
		{RLIMIT_FSIZE, (uint64_t)limits->file_kib * 1024},
		{RLIMIT_STACK, (uint64_t)limits->stack_kib * 1024},
		/* 1, not 0: a core pattern that is a pipe is followed for 0, and the host would store our dumps */
		{RLIMIT_CORE, 1},
		/*
		 * Init counts too. Where a group counts, its verdict is to come first: a fork that will be refused counts
		 * here until it is, so that a bomb has each of its processes twice.
		 */
		{RLIMIT_NPROC, (uint64_t)limits->processes * (counted ? 2u : 1u) + (counted ? 8u : 1u)},
		{RLIMIT_MEMLOCK, 0},
		{RLIMIT_MSGQUEUE, 0},
		{RLIMIT_RTPRIO, 0},
		{RLIMIT_NICE, 0},
		{RLIMIT_SIGPENDING, SIGNALS_PENDING},
		{RLIMIT_DATA, accounted || limits->reserves ? RLIM64_INFINITY : (uint64_t)limits->memory_kib * 1024},
	};

	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++)
		if (limit((int)rows[i].resource, rows[i].value, rows[i].value) < 0)
			return -1;
	return limit(RLIMIT_CPU, seconds, seconds + 1);
}

/* Without a parent there is nobody to report to. */
static ON_OWN_STACK void await(struct box *box)
{
	if (order_await(box->control, box->came) < 0)
		_exit(1);
}

static int join_groups(struct box *box)
{
	if (!(box->layers & SANDBOX_CGROUP_LAYERS))
		return 0;
	await(box);
	for (size_t i = 0; i < ORDER_STREAMS && box->came[i] >= 0; i++)
		if (write(box->came[i], "0", 1) != 1 || close(box->came[i]) < 0)
			return -1;
	return 0;
}

static int confine(struct box *box)
{
	return landlock_confine(box->ruleset);
}

static int await_order(struct box *box)
{
	await(box);
	return 0;
}

/* What came is out of the way of the numbers first, and gone from init too in the end. */
static int take_streams(struct box *box)
{
	const struct order *order = box->slot->order;

	for (size_t i = 0; i < order->count; i++) {
		int moved = fcntl(box->came[i], F_DUPFD_CLOEXEC, ORDER_STREAMS);

		if (moved < 0 || close(box->came[i]) < 0)
			return -1;
		box->came[i] = moved;
	}
	for (size_t i = 0; i < order->count; i++)
		if (dup2(box->came[i], order->numbers[i]) < 0 || close(box->came[i]) < 0)
			return -1;
	return 0;
}

static int enter_folder(struct box *box)
{
	return chdir(box->slot->order->folder);
}

static int unblock_signals(struct box *box)
{
	sigset_t none;

	(void)box;
	sigemptyset(&none);
	return sigprocmask(SIG_SETMASK, &none, NULL);
}

static int attach_filter(struct box *box)
{
	box->listener = filter_attach(&box->sandbox->filters[box->profile]);
	return box->listener < 0 ? -1 : 0;
}

static int execute(struct box *box)
{
	const uint64_t *secret = box->sandbox->secret.words;

	return (int)syscall(SYS_execve, box->slot->order->argv[0], box->slot->order->argv, box->slot->order->environment, secret[0],
			    secret[1], secret[2]);
}

/* ---- the table -------------------------------------------------------- */

#define NO_LAYER SANDBOX_LAYER_COUNT

struct step {
	const char *name;
	int (*run)(struct box *box);
	enum sandbox_layer layer; /* passed over where this is not to be in force */
	bool in_program;
	const char *remedy;
};

const char step_mount_remedy[] = "a chroot, a container or a security module forbids it; `assay doctor` tells which, and what helps";

static const struct step steps[] = {
	{"asking to die with the parent", die_with_parent, NO_LAYER, false, NULL},
	{"closing inherited descriptors", keep_own_descriptors, NO_LAYER, false, "raise the limit of open files"},
	{"resetting signals, umask and priority", forget_caller, NO_LAYER, false, NULL},
	{"changing to the box's user", become_nobody, SANDBOX_LAYER_USER_NS, false, NULL},
	{"making the root file system", make_root, SANDBOX_LAYER_MOUNT_NS, false, step_mount_remedy},
	{"entering the root file system", enter_root, SANDBOX_LAYER_MOUNT_NS, false, step_mount_remedy},
	{"mounting the view", populate, SANDBOX_LAYER_MOUNT_NS, false, step_mount_remedy},
	{"building the Landlock rules", build_ruleset, SANDBOX_LAYER_LANDLOCK, false, NULL},
	{"setting no_new_privs", forbid_privileges, SANDBOX_LAYER_NO_NEW_PRIVS, false, NULL},
	{"dropping capabilities", drop_capabilities, SANDBOX_LAYER_NO_CAPABILITIES, false, NULL},
	{"listening for children", listen_for_children, NO_LAYER, false, NULL},
	{"leaving the streams' numbers free", leave_numbers_free, NO_LAYER, false, NULL},
	{"starting the program", start_program, NO_LAYER, false, NULL},
	{"joining the control groups", join_groups, NO_LAYER, true, NULL},
	{"making a session", own_session, NO_LAYER, true, NULL},
	{"applying Landlock", confine, SANDBOX_LAYER_LANDLOCK, true, NULL},
	{"waiting for the order", await_order, NO_LAYER, true, NULL},
	{"taking the streams", take_streams, NO_LAYER, true, NULL},
	{"setting rlimits", limit_resources, SANDBOX_LAYER_RLIMITS, true, NULL},
	{"entering the start folder", enter_folder, NO_LAYER, true, NULL},
	{"unblocking signals", unblock_signals, NO_LAYER, true, NULL},
	{"attaching the seccomp filter", attach_filter, SANDBOX_LAYER_SECCOMP, true,
	 "a kernel of 5.12 or later with CONFIG_SECCOMP_FILTER is needed"},
	{"executing the program", execute, NO_LAYER, true, NULL},
};

const char *step_name(int step)
{
	return steps[step].name;
}

const char *step_remedy(int step, int error)
{
	if (steps[step].run == attach_filter && error == LISTENING_FILTERS_BUSY)
		return "this program is already watched by a seccomp listener (a container manager's): run outside it";
	return steps[step].remedy;
}

bool step_is_exec(int step)
{
	return steps[step].run == execute;
}

bool step_is_mount(int step)
{
	return steps[step].run == populate;
}

/* Stops at the first row that fails. */
static int run_steps(struct box *box, bool in_program)
{
	for (size_t i = 0; i < ARRAY_LENGTH(steps); i++) {
		const struct step *step = &steps[i];

		if (step->in_program != in_program)
			continue;
		if (step->layer != NO_LAYER && !(box->layers & 1u << step->layer))
			continue;
		if (step->run(box) < 0) {
			box->failed_errno = errno;
			box->failed_step = (int)i;
			return -1;
		}
	}
	return 0;
}

static ON_OWN_STACK int program_main(void *argument)
{
	run_steps(argument, true);
	_exit(1); /* box->failed_step says why */
}

int steps_take(struct box *box)
{
	/* the second is the program's, in the memory that it shared */
	return run_steps(box, false) < 0 || box->failed_step >= 0 ? -1 : 0;
}
