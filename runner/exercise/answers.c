#include "exercise/answers.h"

#include "base/memory.h"
#include "exercise/exercise.h"
#include "exercise/yaml_table.h"

#include <string.h>

#define HIGHEST_LINE 100000

static bool fits_format(const char *word)
{
	return strcmp(word, "assay-answers/1") == 0;
}

static const struct word_form form_format = {fits_format, "a format known here; this assay reads assay-answers/1"};

static int accept_format(const struct table_reader *reader, const struct node *node, void *field, struct error **err)
{
	cleanup_free char *format = NULL;

	(void)field;
	return table_read_text(reader, node, &form_format, &format, err);
}

/* clang-format off */
/*
 * What a candidate has not filled in yet is absent, not wrong: `fails`,
 * `choice` and `because` may be left empty, and an answer without a choice
 * cannot hold.
 */
static const struct table_key failure_keys[] = {
	{"line", READ_NUMBER, AT(answer_failure, line), .required = ALWAYS, .minimum = 1, .maximum = HIGHEST_LINE},
	{"code", READ_TEXT,   AT(answer_failure, code), .required = ALWAYS, .form = &form_code},
};
static const struct table failure_table = TABLE(failure_keys, answer_failure, NULL);

static const struct table_key answer_keys[] = {
	{"question", READ_TEXT, AT(answer, question), .required = ALWAYS, .form = &form_id},
	{"fails",    READ_ROWS, AT_ROWS(answer, fails, fail_count), .nullable = true, .table = &failure_table},
	{"choice",   READ_TEXT, AT(answer, choice),   .nullable = true, .form = &form_id},
	{"because",  READ_TEXT, AT(answer, because),  .nullable = true},
};
static const struct table answer_table = TABLE(answer_keys, answer, "question");

static const struct table_key answers_keys[] = {
	{"format",  READ_OWN,  .required = ALWAYS, .read = accept_format},
	{"answers", READ_ROWS, AT_ROWS(answers, items, count), .required = ALWAYS, .table = &answer_table},
};
static const struct table answers_table = TABLE(answers_keys, answers, NULL);
/* clang-format on */

/* `fails` is a set: a failure said twice is said once. */
static void drop_repeated(struct answer *answer)
{
	size_t kept = 0;

	for (size_t i = 0; i < answer->fail_count; i++) {
		bool repeated = false;

		for (size_t j = 0; j < kept && !repeated; j++)
			repeated = answer->fails[j].line == answer->fails[i].line &&
				   strcmp(answer->fails[j].code, answer->fails[i].code) == 0;
		if (repeated)
			free(answer->fails[i].code);
		else
			answer->fails[kept++] = answer->fails[i];
	}
	answer->fail_count = kept;
}

int answers_parse(const char *bytes, size_t length, const char *name, enum error_kind kind, struct answers *answers,
		  struct error **err)
{
	const struct table_reader reader = {.source = {.name = name, .kind = kind}};
	cleanup_node struct node *root = NULL;

	*answers = (struct answers){0};
	if (node_parse(&reader.source, bytes, length, &root, err) < 0)
		return -1;
	if (table_read(&reader, &answers_table, root, answers, err) < 0) {
		answers_release(answers);
		return -1;
	}
	for (size_t i = 0; i < answers->count; i++)
		drop_repeated(&answers->items[i]);
	return 0;
}

const struct answer *answers_find(const struct answers *answers, const char *question)
{
	for (size_t i = 0; i < answers->count; i++)
		if (strcmp(answers->items[i].question, question) == 0)
			return &answers->items[i];
	return NULL;
}

void answers_release(struct answers *answers)
{
	for (size_t i = 0; i < answers->count; i++) {
		struct answer *answer = &answers->items[i];

		for (size_t j = 0; j < answer->fail_count; j++)
			free(answer->fails[j].code);
		free(answer->fails);
		free(answer->question);
		free(answer->choice);
		free(answer->because);
	}
	free(answers->items);
	*answers = (struct answers){0};
}
