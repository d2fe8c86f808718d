/*
 * The rows of the verdict corpus: each a submission that tries to be graded as
 * right though it is wrong, or to learn what it must not; or a control, which
 * only looks like one.
 *
 * What findings a report must hold stands in the submission itself: a comment
 * `//~ ID` (in .toml `#~ ID`; several with ", " between) at the end of the line
 * where each must be told. Where no line is marked none may be told.
 */
#ifndef ASSAY_TESTS_VERDICT_ROW_H
#define ASSAY_TESTS_VERDICT_ROW_H

#include <stdbool.h>
#include <stddef.h>

struct verdict_row {
	const char *file;	   /* in submissions/: NAME.rs, the crate's root (or the unit's file), or NAME, a whole folder */
	const char *exercise;	   /* in exercises/ */
	const char *base;	   /* in bases/, laid as src/base.rs; NULL: none */
	const char *unit;	   /* of a fix exercise; all others are the reference's */
	unsigned char family[6];   /* numbers of the list in README.md; 0 ends */
	bool control;		   /* honest */
	bool not_compiled;	   /* must not compile, or count as not compiled */
	int level;		   /* must be given */
	const char *fails;	   /* a test that must fail, or NULL */
	const char *why;	   /* and the report's word for it, or NULL: any */
	const char *unmet;	   /* a criterion that must not be met, or NULL */
	const char *left_out[4];   /* files that are told to be left out; NULL ends */
	const char *findings[3];   /* ids of findings without a line, such as a test's; NULL ends */
	const char *tries;	   /* one line: what it does */
};

struct verdict_rows {
	const struct verdict_row *rows;
	size_t count;
};

/* clang-format off */
#define VERDICT_FILES(row) \
	row(process) row(names) row(secrets) row(intent) \
	row(symbols) row(files) row(build) row(lints)
/* clang-format on */

#define VERDICT_DECLARE(name) extern const struct verdict_rows verdict_##name;
VERDICT_FILES(VERDICT_DECLARE)

/* At the end of a file of rows. */
#define VERDICT_ROWS(name, array) \
	const struct verdict_rows verdict_##name = {array, sizeof(array) / sizeof(array)[0]};

#endif
