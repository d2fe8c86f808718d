/* The skeletons' files, carried inside the program (skeleton_files.c.in); for skeleton.c. */
#ifndef ASSAY_EXERCISE_SKELETON_FILES_H
#define ASSAY_EXERCISE_SKELETON_FILES_H

struct skeleton_file {
	const char *path; /* "build/hidden/tests.rs"; NULL ends the list */
	const char *data; /* ends with a NUL */
};

extern const struct skeleton_file skeleton_files[];

#endif
