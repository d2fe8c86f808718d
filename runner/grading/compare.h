/*
 * The verdict on one test: what the submission's process said beside what the
 * reference's said, both from outside.
 */
#ifndef ASSAY_COMPARE_H
#define ASSAY_COMPARE_H

#include "grading/evidence.h"

/* Fills status, why, detail, inputs, difference and metrics from two transcripts and the submission's outcome. */
void compare_transcripts(const struct transcript *reference, const struct transcript *submission,
			 const struct sandbox_outcome *outcome, struct test_evidence *test);

/* Why the reference's own run of a test is none to compare with, in words; NULL where it is. The caller frees it. */
char *compare_reference_trouble(const struct transcript *reference, const struct sandbox_outcome *outcome);

#endif
