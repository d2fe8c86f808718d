/*
 * Writes a grading down: the assay-report/1 document (reports/assay-report-1.schema.json
 * says what each key means). The document is const from then on.
 *
 * All that may differ between two gradings of the same bytes with the same seed
 * is under "measured".
 */
#ifndef ASSAY_REPORT_BUILD_H
#define ASSAY_REPORT_BUILD_H

#include "grading/judge.h"
#include "submission/submission.h"

#include <cjson/cJSON.h>
#include <stdint.h>

struct report_measures {
	int64_t started_s; /* Unix time */
	int64_t total_ms;
};

/* The caller frees the document with cJSON_Delete. */
cJSON *report_build(const struct exercise *exercise, const struct submission *submission,
		    const struct toolchain *toolchain, const struct evidence *evidence, const struct verdict *verdict,
		    const struct report_measures *measures);

/* The report on a submission that was refused at the door. `name` is what the grader called it. */
cJSON *report_build_refused(const struct exercise *exercise, const char *name, const char *reason,
			    const struct report_measures *measures);

#endif
