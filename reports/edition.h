/*
 * Editions of a report: for whom it is written.
 *
 * The grader's edition is the whole document. The candidate's is made from it by
 * an allow-list (edition.c): a key of the document is hidden until a row says that
 * a candidate may see it, and of a hidden test no more is told than the
 * `feedback` of its group lets it tell:
 *
 *     none     nothing at all, not even that there is such a test
 *     names    group, name, sentence and status; how it failed in one of four words
 *     inputs   the inputs too, the precise word, and where in the candidate's own code it panicked
 *     full     what was expected and observed too, and a panic's words
 *
 * What a submission can steer while a test runs is a way out for the inputs that it
 * was fed: the words and the place of a panic, numbers it makes a test measure,
 * time and memory. So these count as observed values and not as the candidate's own
 * text. What the compiler says of a hidden file is never told: macros of a
 * submission are expanded there, and can quote it.
 *
 * What is hidden is absent, and never null or 0 in its place. The way back does not
 * exist. assay-report-1.candidate.schema.json says what is left.
 */
#ifndef ASSAY_REPORTS_EDITION_H
#define ASSAY_REPORTS_EDITION_H

#include "base/error.h"

#include <cjson/cJSON.h>

enum report_edition { EDITION_GRADER, EDITION_CANDIDATE, EDITION_COUNT };

extern const char *const report_edition_names[EDITION_COUNT + 1]; /* the last is NULL */

/* Which edition a document is: the grader's where it does not say. ERROR_OTHER where it says something else. */
int report_edition_of(const cJSON *report, enum report_edition *edition, struct error **err);
/*
 * The document in that edition, as a new tree: safe with any document, whatever
 * is missing or of another type in it. ERROR_OTHER where a grader's edition is asked of a
 * candidate's.
 */
int report_edition_make(const cJSON *report, enum report_edition edition, cJSON **made, struct error **err);

#endif
