/*
 * What a box may see of hidden/: the macros of a submission are expanded where a
 * hidden file is compiled with it, and can read whatever lies there.
 *
 * Each test file, probe and twin has a view of its own: a folder with that file
 * and the helpers, which are the files of hidden/ that no row of the manifest names,
 * at the paths they have below hidden/. Other tests, probes, twins and all keys are
 * not in it. Views are laid once, as copies in the exercise's cache entry; a grading
 * only mounts them (steps.h, link_source).
 */
#ifndef ASSAY_VIEWS_H
#define ASSAY_VIEWS_H

#include "exercise/exercise.h"

#include "base/error.h"

/* Lays the view of hidden/FILE in `folder`/FILE, for each file that is compiled with a submission. */
int views_lay(const struct exercise *exercise, const char *folder, struct error **err);

#endif
