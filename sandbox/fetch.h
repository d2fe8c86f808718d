/*
 * Reading what a program left behind, as one reads what a stranger left: by a
 * descriptor of its folder, no link followed, no device or pipe opened for
 * long, never more than the limit.
 */
#ifndef ASSAY_SANDBOX_FETCH_H
#define ASSAY_SANDBOX_FETCH_H

#include "sandbox.h"

struct sandbox_live {
	int scratch; /* the box's /tmp, O_PATH; it outlives the box while this is open */
};

/* Sets fetch->found. `scratch` may be -1: nothing is found. */
void fetch_file(int scratch, struct sandbox_fetch *fetch);

#endif
