/*
 * One box: what the parent lays out, what the child does with it. Internal
 * to sandbox/. What the two say to each other is in message.h and order.h.
 *
 *   box_make        everything but the program: init is born and sets itself up
 *   box_supervise   orders the program, sees it to its end; fills the outcome
 *   box_unmake      nothing of the box is left; its slot is free for the next
 *
 * The child is a copy of the parent made by clone without CLONE_VM, possibly of
 * a parent with other threads, so until exec it may only make system calls: it
 * allocates nothing, formats nothing and calls nothing of libc that takes a
 * lock. All that it needs is in struct box beforehand, but for the order; it
 * writes only to its own copy.
 */
#ifndef ASSAY_SANDBOX_BOX_H
#define ASSAY_SANDBOX_BOX_H

#include "birth.h"
#include "cgroup.h"
#include "filter.h"
#include "identity.h"
#include "order.h"
#include "sandbox.h"
#include "slot.h"
#include "view.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * For functions that run on a stack which sanitizers do not know as this thread's, and that end the process: they
 * would say so on standard error.
 */
#define ON_OWN_STACK __attribute__((no_sanitize("address")))

/* The handle; const once sandbox_open has returned, but for what the pointers point to. */
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
	struct slots *slots;
};

struct box {
	const struct sandbox *sandbox;
	enum sandbox_profile profile;
	struct sandbox_limits limits;
	unsigned int layers; /* to be in force */
	struct view view;
	struct slot *slot;
	struct cgroup group;
	int control; /* init's end of the control socket */
	int **kept; /* every descriptor above that init may hold, or -1; all others are closed */
	size_t kept_count;
	struct birth birth;
	bool is_empty; /* init has seen that nothing is left but itself */
	bool stale; /* the slot's copy of the host's mounts is older than what the caller sees */
	/* the child's own */
	int came[ORDER_STREAMS]; /* descriptors, with the parent's last message */
	int ruleset;
	int listener;
	int signals;
	pid_t program;
	int failed_step; /* -1 for none */
	int failed_errno;
};

/* Where it fails the box is to be unmade all the same. */
int box_make(struct box *box, const struct sandbox *sandbox, const struct sandbox_policy *policy, struct error **err);
/* -1 where something of the box does not die. */
int box_unmake(struct box *box, struct error **err);

/* PID 1 of the box: sets up, starts the program, reports, waits to be killed. */
_Noreturn void box_init(struct box *box);

/* Parent: orders the program, waits for the box's end, ends it where it must be, fills the outcome. */
int box_supervise(struct box *box, struct sandbox_command *command, struct sandbox_outcome *outcome, int64_t called_us,
		  struct error **err);

/* Readable from the first sandbox_interrupt on. */
int sandbox_interrupt_fd(void);

#endif
