/*
 * What cargo would obey in a submission's Cargo.toml and a grading does not:
 * profiles, lints, patches, targets, build scripts. Told, so that nobody wonders;
 * what the exercise's own starter says in the same words is nobody's doing.
 */
#ifndef ASSAY_SETTINGS_H
#define ASSAY_SETTINGS_H

#include "grading/evidence.h"
#include "submission/submission.h"

/* Appends to the evidence. A Cargo.toml that cannot be read has no settings, and the starter need not have one. */
void settings_find(const struct submission *submission, const struct exercise *exercise, struct evidence *evidence);

#endif
