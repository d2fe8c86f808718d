/*
 * Where in the code an unmet criterion would have shown. A bound on lints or uses
 * has places of its own; of a test that failed or of an allocation too many the
 * manifest says in which items to look (`shows_in`).
 *
 * Call after judge.
 */
#ifndef ASSAY_SHOWN_IN_H
#define ASSAY_SHOWN_IN_H

#include "grading/judge.h"
#include "submission/submission.h"

/* Adds places to criteria that are unmet and have none: at most three of each. */
void shown_in_add(const struct exercise *exercise, const struct submission *submission, struct verdict *verdict);

/* The first name of any `shows_in` that no item of these sources has; NULL where there is none. */
const char *shown_in_missing(const struct exercise *exercise, const struct submission *submission);

#endif
