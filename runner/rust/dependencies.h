/*
 * Which files a compile read: rustc's dep-info, on its standard output.
 *
 * rustc lists each source, and each file that include!, include_str! or #[path]
 * brought in, whatever macro named it, as a target without prerequisites; it
 * does so even where names or types are wrong later.
 */
#ifndef ASSAY_DEPENDENCIES_H
#define ASSAY_DEPENDENCIES_H

#include "exercise/exercise.h"

/*
 * Appends the files, each once: relative to the submission where they lie in
 * it, without "." and ".."; otherwise absolute, or with ".." at the beginning.
 */
void dependencies_parse(const char *text, struct string_list *files);

#endif
