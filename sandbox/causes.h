/*
 * Why the machine refuses what a box needs, and the one thing to do about it.
 * A remedy is one line, a command where there is one.
 */
#ifndef ASSAY_SANDBOX_CAUSES_H
#define ASSAY_SANDBOX_CAUSES_H

#include "sandbox.h"

/* What was refused; rows of the table of causes may be for several. */
enum refusal {
	REFUSED_USER_NAMESPACE = 1 << 0,
	REFUSED_RIGHTS = 1 << 1, /* in a user namespace that could be made */
	REFUSED_NAMESPACE = 1 << 2,
	REFUSED_CLONE3 = 1 << 3,
	REFUSED_MOUNT = 1 << 4,
	REFUSED_ROOT = 1 << 5, /* pivot_root */
	REFUSED_PROC = 1 << 6,
	REFUSED_LISTENER = 1 << 7,
	REFUSED_LANDLOCK = 1 << 8,
};

/* Never NULL; the caller frees it. */
char *cause_remedy(enum refusal refusal, int error);

/* Why a layer of control groups is not to be had; `some` where others are. The caller frees it. */
char *cause_no_cgroup(enum sandbox_layer layer, bool some);

/* What Landlock of this ABI does not confine and a later one does; NULL where boxes use no more. The caller frees it.
 */
char *cause_landlock_lacks(int abi);

#endif
