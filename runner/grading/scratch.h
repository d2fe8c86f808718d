/*
 * A grading's scratch folder: what a submission is compiled from, and what comes of it.
 *
 * It is removed by scratch_close. What a killed program or a power cut leaves is
 * swept by a later one (scratch_sweep, once a program): a folder is its maker's as
 * long as the maker holds a lock on it, which the kernel lets go with the maker.
 */
#ifndef ASSAY_SCRATCH_H
#define ASSAY_SCRATCH_H

#include "base/error.h"

#include <stdbool.h>

struct scratch {
	char *path;
	int lock; /* descriptor of the folder */
};

int scratch_open(struct scratch *scratch, struct error **err);
/* `keep` leaves the folder, under a name that nobody sweeps, and says on standard error where it is. */
void scratch_close(struct scratch *scratch, bool keep);

/* Removes what dead programs of this user left below $TMPDIR or /tmp. What cannot be removed is left alone. */
void scratch_sweep(void);

#endif
