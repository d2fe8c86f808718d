#include "grading/kill_matrix.h"

#include "base/memory.h"
#include "base/text.h"

#include <string.h>

#define WIDTH 80
#define INDENT 2
#define CELL 2	     /* columns that a test takes */
#define NAME_MOST 44 /* of a name, so that some tests always stand beside it */
#define LISTED_MOST 6

/* In order of how much is shown: what is seen with another seed can only add. */
enum cell { CELL_UNRUN, CELL_PASSES, CELL_OVER, CELL_ERROR, CELL_FAILS };

static const char cell_signs[] = {
	[CELL_UNRUN] = ' ', [CELL_PASSES] = '.', [CELL_OVER] = 'm', [CELL_ERROR] = 's', [CELL_FAILS] = 'x',
};

struct column { /* a test */
	const char *name;
	bool essential;
};

struct kill_matrix {
	const struct exercise *exercise;
	struct column *columns;
	size_t column_count;
	unsigned char *cells; /* a row a mutant; of enum cell */
	bool *unseen;	      /* a mutant each */
};

struct kill_matrix *kill_matrix_new(const struct exercise *exercise)
{
	struct kill_matrix *matrix = memory_new(1, sizeof *matrix);

	matrix->exercise = exercise;
	for (size_t i = 0; i < exercise->group_count; i++) {
		const struct exercise_group *group = &exercise->groups[i];

		for (size_t j = 0; j < group->tests.count; j++)
			*ARRAY_ADD(matrix->columns, matrix->column_count) = (struct column){
				.name = group->tests.items[j],
				.essential = string_list_find(&group->essential, group->tests.items[j]) >= 0,
			};
	}
	matrix->cells = memory_new(matrix->column_count * exercise->mutant_count, sizeof *matrix->cells);
	matrix->unseen = memory_new(exercise->mutant_count, sizeof *matrix->unseen);
	return matrix;
}

void kill_matrix_free(struct kill_matrix *matrix)
{
	if (!matrix)
		return;
	free(matrix->columns);
	free(matrix->cells);
	free(matrix->unseen);
	free(matrix);
}

/* ---- what a mutant showed --------------------------------------------------------- */

static bool metric_is_over(const struct exercise *exercise, const struct verdict *verdict, const char *test)
{
	for (size_t i = 0; i < exercise->criterion_count; i++) {
		const struct exercise_criterion *criterion = &exercise->criteria[i];

		if (criterion->require != REQUIRE_METRIC || verdict->criteria[i].status != STATUS_FAILS)
			continue;
		for (size_t j = 0; j < exercise->metric_count; j++)
			if (strcmp(exercise->metrics[j].test, test) == 0 &&
			    string_list_find(&criterion->names, exercise->metrics[j].id) >= 0)
				return true;
	}
	return false;
}

static enum cell cell_of(const struct exercise *exercise, const struct evidence *evidence,
			 const struct verdict *verdict, size_t index)
{
	const struct test_evidence *test = &evidence->tests[index];

	if (test->status == STATUS_FAILS)
		return CELL_FAILS;
	if (test->status == STATUS_UNOBSERVED)
		return CELL_UNRUN;
	for (size_t i = 0; i < SANITIZER_KINDS; i++) {
		const struct sanitized *sanitized = &evidence->unsafe_code.sanitized[i];

		if (sanitized->tests && sanitized->tests[index].state == SANITIZED_ERROR)
			return CELL_ERROR;
	}
	return metric_is_over(exercise, verdict, test->name) ? CELL_OVER : CELL_PASSES;
}

static bool is_out_of_sight(const struct exercise *exercise, const struct exercise_mutant *mutant,
			    const struct verdict *verdict)
{
	for (size_t i = 0; mutant->by == CAUGHT_BY_CRITERIA && i < exercise->criterion_count; i++)
		if (verdict->criteria[i].unavailable && string_list_find(&mutant->names, exercise->criteria[i].id) >= 0)
			return true;
	return false;
}

void kill_matrix_record(struct kill_matrix *matrix, const struct exercise_mutant *mutant,
			const struct evidence *evidence, const struct verdict *verdict)
{
	const size_t row = (size_t)(mutant - matrix->exercise->mutants);

	for (size_t i = 0; i < matrix->column_count; i++) {
		unsigned char *cell = &matrix->cells[row * matrix->column_count + i];
		const enum cell seen = cell_of(matrix->exercise, evidence, verdict, i);

		if (*cell < seen)
			*cell = (unsigned char)seen;
	}
	matrix->unseen[row] |= is_out_of_sight(matrix->exercise, mutant, verdict);
}

/* ---- what it comes to --------------------------------------------------------------- */

static size_t count_kills(const struct kill_matrix *matrix, size_t column)
{
	size_t count = 0;

	for (size_t i = 0; i < matrix->exercise->mutant_count; i++)
		count += matrix->cells[i * matrix->column_count + column] > CELL_PASSES;
	return count;
}

char *kill_matrix_trouble(const struct kill_matrix *matrix)
{
	cleanup_buffer struct buffer idle = {0};
	size_t count = 0;

	for (size_t i = 0; i < matrix->column_count; i++) {
		if (matrix->columns[i].essential || count_kills(matrix, i))
			continue;
		if (count++ < LISTED_MOST)
			buffer_add_format(&idle, "%s%s", count > 1 ? ", " : "", matrix->columns[i].name);
	}
	if (count == 0)
		return NULL;
	if (count > LISTED_MOST)
		buffer_add_format(&idle, " and %zu more", count - LISTED_MOST);
	return text_format("kills no mutant: %s. Give each a mutant that it catches, or, where it must stay without "
			   "one, name it under \"essential\" of its group",
			   buffer_text(&idle));
}

const char *kill_matrix_unseen(const struct kill_matrix *matrix)
{
	for (size_t i = 0; i < matrix->exercise->mutant_count; i++)
		if (matrix->unseen[i])
			return matrix->exercise->mutants[i].name;
	return NULL;
}

/* ---- as text -------------------------------------------------------------------------- */

static int name_width(const struct kill_matrix *matrix)
{
	size_t width = 0;

	for (size_t i = 0; i < matrix->exercise->mutant_count; i++) {
		size_t length = strlen(matrix->exercise->mutants[i].name);

		width = length > width ? length : width;
	}
	return width > NAME_MOST ? NAME_MOST : (int)width;
}

static void end_line(struct buffer *out, const struct buffer *line)
{
	size_t length = line->length;

	while (length > 0 && line->data[length - 1] == ' ')
		length--;
	buffer_add(out, line->data, length);
	buffer_add_char(out, '\n');
}

/* A digit below the other, so that a column is as narrow as a sign. */
static void write_numbers(size_t first, size_t end, int width, struct buffer *out)
{
	cleanup_buffer struct buffer tens = {0}, units = {0};

	buffer_add_format(&tens, "%*s", INDENT + width, "");
	buffer_add_format(&units, "%*s", INDENT + width, "");
	for (size_t number = first + 1; number <= end; number++) {
		if (number < 10)
			buffer_add_text(&tens, "  ");
		else
			buffer_add_format(&tens, " %zu", number / 10 % 10);
		buffer_add_format(&units, " %zu", number % 10);
	}
	if (end >= 10)
		end_line(out, &tens);
	end_line(out, &units);
}

static void write_row(const struct kill_matrix *matrix, size_t row, size_t first, size_t end, int width,
		      struct buffer *out)
{
	cleanup_buffer struct buffer line = {0};

	buffer_add_format(&line, "%*s%-*.*s", INDENT, "", width, width, matrix->exercise->mutants[row].name);
	for (size_t i = first; i < end; i++)
		buffer_add_format(&line, " %c", cell_signs[matrix->cells[row * matrix->column_count + i]]);
	end_line(out, &line);
}

/* Two a line, unless names are long: number, name, how many it kills; a star excuses it. */
static void write_columns(const struct kill_matrix *matrix, struct buffer *out)
{
	cleanup_buffer struct buffer line = {0};

	for (size_t i = 0; i < matrix->column_count; i++) {
		const struct column *column = &matrix->columns[i];
		cleanup_free char *entry = text_format("%*s%2zu %s %zu%s", INDENT, "", i + 1, column->name,
						       count_kills(matrix, i), column->essential ? "*" : "");

		if (line.length && (line.length >= WIDTH / 2 || strlen(entry) > WIDTH / 2)) {
			end_line(out, &line);
			buffer_release(&line);
		}
		if (line.length)
			buffer_add_format(&line, "%*s", (int)(WIDTH / 2 - line.length), "");
		buffer_add_text(&line, entry);
	}
	end_line(out, &line);
}

void kill_matrix_write(const struct kill_matrix *matrix, struct buffer *out)
{
	const int width = name_width(matrix);
	const size_t beside = (size_t)(WIDTH - INDENT - width) / CELL;

	if (matrix->column_count == 0 || matrix->exercise->mutant_count == 0)
		return;
	for (size_t first = 0; first < matrix->column_count; first += beside) {
		const size_t end = first + beside < matrix->column_count ? first + beside : matrix->column_count;

		write_numbers(first, end, width, out);
		for (size_t i = 0; i < matrix->exercise->mutant_count; i++)
			write_row(matrix, i, first, end, width, out);
	}
	write_columns(matrix, out);
	buffer_add_format(out, "%*sx fails, m over a bound, s sanitizer, . passes, blank not run, * essential\n",
			  INDENT, "");
}
