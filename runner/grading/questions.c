#include "grading/questions.h"

#include "base/memory.h"

#include <string.h>

static bool holds_failure(const struct answer *answer, const struct answer_failure *failure)
{
	for (size_t i = 0; i < answer->fail_count; i++)
		if (answer->fails[i].line == failure->line && strcmp(answer->fails[i].code, failure->code) == 0)
			return true;
	return false;
}

/* The same set: an answer that names a line twice gains nothing, one that names them all loses. */
static bool same_failures(const struct answer *answer, const struct prepared_key *key)
{
	if (answer->fail_count != key->fail_count)
		return false;
	for (size_t i = 0; i < key->fail_count; i++)
		if (!holds_failure(answer, &key->fails[i]))
			return false;
	return true;
}

void questions_check(const struct exercise *exercise, const struct preparation *preparation,
		     const struct submission *submission, struct evidence *evidence)
{
	const struct submission_file *file = submission_find(submission, "answers.yaml");
	cleanup_error struct error *error = NULL;

	if (exercise->kind != EXERCISE_EXPLAIN)
		return;
	if (!file) {
		evidence->answers_trouble = text_copy("answers.yaml is not in the submission");
		return;
	}
	if (answers_parse(file->data, file->length, "answers.yaml", ERROR_SUBMISSION, &evidence->answers, &error) < 0) {
		evidence->answers_trouble = text_copy(error->message);
		return;
	}
	for (size_t i = 0; i < exercise->question_count; i++) {
		struct question_evidence *question = &evidence->questions[i];

		question->given = answers_find(&evidence->answers, exercise->questions[i].id);
		if (!question->given)
			continue;
		question->fails_right = same_failures(question->given, &preparation->keys[i]);
		question->choice_right =
			question->given->choice && strcmp(question->given->choice, exercise->questions[i].choice) == 0;
	}
}
