/*
 * Which hidden test tells which mutant from the reference, with any seed.
 *
 * A test kills a mutant where it fails on it, where a number that it reports is
 * over the bound of a criterion, or where AddressSanitizer finds an error in it.
 * Each test is a process of its own, so that one that hangs says nothing of the
 * others. A test that kills none shows nothing: an exercise names it among its
 * `essential` tests, with good reason, or is not sound.
 *
 * kill_matrix_new, kill_matrix_record for each mutant and seed, then the rest in any order.
 */
#ifndef ASSAY_KILL_MATRIX_H
#define ASSAY_KILL_MATRIX_H

#include "base/buffer.h"
#include "grading/judge.h"

struct kill_matrix; /* opaque */

/* The exercise must outlive it. */
struct kill_matrix *kill_matrix_new(const struct exercise *exercise);
void kill_matrix_free(struct kill_matrix *matrix); /* takes NULL */

/* `mutant` is one of the exercise's own, graded with another seed or for the first time. Of two mutants also at once.
 */
void kill_matrix_record(struct kill_matrix *matrix, const struct exercise_mutant *mutant,
			const struct evidence *evidence, const struct verdict *verdict);

/* NULL where every test kills or is essential; else which do not and what to change, which the caller frees. */
char *kill_matrix_trouble(const struct kill_matrix *matrix);
/* The name of a mutant that this machine could not look at with what catches it, so that tests seem idle; or NULL. */
const char *kill_matrix_unseen(const struct kill_matrix *matrix);

/* Lines of at most 80 columns: a row a mutant, a column a test, and what the columns are. Nothing without tests. */
void kill_matrix_write(const struct kill_matrix *matrix, struct buffer *out);

#endif
