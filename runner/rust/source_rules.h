/*
 * What a submission's source may not do, where neither the compiler nor clippy
 * can be told to forbid it, and what a reader of a report should know of it.
 *
 * The compiler forbids unsafe code, unstable features and parts of std by
 * itself, and the box holds no file of the exercise. What is left is found by a
 * scan of tokens (tokens.h), which knows comments and strings but expands no macro.
 * So each rule asks for names that must stand in the source whatever macro brings
 * them to their place, and where a name is an ordinary one too, it counts in an attribute or in
 * the arguments of a macro only.
 *
 *     source_blank    before the compile, on each file
 *     source_scan     on each file, as it was handed in; source_finish after the last
 *     source_confirm  after the compile: what was read settles some hits
 */
#ifndef ASSAY_SOURCE_RULES_H
#define ASSAY_SOURCE_RULES_H

#include "exercise/exercise.h"
#include "rust/diagnostics.h"

#include <stdbool.h>
#include <stddef.h>

enum source_rule {
	SOURCE_FOREIGN_CODE,	 /* extern blocks, #[link] */
	SOURCE_ASSEMBLY,	 /* asm!, global_asm!, naked_asm! */
	SOURCE_LINKER_SYMBOL,	 /* no_mangle, export_name, link_section, used, … */
	SOURCE_OWN_ALLOCATOR,	 /* #[global_allocator] */
	SOURCE_LANGUAGE_FEATURE, /* #![no_main], #![crate_type], …; the compiler itself refuses #![feature] */
	SOURCE_OUTSIDE_FILE,	 /* include!, include_str!, include_bytes!, #[path] that leave the submission */
	SOURCE_ENVIRONMENT_READ, /* env!, option_env! of anything but cargo's variables */
	SOURCE_LINT_SHIELD,	 /* attributes that blind lints; blanked out before the compile */
	SOURCE_CLIPPY_ONLY,	 /* cfg(clippy) */
	SOURCE_TEST_ONLY,	 /* cfg(not(test)) before what others can see */
	SOURCE_BUILD_ONLY,	 /* cfg(not(debug_assertions)) */
	SOURCE_CALLER,		 /* Location::caller() */
	SOURCE_STD_NAME_TAKEN,	 /* an exported macro named like one of std's */
	SOURCE_CODE_IN_MACROS,	 /* much of the code stands in the bodies of macros, where lints do not look */
	SOURCE_COMPILER_HOLE,	 /* compiler_hole.h */
	SOURCE_RULE_COUNT
};

struct source_hit {
	enum source_rule rule;
	struct place place; /* of the name that was found */
	char *what;	    /* the name, printable */
	size_t weight;	    /* of a macro: tokens that it expands to */
};

struct source_hits {
	struct source_hit *items;
	size_t count;
	size_t tokens;		  /* of all files scanned, but for tests and benchmarks */
	unsigned int hole_halves; /* compiler_hole.h; of all files */
};

struct source_file {
	const char *path; /* relative to the submission */
	const char *data;
	size_t length;
	const char *edition;
};

/*
 * Takes what would blind lints out of the text, in place: lines and columns of everything else stay. What
 * stands there instead means nothing.
 */
void source_blank(char *data, size_t length, const char *edition);

/* By what files that are not called .rs may become code; the last two only together, in whatever files they stand. */
enum {
	TEXT_TAKEN = 1 << 0,  /* include!, or #[path] with a name that does not end so */
	TEXT_GIVEN = 1 << 1,  /* the word `path` as a macro's argument, beside whatever names */
	TEXT_BY_RULE = 1 << 2 /* a macro of the submission's own */
};
unsigned int source_takes_text(const char *data, size_t length, const char *edition);

/* Appends what the rules find; some of it is not certain before all files are seen. */
void source_scan(const struct source_file *file, struct source_hits *hits);
/* After the last file: drops what all files together do not bear out. */
void source_finish(struct source_hits *hits);

/*
 * Drops hits in files that the compiler did not read and, where it `compiled`
 * without reading one, files that are said to lie outside. `read` is what it said it read;
 * empty where it said nothing: then all hits stay.
 */
void source_confirm(struct source_hits *hits, const struct string_list *read, bool compiled);
/* The first file in the list that is not the submission's, or NULL. */
const char *source_first_outside(const struct string_list *read);

bool source_hits_have(const struct source_hits *hits, enum source_rule rule);

/* A hit of such a rule means that the unit counts as not compiled. */
bool source_rule_refuses(enum source_rule rule);
const char *source_rule_says(enum source_rule rule); /* why it refuses; NULL where it does not */
const char *source_rule_id(enum source_rule rule); /* "foreign-code": also the finding's id */

void source_hits_release(struct source_hits *hits);

#endif
