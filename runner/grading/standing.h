/*
 * The level rule, in one place: over all criteria, and over those of one axis.
 *
 * A level is held when it has criteria and all of them, and all of the levels
 * below, are met. Points tell how near the rest is, and buy no level. The axis of
 * idiom stands on the other: where no level of design is held, code that does not
 * do what it must is not praised for how it is written.
 *
 * Called by judge.c when every criterion has its status.
 */
#ifndef ASSAY_STANDING_H
#define ASSAY_STANDING_H

#include "grading/judge.h"

/* Fills `whole` and `axes` of the verdict from its criteria. */
void standing_judge(const struct exercise *exercise, struct verdict *verdict);

/*
 * What is wrong with a sample's levels, which the caller frees; NULL where they are
 * as the manifest says. What this machine cannot look at is not held against it.
 */
char *standing_wrong(const struct exercise_sample *sample, const struct verdict *verdict);

#endif
