/*
 * The hidden tests of one submission, with one seed after the other.
 *
 *     observing_new ─ observing_begin ─┬─ observing_linked for each program ── tasks_wait ─ observing_collect
 *                                      └────────── observing_again ──────────────┘
 *
 * Each test is run with the submission when its program is linked, and with the
 * reference meanwhile, unless what it did for a seed that was given is known
 * (observations.h); the later of the two is compared with the other. What was
 * built hangs on no seed: with another, only tests are run.
 */
#ifndef ASSAY_OBSERVING_H
#define ASSAY_OBSERVING_H

#include "grading/pipeline.h"
#include "grading/sanitizing.h"

struct observing; /* opaque */

/* Plans the tests in `evidence`, which has its units and programs. All of it must outlive the result. */
struct observing *observing_new(const struct exercise *exercise, const struct preparation *preparation,
				const struct pipeline_options *options, struct measuring *measuring,
				struct evidence *evidence);
/* Takes NULL. */
void observing_free(struct observing *observing);

/* One for each sanitizer, each of which may be NULL. ERROR_EXERCISE comes of a task where the reference itself cannot be observed. */
void observing_begin(struct observing *observing, struct tasks *tasks,
		     struct sanitizing *const sanitizing[SANITIZER_KINDS]);
/* The program is at `path` now, which is kept. From a task. */
void observing_linked(struct observing *observing, size_t program, const char *path);

/* When all tasks are done: what the tests reported, and what AddressSanitizer made of them. */
void observing_collect(struct observing *observing);

/* Forgets what was seen and begins anew, with the seed that stands in the evidence by now. */
void observing_again(struct observing *observing, struct tasks *tasks);

#endif
