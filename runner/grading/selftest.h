/*
 * Proof that an exercise is sound, before anybody is graded by it.
 *
 * selftest_exercise runs every check and tells each result through `tell`, in
 * order: the manifest, the reference (every point, the highest level), the
 * starter (fails as declared), each mutant (caught by what the manifest names),
 * that each test kills a mutant (kill_matrix.h), each sample (its level), and that
 * other seeds change none of the levels.
 *
 * A criterion that this machine cannot look at (judge.h) is asked for nothing, and
 * `unseen` says so: an exercise is not unsound because a toolchain lacks a
 * sanitizer, and is proven sound only where one has it.
 */
#ifndef ASSAY_SELFTEST_H
#define ASSAY_SELFTEST_H

#include "grading/session.h"

#include <stdbool.h>
#include <stdint.h>

struct selftest_check {
	const char *exercise; /* id, or the folder where the manifest cannot be read */
	const char *name;     /* "mutant off_by_one" */
	bool passed;
	const char *detail; /* what is wrong and what to change; NULL where it passed */
	const char *unseen; /* what this machine could not show, so that it was not asked for; or NULL */
	const char *table; /* lines that stand below it, passed or not; or NULL */
	int64_t took_ms;
	bool has_levels; /* a sample that was graded */
	int intended, awarded;
};

struct selftest_listener {
	void (*tell)(void *context, const struct selftest_check *check);
	void *context;
};

/* Seeds are `seed`, `seed` + 1 and so on, `seed_count` of them. */
struct selftest_plan {
	uint64_t seed;
	unsigned int seed_count;
	unsigned int every; /* of mutants, only each N-th, and no look at what tests kill; 1 (the least): all */
	const char *only; /* of submissions, those whose check has this in its name ("mutant off_by_one"); NULL: all */
};

/*
 * Where only some are graded, which test kills which mutant is not known, and not asked. Returns -1 only where the machine or assay is at fault,
 * or on an interrupt; an exercise that is not sound is told to the listener.
 */
int selftest_exercise(const struct session *session, const char *folder, const struct selftest_plan *plan,
		      const struct selftest_listener *listener, struct error **err);

#endif
