/*
 * Reading what a program left behind, as one reads what a stranger left: by a
 * descriptor of its folder, no link followed, no device or pipe opened for
 * long, never more than the limit.
 */
#ifndef ASSAY_SANDBOX_FETCH_H
#define ASSAY_SANDBOX_FETCH_H

#include "sandbox.h"

#include <pthread.h>

struct sandbox_live {
	int scratch;              /* the box's /tmp, O_PATH; it outlives the box while this is open. -1: there is none */
	pthread_rwlock_t *births; /* the handle's */
};

/* Sets fetch->found and fetch->failure. */
void fetch_file(const struct sandbox_live *live, struct sandbox_fetch *fetch);

#endif
