#include "grading/report_parts.h"

#include "base/memory.h"
#include "base/text.h"
#include "grading/findings.h"

#include <string.h>

#define MOST_DIAGNOSTICS 300 /* of one build; lints are counted in full */
#define MOST_PLACES 50	     /* of one criterion or lint; counts stay true */

static const char *const test_status[] = {
	[STATUS_UNOBSERVED] = "unobserved", [STATUS_HOLDS] = "passed", [STATUS_FAILS] = "failed"};
static const char *const test_proof[] = {[STYLE_OBSERVE] = "observed", [STYLE_PLAIN] = "ran-to-end"};
static const char *const probe_status[] = {
	[STATUS_UNOBSERVED] = "unobserved", [STATUS_HOLDS] = "held", [STATUS_FAILS] = "failed"};
static const char *const criterion_status[] = {
	[STATUS_UNOBSERVED] = "unobserved", [STATUS_HOLDS] = "met", [STATUS_FAILS] = "unmet"};

cJSON *part_add(cJSON *array)
{
	cJSON *object = cJSON_CreateObject();

	cJSON_AddItemToArray(array, object);
	return object;
}

void part_text(cJSON *object, const char *key, const char *text)
{
	if (!text) {
		cJSON_AddNullToObject(object, key);
	} else if (text_is_utf8(text, strlen(text))) {
		cJSON_AddStringToObject(object, key, text);
	} else {
		cleanup_buffer struct buffer out = {0};

		text_printable(&out, text, strlen(text), TEXT_BLOCK);
		cJSON_AddStringToObject(object, key, buffer_text(&out));
	}
}

static void add_string(cJSON *array, const char *text)
{
	cJSON *holder = cJSON_CreateObject();

	part_text(holder, "text", text);
	cJSON_AddItemToArray(array, cJSON_DetachItemFromObject(holder, "text"));
	cJSON_Delete(holder);
}

static void add_place(cJSON *places, const struct place *place, const char *says)
{
	cJSON *object = part_add(places);

	part_text(object, "file", place->file);
	cJSON_AddNumberToObject(object, "line", place->line);
	cJSON_AddNumberToObject(object, "column", place->column);
	part_text(object, "says", says);
}

void part_places(cJSON *object, const struct counted_place *places, size_t count)
{
	cJSON *array = cJSON_AddArrayToObject(object, "places");

	for (size_t i = 0; i < count && i < MOST_PLACES; i++)
		add_place(array, &places[i].place, places[i].says);
}

static void add_criteria(cJSON *report, const struct report_sources *sources)
{
	const struct skills *skills = sources->exercise->skills;
	cJSON *array = cJSON_AddArrayToObject(report, "criteria");

	for (size_t i = 0; i < sources->exercise->criterion_count; i++) {
		const struct exercise_criterion *criterion = &sources->exercise->criteria[i];
		const struct criterion_verdict *verdict = &sources->verdict->criteria[i];
		const struct skill_statement *statement =
			criterion->skill ? skills_statement(skills, criterion->skill) : NULL;
		cJSON *object = part_add(array), *evidence;

		cJSON_AddStringToObject(object, "id", criterion->id);
		cJSON_AddNumberToObject(object, "level", criterion->level);
		part_text(object, "concept", criterion->concept);
		cJSON_AddStringToObject(object, "axis", skills->axes[criterion->axis].id);
		part_text(object, "skill", criterion->skill);
		part_text(object, "statement", statement ? statement->says : NULL);
		part_text(object, "says", criterion->says);
		cJSON_AddStringToObject(object, "status", criterion_status[verdict->status]);
		cJSON_AddNumberToObject(object, "points", verdict->status == STATUS_HOLDS ? criterion->points : 0);
		cJSON_AddNumberToObject(object, "points_possible", criterion->points);
		evidence = cJSON_AddArrayToObject(object, "evidence");
		if (verdict->evidence)
			add_string(evidence, verdict->evidence);
		part_places(object, verdict->places, verdict->place_count);
		part_text(object, "learn", criterion->learn);
	}
}

static char *describe_end(const struct sandbox_outcome *outcome)
{
	if (outcome->violation.happened)
		return text_format("stopped at the system call %s", outcome->violation.name);
	if (outcome->limit_hit != SANDBOX_LIMIT_NONE)
		return text_format("stopped at a limit: %s", sandbox_limit_name(outcome->limit_hit));
	if (outcome->signal)
		return text_format("signal %d", outcome->signal);
	return text_format("exit code %d", outcome->exit_code);
}

static void add_diagnostic(cJSON *array, const struct diagnostic *diagnostic)
{
	cJSON *object = part_add(array);

	cJSON_AddStringToObject(object, "level", diagnostic->is_error ? "error" : "warning");
	part_text(object, "code", diagnostic->code);
	part_text(object, "concept", diagnostic->withheld ? "withheld by the exercise" : concept_of(diagnostic->code));
	part_text(object, "message", diagnostic->message);
	part_text(object, "file", diagnostic->place.file);
	cJSON_AddNumberToObject(object, "line", diagnostic->place.line);
	cJSON_AddNumberToObject(object, "column", diagnostic->place.column);
	cJSON_AddNumberToObject(object, "end_line", diagnostic->place.end_line);
	cJSON_AddNumberToObject(object, "end_column", diagnostic->place.end_column);
	part_text(object, "rendered", diagnostic->rendered);
}

/* Forced to warn in order to be counted: its own section has it. */
static bool is_about_unsafe(const struct diagnostic *diagnostic)
{
	return !diagnostic->is_error && diagnostic->code &&
	       (strcmp(diagnostic->code, LINT_UNSAFE) == 0 || strcmp(diagnostic->code, LINT_UNDOCUMENTED) == 0);
}

/* Counted uses stand under "uses": here they would be said twice. */
static bool is_shown(const struct diagnostic *diagnostic)
{
	return !diagnostic->reason && !is_about_unsafe(diagnostic) &&
	       (diagnostic->is_error || !diagnostic->is_foreign);
}

static void add_builds(cJSON *report, const struct report_sources *sources)
{
	cJSON *array = cJSON_AddArrayToObject(report, "builds");

	for (size_t i = 0; i < sources->evidence->unit_count; i++) {
		const struct unit_evidence *unit = &sources->evidence->units[i];
		cleanup_free char *ended =
			unit->build.trouble ? text_copy(unit->build.trouble) : describe_end(&unit->build.outcome);
		cJSON *object = part_add(array), *diagnostics;

		part_text(object, "unit", unit->id);
		part_text(object, "file", unit->file);
		part_text(object, "crate", unit->crate);
		cJSON_AddBoolToObject(object, "compiled", unit->build.succeeded);
		part_text(object, "ended", ended);
		diagnostics = cJSON_AddArrayToObject(object, "diagnostics");
		for (size_t j = 0, shown = 0; j < unit->build.diagnostics.count && shown < MOST_DIAGNOSTICS; j++)
			if (is_shown(&unit->build.diagnostics.items[j]) && ++shown)
				add_diagnostic(diagnostics, &unit->build.diagnostics.items[j]);
	}
}

/* Why a test could not be looked at: the unit did not compile, or its hidden file did not with it. */
static char *describe_unobserved(const struct evidence *evidence, const struct test_evidence *test)
{
	const struct program_evidence *program = &evidence->programs[test->program];
	const struct diagnostics *diagnostics = &program->link.diagnostics;

	if (!evidence->units[program->unit].build.succeeded)
		return text_copy("the submission does not compile");
	for (size_t i = 0; i < diagnostics->count; i++)
		if (diagnostics->items[i].is_error)
			return text_format("the tests do not compile against it: %s", diagnostics->items[i].message);
	return text_format("the tests could not be linked with it: %s",
			   program->link.trouble ? program->link.trouble : "no reason was given");
}

static void add_tests(cJSON *report, const struct report_sources *sources)
{
	cJSON *array = cJSON_AddArrayToObject(report, "tests");

	for (size_t i = 0; i < sources->evidence->test_count; i++) {
		const struct test_evidence *test = &sources->evidence->tests[i];
		const struct exercise_group *group = &sources->exercise->groups[test->group];
		cleanup_free char *unobserved = NULL;
		cJSON *object = part_add(array), *inputs, *difference;

		if (test->status == STATUS_UNOBSERVED)
			unobserved = describe_unobserved(sources->evidence, test);
		cJSON_AddStringToObject(object, "group", group->id);
		part_text(object, "unit", group->unit);
		cJSON_AddStringToObject(object, "name", test->name);
		part_text(object, "says", test->says);
		cJSON_AddStringToObject(object, "feedback", exercise_feedback_name(group->feedback));
		cJSON_AddStringToObject(object, "proof", test_proof[group->style]);
		cJSON_AddStringToObject(object, "status", test_status[test->status]);
		part_text(object, "why", test->why);
		part_text(object, "detail", unobserved ? unobserved : test->detail);
		inputs = cJSON_AddArrayToObject(object, "inputs");
		for (size_t j = 0; j < test->input_count; j++) {
			cJSON *input = part_add(inputs);

			part_text(input, "label", test->inputs[j].label);
			part_text(input, "value", test->inputs[j].value);
		}
		if (!test->difference.label) {
			cJSON_AddNullToObject(object, "difference");
			continue;
		}
		difference = cJSON_AddObjectToObject(object, "difference");
		part_text(difference, "label", test->difference.label);
		part_text(difference, "expected", test->expected);
		part_text(difference, "observed", test->difference.value);
	}
}

static void add_failures(cJSON *object, const char *key, const struct seen_failure *failures, size_t count)
{
	cJSON *array = cJSON_AddArrayToObject(object, key);

	for (size_t i = 0; i < count; i++) {
		cJSON *failure = part_add(array);

		part_text(failure, "code", *failures[i].code ? failures[i].code : NULL);
		cJSON_AddNumberToObject(failure, "line", failures[i].line);
	}
}

static void add_probes(cJSON *report, const struct report_sources *sources)
{
	cJSON *array = cJSON_AddArrayToObject(report, "probes");

	for (size_t i = 0; i < sources->exercise->probe_count; i++) {
		const struct probe_evidence *probe = &sources->evidence->probes[i];
		cJSON *object = part_add(array);

		cJSON_AddStringToObject(object, "id", sources->exercise->probes[i].id);
		part_text(object, "says", sources->exercise->probes[i].says);
		cJSON_AddStringToObject(object, "status", probe_status[probe->status]);
		part_text(object, "why", probe->why);
		add_failures(object, "expected", probe->expected, probe->expected_count);
		add_failures(object, "found", probe->found, probe->found_count);
	}
}

static void add_uses(cJSON *report, const struct report_sources *sources)
{
	cJSON *array = cJSON_AddArrayToObject(report, "uses");

	for (size_t i = 0; i < sources->exercise->use_count; i++) {
		const struct use_evidence *use = &sources->evidence->uses[i];
		cJSON *object = part_add(array);

		cJSON_AddStringToObject(object, "id", sources->exercise->uses[i].id);
		part_text(object, "says", sources->exercise->uses[i].says);
		if (use->units_seen)
			cJSON_AddNumberToObject(object, "count", (double)use->count);
		else
			cJSON_AddNullToObject(object, "count");
		cJSON_AddBoolToObject(object, "complete", use->observed);
		cJSON_AddNumberToObject(object, "reference", (double)use->reference);
		part_places(object, use->places, use->count);
	}
}

/* Each lint that clippy or rustc raised, with its places, in the order in which it was first seen. */
static void add_lints(cJSON *report, const struct report_sources *sources)
{
	cJSON *array = cJSON_AddArrayToObject(report, "lints");

	for (size_t i = 0; i < sources->evidence->unit_count; i++) {
		const struct diagnostics *diagnostics = &sources->evidence->units[i].build.diagnostics;

		for (size_t j = 0; j < diagnostics->count; j++) {
			const struct diagnostic *lint = &diagnostics->items[j];
			cJSON *entry, *found = NULL, *places;

			if (lint->is_error || !lint->code || !is_shown(lint))
				continue;
			cJSON_ArrayForEach (entry, array)
				if (strcmp(cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(entry, "lint")),
					   lint->code) == 0)
					found = entry;
			if (!found) {
				found = part_add(array);
				part_text(found, "lint", lint->code);
				cJSON_AddNumberToObject(found, "count", 0);
				cJSON_AddArrayToObject(found, "places");
			}
			entry = cJSON_GetObjectItemCaseSensitive(found, "count");
			cJSON_SetNumberValue(entry, entry->valuedouble + 1);
			places = cJSON_GetObjectItemCaseSensitive(found, "places");
			if (cJSON_GetArraySize(places) < MOST_PLACES)
				add_place(places, &lint->place, lint->message);
		}
	}
}

static void add_metrics(cJSON *report, const struct report_sources *sources)
{
	cJSON *array = cJSON_AddArrayToObject(report, "metrics");

	for (size_t i = 0; i < sources->exercise->metric_count; i++) {
		const struct metric_evidence *metric = &sources->evidence->metrics[i];
		cJSON *object = part_add(array);

		cJSON_AddStringToObject(object, "id", sources->exercise->metrics[i].id);
		part_text(object, "says", sources->exercise->metrics[i].says);
		cJSON_AddStringToObject(object, "test", sources->exercise->metrics[i].test);
		if (metric->observed)
			cJSON_AddNumberToObject(object, "value", (double)metric->value);
		else
			cJSON_AddNullToObject(object, "value");
		if (metric->reference_observed)
			cJSON_AddNumberToObject(object, "reference", (double)metric->reference);
		else
			cJSON_AddNullToObject(object, "reference");
	}
}

static void add_format(cJSON *report, const struct report_sources *sources)
{
	cJSON *object = cJSON_AddObjectToObject(report, "format"), *files;
	const struct string_list *changed = &sources->evidence->format_changed;

	if (sources->evidence->format_observed)
		cJSON_AddBoolToObject(object, "clean", changed->count == 0);
	else
		cJSON_AddNullToObject(object, "clean");
	files = cJSON_AddArrayToObject(object, "files");
	for (size_t i = 0; i < changed->count; i++)
		add_string(files, changed->items[i]);
}

static void add_questions(cJSON *report, const struct report_sources *sources)
{
	cJSON *array = cJSON_AddArrayToObject(report, "questions");

	for (size_t i = 0; i < sources->exercise->question_count; i++) {
		const struct exercise_question *question = &sources->exercise->questions[i];
		const struct question_evidence *evidence = &sources->evidence->questions[i];
		cJSON *object = part_add(array), *given, *fails;

		cJSON_AddStringToObject(object, "id", question->id);
		part_text(object, "title", question->title);
		part_text(object, "concept", question->concept);
		cJSON_AddNumberToObject(object, "level", question->level);
		cJSON_AddStringToObject(object, "status",
					!evidence->given				  ? "unanswered"
					: evidence->fails_right && evidence->choice_right ? "right"
											  : "wrong");
		cJSON_AddBoolToObject(object, "fails_right", evidence->fails_right);
		cJSON_AddBoolToObject(object, "choice_right", evidence->choice_right);
		given = cJSON_AddObjectToObject(object, "given");
		fails = cJSON_AddArrayToObject(given, "fails");
		for (size_t j = 0; evidence->given && j < evidence->given->fail_count; j++) {
			cJSON *failure = part_add(fails);

			cJSON_AddNumberToObject(failure, "line", evidence->given->fails[j].line);
			part_text(failure, "code", evidence->given->fails[j].code);
		}
		part_text(given, "choice", evidence->given ? evidence->given->choice : NULL);
		part_text(object, "because", evidence->given ? evidence->given->because : NULL);
		part_text(object, "listen_for", question->listen_for);
	}
}

void report_add_parts(cJSON *report, const struct report_sources *sources)
{
	static void (*const parts[])(cJSON *, const struct report_sources *) = {
		add_criteria, add_builds,  add_tests,  add_probes,    add_uses,
		add_lints,    add_metrics, add_format, add_questions, report_add_unsafe,
		report_add_own_tests, findings_add, report_add_interview,
	};

	for (size_t i = 0; i < ARRAY_LENGTH(parts); i++)
		parts[i](report, sources);
}
