/*
 * Errors of a compile that are about something an exercise does not offer: a
 * part of std that the facade withholds (std_items.h), or a crate.
 *
 * Read from rustc's own resolution: where the name that it found stands in the
 * facade. So a submission's own module `fs`, or a misspelt name, is none.
 */
#ifndef ASSAY_WITHHELD_H
#define ASSAY_WITHHELD_H

#include <cjson/cJSON.h>

struct withheld {
	char *name;	  /* "std::fs", or "libc" for a crate */
	char *says;	  /* "`std::fs` is not part of this exercise" */
	const cJSON *use; /* the span that names it, where that is not the primary one; else NULL */
};

/* Fills and owns nothing where the error is about anything else: name is NULL. The caller frees name and says. */
struct withheld withheld_find(const cJSON *error, const char *code, const char *message);

#endif
