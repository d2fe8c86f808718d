/*
 * The submission's own tests, where a criterion of the exercise asks for them
 * (`own_tests`, `kills`):
 *
 *     each tests/NAME.rs: link with the reference ── list ── run each test ──┐ all of them pass
 *     each mutant that is asked for: ┌───────────────────────────────────────┘
 *         compile (cached) ── link each file ── run tests until one fails ── once more, and on the reference
 *
 * The files are a stranger's, and what they are linked with is the reference and
 * wrong solutions, which no candidate is to see. So a box shows the folder tests/
 * of the submission and a compiled crate, never a source; the compiler must have
 * read nothing else (include_bytes! of the crate); nothing that a test or the
 * compiler says is kept but names of tests that stand in the candidate's own text;
 * and a pass is an end record with the secret of that run, as with plain tests
 * (harness/plain.rs). Of the mutants, reports tell counts.
 *
 * A test that fails now and then would "kill" what it likes: a kill counts only
 * where the test fails on the mutant a second time and passes on the reference
 * a second time, and a test that does not is one that fails on the reference.
 *
 * Left out of all of it are tests that the starter gives: a file of the same bytes,
 * and functions that the starter's file of that name has.
 *
 * Calls, in this order: own_tests_new, own_tests_begin, own_tests_collect when all tasks
 * are done, own_tests_free. All but the first take NULL, and do nothing then.
 */
#ifndef ASSAY_OWN_TESTS_H
#define ASSAY_OWN_TESTS_H

#include "grading/measuring.h"
#include "grading/pipeline.h"
#include "grading/tasks.h"
#include "submission/submission.h"

#define OWN_FILES_MOST 8
#define OWN_TESTS_MOST 100 /* of one file */
#define OWN_TESTS_MS 10000 /* for all of them, with the reference and with each mutant */

struct own_tests; /* opaque */

/*
 * NULL where no criterion asks, or where they are left out. `source` is the folder in which the submission's files
 * were laid; programs are made beside it. `hits` are those of its sources. All of it must outlive the result.
 */
struct own_tests *own_tests_new(const struct session *session, const struct exercise *exercise,
				const struct preparation *preparation, const struct submission *submission,
				const struct pipeline_options *options, const char *source,
				const struct source_hits *hits, struct measuring *measuring, struct evidence *evidence);
void own_tests_begin(struct own_tests *own, struct tasks *tasks);
/* Fills evidence->own. */
void own_tests_collect(struct own_tests *own);
void own_tests_free(struct own_tests *own);

#endif
