/*
 * A new exercise: a small one of each kind that is sound as it is, to be turned
 * into another one step at a time, with selftest passing after each.
 *
 * The files are in exercise/skeletons/KIND/ and carried inside the program. In them
 * `@id@`, `@crate@` and `@title@` stand for what is the new exercise's own.
 */
#ifndef ASSAY_EXERCISE_SKELETON_H
#define ASSAY_EXERCISE_SKELETON_H

#include "exercise/exercise.h"

/* The kind's name ("build"), for tables of choices; ends with NULL. */
extern const char *const skeleton_kinds[];

/*
 * Makes the folder, which must not be there, and lays the files of `kind` (one of
 * skeleton_kinds) in it. The id is the folder's name; title NULL: the skeleton's own.
 * A folder's name that is no id, or a title that is no line of text, is ERROR_USAGE.
 * What failed leaves nothing behind.
 */
int skeleton_lay(const char *folder, const char *kind, const char *title, struct error **err);

#endif
