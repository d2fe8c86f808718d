/*
 * What the reference did for a seed, kept beside the prepared reference.
 *
 * A seed that is given (--seed, a selftest) is given again: its observations are
 * kept. A seed that is drawn comes from a small pool of such seeds, so that most
 * gradings need not observe the reference; one in eight brings a new seed, which
 * takes the oldest one's place. No submission can know the pool, and what somebody
 * learned of a seed's inputs is soon of no use.
 *
 * Entries are whole or absent, as in cache.h; one that cannot be read or written
 * is made again.
 */
#ifndef ASSAY_OBSERVATIONS_H
#define ASSAY_OBSERVATIONS_H

#include "base/error.h"
#include "rust/records.h"

#include <stdbool.h>
#include <stdint.h>

/* Names one test's observation; `reference` is the folder of the prepared reference. */
enum seed_origin { SEED_GIVEN, SEED_DRAWN };

struct observation_key {
	const char *reference;
	enum seed_origin origin;
	uint64_t seed;
	size_t program;
	uint32_t index;
};

/* `cpu_ms` is what the test cost the reference, kept with it. */
bool observations_load(const struct observation_key *key, struct transcript *transcript, unsigned int *cpu_ms);
void observations_save(const struct observation_key *key, const struct transcript *transcript, unsigned int cpu_ms);
/* Removes all of a given seed. */
void observations_forget(const char *reference, uint64_t seed);

/* A seed of the pool, or a new one that joins it. */
int observations_draw(const char *reference, uint64_t *seed, struct error **err);

#endif
