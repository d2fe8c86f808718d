#include "grading/interview.h"

#include "base/file.h"
#include "base/memory.h"

#include <string.h>

/* Something that a question can be about. Nothing in it is owned. */
struct subject {
	enum about about;
	const char *file; /* NULL where it has no place */
	unsigned int line, column;
	const char *named; /* what {code} stands for: a lint, an error, a question; or NULL */
	const char *code;  /* the line; NULL: it is looked up */
};

struct subjects {
	struct subject *items;
	size_t count;
};

/* So many are asked, if need be of questions that need no place. */
enum { ENOUGH = 4 };

/* ---- subjects ----------------------------------------------------------------- */

static void add_diagnostics(const struct evidence *evidence, struct subjects *subjects)
{
	for (size_t i = 0; i < evidence->unit_count; i++)
		for (size_t j = 0; j < evidence->units[i].build.diagnostics.count; j++) {
			const struct diagnostic *it = &evidence->units[i].build.diagnostics.items[j];
			const bool is_style =
				!it->is_error && !it->reason && it->code && strncmp(it->code, "clippy::", 8) == 0;

			/* what the exercise withholds is no error that anyone could have seen */
			if (!it->place.file || it->is_foreign || it->withheld || (!it->is_error && !is_style))
				continue;
			*ARRAY_ADD(subjects->items, subjects->count) =
				(struct subject){.about = it->is_error ? ABOUT_COMPILE_ERROR : ABOUT_LINT,
						 .file = it->place.file,
						 .line = it->place.line,
						 .column = it->place.column,
						 .named = it->code ? it->code : it->message};
		}
}

static void add_answers(const struct exercise *exercise, const struct evidence *evidence, struct subjects *subjects)
{
	for (size_t i = 0; i < exercise->question_count; i++)
		if (!evidence->questions[i].fails_right || !evidence->questions[i].choice_right)
			*ARRAY_ADD(subjects->items, subjects->count) =
				(struct subject){.about = ABOUT_WRONG_ANSWER, .named = exercise->questions[i].title};
}

static void add_sightings(const struct sightings *sightings, struct subjects *subjects)
{
	for (size_t i = 0; i < sightings->count; i++) {
		const struct sighting *it = &sightings->items[i];

		*ARRAY_ADD(subjects->items, subjects->count) = (struct subject){
			.about = it->about, .file = it->file, .line = it->line, .column = it->column, .code = it->code};
	}
}

/* ---- asking ------------------------------------------------------------------- */

static char *fill(const char *asks, const struct subject *subject)
{
	cleanup_free char *place =
		subject->file ? text_format("%s:%u", subject->file, subject->line) : text_copy("this code");
	const struct {
		const char *mark, *value;
	} marks[] = {{"{place}", place}, {"{code}", subject->named ? subject->named : ""}};
	cleanup_buffer struct buffer text = {0};

	while (*asks) {
		size_t i = 0;

		while (i < ARRAY_LENGTH(marks) && strncmp(asks, marks[i].mark, strlen(marks[i].mark)) != 0)
			i++;
		if (i == ARRAY_LENGTH(marks)) {
			buffer_add_char(&text, *asks++);
		} else {
			buffer_add_text(&text, marks[i].value);
			asks += strlen(marks[i].mark);
		}
	}
	return buffer_steal(&text);
}

static bool is_taken(const struct interview *interview, const struct subject *subject)
{
	for (size_t i = 0; i < interview->count; i++) {
		const struct interview_question *asked = &interview->items[i];
		const bool same_place =
			subject->file
				? asked->file && strcmp(asked->file, subject->file) == 0 && asked->line == subject->line
				: asked->named && subject->named && strcmp(asked->named, subject->named) == 0;

		if (same_place)
			return true;
	}
	return false;
}

static char *code_of(const struct submission *submission, const struct subject *subject)
{
	const struct submission_file *file = subject->file ? submission_find(submission, subject->file) : NULL;

	if (subject->code)
		return text_copy(subject->code);
	return file ? sighting_line(file, subject->line) : NULL;
}

static void ask(struct interview *interview, const struct submission *submission, const struct skill_question *of,
		const struct subject *subject)
{
	*ARRAY_ADD(interview->items, interview->count) =
		(struct interview_question){.of = of,
					    .asks = fill(of->asks, subject),
					    .file = subject->file ? text_copy(subject->file) : NULL,
					    .line = subject->line,
					    .column = subject->column,
					    .named = subject->named,
					    .code = code_of(submission, subject)};
}

static bool ask_about(struct interview *interview, const struct submission *submission, const struct skill_question *of,
		      const struct subjects *subjects)
{
	for (size_t i = 0; i < subjects->count; i++)
		if (subjects->items[i].about == of->about && !is_taken(interview, &subjects->items[i])) {
			ask(interview, submission, of, &subjects->items[i]);
			return true;
		}
	return false;
}

/* Each question once; and again, where there is little else to ask, what is different each time. */
static void ask_subjects(struct interview *interview, const struct submission *submission, const struct skills *skills,
			 const struct subjects *subjects)
{
	for (size_t i = 0; i < skills->question_count && interview->count < INTERVIEW_MOST; i++)
		ask_about(interview, submission, &skills->questions[i], subjects);
	for (size_t i = 0; i < skills->question_count; i++)
		while ((skills->questions[i].about == ABOUT_COMPILE_ERROR ||
			skills->questions[i].about == ABOUT_WRONG_ANSWER) &&
		       interview->count < ENOUGH && ask_about(interview, submission, &skills->questions[i], subjects))
			;
}

static void ask_always(struct interview *interview, const struct skills *skills)
{
	const struct subject none = {.about = ABOUT_ALWAYS};

	for (size_t i = 0; i < skills->question_count && interview->count < ENOUGH; i++)
		if (skills->questions[i].about == ABOUT_ALWAYS)
			ask(interview, NULL, &skills->questions[i], &none);
}

void interview_prepare(const struct exercise *exercise, const struct submission *submission,
		       const struct evidence *evidence, struct interview *interview)
{
	cleanup_free char *given = file_join(exercise->folder, "starter");
	cleanup_submission struct submission *starter = NULL;
	cleanup_error struct error *unreadable = NULL;
	struct sightings sightings = {0};
	struct subjects subjects = {0};

	/* without the starter, what it gave is asked about as well */
	(void)submission_open(given, &submission_default_caps, &starter, &unreadable);
	add_diagnostics(evidence, &subjects);
	add_answers(exercise, evidence, &subjects);
	if (exercise->kind != EXERCISE_EXPLAIN)
		sightings_read(submission, starter, &sightings);
	add_sightings(&sightings, &subjects);
	ask_subjects(interview, submission, exercise->skills, &subjects);
	ask_always(interview, exercise->skills);
	free(subjects.items);
	sightings_release(&sightings);
}

void interview_release(struct interview *interview)
{
	for (size_t i = 0; i < interview->count; i++) {
		free(interview->items[i].asks);
		free(interview->items[i].file);
		free(interview->items[i].code);
	}
	free(interview->items);
	*interview = (struct interview){0};
}
