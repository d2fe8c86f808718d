/*
 * Makes what prepare.h keeps of a reference: its programs, reference.json and the clippy configuration, in a folder of
 * the cache. Used by prepare.c only.
 */
#ifndef ASSAY_REFERENCE_H
#define ASSAY_REFERENCE_H

#include "grading/prepare.h"

struct reference_making {
	const struct exercise *exercise;
	struct preparation *preparation; /* its paths point into the entry's final place */
};

/* For cache_entry: `context` is a struct reference_making. ERROR_EXERCISE where the exercise is not sound. */
int reference_make(const char *folder, void *context, struct error **err);

#endif
