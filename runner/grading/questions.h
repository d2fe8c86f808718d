/*
 * An explain exercise: the candidate's answers.yaml against keys that the real
 * compiler gave. The reasons in words go to the human grader untouched.
 */
#ifndef ASSAY_QUESTIONS_H
#define ASSAY_QUESTIONS_H

#include "grading/prepare.h"

/* Fills evidence->answers and evidence->questions. Answers that cannot be read are evidence too (answers_trouble). */
void questions_check(const struct exercise *exercise, const struct preparation *preparation,
		     const struct submission *submission, struct evidence *evidence);

#endif
