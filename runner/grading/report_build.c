#include "grading/report_build.h"

#include "base/memory.h"
#include "base/text.h"
#include "edition.h"
#include "grading/report_parts.h"
#include "grading/standing.h"
#include "levels.h"
#include "report.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static void add_assay(cJSON *report)
{
	cJSON_AddStringToObject(report, "schema", REPORT_SCHEMA);
	cJSON_AddStringToObject(report, "edition", report_edition_names[EDITION_GRADER]);
	cJSON_AddStringToObject(cJSON_AddObjectToObject(report, "assay"), "version", ASSAY_VERSION);
}

static void add_exercise(cJSON *report, const struct exercise *exercise)
{
	cJSON *object = cJSON_AddObjectToObject(report, "exercise");

	cJSON_AddStringToObject(object, "id", exercise->id);
	cJSON_AddStringToObject(object, "title", exercise->title);
	part_text(object, "system", exercise->system);
	cJSON_AddStringToObject(object, "kind", exercise_kind_name(exercise->kind));
	cJSON_AddNumberToObject(object, "level", exercise->level);
	cJSON_AddStringToObject(object, "digest", exercise->digest);
}

static size_t count_lines(const struct submission_file *file)
{
	size_t lines = 0;

	for (size_t i = 0; i < file->length; i++)
		lines += file->data[i] == '\n';
	return lines + (file->length > 0 && file->data[file->length - 1] != '\n');
}

static void add_submission(cJSON *report, const struct submission *submission, const char *name)
{
	cJSON *object = cJSON_AddObjectToObject(report, "submission"), *files, *refused;

	part_text(object, "name", submission ? submission->name : name);
	part_text(object, "digest", submission ? submission->digest : NULL);
	files = cJSON_AddArrayToObject(object, "files");
	for (size_t i = 0; submission && i < submission->file_count; i++) {
		cJSON *file = part_add(files);

		part_text(file, "path", submission->files[i].path);
		cJSON_AddNumberToObject(file, "bytes", (double)submission->files[i].length);
		cJSON_AddNumberToObject(file, "lines", (double)count_lines(&submission->files[i]));
	}
	refused = cJSON_AddArrayToObject(object, "refused");
	for (size_t i = 0; submission && i < submission->refused_count; i++) {
		cJSON *one = part_add(refused);

		part_text(one, "path", submission->refused[i].path);
		cJSON_AddStringToObject(one, "reason", refusal_name(submission->refused[i].why));
		cJSON_AddStringToObject(one, "says", refusal_says(submission->refused[i].why));
	}
	cJSON_AddNumberToObject(object, "refused_total", submission ? (double)submission->refused_total : 0);
}

static void add_toolchain(cJSON *report, const struct toolchain *toolchain)
{
	cJSON *object;

	if (!toolchain) {
		cJSON_AddNullToObject(report, "toolchain");
		return;
	}
	object = cJSON_AddObjectToObject(report, "toolchain");
	part_text(object, "rustc", toolchain->version);
	part_text(object, "host", toolchain->host);
	part_text(object, "clippy", toolchain->clippy_version);
}

/* What stands between the level and the next one that the exercise can show. */
static void add_next(cJSON *object, const struct exercise *exercise, const struct verdict *verdict)
{
	cJSON *next, *blocked;
	int level = verdict->whole.level + 1;

	while (level <= verdict->whole.highest_level) {
		bool has = false;

		for (size_t i = 0; i < exercise->criterion_count; i++)
			has |= exercise->criteria[i].level == level;
		if (has)
			break;
		level++;
	}
	if (level > verdict->whole.highest_level) {
		cJSON_AddNullToObject(object, "next");
		return;
	}
	next = cJSON_AddObjectToObject(object, "next");
	cJSON_AddNumberToObject(next, "level", level);
	cJSON_AddStringToObject(next, "level_name", level_name(level));
	blocked = cJSON_AddArrayToObject(next, "blocked_by");
	for (size_t i = 0; i < exercise->criterion_count; i++)
		if (exercise->criteria[i].level <= level && verdict->criteria[i].status != STATUS_HOLDS)
			cJSON_AddItemToArray(blocked, cJSON_CreateString(exercise->criteria[i].id));
}

/* An axis that the exercise asks nothing of is not there. */
static void add_axes(cJSON *object, const struct exercise *exercise, const struct verdict *verdict)
{
	cJSON *array = cJSON_AddArrayToObject(object, "axes"), *one;

	for (size_t i = 0; i < AXIS_COUNT; i++) {
		const struct standing *standing = &verdict->axes[i];

		if (!standing->highest_level)
			continue;
		one = part_add(array);
		cJSON_AddStringToObject(one, "id", exercise->skills->axes[i].id);
		part_text(one, "says", exercise->skills->axes[i].says);
		cJSON_AddNumberToObject(one, "level", standing->level);
		cJSON_AddStringToObject(one, "level_name", level_name(standing->level));
		cJSON_AddNumberToObject(one, "highest_level", standing->highest_level);
		cJSON_AddNumberToObject(one, "score", standing->score);
		cJSON_AddNumberToObject(one, "points", standing->points);
		cJSON_AddNumberToObject(one, "points_possible", standing->points_possible);
	}
}

static void add_verdict(cJSON *report, const struct exercise *exercise, const struct verdict *verdict,
			const char *reason)
{
	cJSON *object = cJSON_AddObjectToObject(report, "verdict");

	cJSON_AddStringToObject(object, "status", reason ? "refused" : "graded");
	part_text(object, "reason", reason);
	cJSON_AddNumberToObject(object, "level", verdict->whole.level);
	cJSON_AddStringToObject(object, "level_name", level_name(verdict->whole.level));
	cJSON_AddNumberToObject(object, "highest_level", verdict->whole.highest_level);
	cJSON_AddNumberToObject(object, "score", verdict->whole.score);
	cJSON_AddNumberToObject(object, "points", verdict->whole.points);
	cJSON_AddNumberToObject(object, "points_possible", verdict->whole.points_possible);
	add_axes(object, exercise, verdict);
	add_next(object, exercise, verdict);
	cJSON_AddItemToObject(object, "rule", cJSON_CreateStringArray(level_rule, LEVEL_RULE_COUNT));
}

static void add_measured(cJSON *report, const struct evidence *evidence, const struct report_measures *measures)
{
	cJSON *object = cJSON_AddObjectToObject(report, "measured"), *stages;
	unsigned int peak = 0;
	time_t started = (time_t)measures->started_s;
	struct tm utc;
	char text[32];

	gmtime_r(&started, &utc);
	strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
	cJSON_AddStringToObject(object, "started", text);
	snprintf(text, sizeof text, "0x%016llx", evidence ? (unsigned long long)evidence->seed : 0ull);
	cJSON_AddStringToObject(object, "seed", text);
	cJSON_AddNumberToObject(object, "total_ms", (double)measures->total_ms);
	for (size_t i = 0; evidence && i < evidence->stage_count; i++)
		if (evidence->stages[i].peak_kib > peak)
			peak = evidence->stages[i].peak_kib;
	cJSON_AddNumberToObject(object, "peak_kib", peak);
	stages = cJSON_AddArrayToObject(object, "stages");
	for (size_t i = 0; evidence && i < evidence->stage_count; i++) {
		cJSON *stage = part_add(stages);

		cJSON_AddStringToObject(stage, "stage", evidence->stages[i].stage);
		part_text(stage, "unit", evidence->stages[i].unit);
		cJSON_AddNumberToObject(stage, "wall_ms", evidence->stages[i].wall_ms);
		cJSON_AddNumberToObject(stage, "cpu_ms", evidence->stages[i].cpu_ms);
		cJSON_AddNumberToObject(stage, "peak_kib", evidence->stages[i].peak_kib);
	}
}

static void add_layers(cJSON *report, const struct evidence *evidence)
{
	cJSON *layers = cJSON_AddArrayToObject(cJSON_AddObjectToObject(report, "sandbox"), "layers");

	/* an explain exercise runs nothing of the candidate's: no box, no layers */
	if (!evidence || evidence->stage_count == 0)
		return;
	for (int layer = 0; layer < SANDBOX_LAYER_COUNT; layer++)
		if (evidence->layers & (1u << layer))
			cJSON_AddItemToArray(layers, cJSON_CreateString(sandbox_layer_name((enum sandbox_layer)layer)));
}

cJSON *report_build(const struct exercise *exercise, const struct submission *submission,
		    const struct toolchain *toolchain, const struct evidence *evidence, const struct verdict *verdict,
		    const struct report_measures *measures)
{
	const struct report_sources sources = {exercise, submission, evidence, verdict};
	cJSON *report = cJSON_CreateObject();

	add_assay(report);
	add_exercise(report, exercise);
	add_submission(report, submission, NULL);
	add_toolchain(report, toolchain);
	add_verdict(report, exercise, verdict, NULL);
	report_add_parts(report, &sources);
	add_layers(report, evidence);
	add_measured(report, evidence, measures);
	return report;
}

cJSON *report_build_refused(const struct exercise *exercise, const char *name, const char *reason,
			    const struct report_measures *measures)
{
	static const char *const empty[] = {"criteria", "builds", "tests", "probes", "uses", "lints", "metrics"};
	struct verdict verdict = {.criteria = memory_new(exercise->criterion_count, sizeof *verdict.criteria)};
	cJSON *report = cJSON_CreateObject(), *format;

	standing_judge(exercise, &verdict);
	add_assay(report);
	add_exercise(report, exercise);
	add_submission(report, NULL, name);
	add_toolchain(report, NULL);
	add_verdict(report, exercise, &verdict, reason);
	for (size_t i = 0; i < ARRAY_LENGTH(empty); i++)
		cJSON_AddArrayToObject(report, empty[i]);
	format = cJSON_AddObjectToObject(report, "format");
	cJSON_AddNullToObject(format, "clean");
	cJSON_AddArrayToObject(format, "files");
	cJSON_AddArrayToObject(report, "questions");
	cJSON_AddNullToObject(report, "unsafe");
	cJSON_AddArrayToObject(report, "findings");
	cJSON_AddArrayToObject(report, "interview");
	add_layers(report, NULL);
	add_measured(report, NULL, measures);
	verdict_release(&verdict, exercise);
	return report;
}
