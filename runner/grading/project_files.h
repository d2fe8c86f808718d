/*
 * What a submission says about itself: its README.md and its file for continuous
 * integration. They are read as text, in no box; nothing in them is run.
 */
#ifndef ASSAY_PROJECT_FILES_H
#define ASSAY_PROJECT_FILES_H

#include "grading/evidence.h"
#include "submission/submission.h"

#define README_LEAST_LINES 5

/* Fills evidence->project, where a criterion of the exercise asks for it. */
void project_files_look_at(const struct exercise *exercise, const struct submission *submission,
			   struct evidence *evidence);
/* The bit of "clippy", "fmt" or "test"; 0 for anything else. */
unsigned int project_ci_command(const char *name);

#endif
