#include "grading/reference.h"

#include "base/file.h"
#include "base/memory.h"
#include "grading/metrics.h"

#include <cjson/cJSON.h>
#include <fcntl.h>
#include <string.h>

#define HIDDEN_LIMIT (1u << 20) /* bytes of one hidden file */

/* ---- the clippy configuration --------------------------------------------- */

static void add_entries(struct buffer *out, const char *key, const struct exercise *exercise, size_t list_offset)
{
	buffer_add_format(out, "%s = [\n", key);
	for (size_t i = 0; i < exercise->use_count; i++) {
		const struct string_list *paths =
			(const struct string_list *)(const void *)((const char *)&exercise->uses[i] + list_offset);

		/* the reason carries the path back to us; paths hold no quotes (exercise_load) */
		for (size_t j = 0; j < paths->count; j++)
			buffer_add_format(out, "  { path = \"%s\", reason = \"assay:%s\" },\n", paths->items[j],
					  paths->items[j]);
	}
	buffer_add_text(out, "]\n");
}

static int write_configuration(const struct exercise *exercise, const char *folder, struct error **err)
{
	cleanup_free char *path = file_join(folder, "clippy.toml");
	cleanup_buffer struct buffer toml = {0};

	if (file_make_folders(folder, err) < 0)
		return -1;
	add_entries(&toml, "disallowed-methods", exercise, offsetof(struct exercise_use, methods));
	add_entries(&toml, "disallowed-types", exercise, offsetof(struct exercise_use, types));
	add_entries(&toml, "disallowed-macros", exercise, offsetof(struct exercise_use, macros));
	return file_write(AT_FDCWD, path, toml.data, toml.length, 0644, err);
}

/* ---- building the reference ------------------------------------------------ */

static int reference_error(const struct exercise *exercise, const char *what, const struct step_result *result,
			   struct error **err)
{
	for (size_t i = 0; i < result->diagnostics.count; i++)
		if (result->diagnostics.items[i].is_error)
			return error_set(err, ERROR_EXERCISE, "%s: %s does not compile:\n%s", exercise->folder, what,
					 result->diagnostics.items[i].rendered);
	return error_set(err, ERROR_EXERCISE, "%s: %s does not compile: %s", exercise->folder, what,
			 result->trouble ? result->trouble : "no reason was given");
}

/* clippy says of a path that leads nowhere no more than a warning, and counts nothing: a budget would always hold. */
static int check_paths(const struct exercise *exercise, const struct unit_evidence *unit, struct error **err)
{
	for (size_t i = 0; i < unit->build.diagnostics.count; i++) {
		const struct diagnostic *warning = &unit->build.diagnostics.items[i];

		if (warning->place.file && strcmp(warning->place.file, "/configuration/clippy.toml") == 0)
			return error_set(err, ERROR_EXERCISE, "%s/exercise.yaml: uses: %s", exercise->folder,
					 warning->message);
	}
	return 0;
}

static int list_tests(const struct reference_making *making, const char *file, const char *program, cJSON *tests,
		      struct error **err)
{
	struct transcript transcript = {0};
	struct sandbox_outcome outcome;
	int failed = step_observe(&making->preparation->engine, program, RECORDS_LIST, 0,
				  &making->exercise->test_limits, &transcript, &outcome, err);

	if (!failed && (transcript.fault || !transcript.ended))
		failed = error_set(
			err, ERROR_EXERCISE, "%s/%s: cannot list its tests (%s); is it written with assay::tests!?",
			making->exercise->folder, file, transcript.fault ? transcript.fault : "it ended early");
	for (size_t i = 0; !failed && i < transcript.count; i++) {
		cJSON *test;

		if (transcript.items[i].kind != RECORD_LISTED)
			continue;
		test = cJSON_CreateObject();
		cJSON_AddStringToObject(test, "name", transcript.items[i].label);
		cJSON_AddStringToObject(test, "says", transcript.items[i].value);
		cJSON_AddItemToArray(tests, test);
	}
	transcript_release(&transcript);
	return failed;
}

static int make_program(const struct reference_making *making, const struct link_source *source, const char *file,
			const char *path, struct error **err)
{
	struct step_result result = {0};
	int failed = step_link(&making->preparation->engine, source, path, &result, err);

	if (!failed && !result.succeeded)
		failed = reference_error(making->exercise, file, &result, err);
	step_result_release(&result);
	return failed;
}

/* One that lists the tests, which is not kept, and one that runs them, which does not know their names. */
static int make_programs(const struct reference_making *making, const char *folder, const char *built,
			 const struct unit_evidence *units, cJSON *described, struct error **err)
{
	for (size_t i = 0; i < making->preparation->program_count; i++) {
		const struct prepared_program *program = &making->preparation->programs[i];
		cleanup_free char *path = text_format("%s/program-%zu", folder, i);
		cJSON *tests = cJSON_CreateArray();
		struct link_source source = prepare_link(making->preparation, making->exercise, built,
							 &units[program->unit], program->file);

		cJSON_AddItemToArray(described, tests);
		source.lists = true;
		if (make_program(making, &source, program->file, path, err) < 0 ||
		    list_tests(making, program->file, path, tests, err) < 0)
			return -1;
		source.lists = false;
		if (make_program(making, &source, program->file, path, err) < 0 ||
		    metrics_prepare(making->exercise, program->file, path, err) < 0)
			return -1;
	}
	return 0;
}

static int make_solution(const struct reference_making *making, const char *folder, cJSON *description,
			 struct error **err)
{
	const struct exercise *exercise = making->exercise;
	cleanup_free char *reference = file_join(exercise->folder, "reference");
	cleanup_free char *source = file_join(folder, "source");
	cleanup_free char *built = file_join(folder, "built");
	cleanup_submission struct submission *solution = NULL;
	struct evidence evidence = {.uses = memory_new(exercise->use_count, sizeof *evidence.uses)};
	int failed = submission_open(reference, &submission_default_caps, &solution, err);

	if (failed) {
		(*err)->kind = ERROR_EXERCISE;
		error_wrap(err, "the reference");
	}
	failed = failed || file_make_folders(source, err) < 0 || file_make_folders(built, err) < 0 ||
		 submission_lay(solution, source, err) < 0;
	evidence.units = prepare_units(exercise, &evidence.unit_count);
	for (size_t i = 0; !failed && i < evidence.unit_count; i++) {
		failed = prepare_build(making->preparation, exercise, source, built, NULL, &evidence.units[i], err);
		if (!failed && !evidence.units[i].build.succeeded)
			failed = reference_error(exercise, evidence.units[i].file, &evidence.units[i].build, err);
		failed = failed || check_paths(exercise, &evidence.units[i], err) < 0;
	}
	failed = failed || make_programs(making, folder, built, evidence.units,
					 cJSON_AddArrayToObject(description, "programs"), err) < 0;
	if (!failed) {
		cJSON *uses = cJSON_AddArrayToObject(description, "uses");

		prepare_count_uses(exercise, evidence.units, evidence.unit_count, evidence.uses);
		for (size_t i = 0; i < exercise->use_count; i++)
			cJSON_AddItemToArray(uses, cJSON_CreateNumber((double)evidence.uses[i].count));
	}
	evidence_release(&evidence, exercise);
	return failed ? -1 : 0;
}

/* ---- the keys of an explain exercise ---------------------------------------- */

/* The candidate's snippet must be the key without its marks, or the lines would not be the same. */
static int compare_snippet(const struct exercise *exercise, const struct exercise_question *question, const char *key,
			   struct error **err)
{
	cleanup_free char *path = text_format("%s/starter/%s", exercise->folder, question->file);
	cleanup_buffer struct buffer snippet = {0};
	const char *a;
	unsigned int line = 1;

	if (file_read(AT_FDCWD, path, HIDDEN_LIMIT, &snippet, err) < 0)
		return -1;
	a = buffer_text(&snippet);
	for (; *a || *key; line++) {
		size_t length_a = strcspn(a, "\n"), length_key = strcspn(key, "\n");
		const char *mark = memmem(key, length_key, "//~ ", 4);
		size_t kept = mark ? (size_t)(mark - key) : length_key;

		while (mark && kept > 0 && key[kept - 1] == ' ')
			kept--;
		if (kept != length_a || memcmp(a, key, kept) != 0)
			return error_set(err, ERROR_EXERCISE, "%s/%s:%u: differs from %s, which the candidate sees",
					 exercise->folder, question->key, line, path);
		a += length_a + (a[length_a] == '\n');
		key += length_key + (key[length_key] == '\n');
	}
	return 0;
}

static int make_key(const struct reference_making *making, const struct exercise_question *question, cJSON *keys,
		    struct error **err)
{
	const struct exercise *exercise = making->exercise;
	cleanup_free char *path = file_join(exercise->folder, question->key);
	cleanup_buffer struct buffer text = {0};
	struct seen_failure *expected = NULL, *found = NULL;
	size_t expected_count = 0, found_count = 0;
	struct step_result result = {0};
	cJSON *key = cJSON_CreateArray();
	bool same;
	int failed = file_read(AT_FDCWD, path, HIDDEN_LIMIT, &text, err) < 0 ||
		     compare_snippet(exercise, question, buffer_text(&text), err) < 0 ||
		     step_snippet(&making->preparation->engine, making->preparation->folder, question->key,
				  exercise->edition ? exercise->edition : "2021", &result, err) < 0;

	cJSON_AddItemToArray(keys, key);
	prepare_expectations(buffer_text(&text), &expected, &expected_count);
	prepare_failures(&result.diagnostics, &found, &found_count);
	same = expected_count == found_count;
	for (size_t i = 0; i < found_count; i++) {
		cJSON *failure = cJSON_CreateObject();

		same = same && expected[i].line == found[i].line && strcmp(expected[i].code, found[i].code) == 0;
		cJSON_AddNumberToObject(failure, "line", found[i].line);
		cJSON_AddStringToObject(failure, "code", found[i].code);
		cJSON_AddItemToArray(key, failure);
	}
	if (!failed && !same)
		failed = error_set(err, ERROR_EXERCISE,
				   "%s: the marks //~ are not what rustc %s says: it finds %zu errors%s%s", path,
				   making->preparation->engine.toolchain->version, found_count,
				   found_count ? ", the first " : "", found_count ? found[0].code : "");
	for (size_t i = 0; i < expected_count; i++)
		free(expected[i].code);
	for (size_t i = 0; i < found_count; i++)
		free(found[i].code);
	free(expected);
	free(found);
	step_result_release(&result);
	return failed ? -1 : 0;
}

/* ---- the whole -------------------------------------------------------------- */

int reference_make(const char *folder, void *context, struct error **err)
{
	const struct reference_making *making = context;
	cleanup_free char *path = file_join(folder, "reference.json");
	/* while it is being made, it is elsewhere than it will be */
	cleanup_free char *final = making->preparation->configuration;
	cJSON *description = cJSON_CreateObject();
	cJSON *keys = cJSON_AddArrayToObject(description, "keys");
	char *text = NULL;
	int failed;

	making->preparation->configuration = file_join(folder, "configuration");
	failed = write_configuration(making->exercise, making->preparation->configuration, err);
	if (!failed && making->exercise->kind != EXERCISE_EXPLAIN)
		failed = make_solution(making, folder, description, err);
	for (size_t i = 0; !failed && i < making->exercise->question_count; i++)
		failed = make_key(making, &making->exercise->questions[i], keys, err);
	if (!failed) {
		text = cJSON_Print(description);
		failed = file_write(AT_FDCWD, path, text, strlen(text), 0644, err);
	}
	free(making->preparation->configuration);
	making->preparation->configuration = STEAL(final);
	cJSON_free(text);
	cJSON_Delete(description);
	return failed;
}
