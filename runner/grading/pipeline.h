/*
 * One grading: from a submission to evidence.
 *
 *     prepare → pipeline_begin → judge (judge.h) → report (report_build.h)
 *                    └─ pipeline_again → judge …     with another seed
 *
 * Steps run side by side as far as what they need is there:
 *
 *     build unit ──┬─ link program ── observe each test ─┐
 *                  └─ probe, twin                        ├─ compare
 *     format       observe each test of the reference ───┘
 *
 * Linking and probing begin when the unit is type-checked, while its code is
 * still being generated; the linker itself waits at a gate (steps.h).
 * A thread that has nothing else to do before then makes the box of the link
 * ready. (Boxes for the tests were tried too: what they save at the end is less
 * than what making and removing them costs the compiler beside them.)
 */
#ifndef ASSAY_PIPELINE_H
#define ASSAY_PIPELINE_H

#include "grading/evidence.h"
#include "grading/prepare.h"

struct pipeline_options {
	uint64_t seed;
	bool seed_is_given; /* what the reference does for it is kept (observations.h) */
	const bool *units; /* one a unit: false leaves it out; NULL: all */
	bool without_sanitizer; /* leaves its half of the work out: no test is seen clean */
	bool without_own_tests; /* of the submission: they are not run */
	bool without_probes, without_format; /* none is looked at: what asks for them is unobserved */
};

struct pipeline; /* opaque: what was built, for as long as tests may be run again */

/*
 * Fills `evidence` (zeroed). Text in it may point into exercise and preparation, which must outlive it; the options must
 * outlive the pipeline. ERROR_EXERCISE where the reference itself cannot be observed. pipeline_end ends what was begun.
 */
int pipeline_begin(const struct session *session, const struct exercise *exercise,
		   const struct preparation *preparation, const struct submission *submission,
		   const struct pipeline_options *options, struct evidence *evidence, struct pipeline **begun,
		   struct error **err);
/*
 * Runs the hidden tests once more, with another seed: in the evidence the tests, metrics and what AddressSanitizer saw
 * are replaced, times are added, and the rest stays.
 */
int pipeline_again(struct pipeline *pipeline, uint64_t seed, struct error **err);
/* The evidence stays. Takes NULL. */
void pipeline_end(struct pipeline *pipeline);

#endif
