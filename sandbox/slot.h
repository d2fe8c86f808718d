/*
 * Slots: what boxes have one after another.
 *
 * A network namespace costs more than all other namespaces of a box together, and
 * a program leaves nothing in one: nobody inside has rights over it, the filter
 * lets no program have a socket that has a name there, and without the filter
 * sockets end with their processes, if some a moment later. Of the user
 * namespace, with its one id, what could stay is its keyrings, which the filter
 * refuses and each box begins by emptying. In the UTS namespace and in the mounts
 * that every box begins with (founder.h) nothing can be left at all. So these are
 * made once and used by one box at a time; everything that a program could leave
 * something in (its files, processes, IPC objects) is made anew for each.
 *
 *   slots_take      a slot that is free, or a new one
 *   slot_take_group if the box is to have a control group
 *   slot_tidy       while the box sets itself up: removes the last one's group if it is of no use
 *   slots_give_back when nothing of the box is left but what the slot was left
 *
 * Many threads may take slots of one handle. A process that was forked from
 * the one that opened the handle does not get the slots that were free then.
 */
#ifndef ASSAY_SANDBOX_SLOT_H
#define ASSAY_SANDBOX_SLOT_H

#include "cgroup.h"
#include "founder.h"
#include "identity.h"
#include "order.h"
#include "sandbox.h"

#include <pthread.h>

#define SLOT_STACK (128 * 1024)

struct slot {
	struct slot *next; /* in the list of the free ones */
	unsigned int layers;
	struct identity identity;
	int namespaces[SLOT_NAMESPACE_COUNT]; /* -1 for none */
	struct order *order; /* of the box that has the slot */
	char *stack; /* of the stepping stone (birth.c), SLOT_STACK bytes */
	/* what the last box left, which is empty */
	int leaving; /* a pidfd: its init, which is ending; -1 for none */
	struct cgroup group;
};

struct slots {
	pthread_mutex_t lock;
	struct slot *idle;
	pid_t owner;
	unsigned int numbered; /* so far */
};

void slots_begin(struct slots *slots);
void slots_end(struct slots *slots);

/* For a box with these layers. The slot is the caller's until it gives it back or drops it. */
int slots_take(const struct sandbox *sandbox, unsigned int layers, struct slot **slot, struct error **err);
void slots_give_back(struct slots *slots, struct slot *slot);
/* Drops the free ones. */
void slots_clear(struct slots *slots);
/* Instead of giving it back, where something of the box may be left. */
void slot_drop(struct slot *slot);

/* The last box's group made as good as new, or a new one. Where it fails, the group is to be destroyed all the same. */
int slot_take_group(const struct sandbox *sandbox, struct slot *slot, struct cgroup *group, struct error **err);
/* Takes a tenth of a millisecond, at a time when there is nothing to do but to wait. */
void slot_tidy(struct slot *slot);

#endif
