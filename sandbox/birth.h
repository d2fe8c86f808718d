/*
 * How a box's init comes into the world: a copy of the parent in the
 * namespaces of a slot (slot.h) and some of its own.
 *
 * The parent itself cannot enter a slot's namespaces, so a child of it that
 * shares its memory and descriptors goes there, as across a stepping stone, and
 * bears init as the parent's own child (CLONE_PARENT): it is waited for and
 * dies with the parent as if the parent had borne it.
 */
#ifndef ASSAY_SANDBOX_BIRTH_H
#define ASSAY_SANDBOX_BIRTH_H

#include "base/error.h"

#include <sys/resource.h>
#include <sys/types.h>

struct box;

/* The parent's hold on init; 0 and -1 before. */
struct birth {
	pid_t init;
	int handle; /* pidfd */
	int control; /* the parent's end of the control socket */
};

/* Init is made and sets itself up. All that it needs is in the box, but for the order. */
int birth_give(struct box *box, struct error **err);

/*
 * Kills what is left of the box, and waits until init is gone, which is not before all its namespace is.
 * `use` is what they used. Closes the parent's hold; a box without init is left alone.
 */
void birth_end(struct box *box, struct rusage *use);

/* Leaves the init of an empty box, which is ending, to the slot. */
void birth_leave(struct box *box);

/* Says why namespaces could not be made, by errno. */
int explain_clone(struct error **err);

#endif
