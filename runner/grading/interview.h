/*
 * What to ask the author of this submission: questions of skills.yaml, each about a
 * place in it where there is one, with what a junior and a senior answer sounds like.
 *
 * Three to seven, those that tell most first, no two about one place. What the
 * evidence shows (a compile error, a wrong answer, a lint) comes from there, the
 * rest from sightings. Where too little is to be seen, questions that need no place
 * fill up. The same submission is asked the same.
 */
#ifndef ASSAY_INTERVIEW_H
#define ASSAY_INTERVIEW_H

#include "grading/evidence.h"
#include "grading/sightings.h"

enum { INTERVIEW_LEAST = 3, INTERVIEW_MOST = 7 };

struct interview_question {
	const struct skill_question *of; /* the exercise's skills */
	char *asks;			 /* its sentence, filled in; bytes of the submission may be in it */
	char *file;			 /* NULL where it is about no place */
	unsigned int line, column;
	const char *named; /* the lint, error or question that it names, or NULL; not owned */
	char *code;	   /* the line at the place, or NULL */
};

struct interview {
	struct interview_question *items;
	size_t count;
};

void interview_prepare(const struct exercise *exercise, const struct submission *submission,
		       const struct evidence *evidence, struct interview *interview);
void interview_release(struct interview *interview);

#endif
