/*
 * What a box has used: as its control group counts, and where no group does, as
 * the kernel counted for who waited, or (while it runs) as /proc tells.
 */
#ifndef ASSAY_SANDBOX_METER_H
#define ASSAY_SANDBOX_METER_H

#include "box.h"

#include <sys/resource.h>

struct meter {
	uint64_t tree_cpu_us; /* where no group counts: what the box had used when last looked at */
	struct rusage use;    /* of init and all that it saw end; the caller fills it by waiting */
};

/* Does the group count all that is asked for? Then nobody needs to be waited for. */
bool meter_is_group(const struct box *box);
/* The last look before those are killed whom no group counts. */
void meter_look(struct meter *meter, const struct box *box, pid_t init);
/* While the box lives. */
void meter_read(struct meter *meter, const struct box *box, pid_t init, struct cgroup_usage *usage);
/* When init was waited for. `program_peak_kib` is what init said, 0 where it said nothing. */
void meter_read_last(const struct meter *meter, const struct box *box, uint64_t program_peak_kib,
		     struct cgroup_usage *usage);

#endif
