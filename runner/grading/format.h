/*
 * Is a submission formatted as rustfmt would?
 */
#ifndef ASSAY_FORMAT_H
#define ASSAY_FORMAT_H

#include "grading/evidence.h"
#include "submission/submission.h"

/*
 * Fills format_observed and format_changed. `source` is the folder in which the
 * submission was laid; `units` as in pipeline.h. The outcome is left alone where nothing ran.
 */
int format_observe(const struct engine *engine, const char *source, const struct exercise *exercise,
		   const struct submission *submission, const bool *units, struct evidence *evidence,
		   struct sandbox_outcome *outcome, struct error **err);

#endif
