/*
 * What a submission's source shows that is worth a question in an interview
 * (interview.h): where something is cloned, unwrapped, locked, where a lifetime
 * stands. Told by tokens: comments, strings, arguments of macros, attributes and tests are
 * passed over, and so are lines that the candidate was given.
 *
 * It is no evidence for a verdict. What decides is counted by definition path,
 * by the compiler; here a name is taken for what it says.
 *
 *     given_lines_add     each file of the starter; then given_lines_sort
 *     sightings_find      each file of the submission that was compiled
 */
#ifndef ASSAY_SIGHTINGS_H
#define ASSAY_SIGHTINGS_H

#include "exercise/skills.h"

#include <stdbool.h>
#include <stddef.h>

struct text_line {
	const char *text; /* without blanks around it */
	size_t length;
};

/* Lines of the starter, and names of the functions in it; into its text, which must outlive them. */
struct given_lines {
	struct text_line *items;
	size_t count;
	struct text_line *functions;
	size_t function_count;
};

void given_lines_add(struct given_lines *given, const char *data, size_t length);
void given_lines_sort(struct given_lines *given);
bool given_lines_have(const struct given_lines *given, const struct text_line *line);
void given_lines_release(struct given_lines *given);

struct sighted_file {
	const char *path; /* relative to the submission */
	const char *data;
	size_t length;
	const char *edition;
};

struct sighting {
	enum about about;
	unsigned int rank; /* of what one question is about, the lower the more telling */
	const char *file;  /* the path above */
	unsigned int line;
	struct text_line code; /* of that line; into the file's text */
};

struct sightings {
	struct sighting *items; /* in order of file and line */
	size_t count;
	size_t looks;	   /* at what stands around, which costs time: there is a most */
	bool has_own_test; /* a function with #[test] that was not given */
};

void sightings_find(const struct sighted_file *file, const struct given_lines *given, struct sightings *sightings);
void sightings_release(struct sightings *sightings);

/* The line of a text, counted from 1; empty where there is none of that number. */
struct text_line text_line_at(const char *data, size_t length, unsigned int line);

#endif
