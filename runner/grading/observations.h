/*
 * What the reference did for a seed that was given, kept beside the prepared
 * reference.
 *
 * A seed that is given (--seed, a selftest) is given again. A seed that is drawn
 * is never drawn again, so that a table of answers is of no use, and what the
 * reference did for it is not kept: it is observed while the submission is being
 * compiled, which costs a grading some 2 % of its time.
 *
 * Entries are whole or absent, as in cache.h; one that cannot be read or written
 * is made again.
 */
#ifndef ASSAY_OBSERVATIONS_H
#define ASSAY_OBSERVATIONS_H

#include "rust/records.h"

#include <stdbool.h>
#include <stdint.h>

/* Names one test's observation; `reference` is the folder of the prepared reference. */
struct observation_key {
	const char *reference;
	uint64_t seed;
	size_t program;
	uint32_t index;
};

/* `cpu_ms` is what the test cost the reference, kept with it. */
bool observations_load(const struct observation_key *key, struct transcript *transcript, unsigned int *cpu_ms);
void observations_save(const struct observation_key *key, const struct transcript *transcript, unsigned int cpu_ms);
/* Removes all of a seed. */
void observations_forget(const char *reference, uint64_t seed);

#endif
