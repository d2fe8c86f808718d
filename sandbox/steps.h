/*
 * What is done, in order, between the box's first process and the program's
 * exec, as rows of one table. Rows of init come first, and the last of them
 * makes the program, which does the others. A row that fails is reported by its
 * number and errno, and nothing runs.
 */
#ifndef ASSAY_SANDBOX_STEPS_H
#define ASSAY_SANDBOX_STEPS_H

#include "box.h"

/* Init: 0 when the program was executed, or -1 with box->failed_step and box->failed_errno set. */
int steps_take(struct box *box);

/* What may help where mounts are refused. */
extern const char step_mount_remedy[];
/* In words for the person who runs this: "making the root file system", and what may help (or NULL). */
const char *step_name(int step);
const char *step_remedy(int step, int error);
bool step_is_exec(int step);
bool step_is_mount(int step);

#endif
