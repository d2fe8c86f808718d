/* The evidence's parts of a report, each an array of its own; used by report_build.c only. */
#ifndef ASSAY_REPORT_PARTS_H
#define ASSAY_REPORT_PARTS_H

#include "grading/judge.h"
#include "submission/submission.h"

#include <cjson/cJSON.h>

struct report_sources {
	const struct exercise *exercise;
	const struct submission *submission;
	const struct evidence *evidence;
	const struct verdict *verdict;
};

/* criteria, builds, tests, probes, uses, lints, metrics, format, questions, unsafe, own_tests, findings, interview: in this order. */
void report_add_parts(cJSON *report, const struct report_sources *sources);

/* What is known of unsafe code, and what was not looked at (report_unsafe.c); null where the exercise allows none. */
void report_add_unsafe(cJSON *report, const struct report_sources *sources);
/* The submission's own tests (report_own.c); nothing where no criterion asks for them. */
void report_add_own_tests(cJSON *report, const struct report_sources *sources);
/* What to ask its author (report_interview.c). */
void report_add_interview(cJSON *report, const struct report_sources *sources);
/* Places, at most as many as a report holds of one list. */
void part_places(cJSON *object, const struct counted_place *places, size_t count);

/* A new object at the end of an array. */
cJSON *part_add(cJSON *array);
/* A string, made valid UTF-8, or null. */
void part_text(cJSON *object, const char *key, const char *text);

#endif
