#include "exercise/skills.h"

#include "base/file.h"
#include "base/memory.h"
#include "exercise/yaml_table.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>

/* SKILLS_FILE comes from CMake, which also rebuilds this file when that one changes. */
__asm__(".pushsection .rodata\n"
	".global embedded_skills\nembedded_skills:\n"
	".incbin \"" SKILLS_FILE "\"\n"
	".global embedded_skills_end\nembedded_skills_end:\n"
	".byte 0\n"
	".popsection\n");
extern const char embedded_skills[], embedded_skills_end[];

#define HIGHEST_LEVEL 3

static const char *const axis_names[] = {"design", "idiom", NULL};
static const char *const shown_names[] = {"measured", "asked", NULL};
static const char *const about_names[] = {
	[ABOUT_LOCK_ACROSS_AWAIT] = "lock-across-await",
	[ABOUT_UNSAFE] = "unsafe",
	[ABOUT_COMPILE_ERROR] = "compile-error",
	[ABOUT_WRONG_ANSWER] = "wrong-answer",
	[ABOUT_RIGHT_ANSWER] = "right-answer",
	[ABOUT_FAILED_TEST] = "failed-test",
	[ABOUT_LEAK] = "leak",
	[ABOUT_CLONE] = "clone",
	[ABOUT_PANIC] = "panic",
	[ABOUT_CAST] = "cast",
	[ABOUT_SHARED] = "shared",
	[ABOUT_LOCK] = "lock",
	[ABOUT_THREADS] = "threads",
	[ABOUT_AWAIT] = "await",
	[ABOUT_LIFETIME] = "lifetime",
	[ABOUT_COLLECT] = "collect",
	[ABOUT_DYN] = "dyn",
	[ABOUT_SIGNATURE] = "signature",
	[ABOUT_SURVIVOR] = "survivor",
	[ABOUT_LINT] = "lint",
	[ABOUT_UNTESTED] = "untested",
	[ABOUT_ALWAYS] = "always",
	[ABOUT_COUNT] = NULL,
};
static_assert(ARRAY_LENGTH(axis_names) == AXIS_COUNT + 1, "a name for each axis");
static_assert(ARRAY_LENGTH(shown_names) == SHOWN_ASKED + 2, "a name for each way to be shown");

static bool fits_format(const char *word)
{
	return strcmp(word, "assay-skills/1") == 0;
}

/* "L2.borrow": the level, then a word. */
static bool fits_statement(const char *word)
{
	return word[0] == 'L' && word[1] >= '1' && word[1] <= '0' + HIGHEST_LEVEL && word[2] == '.' &&
	       form_id.fits(word + 3);
}

static const struct word_form form_format = {fits_format, "a format known here; this assay reads assay-skills/1"};
static const struct word_form form_statement = {fits_statement, "a statement's id such as L2.borrow"};

static int accept_format(const struct table_reader *reader, const struct node *node, void *field, struct error **err)
{
	cleanup_free char *format = NULL;

	(void)field;
	return table_read_text(reader, node, &form_format, &format, err);
}

/* clang-format off */
static const struct table_key axis_keys[] = {
	{"id",    READ_TEXT, AT(skill_axis, id),    .required = ALWAYS, .form = &form_id},
	{"says",  READ_TEXT, AT(skill_axis, says),  .required = ALWAYS, .form = &form_line},
	{"means", READ_TEXT, AT(skill_axis, means), .required = ALWAYS, .form = &form_line},
};
static const struct table axis_table = TABLE(axis_keys, skill_axis, "id");

static const struct table_key concept_keys[] = {
	{"id",   READ_TEXT,   AT(skill_concept, id),   .required = ALWAYS, .form = &form_concept},
	{"axis", READ_CHOICE, AT(skill_concept, axis), .required = ALWAYS, .names = axis_names},
	{"says", READ_TEXT,   AT(skill_concept, says), .required = ALWAYS, .form = &form_line},
};
static const struct table concept_table = TABLE(concept_keys, skill_concept, "id");

static const struct table_key statement_keys[] = {
	{"id",            READ_TEXT,   AT(skill_statement, id),    .required = ALWAYS, .form = &form_statement},
	{"level",         READ_NUMBER, AT(skill_statement, level), .required = ALWAYS, .minimum = 1, .maximum = HIGHEST_LEVEL},
	{"says",          READ_TEXT,   AT(skill_statement, says),  .required = ALWAYS, .form = &form_line},
	{"shown",         READ_CHOICE, AT(skill_statement, shown), .required = ALWAYS, .names = shown_names},
	{"costs_nothing", READ_FLAG,   AT(skill_statement, costs_nothing)},
	{"counted",       READ_TEXT,   AT(skill_statement, counted), .form = &form_definition},
};
static const struct table statement_table = TABLE(statement_keys, skill_statement, "id");

static const struct table_key signal_keys[] = {
	{"id",   READ_TEXT, AT(skill_signal, id),   .required = ALWAYS, .form = &form_id},
	{"good", READ_FLAG, AT(skill_signal, good), .required = ALWAYS},
	{"says", READ_TEXT, AT(skill_signal, says), .required = ALWAYS, .form = &form_line},
};
static const struct table signal_table = TABLE(signal_keys, skill_signal, "id");

static const struct table_key question_keys[] = {
	{"id",        READ_TEXT,   AT(skill_question, id),        .required = ALWAYS, .form = &form_id},
	{"about",     READ_CHOICE, AT(skill_question, about),     .required = ALWAYS, .names = about_names},
	{"statement", READ_TEXT,   AT(skill_question, statement), .required = ALWAYS, .form = &form_statement},
	{"asks",      READ_TEXT,   AT(skill_question, asks),      .required = ALWAYS, .form = &form_line},
	{"junior",    READ_TEXT,   AT(skill_question, junior),    .required = ALWAYS, .form = &form_line},
	{"senior",    READ_TEXT,   AT(skill_question, senior),    .required = ALWAYS, .form = &form_line},
};
static const struct table question_table = TABLE(question_keys, skill_question, "id");

static const struct table_key skills_keys[] = {
	{"format",     READ_OWN,  .required = ALWAYS, .read = accept_format},
	{"axes",       READ_ROWS, AT_ROWS(skills, axes, axis_count),            .table = &axis_table, .required = ALWAYS, .minimum = AXIS_COUNT},
	{"concepts",   READ_ROWS, AT_ROWS(skills, concepts, concept_count),     .table = &concept_table, .required = ALWAYS, .minimum = 1},
	{"statements", READ_ROWS, AT_ROWS(skills, statements, statement_count), .table = &statement_table, .required = ALWAYS, .minimum = 1},
	{"portfolio",  READ_ROWS, AT_ROWS(skills, portfolio, signal_count),     .table = &signal_table},
	{"questions",  READ_ROWS, AT_ROWS(skills, questions, question_count),   .table = &question_table},
};
static const struct table skills_table = TABLE(skills_keys, skills, NULL);
/* clang-format on */

/* The axes are the program's; the file gives them their words. */
static int check_axes(const struct table_reader *reader, const struct node *root, const struct skills *skills,
		      struct error **err)
{
	const struct node *axes = node_get(root, "axes");

	if (skills->axis_count != AXIS_COUNT)
		return node_error(&reader->source, axes, err, "there are two axes, \"design\" and \"idiom\"");
	for (size_t i = 0; i < AXIS_COUNT; i++)
		if (strcmp(skills->axes[i].id, axis_names[i]) != 0)
			return node_error(&reader->source, node_item(axes, i), err, "this axis must be \"%s\"",
					  axis_names[i]);
	return 0;
}

static int check_questions(const struct table_reader *reader, const struct node *root, const struct skills *skills,
			   struct error **err)
{
	for (size_t i = 0; i < skills->question_count; i++)
		if (!skills_statement(skills, skills->questions[i].statement))
			return node_error(&reader->source,
					  node_get(node_item(node_get(root, "questions"), i), "statement"), err,
					  "there is no statement \"%s\" above", skills->questions[i].statement);
	return 0;
}

int skills_parse(const char *bytes, size_t length, const char *name, struct skills **skills, struct error **err)
{
	const struct table_reader reader = {.source = {.name = name, .kind = ERROR_EXERCISE}};
	cleanup_skills struct skills *loaded = memory_new(1, sizeof *loaded);
	cleanup_node struct node *root = NULL;

	if (node_parse(&reader.source, bytes, length, &root, err) < 0 ||
	    table_read(&reader, &skills_table, root, loaded, err) < 0 || check_axes(&reader, root, loaded, err) < 0 ||
	    check_questions(&reader, root, loaded, err) < 0)
		return -1;
	*skills = STEAL(loaded);
	return 0;
}

int skills_load(const char *folder, struct skills **skills, struct error **err)
{
	cleanup_free char *path = folder ? file_join(folder, "../skills.yaml") : NULL;
	cleanup_buffer struct buffer text = {0};

	if (!path || !file_exists(path))
		return skills_parse(embedded_skills, (size_t)(embedded_skills_end - embedded_skills), "skills.yaml",
				    skills, err);
	if (file_read(AT_FDCWD, path, YAML_FILE_BYTES, &text, err) < 0)
		return -1;
	return skills_parse(buffer_text(&text), text.length, path, skills, err);
}

#define FREE_ROWS(rows, count, ...)                                                                                    \
	do {                                                                                                           \
		for (size_t i = 0; i < (count); i++) {                                                                 \
			char *strings[] = {__VA_ARGS__};                                                               \
                                                                                                                       \
			for (size_t j = 0; j < ARRAY_LENGTH(strings); j++)                                             \
				free(strings[j]);                                                                      \
		}                                                                                                      \
		free(rows);                                                                                            \
	} while (0)

void skills_free(struct skills *skills)
{
	if (!skills)
		return;
	FREE_ROWS(skills->axes, skills->axis_count, skills->axes[i].id, skills->axes[i].says, skills->axes[i].means);
	FREE_ROWS(skills->concepts, skills->concept_count, skills->concepts[i].id, skills->concepts[i].says);
	FREE_ROWS(skills->statements, skills->statement_count, skills->statements[i].id, skills->statements[i].says,
		  skills->statements[i].counted);
	FREE_ROWS(skills->portfolio, skills->signal_count, skills->portfolio[i].id, skills->portfolio[i].says);
	FREE_ROWS(skills->questions, skills->question_count, skills->questions[i].id, skills->questions[i].statement,
		  skills->questions[i].asks, skills->questions[i].junior, skills->questions[i].senior);
	free(skills);
}

const struct skill_concept *skills_concept(const struct skills *skills, const char *id)
{
	for (size_t i = 0; i < skills->concept_count; i++)
		if (strcmp(skills->concepts[i].id, id) == 0)
			return &skills->concepts[i];
	return NULL;
}

const struct skill_statement *skills_statement(const struct skills *skills, const char *id)
{
	for (size_t i = 0; i < skills->statement_count; i++)
		if (strcmp(skills->statements[i].id, id) == 0)
			return &skills->statements[i];
	return NULL;
}

const char *skills_about_name(enum about about)
{
	return about_names[about];
}
