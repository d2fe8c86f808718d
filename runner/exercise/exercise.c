#include "exercise/exercise.h"

#include "base/file.h"
#include "base/memory.h"
#include "exercise/exercise_parts.h"
#include "submission/names.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#define MANIFEST "exercise.yaml"

/* ---- loading --------------------------------------------------------------------- */

static char *without_slash_at_end(const char *folder)
{
	size_t length = strlen(folder);

	while (length > 1 && folder[length - 1] == '/')
		length--;
	return text_copy_n(folder, length);
}

/* Reports and caches go by the id, people by the folder: they are one name. */
static int check_id(const struct table_reader *reader, const struct node *manifest, const struct exercise *exercise,
		    struct error **err)
{
	cleanup_free char *full = realpath(exercise->folder, NULL);

	if (full && strcmp(name_last(full), exercise->id) != 0)
		return node_error(&reader->source, node_get(manifest, "id"), err,
				  "id \"%s\" is not the folder's name, \"%s\"", exercise->id, name_last(full));
	return 0;
}

/* Not through a link, which may lead to what is nobody's to quote, and not from a FIFO, which would hold us. */
static int read_regular(const char *path, struct buffer *text, struct error **err)
{
	cleanup_fd int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	struct stat status;

	if (fd < 0 && errno != ELOOP && errno != ENXIO)
		return error_set_errno(err, ERROR_EXERCISE, "cannot open %s", path);
	if (fd < 0 || fstat(fd, &status) < 0 || !S_ISREG(status.st_mode))
		return error_set(err, ERROR_EXERCISE, "%s is not a file itself", path);
	if (file_read_all(fd, YAML_FILE_BYTES, text, err) < 0) {
		(*err)->kind = ERROR_EXERCISE;
		return error_wrap(err, "%s", path);
	}
	return 0;
}

static int read_manifest(const char *path, struct node **manifest, struct error **err)
{
	const struct yaml_source source = {.name = path, .kind = ERROR_EXERCISE};
	cleanup_buffer struct buffer text = {0};

	if (read_regular(path, &text, err) < 0)
		return -1;
	return node_parse(&source, buffer_text(&text), text.length, manifest, err);
}

int exercise_load(const char *folder, struct exercise **exercise, struct error **err)
{
	cleanup_exercise struct exercise *loaded = memory_new(1, sizeof *loaded);
	cleanup_node struct node *manifest = NULL;
	cleanup_free char *path = NULL;
	struct table_reader reader;

	loaded->folder = without_slash_at_end(folder);
	path = file_join(loaded->folder, MANIFEST);
	if (!file_is_folder(loaded->folder))
		return error_set(err, ERROR_EXERCISE, "there is no exercise folder %s", folder);
	if (read_manifest(path, &manifest, err) < 0 || exercise_read(path, manifest, loaded, err) < 0)
		return -1;
	reader = manifest_reader(path, loaded->kind);
	if (check_id(&reader, manifest, loaded, err) < 0 || exercise_check(&reader, manifest, loaded, err) < 0 ||
	    exercise_check_files(&reader, manifest, loaded, err) < 0 || exercise_make_digest(loaded, err) < 0)
		return -1;
	*exercise = STEAL(loaded);
	return 0;
}

/* ---- releasing ------------------------------------------------------------------- */

/* Frees each of several strings of a row. */
#define FREE_ALL(...) free_all((char *[]){__VA_ARGS__, NULL}, sizeof((char *[]){__VA_ARGS__}) / sizeof(char *))

static void free_all(char **strings, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(strings[i]);
}

void string_list_free(struct string_list *list)
{
	free_all(list->items, list->count);
	free(list->items);
	*list = (struct string_list){0};
}

long string_list_find(const struct string_list *list, const char *name)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->items[i], name) == 0)
			return (long)i;
	return -1;
}

static void free_unit(struct exercise_unit *unit)
{
	FREE_ALL(unit->id, unit->file, unit->title, unit->concept);
	string_list_free(&unit->codes);
}

static void free_group(struct exercise_group *group)
{
	FREE_ALL(group->id, group->file, group->unit);
	string_list_free(&group->tests);
	string_list_free(&group->essential);
}

static void free_use(struct exercise_use *use)
{
	FREE_ALL(use->id, use->says);
	string_list_free(&use->methods);
	string_list_free(&use->types);
	string_list_free(&use->macros);
}

static void free_metric(struct exercise_metric *metric)
{
	FREE_ALL(metric->id, metric->says, metric->test);
}

static void free_probe(struct exercise_probe *probe)
{
	FREE_ALL(probe->id, probe->says, probe->file, probe->twin);
}

static void free_question(struct exercise_question *question)
{
	FREE_ALL(question->id, question->title, question->concept, question->file, question->key, question->choice,
		 question->listen_for);
	for (size_t i = 0; i < question->choice_count; i++)
		FREE_ALL(question->choices[i].id, question->choices[i].says);
	free(question->choices);
}

static void free_criterion(struct exercise_criterion *criterion)
{
	FREE_ALL(criterion->id, criterion->concept, criterion->says, criterion->learn, criterion->skill);
	string_list_free(&criterion->names);
	string_list_free(&criterion->shows_in);
}

static void free_mutant(struct exercise_mutant *mutant)
{
	FREE_ALL(mutant->name, mutant->says);
	string_list_free(&mutant->names);
}

static void free_sample(struct exercise_sample *sample)
{
	free(sample->name);
}

#define FREE_ROWS(rows, count, free_row)                                                                               \
	do {                                                                                                           \
		for (size_t i = 0; i < (count); i++)                                                                   \
			free_row(&(rows)[i]);                                                                          \
		free(rows);                                                                                            \
	} while (0)

void exercise_free(struct exercise *exercise)
{
	if (!exercise)
		return;
	FREE_ALL(exercise->folder, exercise->id, exercise->title, exercise->system, exercise->summary,
		 exercise->edition, exercise->crate);
	string_list_free(&exercise->concepts);
	string_list_free(&exercise->allow_std);
	string_list_free(&exercise->starter_codes);
	FREE_ROWS(exercise->units, exercise->unit_count, free_unit);
	FREE_ROWS(exercise->groups, exercise->group_count, free_group);
	FREE_ROWS(exercise->uses, exercise->use_count, free_use);
	FREE_ROWS(exercise->metrics, exercise->metric_count, free_metric);
	FREE_ROWS(exercise->probes, exercise->probe_count, free_probe);
	FREE_ROWS(exercise->questions, exercise->question_count, free_question);
	FREE_ROWS(exercise->criteria, exercise->criterion_count, free_criterion);
	FREE_ROWS(exercise->mutants, exercise->mutant_count, free_mutant);
	FREE_ROWS(exercise->samples, exercise->sample_count, free_sample);
	skills_free(exercise->skills);
	free(exercise);
}

bool exercise_requires(const struct exercise *exercise, enum require_kind kind)
{
	for (size_t i = 0; i < exercise->criterion_count; i++)
		if (exercise->criteria[i].require == kind)
			return true;
	return false;
}
