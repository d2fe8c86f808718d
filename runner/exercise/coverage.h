/*
 * What a bank can show: for each statement of skills.yaml the exercises whose
 * criteria cite it. Gathered once, then read; coverage_release frees it.
 */
#ifndef ASSAY_EXERCISE_COVERAGE_H
#define ASSAY_EXERCISE_COVERAGE_H

#include "base/buffer.h"
#include "exercise/exercise.h"
#include "exercise/skills.h"

struct coverage_row {
	const struct skill_statement *statement;
	struct string_list exercises; /* ids, each once: criteria of them cite the statement, or they count its use */
	struct string_list questions; /* ids of the interview's questions about it */
};

struct coverage {
	struct coverage_row *rows; /* one a statement, in the order of skills.yaml */
	size_t row_count;
};

/* Keeps pointers into `skills`. */
void coverage_gather(const struct skills *skills, struct exercise *const *exercises, size_t count,
		     struct coverage *coverage);
void coverage_release(struct coverage *coverage);

/* Whether a statement that a grading can show is shown by fewer than `least` exercises. What is asked never is. */
bool coverage_is_short(const struct coverage_row *row, size_t least);

/* As a page of Markdown. */
void coverage_write(const struct coverage *coverage, size_t least, struct buffer *out);

#define cleanup_coverage __attribute__((cleanup(coverage_release)))

#endif
