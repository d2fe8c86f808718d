#include "grading/prepare.h"

#include "base/digest.h"
#include "base/file.h"
#include "base/memory.h"
#include "grading/cache.h"
#include "rust/facade.h"

#include <cjson/cJSON.h>
#include <fcntl.h>
#include <string.h>

#define DESCRIPTION_LIMIT (4u << 20) /* bytes of reference.json */
#define HIDDEN_LIMIT (1u << 20)	     /* bytes of one hidden file */

/* ---- what a solution is made of ------------------------------------------ */

struct unit_evidence *prepare_units(const struct exercise *exercise, size_t *count)
{
	struct unit_evidence *units;

	*count = exercise->kind == EXERCISE_FIX ? exercise->unit_count : exercise->kind == EXERCISE_EXPLAIN ? 0 : 1;
	units = memory_new(*count, sizeof *units);
	if (exercise->kind == EXERCISE_FIX) {
		for (size_t i = 0; i < *count; i++)
			units[i] = (struct unit_evidence){.id = exercise->units[i].id,
							  .file = exercise->units[i].file,
							  .crate = exercise->units[i].id,
							  .edition = exercise->edition};
	} else if (*count) {
		units[0] = (struct unit_evidence){
			.file = "src/lib.rs", .crate = exercise->crate, .edition = exercise->edition};
	}
	return units;
}

static size_t unit_index(const struct exercise *exercise, const char *id)
{
	for (size_t i = 0; id && i < exercise->unit_count; i++)
		if (strcmp(exercise->units[i].id, id) == 0)
			return i;
	return 0;
}

static void list_programs(const struct exercise *exercise, struct preparation *preparation)
{
	for (size_t i = 0; i < exercise->group_count; i++) {
		const struct exercise_group *group = &exercise->groups[i];
		size_t unit = unit_index(exercise, group->unit);
		struct prepared_program *program;
		bool known = false;

		for (size_t j = 0; j < preparation->program_count && !known; j++)
			known = preparation->programs[j].unit == unit &&
				strcmp(preparation->programs[j].file, group->file) == 0;
		if (known)
			continue;
		program = ARRAY_ADD(preparation->programs, preparation->program_count);
		program->file = group->file;
		program->unit = unit;
		program->path = text_format("%s/program-%zu", preparation->reference, preparation->program_count - 1);
	}
}

static void list_extra_lints(const struct exercise *exercise, struct preparation *preparation)
{
	/* rustc has no name for all that it warns of by itself: these groups are nearly all of it */
	static const char *const of_rustc[] = {"unused", "nonstandard_style", "deprecated"};
	size_t count = 0;

	for (size_t i = 0; i < exercise->criterion_count; i++) {
		const struct exercise_criterion *criterion = &exercise->criteria[i];

		if (criterion->require != REQUIRE_LINTS)
			continue;
		if (strcmp(criterion->names.items[0], "rustc") != 0)
			*ARRAY_ADD(preparation->extra_lints, count) = criterion->names.items[0];
		for (size_t j = 0; strcmp(criterion->names.items[0], "rustc") == 0 && j < ARRAY_LENGTH(of_rustc); j++)
			*ARRAY_ADD(preparation->extra_lints, count) = of_rustc[j];
	}
	*ARRAY_ADD(preparation->extra_lints, count) = NULL;
}

int prepare_build(const struct preparation *preparation, const struct exercise *exercise, const char *source,
		  const char *built, const struct compile_listener *listener, struct unit_evidence *unit,
		  struct error **err)
{
	const struct compile_source compile = {
		.folder = source,
		.file = unit->file,
		.crate = unit->crate,
		.edition = unit->edition,
		.allow_unsafe = exercise->allow_unsafe,
		.clippy_configuration = preparation->configuration,
		.extra_lints = preparation->extra_lints,
		.limits = exercise->compile_limits,
	};
	cleanup_free char *root = file_join(source, unit->file);

	if (!file_exists(root)) {
		unit->build.trouble = text_format("%s is not in the submission", unit->file);
		return 0;
	}
	return step_compile(&preparation->engine, &compile, built, listener, &unit->build, err);
}

int prepare_link(const struct preparation *preparation, const struct exercise *exercise, const char *built,
		 const struct unit_evidence *unit, const char *file, const char *program, const char *gate,
		 struct step_result *result, struct error **err)
{
	const struct link_source link = {
		.hidden = preparation->hidden,
		.file = strncmp(file, "hidden/", 7) == 0 ? file + 7 : file,
		.crate = unit->crate,
		.built = built,
		.edition = exercise->edition,
		.gate = gate,
		.limits = exercise->compile_limits,
	};

	return program ? step_link(&preparation->engine, &link, program, result, err)
		       : step_check(&preparation->engine, &link, result, err);
}

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

struct making {
	const struct exercise *exercise;
	struct preparation *preparation; /* paths still point into the entry's final place */
};

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

static int list_tests(const struct making *making, const char *file, const char *program, cJSON *tests,
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

static int make_programs(const struct making *making, const char *folder, const char *built,
			 const struct unit_evidence *units, cJSON *described, struct error **err)
{
	for (size_t i = 0; i < making->preparation->program_count; i++) {
		const struct prepared_program *program = &making->preparation->programs[i];
		cleanup_free char *path = text_format("%s/program-%zu", folder, i);
		struct step_result result = {0};
		cJSON *tests = cJSON_CreateArray();
		int failed = prepare_link(making->preparation, making->exercise, built, &units[program->unit],
					  program->file, path, NULL, &result, err);

		if (!failed && !result.succeeded)
			failed = reference_error(making->exercise, program->file, &result, err);
		step_result_release(&result);
		cJSON_AddItemToArray(described, tests);
		if (failed || list_tests(making, program->file, path, tests, err) < 0)
			return -1;
	}
	return 0;
}

static int make_solution(const struct making *making, const char *folder, cJSON *description, struct error **err)
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

static int make_key(const struct making *making, const struct exercise_question *question, cJSON *keys,
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

/* ---- the cache entry ---------------------------------------------------------- */

static int make_reference(const char *folder, void *context, struct error **err)
{
	const struct making *making = context;
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

static void read_programs(const cJSON *programs, struct preparation *preparation)
{
	const cJSON *tests, *test;
	size_t i = 0;

	cJSON_ArrayForEach (tests, programs) {
		struct prepared_program *program;

		if (i >= preparation->program_count)
			return;
		program = &preparation->programs[i++];
		cJSON_ArrayForEach (test, tests) {
			struct prepared_test *prepared = ARRAY_ADD(program->tests, program->test_count);

			prepared->name =
				text_copy(cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(test, "name")));
			prepared->says =
				text_copy(cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(test, "says")));
		}
	}
}

static void read_keys(const cJSON *keys, const struct exercise *exercise, struct preparation *preparation)
{
	preparation->keys = memory_new(exercise->question_count, sizeof *preparation->keys);
	for (size_t i = 0; i < exercise->question_count; i++) {
		const cJSON *key = cJSON_GetArrayItem(keys, (int)i), *failure;

		cJSON_ArrayForEach (failure, key) {
			struct answer_failure *prepared =
				ARRAY_ADD(preparation->keys[i].fails, preparation->keys[i].fail_count);
			const cJSON *line = cJSON_GetObjectItemCaseSensitive(failure, "line");

			prepared->line = cJSON_IsNumber(line) ? (unsigned int)line->valueint : 0;
			prepared->code =
				text_copy(cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(failure, "code")));
		}
	}
}

static int read_description(const struct exercise *exercise, struct preparation *preparation, struct error **err)
{
	cleanup_free char *path = file_join(preparation->reference, "reference.json");
	cleanup_buffer struct buffer text = {0};
	const cJSON *uses;
	cJSON *description;

	if (file_read(AT_FDCWD, path, DESCRIPTION_LIMIT, &text, err) < 0)
		return -1;
	description = cJSON_Parse(buffer_text(&text));
	if (!description)
		return error_set(err, ERROR_OTHER, "%s is damaged: remove the folder it is in and try again", path);
	read_programs(cJSON_GetObjectItemCaseSensitive(description, "programs"), preparation);
	read_keys(cJSON_GetObjectItemCaseSensitive(description, "keys"), exercise, preparation);
	uses = cJSON_GetObjectItemCaseSensitive(description, "uses");
	preparation->uses = memory_new(exercise->use_count, sizeof *preparation->uses);
	for (size_t i = 0; i < exercise->use_count; i++) {
		const cJSON *count = cJSON_GetArrayItem(uses, (int)i);

		preparation->uses[i] = cJSON_IsNumber(count) ? (long)count->valuedouble : 0;
	}
	cJSON_Delete(description);
	return 0;
}

/* Every test of a hidden file is in exactly one group; names in groups exist. */
static int check_groups(const struct exercise *exercise, const struct preparation *preparation, struct error **err)
{
	for (size_t i = 0; i < exercise->group_count; i++) {
		const struct exercise_group *group = &exercise->groups[i];
		size_t unit = unit_index(exercise, group->unit);

		for (size_t j = 0; j < preparation->program_count; j++) {
			const struct prepared_program *program = &preparation->programs[j];

			if (program->unit != unit || strcmp(program->file, group->file) != 0)
				continue;
			for (size_t k = 0; k < group->tests.count; k++) {
				bool found = false;

				for (size_t l = 0; l < program->test_count; l++)
					found |= strcmp(program->tests[l].name, group->tests.items[k]) == 0;
				if (!found)
					return error_set(
						err, ERROR_EXERCISE,
						"%s/exercise.yaml: group \"%s\" names the test \"%s\", which %s does not have",
						exercise->folder, group->id, group->tests.items[k], group->file);
			}
		}
	}
	for (size_t j = 0; j < preparation->program_count; j++) {
		const struct prepared_program *program = &preparation->programs[j];

		for (size_t l = 0; l < program->test_count; l++) {
			bool grouped = false;

			for (size_t i = 0; i < exercise->group_count; i++)
				grouped |= strcmp(exercise->groups[i].file, program->file) == 0 &&
					   string_list_find(&exercise->groups[i].tests, program->tests[l].name) >= 0;
			if (!grouped)
				return error_set(err, ERROR_EXERCISE,
						 "%s/%s: the test \"%s\" is in no group of exercise.yaml",
						 exercise->folder, program->file, program->tests[l].name);
		}
	}
	return 0;
}

struct facade_making {
	const struct toolchain *toolchain;
	const char *source;
};

static int make_facade(const char *folder, void *context, struct error **err)
{
	const struct facade_making *making = context;

	return facade_build(making->toolchain, making->source, folder, err);
}

static int prepare_facade(const struct session *session, const struct exercise *exercise,
			  struct preparation *preparation, char name[DIGEST_TEXT_SIZE], struct error **err)
{
	cleanup_buffer struct buffer source = {0};
	cleanup_free char *entry = NULL;
	struct facade_making making = {.toolchain = &session->toolchain};
	char sources[DIGEST_TEXT_SIZE];
	struct digest digest;

	if (facade_source(&exercise->allow_std, &source, err) < 0)
		return error_wrap(err, "%s/exercise.yaml", exercise->folder);
	making.source = buffer_text(&source);
	facade_digest_sources(making.source, sources);
	digest_init(&digest);
	digest_add_text(&digest, sources);
	digest_add_text(&digest, session->toolchain.id);
	digest_finish(&digest, name);
	entry = text_format("facade-%.24s", name);
	preparation->facade = cache_entry(session->cache, entry, make_facade, &making, err);
	return preparation->facade ? 0 : -1;
}

int prepare(const struct session *session, const struct exercise *exercise, struct preparation *preparation,
	    struct error **err)
{
	struct making making = {.exercise = exercise, .preparation = preparation};
	char facade[DIGEST_TEXT_SIZE], name[DIGEST_TEXT_SIZE];
	cleanup_free char *entry = NULL, *made = NULL;
	struct digest digest;

	*preparation = (struct preparation){.engine = {.sandbox = session->sandbox, .toolchain = &session->toolchain}};
	preparation->folder = realpath(exercise->folder, NULL);
	if (!preparation->folder)
		return error_set_errno(err, ERROR_EXERCISE, "%s", exercise->folder);
	preparation->hidden = file_join(preparation->folder, "hidden");
	list_extra_lints(exercise, preparation);
	if (prepare_facade(session, exercise, preparation, facade, err) < 0)
		return -1;
	preparation->engine.facade = preparation->facade;
	digest_init(&digest);
	digest_add_text(&digest, "reference/4 " ASSAY_VERSION);
	digest_add_text(&digest, exercise->digest);
	digest_add_text(&digest, facade);
	digest_add_text(&digest, session->toolchain.linker);
	digest_finish(&digest, name);
	entry = text_format("reference-%.24s", name);
	preparation->reference = file_join(session->cache, entry);
	preparation->configuration = file_join(preparation->reference, "configuration");
	list_programs(exercise, preparation);
	made = cache_entry(session->cache, entry, make_reference, &making, err);
	if (!made || read_description(exercise, preparation, err) < 0)
		return -1;
	return check_groups(exercise, preparation, err);
}

void preparation_release(struct preparation *preparation, const struct exercise *exercise)
{
	for (size_t i = 0; i < preparation->program_count; i++) {
		struct prepared_program *program = &preparation->programs[i];

		for (size_t j = 0; j < program->test_count; j++) {
			free(program->tests[j].name);
			free(program->tests[j].says);
		}
		free(program->tests);
		free(program->path);
	}
	for (size_t i = 0; preparation->keys && i < exercise->question_count; i++) {
		for (size_t j = 0; j < preparation->keys[i].fail_count; j++)
			free(preparation->keys[i].fails[j].code);
		free(preparation->keys[i].fails);
	}
	free(preparation->keys);
	free(preparation->programs);
	free(preparation->uses);
	free(preparation->extra_lints);
	free(preparation->folder);
	free(preparation->hidden);
	free(preparation->facade);
	free(preparation->reference);
	free(preparation->configuration);
	*preparation = (struct preparation){0};
}
