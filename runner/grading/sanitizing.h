/*
 * The same tests once more, with a sanitizer, where an exercise asks for it:
 *
 *     compile ── link each program ──┬─ observe each test
 *     the ordinary run of the test ──┘
 *
 * beside the ordinary steps, which alone decide a test. Calls, in this order:
 * sanitizing_new, sanitizing_begin for each unit that the ordinary compile has
 * type-checked, sanitizing_observed for each test that was run, sanitizing_judge
 * for each test when all tasks are done, sanitizing_free. With another seed the
 * tests alone are run again: sanitizing_again, before any is. All but
 * sanitizing_new take NULL, and do nothing then.
 */
#ifndef ASSAY_SANITIZING_H
#define ASSAY_SANITIZING_H

#include "grading/measuring.h"
#include "grading/prepare.h"
#include "grading/tasks.h"

struct sanitizing; /* opaque */

/*
 * NULL where the exercise does not ask for it, where it is left out, or where there is none: the evidence then says why.
 * `source` holds the submission; folders and programs are made in `scratch`. `evidence` has its units, programs and
 * tests; all of it must outlive the result.
 */
struct sanitizing *sanitizing_new(enum sanitizer_kind kind, const struct exercise *exercise,
				  const struct preparation *preparation, const char *source, const char *scratch, struct measuring *measuring,
				  struct evidence *evidence, bool left_out);
void sanitizing_begin(struct sanitizing *sanitizing, struct tasks *tasks, size_t unit);
/* `outcome` is the ordinary run's: a test that ran out of time is not given four times as much. */
void sanitizing_observed(struct sanitizing *sanitizing, size_t test, const struct sandbox_outcome *outcome);
/* `reference` is what the reference gave in the test. The ordinary verdict on the test is in the evidence. */
void sanitizing_judge(struct sanitizing *sanitizing, size_t test, const struct transcript *reference);
/* Forgets what tests showed. `tasks` are those that the ordinary runs are in by now. */
void sanitizing_again(struct sanitizing *sanitizing, struct tasks *tasks);
void sanitizing_free(struct sanitizing *sanitizing);

#endif
