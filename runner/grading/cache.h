/*
 * Prepared things, kept between gradings: one folder an entry, named by a
 * digest of everything it was made from, so that a change makes a new entry and
 * nothing is ever brought up to date in place.
 *
 * An entry is built in a folder beside its place and renamed into it: it is
 * there whole or not at all. Two programs that want the same entry at the same
 * time build it once (flock).
 *
 * An entry that nobody has used for 30 days goes when another is built.
 */
#ifndef ASSAY_CACHE_H
#define ASSAY_CACHE_H

#include "base/error.h"

#define CACHE_DIGEST_DIGITS 24 /* hexadecimal, at the end of an entry's name: KIND-DIGEST */

/* $XDG_CACHE_HOME/assay or ~/.cache/assay, made where missing. The caller frees the path; NULL is an error. */
char *cache_folder(struct error **err);

/*
 * The path of the entry `name`, built by `build` where it is not there yet (in
 * `folder`, which exists and is empty). The caller
 * frees the path; NULL is an error.
 */
char *cache_entry(const char *cache, const char *name,
		  int (*build)(const char *folder, void *context, struct error **err), void *context,
		  struct error **err);

#endif
