/*
 * From evidence to a level: what the exercise asks for, row by row.
 *
 * A criterion is met, unmet, or unobserved (something before it failed, so that
 * it could not be looked at; it counts as not met). The level is the highest one
 * that has criteria and all of whose criteria, and those of the levels below, are
 * met. The score is the share of points of met criteria.
 */
#ifndef ASSAY_JUDGE_H
#define ASSAY_JUDGE_H

#include "grading/evidence.h"
#include "rust/toolchain.h"

struct criterion_verdict {
	enum status status;
	char *evidence;		      /* one sentence: what decided it */
	struct counted_place *places; /* where, if it is unmet; `says` is what stands there */
	size_t place_count;
};

struct verdict {
	struct criterion_verdict *criteria; /* in the order of the manifest */
	int level, highest_level;
	int points, points_possible;
	double score; /* percent, one decimal */
};

void judge(const struct exercise *exercise, const struct toolchain *toolchain, const struct evidence *evidence,
	   struct verdict *verdict);
void verdict_release(struct verdict *verdict, const struct exercise *exercise);

/* True where the unit compiled and all its tests passed. */
bool judge_unit_holds(const struct exercise *exercise, const struct evidence *evidence, size_t unit);

#endif
