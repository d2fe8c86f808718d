/*
 * One box: what the parent lays out, what the child does with it. Internal
 * to sandbox/. What the two say to each other is in message.h.
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

/* PID 1 of the box: sets up, starts the program, reports, waits to be killed. */
_Noreturn void box_init(struct box *box);

/* Parent: waits for the box's end, ends it where it must be, fills the outcome. */
int box_supervise(struct box *box, struct sandbox_command *command, struct sandbox_outcome *outcome, int interrupt_fd,
		  struct error **err);

#endif
