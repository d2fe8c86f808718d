/*
 * One box: what the parent lays out, what the child does with it, and what the
 * child says back. Internal to sandbox/.
 *
 * The child is a copy of the parent made by clone without CLONE_VM, possibly of
 * a parent with other threads, so until exec it may only make system calls: it
 * allocates nothing, formats nothing and calls nothing of libc that takes a
 * lock. All that it needs is in struct box beforehand; it writes only to its
 * own copy.
 */
#ifndef ASSAY_SANDBOX_BOX_H
#define ASSAY_SANDBOX_BOX_H

#include "cgroup.h"
#include "filter.h"
#include "identity.h"
#include "sandbox.h"
#include "view.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* The handle; const once sandbox_open has returned. */
struct sandbox {
	struct filter filters[SANDBOX_PROFILE_COUNT];
	struct exec_secret secret;
	struct identity_range identities;
	struct cgroup_host cgroups;
	int landlock_abi;
	unsigned int layers; /* that a box can have here */
	long processors;
	/*
	 * Held for reading while a box is born, for writing while a fetched file is open for writing: a child born
	 * meanwhile would inherit the descriptor for a moment, and executing the file in another box fail (ETXTBSY).
	 */
	pthread_rwlock_t *births;
};

/* A descriptor of ours that the program gets as number `as`. */
struct wire {
	int fd;
	int as;
};

struct box {
	const struct sandbox *sandbox;
	const struct sandbox_policy *policy;
	const struct sandbox_command *command;
	unsigned int layers; /* to be in force */
	struct view view;
	struct identity identity;
	struct cgroup group;
	struct wire *wires; /* 0, 1, 2 and the private pipes */
	size_t wire_count;
	int control;         /* init's end of the control socket */
	int **kept;          /* every descriptor above that init may hold; all others are closed */
	size_t kept_count;
	int kept_base;       /* init moves them to kept_base, kept_base + 1, …; above all wires' numbers */
	/* the child's own */
	int ruleset;
	int listener;
	int signals;
	pid_t program;
	int failed_step; /* -1 for none */
	int failed_errno;
};

enum box_event {
	BOX_STARTED, /* the program was executed; comes with two descriptors, see enum box_passed */
	BOX_FAILED,  /* a step could not be done; nothing ran */
	BOX_ENDED,   /* the program, that is the first process, ended */
};

/*
 * The parent holds the listener alone: were it init's, init's end would close it a moment before
 * the kernel kills the others, and a refused call would return (ENOSYS) to a program that goes on.
 */
enum box_passed {
	BOX_SCRATCH,
	BOX_LISTENER,
	BOX_PASSED_COUNT
};

struct box_message {
	enum box_event event;
	/* BOX_FAILED */
	int step;
	int error;
	size_t mount; /* the view's failed_mount */
	/* BOX_ENDED */
	int status; /* as of wait */
	uint64_t peak_kib;
};

/* One datagram from the parent: the id maps are written. */
#define BOX_GO 'g'

/* The new namespaces' clone flags for these layers. */
unsigned long box_clone_flags(unsigned int layers);
/* PID 1 of the box: sets up, starts the program, reports, waits to be killed. */
_Noreturn void box_init(struct box *box);
/* In words for the person who runs this: "making the mount namespace's root", and what may help (or NULL). */
const char *box_step_name(int step);
const char *box_step_remedy(int step, int error);
bool box_step_is_exec(int step);
bool box_step_is_mount(int step);

/* Parent: waits for the box's end, ends it where it must be, fills the outcome. */
int box_supervise(struct box *box, struct sandbox_command *command, struct sandbox_outcome *outcome, int interrupt_fd,
		  struct error **err);

#endif
