/*
 * The answers of an explain exercise: answers.yaml, as a candidate hands it in
 * or as the reference gives it (format assay-answers/1).
 *
 * The bytes are hostile: caps on size, depth and counts; aliases and anchors
 * are refused. An error names line and column.
 */
#ifndef ASSAY_ANSWERS_H
#define ASSAY_ANSWERS_H

#include "base/error.h"

#include <stddef.h>

struct answer_failure {
	unsigned int line; /* 1.. */
	char *code;        /* "E0382" */
};

struct answer {
	char *question;
	struct answer_failure *fails; /* none: "it compiles" */
	size_t fail_count;
	char *choice;  /* NULL where left empty */
	char *because; /* NULL where left empty; the candidate's words, unescaped */
};

struct answers {
	struct answer *items;
	size_t count;
};

/* `name` is what errors call the bytes; kind is the error kind to use (ERROR_EXERCISE or ERROR_SUBMISSION). */
int answers_parse(const char *bytes, size_t length, const char *name, enum error_kind kind, struct answers *answers,
		  struct error **err);
/* NULL where the question has no answer. */
const struct answer *answers_find(const struct answers *answers, const char *question);
void answers_release(struct answers *answers);

#endif
