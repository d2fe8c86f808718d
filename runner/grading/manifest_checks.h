/*
 * What a sound manifest says besides what its format asks for. An exercise that
 * fails one of these can be graded, while it is being written; selftest refuses it.
 */
#ifndef ASSAY_MANIFEST_CHECKS_H
#define ASSAY_MANIFEST_CHECKS_H

#include "exercise/exercise.h"
#include "submission/submission.h"

struct manifest_check {
	const char *name;
	/* NULL where it holds; else what to change, which the caller frees. `reference`: its sources. */
	char *(*wrong)(const struct exercise *exercise, const struct submission *reference);
};

enum { MANIFEST_CHECK_COUNT = 3 };
extern const struct manifest_check manifest_checks[MANIFEST_CHECK_COUNT];

#endif
