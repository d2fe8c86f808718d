/*
 * What an interviewer can point at: a clone, a lock, a lifetime, an unsafe block,
 * each with its place.
 *
 * Read from a submission's tokens (rust/tokens.h), so that it needs no compile and
 * expands no macro. It is no evidence and decides nothing: a sighting begins a
 * talk. Left out is what the starter gave, line by line, and tests.
 */
#ifndef ASSAY_SIGHTINGS_H
#define ASSAY_SIGHTINGS_H

#include "exercise/skills.h"
#include "submission/submission.h"

struct sighting {
	enum about about;
	const char *file; /* the submission's own string */
	unsigned int line, column;
	char *code; /* that line, without the spaces around it, cut where it is long */
};

struct sightings {
	struct sighting *items; /* in the order of files and lines */
	size_t count;
};

/* Appends what stands below src/. `starter` may be NULL. */
void sightings_read(const struct submission *submission, const struct submission *starter, struct sightings *sightings);
/* Such a line of a file, which the caller frees; NULL where it has none of that number. */
char *sighting_line(const struct submission_file *file, unsigned int line);
void sightings_release(struct sightings *sightings);

#endif
