#include "grading/prepare.h"

#include "base/digest.h"
#include "base/file.h"
#include "base/memory.h"
#include "grading/cache.h"
#include "grading/plain.h"
#include "grading/reference.h"
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
			.file = exercise_root(exercise), .crate = exercise->crate, .edition = exercise->edition};
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
		program->plain = group->style == STYLE_PLAIN;
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

struct compile_source prepare_compile(const struct preparation *preparation, const struct exercise *exercise,
				      const char *source, const struct unit_evidence *unit)
{
	return (struct compile_source){
		.folder = source,
		.file = unit->file,
		.crate = unit->crate,
		.edition = unit->edition,
		.program = exercise->type == TYPE_BIN,
		.allow_unsafe = exercise->allow_unsafe,
		.clippy_configuration = preparation->configuration,
		.extra_lints = preparation->extra_lints,
		.limits = exercise->compile_limits,
	};
}

int prepare_build(const struct preparation *preparation, const struct exercise *exercise, const char *source,
		  const char *built, const struct compile_listener *listener, struct unit_evidence *unit,
		  struct error **err)
{
	const struct compile_source compile = prepare_compile(preparation, exercise, source, unit);
	cleanup_free char *root = file_join(source, unit->file);

	if (!file_exists(root)) {
		unit->build.trouble = text_format("%s is not in the submission", unit->file);
		return 0;
	}
	return step_compile(&preparation->engine, &compile, built, listener, &unit->build, err);
}

struct link_source prepare_link(const struct preparation *preparation, const struct exercise *exercise,
				const char *built, const struct unit_evidence *unit, const char *file)
{
	bool plain = plain_is(exercise, file);

	return (struct link_source){
		.views = preparation->views,
		.plain = plain,
		.file = strncmp(file, "hidden/", 7) == 0 ? file + 7 : file,
		.crate = exercise->type == TYPE_BIN ? NULL : unit->crate,
		.built = built,
		.edition = exercise->edition,
		.limits = exercise->compile_limits,
	};
}

/* ---- the cache entry ---------------------------------------------------------- */

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
						"%s/exercise.yaml: group \"%s\" names the test \"%s\", which %s does not have%s",
						exercise->folder, group->id, group->tests.items[k], group->file,
						program->plain ? ", or not without #[ignore]" : "");
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
	const struct string_list *added;
};

static int make_facade(const char *folder, void *context, struct error **err)
{
	const struct facade_making *making = context;

	return facade_build(making->toolchain, making->added, folder, err);
}

static int prepare_facade(const struct session *session, const struct exercise *exercise,
			  struct preparation *preparation, char name[DIGEST_TEXT_SIZE], struct error **err)
{
	cleanup_free char *entry = NULL;
	struct facade_making making = {.toolchain = &session->toolchain, .added = &exercise->allow_std};
	char sources[DIGEST_TEXT_SIZE];
	struct digest digest;

	facade_digest_sources(&exercise->allow_std, sources);
	digest_init(&digest);
	digest_add_text(&digest, sources);
	digest_add_text(&digest, session->toolchain.id);
	digest_finish(&digest, name);
	entry = text_format("facade-%.*s", CACHE_DIGEST_DIGITS, name);
	preparation->facade = cache_entry(session->cache, entry, make_facade, &making, err);
	return preparation->facade ? 0 : -1;
}

static bool lies_in(const char *path, const char *folder)
{
	size_t length = strlen(folder);

	return strncmp(path, folder, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

/* What a box that compiles a submission shows of the machine (steps.c) must not be where the secrets are. */
static int check_place(const struct session *session, const char *path, struct error **err)
{
	const char *const shown[] = {"/usr", "/bin", "/lib", "/lib64", session->toolchain.root};

	for (size_t i = 0; i < ARRAY_LENGTH(shown); i++)
		if (lies_in(path, shown[i]))
			return error_set(err, ERROR_OTHER,
					 "%s lies in %s, which a submission's compiler sees with all that is hidden; "
					 "move it elsewhere",
					 path, shown[i]);
	return 0;
}

static int check_places(const struct session *session, const struct preparation *preparation, struct error **err)
{
	cleanup_free char *cache = realpath(session->cache, NULL);

	if (check_place(session, preparation->folder, err) < 0)
		return -1;
	return cache && check_place(session, cache, err) < 0 ? error_wrap(err, "the cache (XDG_CACHE_HOME can move it)") : 0;
}

int prepare(const struct session *session, const struct exercise *exercise, struct preparation *preparation,
	    struct error **err)
{
	struct reference_making making = {.exercise = exercise, .preparation = preparation};
	char facade[DIGEST_TEXT_SIZE], name[DIGEST_TEXT_SIZE];
	cleanup_free char *entry = NULL, *made = NULL;
	struct digest digest;

	*preparation = (struct preparation){.engine = {.sandbox = session->sandbox, .toolchain = &session->toolchain}};
	preparation->folder = realpath(exercise->folder, NULL);
	if (!preparation->folder)
		return error_set_errno(err, ERROR_EXERCISE, "%s", exercise->folder);
	if (check_places(session, preparation, err) < 0)
		return -1;
	list_extra_lints(exercise, preparation);
	if (prepare_facade(session, exercise, preparation, facade, err) < 0)
		return -1;
	preparation->engine.facade = preparation->facade;
	for (enum sanitizer_kind kind = 0; kind < SANITIZER_KINDS; kind++)
		if (sanitizer_is_asked_for(exercise, kind) &&
		    sanitizer_prepare(session, &preparation->engine, kind, &preparation->sanitizers[kind], err) < 0)
			return -1;
	digest_init(&digest);
	digest_add_text(&digest, "reference/6 " ASSAY_VERSION);
	digest_add_text(&digest, exercise->digest);
	digest_add_text(&digest, facade);
	digest_add_text(&digest, session->toolchain.linker);
	digest_finish(&digest, name);
	entry = text_format("reference-%.*s", CACHE_DIGEST_DIGITS, name);
	preparation->reference = file_join(session->cache, entry);
	preparation->solution = file_join(preparation->reference, "built/" STEP_PROGRAM);
	preparation->configuration = file_join(preparation->reference, "configuration");
	preparation->views = file_join(preparation->reference, "views");
	list_programs(exercise, preparation);
	made = cache_entry(session->cache, entry, reference_make, &making, err);
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
	for (size_t i = 0; i < SANITIZER_KINDS; i++)
		sanitizer_release(&preparation->sanitizers[i]);
	free(preparation->keys);
	free(preparation->programs);
	free(preparation->uses);
	free(preparation->extra_lints);
	free(preparation->folder);
	free(preparation->facade);
	free(preparation->reference);
	free(preparation->solution);
	free(preparation->configuration);
	free(preparation->views);
	*preparation = (struct preparation){0};
}
