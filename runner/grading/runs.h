/*
 * Tests of a program (type: bin): the hidden test says what runs it wants, and assay has them.
 *
 * The test's own process holds nothing of the submission, and the submission's nothing of the test: neither its
 * descriptors, nor its memory, nor its files. A run is a box of its own that shows libc, the program, and the files of
 * that run. What comes of it is written into the transcript as if the test had observed it, so that it is compared,
 * kept and reported like any other.
 */
#ifndef ASSAY_RUNS_H
#define ASSAY_RUNS_H

#include "rust/steps.h"

/*
 * `test` is the program that orders the runs, `program` the one that is run. The outcome is that of the run which went
 * over a limit or called what a box refuses, with which the test is over; else it stands for all of them.
 */
int runs_observe(const struct engine *engine, const char *test, const char *program, uint32_t index, uint64_t seed,
		 const struct exercise_limits *limits, struct transcript *transcript, struct sandbox_outcome *outcome,
		 struct error **err);

#endif
