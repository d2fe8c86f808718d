/* profile: several reports of one person as one picture. */
#include "base/file.h"
#include "base/memory.h"
#include "commands/command.h"
#include "commands/report_output.h"
#include "profile/profile.h"

#include <stdio.h>

static const struct command_argument arguments[] = {
	{"REPORT", "a grader's report as JSON, written by `assay grade -o`", .optional = false, .repeats = true},
	{0},
};

static const struct command_option options[] = {
	REPORT_OPTION_OUTPUT,
	{"json", 'j', OPTION_FLAG, NULL, "as JSON (reports/assay-profile-1.schema.json)"},
	{0},
};

static const struct command_example examples[] = {
	{"assay profile alice-read-states.json alice-conn-pool.json", "read it on the terminal"},
	{"assay profile alice-*.json --json | jq '.contradictions[].id'",
	 "what held in one exercise and not in another"},
	{0},
};

static const struct command_exit exits[] = {
	{0, "the profile was written"},
	{0},
};

static int write_profile(const struct command_line *line, const cJSON *profile, struct error **err)
{
	const char *path = command_line_text(line, "output");
	const struct report_text_style style = report_output_style(path);
	cleanup_free char *text = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&text, &length);

	if (!out)
		return error_set_errno(err, ERROR_OTHER, "cannot write the profile");
	if (command_line_flag(line, "json"))
		report_write_json(profile, out);
	else
		profile_write_text(profile, &style, out);
	fclose(out);
	if (path)
		return file_write_atomic(path, text, length, err);
	fwrite(text, 1, length, stdout);
	return 0;
}

static int run(const struct command_line *line, struct error **err)
{
	cleanup_skills struct skills *skills = NULL;
	cleanup_profile struct profile *profile = NULL;
	cleanup_report cJSON *document = NULL;

	if (skills_load(NULL, &skills, err) < 0)
		return -1;
	profile = profile_new(skills);
	for (size_t i = 0; i < command_line_argument_count(line); i++)
		if (profile_add(profile, command_line_argument(line, i), err) < 0)
			return -1;
	document = profile_build(profile);
	return write_profile(line, document, err);
}

const struct command command_profile = {
	.name = "profile",
	.summary = "Show several reports of one person as one picture",
	.description =
		"Reads the reports of one person's submissions to different exercises and shows what they say together: the level "
		"that all of them support and how much evidence it rests on; each concept at each level, with the criteria of each "
		"report that held or did not; and what held in one report and not in another, with both places.\n\n"
		"A level is held when everything that any of the reports asks at it, and at the levels below, is met; what could "
		"not be looked at is not. Nothing is averaged: a level that some reports hold and others do not is told as that.\n\n"
		"Nothing is graded. Whose the submissions are, nobody can tell from the reports: their files are named.",
	.arguments = arguments,
	.options = options,
	.examples = examples,
	.exits = exits,
	.run = run,
};
