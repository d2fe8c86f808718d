/*
 * What a box needs of the kernel, each tried by itself, in a child that does
 * nothing else and is gone afterwards.
 */
#ifndef ASSAY_SANDBOX_TRIALS_H
#define ASSAY_SANDBOX_TRIALS_H

#include "causes.h"

#include <stdbool.h>
#include <stddef.h>

struct trial {
	const char *id, *name;
	const char *works;    /* what is found where it does */
	enum refusal refusal; /* and what it is where it does not */
	bool is_inside;	      /* in a user namespace of the child's own … */
	int namespaces;	      /* … and in these */
	int (*attempt)(void); /* then this, which returns 0 or an errno; NULL where the namespaces are all */
	bool is_gate;	      /* without it, no later trial inside is worth while */
};

extern const struct trial trials[];
extern const size_t trial_count;

/* 0, or the errno with which the kernel refused. */
int trial_run(const struct trial *trial);

#endif
