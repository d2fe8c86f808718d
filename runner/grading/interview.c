#include "grading/interview.h"

#include "base/buffer.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "exercise/skills.h"
#include "grading/evidence.h"
#include "grading/sightings.h"
#include "submission/submission.h"

#include <assert.h>
#include <string.h>

enum {
	MOST_CODE = 120,	/* bytes of a line */
	MOST_SUBJECT = 200,	/* bytes of what a question quotes */
	MOST_DIAGNOSTICS = 200, /* of a unit, among which those to ask about are looked for */
};

/* What outweighs the order of lines, among the places that one question could be about. */
enum weight {
	WEIGHT_PROVEN,	/* a test or the sanitizer ended there */
	WEIGHT_EXCESS,	/* counted, and more often than in the reference */
	WEIGHT_COUNTED, /* counted: the exercise is about it */
	WEIGHT_SEEN,
};

struct candidate {
	enum about about;
	enum weight weight;
	unsigned int rank;
	const char *file; /* of the submission, or NULL */
	unsigned int line;
	struct text_line code;
	char *subject; /* {code} in the question; NULL: the line */
};

struct making {
	const struct exercise *exercise;
	const struct submission *submission;
	struct evidence *evidence;
	struct skills *skills;
	struct submission *starter; /* NULL where it holds no source */
	struct given_lines given;
	struct candidate *candidates;
	size_t candidate_count;
	bool *asked; /* one a candidate */
};

/* ---- text ------------------------------------------------------------------- */

/* Its beginning, whole characters of it, where it is too long. */
static char *cut(const char *text, size_t length, size_t most)
{
	size_t kept = length;

	if (length <= most)
		return text_copy_n(text, length);
	for (kept = most; kept > 0 && ((unsigned char)text[kept] & 0xc0) == 0x80; kept--)
		continue;
	return text_format("%.*s …", (int)kept, text);
}

/* The first line of a sentence, without its full stop: a question goes on behind it. */
static char *subject_of(const char *says)
{
	size_t length = strcspn(says, "\n");

	if (length > 0 && says[length - 1] == '.')
		length--;
	return cut(says, length, MOST_SUBJECT);
}

/* {place} and {code}; what is put in is not read again. */
static char *fill(const char *asks, const char *place, const char *code)
{
	const struct {
		const char *name, *value;
	} fields[] = {{"{place}", place}, {"{code}", code}};
	struct buffer out = {0};

	while (*asks) {
		size_t taken = 1;

		for (size_t i = 0; i < ARRAY_LENGTH(fields); i++)
			if (strncmp(asks, fields[i].name, strlen(fields[i].name)) == 0) {
				buffer_add_text(&out, fields[i].value ? fields[i].value : "");
				taken = strlen(fields[i].name);
			}
		if (taken == 1)
			buffer_add_char(&out, *asks);
		asks += taken;
	}
	return buffer_steal(&out);
}

/* ---- what there is to ask about ----------------------------------------------------- */

/* Takes the subject. A place that is none of the submission's is left out. */
static void add(struct making *making, enum about about, enum weight weight, const char *file, unsigned int line,
		char *subject)
{
	const struct submission_file *found = file ? submission_find(making->submission, file) : NULL;
	struct candidate *candidate = ARRAY_ADD(making->candidates, making->candidate_count);

	*candidate = (struct candidate){.about = about, .weight = weight, .subject = subject};
	if (!found)
		return;
	candidate->file = found->path;
	candidate->line = line;
	candidate->code = text_line_at(found->data, found->length, line);
	if (!candidate->code.length)
		candidate->line = 0;
}

static bool is_given(const struct making *making, const struct place *place)
{
	const struct submission_file *file = submission_find(making->submission, place->file);
	struct text_line line;

	if (!file)
		return true;
	line = text_line_at(file->data, file->length, place->line);
	return given_lines_have(&making->given, &line);
}

/* Errors about who owns a value and who may look at it; they tell more than a misspelt name. */
static bool is_about_borrows(const char *code)
{
	static const char *const codes[] = {"E0106", "E0373", "E0381", "E0382", "E0495", "E0499",
					    "E0502", "E0503", "E0505", "E0506", "E0507", "E0515",
					    "E0521", "E0594", "E0596", "E0597", "E0621", "E0716"};

	for (size_t i = 0; code && i < ARRAY_LENGTH(codes); i++)
		if (strcmp(codes[i], code) == 0)
			return true;
	return false;
}

static void add_errors(struct making *making)
{
	for (size_t i = 0; i < making->evidence->unit_count; i++) {
		const struct unit_evidence *unit = &making->evidence->units[i];

		for (size_t j = 0; !unit->build.succeeded && j < unit->build.diagnostics.count && j < MOST_DIAGNOSTICS;
		     j++) {
			const struct diagnostic *error = &unit->build.diagnostics.items[j];
			cleanup_free char *says = NULL;

			/* what the exercise withholds is no error that the candidate's own compiler has */
			if (!error->is_error || error->withheld)
				continue;
			says = error->code ? text_format("%s, %s", error->code, error->message)
					   : text_copy(error->message);
			add(making, ABOUT_COMPILE_ERROR, is_about_borrows(error->code) ? WEIGHT_PROVEN : WEIGHT_SEEN,
			    error->place.file ? error->place.file : unit->file, error->place.line, subject_of(says));
		}
	}
}

/* One of each lint that clippy has of the candidate's own lines. */
static void add_lints(struct making *making)
{
	static const char prefix[] = "clippy::";

	for (size_t i = 0; i < making->evidence->unit_count; i++) {
		const struct diagnostics *diagnostics = &making->evidence->units[i].build.diagnostics;

		for (size_t j = 0; j < diagnostics->count && j < MOST_DIAGNOSTICS; j++) {
			const struct diagnostic *lint = &diagnostics->items[j];

			if (!lint->is_error && !lint->is_foreign && !lint->reason && lint->code && lint->place.file &&
			    strncmp(lint->code, prefix, strlen(prefix)) == 0 &&
			    strcmp(lint->code, LINT_UNDOCUMENTED) != 0 && !is_given(making, &lint->place))
				add(making, ABOUT_LINT, WEIGHT_SEEN, lint->place.file, lint->place.line,
				    text_copy(lint->code + strlen(prefix)));
		}
	}
}

/* "it panicked at src/lib.rs:12:5": the line, where it is one of the submission's. */
static unsigned int panic_line(const char *detail, const char *path)
{
	static const char before[] = "it panicked at ";
	const size_t length = strlen(path);
	unsigned int line = 0;

	if (!detail || strncmp(detail, before, strlen(before)) != 0)
		return 0;
	detail += strlen(before);
	if (strncmp(detail, path, length) != 0 || detail[length] != ':')
		return 0;
	for (detail += length + 1; *detail >= '0' && *detail <= '9' && line < 1000000; detail++)
		line = line * 10 + (unsigned int)(*detail - '0');
	return line;
}

static void add_tests(struct making *making)
{
	for (size_t i = 0; i < making->evidence->test_count; i++) {
		const struct test_evidence *test = &making->evidence->tests[i];
		const char *file = NULL;
		unsigned int line = 0;

		if (test->status != STATUS_FAILS)
			continue;
		for (size_t j = 0; !line && j < making->submission->file_count; j++) {
			file = making->submission->files[j].path;
			line = panic_line(test->detail, file);
		}
		add(making, ABOUT_FAILED_TEST, line ? WEIGHT_PROVEN : WEIGHT_SEEN, line ? file : NULL, line,
		    subject_of(test->says ? test->says : test->name));
	}
}

static void add_memory_errors(struct making *making)
{
	for (size_t kind = 0; kind < SANITIZER_KINDS; kind++) {
		const struct sanitized_test *tests = making->evidence->unsafe_code.sanitized[kind].tests;

		for (size_t i = 0; tests && i < making->evidence->test_count; i++)
			if (tests[i].state == SANITIZED_ERROR && tests[i].place.file)
				add(making, ABOUT_UNSAFE, WEIGHT_PROVEN, tests[i].place.file, tests[i].place.line, NULL);
	}
}

static void add_answers(struct making *making)
{
	/* from the last, which ask most */
	for (size_t i = making->exercise->question_count; i-- > 0;) {
		const struct question_evidence *answer = &making->evidence->questions[i];
		const bool right = answer->fails_right && answer->choice_right;

		if (answer->given)
			add(making, right ? ABOUT_RIGHT_ANSWER : ABOUT_WRONG_ANSWER, WEIGHT_SEEN, NULL, 0,
			    subject_of(making->exercise->questions[i].title));
	}
}

static void add_survivors(struct making *making)
{
	const struct own_evidence *own = &making->evidence->own;

	for (size_t i = 0; own->kills && i < making->exercise->mutant_count; i++)
		if (own->kills[i] == KILL_SURVIVED)
			add(making, ABOUT_SURVIVOR, WEIGHT_SEEN, NULL, 0,
			    subject_of(making->exercise->mutants[i].says));
}

static bool is_at(const struct counted_place *places, size_t count, const struct sighting *seen)
{
	for (size_t i = 0; i < count; i++)
		if (places[i].place.line == seen->line && places[i].place.file &&
		    strcmp(places[i].place.file, seen->file) == 0)
			return true;
	return false;
}

static enum weight weigh(const struct making *making, const struct sighting *seen)
{
	const struct unsafe_evidence *unsafe_code = &making->evidence->unsafe_code;
	enum weight weight = WEIGHT_SEEN;

	if (is_at(unsafe_code->undocumented, unsafe_code->undocumented_count, seen))
		return WEIGHT_EXCESS;
	for (size_t i = 0; i < making->exercise->use_count; i++) {
		const struct use_evidence *use = &making->evidence->uses[i];

		if (!is_at(use->places, use->count, seen))
			continue;
		if ((long)use->count > use->reference)
			return WEIGHT_EXCESS;
		weight = WEIGHT_COUNTED;
	}
	return weight;
}

/* What the compiler said that it read; where it did not come to say so, what stands where sources are expected. */
static bool is_code_of(const struct unit_evidence *unit, const char *path)
{
	if (unit->build.read.count > 0)
		return string_list_find(&unit->build.read, path) >= 0;
	return unit->id ? strcmp(unit->file, path) == 0 : strncmp(path, "src/", 4) == 0;
}

static bool is_code(const struct making *making, const char *path)
{
	const size_t length = strlen(path);

	if (length < 3 || strcmp(path + length - 3, ".rs") != 0)
		return false;
	for (size_t i = 0; i < making->evidence->unit_count; i++)
		if (is_code_of(&making->evidence->units[i], path))
			return true;
	return strncmp(path, "tests/", strlen("tests/")) == 0;
}

static void add_sightings(struct making *making)
{
	struct sightings sightings = {0};
	bool asks_for_tests = making->exercise->kind == EXERCISE_BUILD || making->exercise->kind == EXERCISE_DESIGN;

	for (size_t i = 0; making->exercise->edition && i < making->submission->file_count; i++) {
		const struct submission_file *file = &making->submission->files[i];
		const struct sighted_file source = {file->path, file->data, file->length, making->exercise->edition};

		if (is_code(making, file->path))
			sightings_find(&source, &making->given, &sightings);
	}
	asks_for_tests &= !sightings.has_own_test && making->evidence->own.test_count == 0;
	for (size_t i = 0; i < sightings.count; i++) {
		const struct sighting *seen = &sightings.items[i];

		if (seen->about != ABOUT_UNTESTED || asks_for_tests)
			*ARRAY_ADD(making->candidates, making->candidate_count) =
				(struct candidate){.about = seen->about,
						   .weight = weigh(making, seen),
						   .rank = seen->rank,
						   .file = seen->file,
						   .line = seen->line,
						   .code = seen->code};
	}
	sightings_release(&sightings);
}

/* Every question that needs nothing has one candidate, without a place. */
static void add_general(struct making *making)
{
	add(making, ABOUT_ALWAYS, WEIGHT_SEEN, NULL, 0, NULL);
}

/* ---- choice ------------------------------------------------------------------------------ */

static bool is_taken(const struct interview *interview, const struct candidate *candidate)
{
	for (size_t i = 0; candidate->file && i < interview->count; i++)
		if (interview->items[i].file && interview->items[i].line == candidate->line &&
		    strcmp(interview->items[i].file, candidate->file) == 0)
			return true;
	return false;
}

static bool outweighs(const struct candidate *one, const struct candidate *other)
{
	return one->weight < other->weight || (one->weight == other->weight && one->rank < other->rank);
}

/* Its index, or the count of candidates where there is none left; the first of equals. */
static size_t best(const struct making *making, enum about about)
{
	size_t found = making->candidate_count;

	for (size_t i = 0; i < making->candidate_count; i++) {
		const struct candidate *candidate = &making->candidates[i];

		if (candidate->about == about && !making->asked[i] &&
		    !is_taken(&making->evidence->interview, candidate) &&
		    (found == making->candidate_count || outweighs(candidate, &making->candidates[found])))
			found = i;
	}
	return found;
}

static void ask(struct making *making, const struct skill_question *question, size_t index)
{
	struct interview *interview = &making->evidence->interview;
	struct interview_question *asked = &interview->items[interview->count++];
	const struct candidate *candidate = &making->candidates[index];
	cleanup_free char *place = NULL;

	if (candidate->file)
		place = candidate->line ? text_format("%s:%u", candidate->file, candidate->line)
					: text_copy(candidate->file);
	*asked = (struct interview_question){
		.id = text_copy(question->id),
		.about = text_copy(skills_about_name(question->about)),
		.statement = text_copy(question->statement),
		.level = skills_statement(making->skills, question->statement)->level,
		.file = text_copy(candidate->file),
		.line = candidate->line,
		.code = candidate->code.length ? cut(candidate->code.text, candidate->code.length, MOST_CODE) : NULL,
		.junior = text_copy(question->junior),
		.senior = text_copy(question->senior),
	};
	asked->asks = fill(question->asks, place, candidate->subject ? candidate->subject : asked->code);
	/* two general questions are not about the same */
	making->asked[index] = candidate->about != ABOUT_ALWAYS;
}

struct pass {
	size_t most;  /* ends when so many are asked */
	bool general; /* of the questions, those that need nothing, or those that are about something */
};

/* Goes through the questions in their order, once: none is asked twice in one pass. */
static void choose(struct making *making, const struct pass *pass)
{
	const struct interview *interview = &making->evidence->interview;

	for (size_t i = 0; i < making->skills->question_count && interview->count < pass->most; i++) {
		const struct skill_question *question = &making->skills->questions[i];
		const size_t found = best(making, question->about);

		if ((question->about == ABOUT_ALWAYS) == pass->general && found < making->candidate_count)
			ask(making, question, found);
	}
}

/* A question about code at another line is much the same one; about another answer it is not. */
static void choose_all(struct making *making)
{
	static const struct pass telling = {INTERVIEW_MOST, false};
	static const struct pass again = {INTERVIEW_LEAST, false};
	static const struct pass general = {INTERVIEW_LEAST, true};
	static const struct pass *const of_code[] = {&telling, &general, &again, &again};
	static const struct pass *const of_answers[] = {&telling, &again, &again, &general};
	const struct pass *const *passes = making->exercise->kind == EXERCISE_EXPLAIN ? of_answers : of_code;

	static_assert(ARRAY_LENGTH(of_code) == ARRAY_LENGTH(of_answers), "as many passes of each");
	for (size_t i = 0; i < ARRAY_LENGTH(of_code); i++)
		choose(making, passes[i]);
}

/* ---- the whole ----------------------------------------------------------------------------- */

static void read_starter(struct making *making)
{
	cleanup_free char *folder = file_join(making->exercise->folder, "starter");
	cleanup_error struct error *ignored = NULL; /* there is none: then no line was given */

	if (submission_open(folder, &submission_default_caps, &making->starter, &ignored) < 0)
		return;
	for (size_t i = 0; i < making->starter->file_count; i++)
		given_lines_add(&making->given, making->starter->files[i].data, making->starter->files[i].length);
	given_lines_sort(&making->given);
}

static void release_making(struct making *making)
{
	for (size_t i = 0; i < making->candidate_count; i++)
		free(making->candidates[i].subject);
	free(making->candidates);
	free(making->asked);
	given_lines_release(&making->given);
	submission_close(making->starter);
	skills_free(making->skills);
}

int interview_make(const struct exercise *exercise, const struct submission *submission, struct evidence *evidence,
		   struct error **err)
{
	static void (*const parts[])(struct making *) = {
		add_errors,  add_lints,	    add_tests,	   add_memory_errors,
		add_answers, add_survivors, add_sightings, add_general,
	};
	struct making making = {.exercise = exercise, .submission = submission, .evidence = evidence};

	if (skills_load(exercise->folder, &making.skills, err) < 0)
		return -1;
	read_starter(&making);
	for (size_t i = 0; i < ARRAY_LENGTH(parts); i++)
		parts[i](&making);
	making.asked = memory_new(making.candidate_count, sizeof *making.asked);
	choose_all(&making);
	release_making(&making);
	return 0;
}

void interview_release(struct interview *interview)
{
	for (size_t i = 0; i < interview->count; i++) {
		struct interview_question *asked = &interview->items[i];
		char *strings[] = {asked->id,	asked->about, asked->statement, asked->file,
				   asked->code, asked->asks,  asked->junior,	asked->senior};

		for (size_t j = 0; j < ARRAY_LENGTH(strings); j++)
			free(strings[j]);
	}
	*interview = (struct interview){0};
}
