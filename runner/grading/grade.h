/*
 * A grading from end to end: what `assay grade` and `assay selftest` share.
 */
#ifndef ASSAY_GRADE_H
#define ASSAY_GRADE_H

#include "grading/judge.h"
#include "grading/pipeline.h"
#include "grading/prepare.h"
#include "grading/session.h"
#include "submission/submission.h"

#include <stdbool.h>
#include <stdint.h>

struct grading {
	struct evidence evidence;
	struct verdict verdict;
	struct pipeline *pipeline; /* while tests may be run again */
};

/* Runs the pipeline, reads answers, judges. The grading is released with grading_release, failed or
 * not. */
int grading_run(const struct session *session, const struct exercise *exercise, const struct preparation *preparation,
		const struct submission *submission, const struct pipeline_options *options, struct grading *grading,
		struct error **err);
/* The same with several seeds: what hangs on none is done once. */
int grading_begin(const struct session *session, const struct exercise *exercise, const struct preparation *preparation,
		  const struct submission *submission, const struct pipeline_options *options, struct grading *grading,
		  struct error **err);
int grading_again(const struct session *session, const struct exercise *exercise, uint64_t seed,
		  struct grading *grading, struct error **err);
void grading_release(struct grading *grading, const struct exercise *exercise);

/* A seed that nobody can foresee. */
int grading_draw_seed(uint64_t *seed, struct error **err);
/* Decimal or 0x…; false where it is neither. */
bool grading_parse_seed(const char *text, uint64_t *seed);

#endif
