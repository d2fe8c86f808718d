/*
 * Findings: what a reader of a report should know besides the verdict. Each is a
 * fact with its place, a sentence for people who do not write Rust, and what was
 * done about it; never a claim about intent.
 *
 * All ids are rows of one table (findings.c). Severities: "note" is worth
 * knowing; "warning" changes how the evidence is to be read; "serious" is
 * something that went beyond its bounds.
 */
#ifndef ASSAY_FINDINGS_H
#define ASSAY_FINDINGS_H

#include "grading/report_parts.h"

/* Adds the array `findings` to the report. */
void findings_add(cJSON *report, const struct report_sources *sources);

#endif
