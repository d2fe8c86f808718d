/* How a box's init comes into the world: a copy of the parent in namespaces of its own. */
#ifndef ASSAY_SANDBOX_BIRTH_H
#define ASSAY_SANDBOX_BIRTH_H

#include "box.h"

/* The parent's hold on init; -1 and 0 before. The caller closes the two descriptors. */
struct birth {
	pid_t init;
	int handle;  /* pidfd */
	int control; /* the parent's end of the control socket */
};

/* Init is made, and waits for its id maps. All that it needs is in the box. */
int birth_begin(struct box *box, struct birth *birth, struct error **err);
/* Writes the maps and lets init go on. */
int birth_complete(const struct box *box, const struct birth *birth, struct error **err);

#endif
