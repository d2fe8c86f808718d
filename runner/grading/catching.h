/* Whether what a manifest names catches a mutant, and what of a grading it takes to see it. */
#ifndef ASSAY_CATCHING_H
#define ASSAY_CATCHING_H

#include "grading/grade.h"

/* NULL where each name catches it; else which does not, which the caller frees. */
char *catching_trouble(const struct exercise *exercise, const struct exercise_mutant *mutant,
		       const struct grading *grading);

/*
 * The units that must be built, one flag each, which the caller frees; NULL: all. `over` holds the mutant's own files.
 * A mutant of one unit that a test must catch needs that unit only. Criteria look at all of them.
 */
bool *catching_units(const struct exercise *exercise, const struct exercise_mutant *mutant,
		     const struct submission *over);
/* Sets what is left out, because nothing that must catch the mutant asks for it. */
void catching_leave_out(const struct exercise *exercise, const struct exercise_mutant *mutant,
			struct pipeline_options *options);

#endif
