/*
 * What a box has used: as its control group counts, and where no group does, as
 * the kernel counted for who waited, or (while it runs) as /proc tells.
 */
#ifndef ASSAY_SANDBOX_METER_H
#define ASSAY_SANDBOX_METER_H

#include "box.h"
#include "process_tree.h"

#include <sys/resource.h>

struct meter {
	/* where no group counts */
	struct tree_use tree; /* what the box had used when last looked at */
	uint64_t tree_peak_kib; /* the most that was seen */
	uint64_t init_cpu_us, init_peak_kib; /* what init said at the program's end, or 0 */
	struct rusage use; /* of init and all that it saw end; who waited for it fills it */
};

/* The last look before those are killed whom no group counts. */
void meter_look(struct meter *meter, const struct box *box);
/* While the box lives. */
void meter_read(struct meter *meter, struct box *box, struct cgroup_usage *usage);
/* When the box is empty, or init was waited for. False where the group could not be read. */
bool meter_read_last(const struct meter *meter, struct box *box, struct cgroup_usage *usage);

#endif
