/*
 * What to ask in an interview about this submission: three to seven questions of
 * skills.yaml, each about something that its evidence or its source shows, most
 * telling first. For the person who asks; candidates do not see it.
 *
 * No two are about one line, and none is asked twice, unless fewer than three would be
 * left. What is general is asked only where little else is there to ask.
 *
 *     interview_make     after the pipeline; the level has no part in it
 *     interview_release
 */
#ifndef ASSAY_INTERVIEW_H
#define ASSAY_INTERVIEW_H

#include "base/error.h"

#include <stddef.h>

struct exercise;
struct submission;
struct evidence;

enum { INTERVIEW_LEAST = 3, INTERVIEW_MOST = 7 };

struct interview_question {
	char *id, *about, *statement; /* as in skills.yaml */
	int level;		      /* of the statement */
	char *file;		      /* of the submission; NULL where it is about no place */
	unsigned int line;	      /* 0: the file as a whole */
	char *code;		      /* that line, its beginning where it is long; NULL where there is none */
	char *asks, *junior, *senior; /* filled in */
};

struct interview {
	struct interview_question items[INTERVIEW_MOST];
	size_t count; /* fewer than three only where a bank's own skills.yaml has no more to ask */
};

/* Fills evidence->interview. */
int interview_make(const struct exercise *exercise, const struct submission *submission, struct evidence *evidence,
		   struct error **err);
void interview_release(struct interview *interview);

#endif
