/*
 * What the reference did for a seed, kept beside the prepared reference: many
 * submissions graded with one seed (a class, a selftest) observe it once.
 *
 * A seed that is drawn is used once, so that its observations are not kept
 * (pipeline_run is told). Entries are whole or absent, as in cache.h; one that cannot be read or written is
 * made again.
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

bool observations_load(const struct observation_key *key, struct transcript *transcript);
void observations_save(const struct observation_key *key, const struct transcript *transcript);
/* Removes all of a seed. */
void observations_forget(const char *reference, uint64_t seed);

#endif
