/* doctor: can this machine grade, and if not, what is to be done? */
#include "base/buffer.h"
#include "base/memory.h"
#include "commands/command.h"
#include "commands/machine.h"

#include <cJSON.h>
#include <string.h>

static const char *const state_colours[] = {
	[CHECK_OK] = "\x1b[32m",
	[CHECK_WEAKER] = "\x1b[33m",
	[CHECK_MISSING] = "\x1b[31m",
};

static void print_table(const struct machine *machine)
{
	bool colour = command_wants_colour(stdout);
	const char *group = "";

	for (size_t i = 0; i < machine->count; i++) {
		const struct check *check = &machine->checks[i];

		if (strcmp(group, check->group) != 0)
			printf(colour ? "%s\x1b[1m%s\x1b[0m\n" : "%s%s\n", *group ? "\n" : "", check->group);
		group = check->group;
		printf("  %s%-8s%s%-22s  %s\n", colour ? state_colours[check->state] : "",
		       check_state_name(check->state), colour ? "\x1b[0m" : "", check->name, check->found);
		if (check->remedy)
			printf("          %s\n", check->remedy);
	}
}

static void print_json(const struct machine *machine, bool fit)
{
	cJSON *root = cJSON_CreateObject(), *checks;
	char *text;

	cJSON_AddStringToObject(root, "schema", "assay-doctor/1");
	cJSON_AddBoolToObject(root, "fit", fit);
	checks = cJSON_AddArrayToObject(root, "checks");
	for (size_t i = 0; i < machine->count; i++) {
		const struct check *check = &machine->checks[i];
		cJSON *node = cJSON_CreateObject();

		cJSON_AddStringToObject(node, "group", check->group);
		cJSON_AddStringToObject(node, "name", check->name);
		cJSON_AddStringToObject(node, "state", check_state_name(check->state));
		cJSON_AddStringToObject(node, "found", check->found);
		if (check->remedy)
			cJSON_AddStringToObject(node, "remedy", check->remedy);
		else
			cJSON_AddNullToObject(node, "remedy");
		cJSON_AddItemToArray(checks, node);
	}
	text = cJSON_Print(root);
	puts(text);
	cJSON_free(text);
	cJSON_Delete(root);
}

static int run(const struct command_line *line, struct error **err)
{
	cleanup_machine struct machine machine = {0};
	bool fit = true;

	(void)err; /* what is wrong is in the table */
	machine_inspect(&machine);
	for (size_t i = 0; i < machine.count; i++)
		fit = fit && machine.checks[i].state != CHECK_MISSING;
	if (command_line_flag(line, "json"))
		print_json(&machine, fit);
	else
		print_table(&machine);
	return fit ? 0 : 1;
}

static const struct command_option options[] = {
	{"json", 'j', OPTION_FLAG, NULL, "print the table as JSON"},
	{0},
};

static const struct command_example examples[] = {
	{"assay doctor", "before the first grading on a new machine"},
	{"assay doctor --json | jq .fit", "true where grading works"},
	{0},
};

static const struct command_exit exits[] = {
	{0, "nothing that grading needs is missing"},
	{1, "something is missing; its line says what to do"},
	{0},
};

const struct command command_doctor = {
	.name = "doctor",
	.summary = "Show what this machine offers and what is missing",
	.description = "Tries each layer of the sandbox, looks for Rust toolchains and linkers, and for room on the "
		       "disk. Each line is "
		       "ok, weaker (grading works, with less protection or fewer checks) or missing (grading does not "
		       "work), with "
		       "what was found and, where something can be done, what to do.",
	.options = options,
	.examples = examples,
	.exits = exits,
	.run = run,
};
