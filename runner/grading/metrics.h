/*
 * Numbers that tests report, for criteria that bound them. Allocations
 * (t.count) are counted outside the test's process (rust/tally.h), in a copy of its
 * program; other numbers (t.metric) are the test's own word.
 */
#ifndef ASSAY_METRICS_H
#define ASSAY_METRICS_H

#include "grading/evidence.h"

/* Whether the test reports a metric, so that it runs in the copy that tells its allocations. */
bool metrics_of_test(const struct exercise *exercise, const char *test);
/* Makes that copy beside the program of the hidden file, where any of its tests needs it. */
int metrics_prepare(const struct exercise *exercise, const char *file, const char *program, struct error **err);
/* Its path; the caller frees it. */
char *metrics_program(const char *program);

/* Fills the metrics that the test reports from what both said. */
void metrics_collect(const struct exercise *exercise, const struct test_evidence *test,
		     const struct transcript *reference, const struct transcript *submission,
		     struct metric_evidence *metrics);

#endif
