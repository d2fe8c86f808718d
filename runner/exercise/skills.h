/*
 * The taxonomy that exercises cite: statements about people, the concepts that
 * criteria are about, the axis that each concept belongs to, and what to ask in
 * an interview.
 *
 * It is data, exercises/skills.yaml, and carried inside the program; a bank with a
 * `skills.yaml` of its own beside its exercises is judged by that one. Call
 * skills_load with an exercise's folder, read the struct (const from then on),
 * skills_free. The struct owns every string in it. What is wrong with the file is
 * ERROR_EXERCISE with file, line and column.
 */
#ifndef ASSAY_EXERCISE_SKILLS_H
#define ASSAY_EXERCISE_SKILLS_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* Two, and no more: whether it is right and well built, and whether it is written as readers of Rust expect. */
enum axis { AXIS_DESIGN, AXIS_IDIOM, AXIS_COUNT };

enum shown { SHOWN_MEASURED, SHOWN_ASKED };

/* What a question needs to find in a submission (grading/interview.h). */
enum about {
	ABOUT_LOCK_ACROSS_AWAIT,
	ABOUT_UNSAFE,
	ABOUT_COMPILE_ERROR,
	ABOUT_WRONG_ANSWER,
	ABOUT_RIGHT_ANSWER,
	ABOUT_FAILED_TEST,
	ABOUT_LEAK,
	ABOUT_CLONE,
	ABOUT_PANIC,
	ABOUT_CAST,
	ABOUT_SHARED,
	ABOUT_LOCK,
	ABOUT_THREADS,
	ABOUT_AWAIT,
	ABOUT_LIFETIME,
	ABOUT_COLLECT,
	ABOUT_DYN,
	ABOUT_SIGNATURE,
	ABOUT_SURVIVOR,
	ABOUT_LINT,
	ABOUT_UNTESTED,
	ABOUT_ALWAYS,
	ABOUT_COUNT
};

struct skill_axis {
	char *id, *says, *means;
};

struct skill_concept {
	char *id, *says;
	enum axis axis;
};

struct skill_statement {
	char *id, *says;
	char *counted; /* a use by which a report tells of it, where no criterion need cite it; or NULL */
	int level;
	enum shown shown;
	bool costs_nothing; /* a habit that is told and that no criterion bounds */
};

struct skill_signal { /* of a portfolio */
	char *id, *says;
	bool good;
};

struct skill_question {
	char *id, *statement, *asks, *junior, *senior;
	enum about about;
};

struct skills {
	struct skill_axis *axes; /* AXIS_COUNT, in the order of the enum */
	size_t axis_count;
	struct skill_concept *concepts;
	size_t concept_count;
	struct skill_statement *statements;
	size_t statement_count;
	struct skill_signal *portfolio;
	size_t signal_count;
	struct skill_question *questions; /* in order of worth */
	size_t question_count;
};

/* `folder` is an exercise's; NULL: the list inside the program. */
int skills_load(const char *folder, struct skills **skills, struct error **err);
int skills_parse(const char *bytes, size_t length, const char *name, struct skills **skills, struct error **err);
void skills_free(struct skills *skills); /* NULL is fine */

/* NULL where there is none of this id. */
const struct skill_concept *skills_concept(const struct skills *skills, const char *id);
const struct skill_statement *skills_statement(const struct skills *skills, const char *id);
const char *skills_about_name(enum about about); /* "lock-across-await" */

#define cleanup_skills __attribute__((cleanup(skills_cleanup)))
static inline void skills_cleanup(struct skills **skills)
{
	skills_free(*skills);
}

#endif
