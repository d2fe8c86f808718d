/*
 * From evidence to a level: what the exercise asks for, row by row.
 *
 * A criterion is met, unmet, or unobserved (something before it failed, so that
 * it could not be looked at; it counts as not met). What levels follow from that
 * is the rule of standing.h.
 *
 * What this machine cannot look at (a sanitizer that its toolchain does not have)
 * counts as not met too: no level is won by a toolchain that lacks something. That
 * it may have cost one is said: `level_open` is the level if it were met.
 */
#ifndef ASSAY_JUDGE_H
#define ASSAY_JUDGE_H

#include "grading/evidence.h"
#include "rust/toolchain.h"

struct criterion_verdict {
	enum status status;
	bool unavailable;	      /* unobserved, and no submission could change that on this machine */
	char *evidence;		      /* one sentence: what decided it */
	struct counted_place *places; /* where, if it is unmet; `says` is what stands there */
	size_t place_count;
};

/* Over all criteria, or those of one axis. Where there are none, all is 0. */
struct standing {
	int level, highest_level;
	int level_open; /* `level`, if what is unavailable were met */
	int points, points_possible;
	double score; /* percent, one decimal: the share of points of met criteria */
};

struct verdict {
	struct criterion_verdict *criteria; /* in the order of the manifest */
	struct standing whole, axes[AXIS_COUNT];
};

void judge(const struct exercise *exercise, const struct toolchain *toolchain, const struct evidence *evidence,
	   struct verdict *verdict);
void verdict_release(struct verdict *verdict, const struct exercise *exercise);

/* True where the unit compiled and all its tests passed. */
bool judge_unit_holds(const struct exercise *exercise, const struct evidence *evidence, size_t unit);

#endif
