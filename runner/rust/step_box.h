/*
 * One boxed command while it is put together: used by the steps (steps.c,
 * step_observe.c) only.
 *
 *     struct step_box box = {0} → step_box_limits → arguments, environment, mounts → step_box_run
 *
 * Strings are borrowed, but for those given to step_box_own, until step_box_release.
 */
#ifndef ASSAY_STEP_BOX_H
#define ASSAY_STEP_BOX_H

#include "rust/steps.h"

struct step_box {
	const char **argv, **environment;
	size_t argument_count, environment_count;
	struct sandbox_mount *mounts;
	size_t mount_count;
	char *owned[16]; /* strings made for this box */
	size_t owned_count;
	struct sandbox_policy policy;
	struct sandbox_prepared *prepared; /* to run in, instead of a new one */
};

/* The profile's defaults, and what the exercise says instead. */
void step_box_limits(struct step_box *box, enum sandbox_profile profile, const struct exercise_limits *limits);
/* Gives the string to the box. */
const char *step_box_own(struct step_box *box, char *text);
void step_box_argument(struct step_box *box, const char *argument);
void step_box_arguments(struct step_box *box, const char *const *arguments); /* end with NULL */
void step_box_environment(struct step_box *box, const char *variable);
void step_box_mount(struct step_box *box, const char *source, const char *target, bool optional);
const struct sandbox_policy *step_box_policy(struct step_box *box);
int step_box_run(struct step_box *box, const struct engine *engine, struct sandbox_command *command,
		 struct sandbox_outcome *outcome, struct error **err);
void step_box_release(struct step_box *box);

#define cleanup_step_box __attribute__((cleanup(step_box_release)))

#endif
