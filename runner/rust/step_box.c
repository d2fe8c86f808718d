#include "rust/step_box.h"

#include "base/memory.h"

void step_box_release(struct step_box *box)
{
	for (size_t i = 0; i < box->owned_count; i++)
		free(box->owned[i]);
	free(box->argv);
	free(box->environment);
	free(box->mounts);
}

const char *step_box_own(struct step_box *box, char *text)
{
	box->owned[box->owned_count++] = text;
	return text;
}

void step_box_argument(struct step_box *box, const char *argument)
{
	*ARRAY_ADD(box->argv, box->argument_count) = argument;
}

void step_box_arguments(struct step_box *box, const char *const *arguments)
{
	for (; *arguments; arguments++)
		step_box_argument(box, *arguments);
}

void step_box_environment(struct step_box *box, const char *variable)
{
	*ARRAY_ADD(box->environment, box->environment_count) = variable;
}

void step_box_mount(struct step_box *box, const char *source, const char *target, bool optional)
{
	*ARRAY_ADD(box->mounts, box->mount_count) =
		(struct sandbox_mount){.source = source, .target = target, .optional = optional};
}

void step_box_limits(struct step_box *box, enum sandbox_profile profile, const struct exercise_limits *limits)
{
	box->policy.profile = profile;
	box->policy.limits = sandbox_default_limits(profile);
	box->policy.require = SANDBOX_REQUIRE_DEFAULT;
	if (limits->wall_ms)
		box->policy.limits.wall_ms = limits->wall_ms;
	if (limits->cpu_ms)
		box->policy.limits.cpu_ms = limits->cpu_ms;
	if (limits->memory_kib)
		box->policy.limits.memory_kib = limits->memory_kib;
}

const struct sandbox_policy *step_box_policy(struct step_box *box)
{
	box->policy.mounts = box->mounts;
	box->policy.mount_count = box->mount_count;
	return &box->policy;
}

int step_box_run(struct step_box *box, const struct engine *engine, struct sandbox_command *command,
		 struct sandbox_outcome *outcome, struct error **err)
{
	step_box_argument(box, NULL);
	step_box_environment(box, NULL);
	command->argv = box->argv;
	command->environment = box->environment;
	if (box->prepared)
		return sandbox_run_prepared(box->prepared, command, outcome, err);
	return sandbox_run(engine->sandbox, step_box_policy(box), command, outcome, err);
}
