#include "exercise/coverage.h"

#include "base/memory.h"

#include <string.h>

static bool cites(const struct exercise *exercise, const char *statement)
{
	for (size_t i = 0; i < exercise->criterion_count; i++)
		if (exercise->criteria[i].skill && strcmp(exercise->criteria[i].skill, statement) == 0)
			return true;
	return false;
}

static bool counts(const struct exercise *exercise, const char *definition)
{
	for (size_t i = 0; i < exercise->use_count; i++)
		if (string_list_find(&exercise->uses[i].methods, definition) >= 0)
			return true;
	return false;
}

static bool shows(const struct exercise *exercise, const struct skill_statement *statement)
{
	return cites(exercise, statement->id) || (statement->counted && counts(exercise, statement->counted));
}

static void add(struct string_list *list, const char *text)
{
	*ARRAY_ADD(list->items, list->count) = text_copy(text);
}

void coverage_gather(const struct skills *skills, struct exercise *const *exercises, size_t count,
		     struct coverage *coverage)
{
	for (size_t i = 0; i < skills->statement_count; i++) {
		struct coverage_row *row = ARRAY_ADD(coverage->rows, coverage->row_count);

		row->statement = &skills->statements[i];
		for (size_t j = 0; j < count; j++)
			if (shows(exercises[j], row->statement))
				add(&row->exercises, exercises[j]->id);
		for (size_t j = 0; j < skills->question_count; j++)
			if (strcmp(skills->questions[j].statement, row->statement->id) == 0)
				add(&row->questions, skills->questions[j].id);
	}
}

void coverage_release(struct coverage *coverage)
{
	for (size_t i = 0; i < coverage->row_count; i++) {
		string_list_free(&coverage->rows[i].exercises);
		string_list_free(&coverage->rows[i].questions);
	}
	free(coverage->rows);
	*coverage = (struct coverage){0};
}

bool coverage_is_short(const struct coverage_row *row, size_t least)
{
	return row->statement->shown == SHOWN_MEASURED && row->exercises.count < least;
}

static void write_list(const struct string_list *list, struct buffer *out)
{
	for (size_t i = 0; i < list->count; i++)
		buffer_add_format(out, "%s`%s`", i ? ", " : "", list->items[i]);
}

/* A sentence in a cell of a table. */
static void write_cell(const char *text, struct buffer *out)
{
	for (; *text; text++) {
		if (*text == '|')
			buffer_add_char(out, '\\');
		buffer_add_char(out, *text);
	}
}

static void write_row(const struct coverage_row *row, struct buffer *out)
{
	buffer_add_format(out, "| `%s` | ", row->statement->id);
	write_cell(row->statement->says, out);
	if (row->statement->shown == SHOWN_ASKED)
		buffer_add_text(out, " | – | asked, and not measured |");
	else {
		buffer_add_format(out, " | %zu | ", row->exercises.count);
		write_list(&row->exercises, out);
		buffer_add_text(out, " |");
	}
	buffer_add_char(out, ' ');
	write_list(&row->questions, out);
	buffer_add_text(out, " |\n");
}

static void write_short(const struct coverage *coverage, size_t least, struct buffer *out)
{
	size_t count = 0;

	for (size_t i = 0; i < coverage->row_count; i++) {
		const struct coverage_row *row = &coverage->rows[i];

		if (!coverage_is_short(row, least))
			continue;
		if (count++ == 0)
			buffer_add_format(out, "Shown by fewer than %zu exercises, and still to be written:\n\n",
					  least);
		buffer_add_format(out, "- `%s` (%zu)\n", row->statement->id, row->exercises.count);
	}
	if (count == 0)
		buffer_add_format(out, "Whatever a grading can show is shown by at least %zu exercises.\n", least);
}

void coverage_write(const struct coverage *coverage, size_t least, struct buffer *out)
{
	buffer_add_text(
		out, "# Which exercises show what\n\n"
		     "Written by `assay coverage exercises`, from the criteria of the exercises and the statements of\n"
		     "[skills.yaml](skills.yaml); not by hand.\n\n"
		     "| statement | in short | exercises | criteria in | questions for an interview |\n"
		     "|---|---|---|---|---|\n");
	for (size_t i = 0; i < coverage->row_count; i++)
		write_row(&coverage->rows[i], out);
	buffer_add_char(out, '\n');
	write_short(coverage, least, out);
}
