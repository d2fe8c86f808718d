/*
 * The levels that evidence can support, in rising order: one table for the
 * verdict, every report format and the profile. And the rule by which one is given,
 * as it is told to candidates (grading/standing.h is what does it).
 */
#ifndef ASSAY_REPORTS_LEVELS_H
#define ASSAY_REPORTS_LEVELS_H

enum { LEVEL_COUNT = 4 };

struct level {
	const char *name;    /* "Rust learner" */
	const char *expects; /* what a team can expect, a part of a sentence */
};

extern const struct level levels[LEVEL_COUNT];

/* Three sentences. */
enum { LEVEL_RULE_COUNT = 3 };
extern const char *const level_rule[LEVEL_RULE_COUNT];

/* Any number: one that is not a level reads as "unknown level". */
const char *level_name(int level);

#endif
