/*
 * What rustc and clippy said: their JSON lines read into plain values.
 *
 * The text is rustc's, but it quotes a submission: it is data, and is made
 * printable only where it is shown. Strings are made valid UTF-8 here.
 */
#ifndef ASSAY_DIAGNOSTICS_H
#define ASSAY_DIAGNOSTICS_H

#include <stdbool.h>
#include <stddef.h>

struct place {
	char *file;					 /* relative to the submission; NULL where there is none */
	unsigned int line, column, end_line, end_column; /* 1.., 0 where there is none */
};

struct diagnostic {
	bool is_error;
	bool is_foreign; /* points into a derive's or a library macro's expansion: not the candidate's own text */
	bool in_macro;	 /* stands in the body of a macro of the candidate's, from where an expansion brought it */
	char *code;	 /* "E0382", "clippy::needless_return", "unused_mut", or NULL */
	char *message;	/* rustc's, or ours where something is withheld */
	char *withheld; /* "std::fs", or "libc" for a crate: what the exercise does not offer (withheld.h); or NULL */
	char *rendered;	    /* rustc's, many lines; after our message where something is withheld */
	char *reason;	    /* the `reason` of a disallowed-* entry, or NULL */
	struct place place; /* the primary span */
};

struct diagnostics {
	struct diagnostic *items;
	size_t count;
	bool incomplete; /* something was said that could not be read or kept: counts are too low */
};

/*
 * Appends what the lines hold; lines that are no diagnostics are passed over. `library` is a folder where the toolchain
 * keeps std's sources, besides those where it says that they were compiled.
 */
void diagnostics_parse(const char *text, size_t length, const char *library, struct diagnostics *out);
void diagnostics_release(struct diagnostics *diagnostics);
void place_copy(struct place *to, const struct place *from);

size_t diagnostics_count_errors(const struct diagnostics *diagnostics);

/* "moved value" for E0382; NULL for a code that is about nothing in particular. From rustc's error index. */
const char *concept_of(const char *code);

#endif
