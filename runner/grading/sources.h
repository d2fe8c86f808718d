/*
 * A submission's sources under the source rules (rust/source_rules.h): laid out
 * for the compiler without what blinds lints, looked through once, and judged
 * for each unit when the compiler has said which files it read.
 *
 *     sources_lay → prepare_build (a unit) → sources_settle (that unit)
 */
#ifndef ASSAY_SOURCES_H
#define ASSAY_SOURCES_H

#include "grading/evidence.h"
#include "submission/submission.h"

/*
 * Writes the submission below `folder` and appends what the rules find to `hits`, in all of its files that the
 * compiler could read as code. An exercise without code has no sources: nothing is looked for.
 */
int sources_lay(const struct submission *submission, const struct exercise *exercise, const char *folder,
		struct source_hits *hits, struct error **err);

/*
 * Gives the unit those hits that concern it. One that is not to be had in a
 * submission makes it count as not compiled, with an error at the place.
 */
void sources_settle(const struct source_hits *hits, struct unit_evidence *unit);

#endif
