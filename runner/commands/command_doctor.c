/* doctor: can this machine grade, and if not, what is to be done? */
#include "base/buffer.h"
#include "base/memory.h"
#include "commands/command.h"
#include "commands/machine.h"
#include "page.h"

#include <cJSON.h>
#include <string.h>

enum { NAME_WIDTH = 22 };

static const enum page_style state_styles[] = {
	[CHECK_OK] = PAGE_GOOD,
	[CHECK_WEAKER] = PAGE_UNSURE,
	[CHECK_MISSING] = PAGE_BAD,
};

/* The verdict is as good as the worst of what it is about. */
static enum check_state worst_state(const struct machine *machine)
{
	const struct check *first;

	if (machine_count(machine, NULL, CHECK_MISSING, &first) > 0)
		return CHECK_MISSING;
	return machine_count(machine, MACHINE_SANDBOX, CHECK_WEAKER, &first) > 0 ? CHECK_WEAKER : CHECK_OK;
}

static void print_check(struct page *page, const struct check *check)
{
	page_start(page, "  ", "            ");
	page_format(page, state_styles[check->state], "%-8s", check_state_name(check->state));
	page_format(page, PAGE_PLAIN, "%-*s  %s", NAME_WIDTH, check->name, check->found);
	page_end(page);
	if (!check->remedy)
		return;
	page_start(page, "          → ", "            ");
	page_add(page, PAGE_PLAIN, check->remedy);
	page_end(page);
}

static void print_table(const struct machine *machine)
{
	const struct report_text_style style = {.colour = command_wants_colour(stdout)};
	cleanup_free char *verdict = machine_verdict(machine);
	const char *group = NULL;
	struct page page;

	page_open(&page, stdout, &style);
	for (size_t i = 0; i < machine->count; i++) {
		const struct check *check = &machine->checks[i];

		if (!group || strcmp(group, check->group) != 0) {
			if (group)
				page_blank(&page);
			page_start(&page, "", "");
			page_add(&page, PAGE_HEAD, check->group);
			page_end(&page);
		}
		group = check->group;
		print_check(&page, check);
	}
	page_blank(&page);
	page_start(&page, "", "  ");
	page_add(&page, state_styles[worst_state(machine)], verdict);
	page_end(&page);
	page_close(&page);
}

static void print_json(const struct machine *machine, bool fit)
{
	cleanup_free char *verdict = machine_verdict(machine);
	cJSON *root = cJSON_CreateObject(), *checks;
	const struct check *first;
	char *text;

	cJSON_AddStringToObject(root, "schema", "assay-doctor/1");
	cJSON_AddBoolToObject(root, "fit", fit);
	cJSON_AddBoolToObject(root, "boxes", machine_count(machine, MACHINE_SANDBOX, CHECK_MISSING, &first) == 0);
	cJSON_AddStringToObject(root, "verdict", verdict);
	checks = cJSON_AddArrayToObject(root, "checks");
	for (size_t i = 0; i < machine->count; i++) {
		const struct check *check = &machine->checks[i];
		cJSON *node = cJSON_CreateObject();

		cJSON_AddStringToObject(node, "id", check->id);
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
	const struct check *missing;
	bool fit;

	(void)err; /* what is wrong is in the table */
	machine_inspect(&machine);
	fit = machine_count(&machine, NULL, CHECK_MISSING, &missing) == 0;
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
	{"assay doctor --json | jq -r '.checks[] | select(.state != \"ok\") | .id'", "what is not as it could be"},
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
	.description =
		"Tries each layer of the sandbox, looks for Rust toolchains and linkers, and for room on the "
		"disk. Each line is "
		"ok, weaker (grading works, with less protection or fewer checks) or missing (grading does not "
		"work), with "
		"what was found and, where something can be done, what to do: one line, a command where there is one. "
		"What an earlier line rules out is left out. The last line is the verdict.\n\n"
		"The JSON document has the keys schema (assay-doctor/1), fit (nothing is missing), boxes (nothing of "
		"the sandbox is missing), verdict, and checks: a list of id, group, name, state, found and remedy (a text "
		"or null). Ids stay the same from version to version; there may be new ones. The exit code is that of the "
		"table.",
	.options = options,
	.examples = examples,
	.exits = exits,
	.run = run,
};
