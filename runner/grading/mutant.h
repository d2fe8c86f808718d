/*
 * A mutant as a compiled crate, for a submission's own tests to be linked with:
 * made when it is asked for first, and kept in the cache as the reference is.
 */
#ifndef ASSAY_MUTANT_H
#define ASSAY_MUTANT_H

#include "grading/prepare.h"

/*
 * `built` gets the folder with its lib<crate>.rlib, which the caller frees; NULL where it does not compile. Its
 * sources are not kept.
 */
int mutant_prepare(const struct session *session, const struct exercise *exercise,
		   const struct preparation *preparation, const struct exercise_mutant *mutant, char **built,
		   struct error **err);

#endif
