/*
 * Sections of the terminal rendering, in files by what they show, and the parts
 * they share. A section writes nothing where the document has nothing for it.
 */
#ifndef ASSAY_REPORTS_TERMINAL_H
#define ASSAY_REPORTS_TERMINAL_H

#include "page.h"
#include "tree.h"

/* How much of a long list is shown before "and N more". */
enum {
	MOST_FAILED_TESTS = 10,
	MOST_INPUTS = 8,
	MOST_ERRORS = 5,         /* for each build */
	MOST_RENDERED_LINES = 24, /* of rustc, for each error */
	MOST_PLACES = 3,
	MOST_EVIDENCE = 4,
	MOST_LINTS = 10,
	MOST_FINDINGS = 20,
	MOST_FILES = 8,
	MOST_QUESTIONS = 7,
	MOST_WORDS_LINES = 8,    /* of a candidate's answer */
	MOST_VALUE_BYTES = 320,
	MOST_DIFFERENCE_BYTES = 120, /* of each value, once what they share was passed over */
};

/* ---- sections -------------------------------------------------------------- */

void terminal_verdict(struct page *page, const cJSON *report);
void terminal_passed_over(struct page *page, const cJSON *report);
void terminal_findings(struct page *page, const cJSON *report);
void terminal_footer(struct page *page, const cJSON *report);
/* terminal-levels.c */
void terminal_axes(struct page *page, const cJSON *verdict); /* lines of the section of the verdict */
void terminal_rule(struct page *page, const cJSON *report);
/* terminal-criteria.c */
void terminal_holding(struct page *page, const cJSON *report);
void terminal_lacking(struct page *page, const cJSON *report);
void terminal_learn(struct page *page, const cJSON *report);
/* terminal-builds.c */
void terminal_builds(struct page *page, const cJSON *report);
/* terminal-tests.c */
void terminal_tests(struct page *page, const cJSON *report);
void terminal_probes(struct page *page, const cJSON *report);
/* terminal-evidence.c */
void terminal_questions(struct page *page, const cJSON *report);
void terminal_counts(struct page *page, const cJSON *report);
/* terminal-unsafe.c */
void terminal_unsafe(struct page *page, const cJSON *report);
/* terminal-interview.c */
void terminal_interview(struct page *page, const cJSON *report);
/* terminal-own.c */
void terminal_own_tests(struct page *page, const cJSON *report);

/* ---- parts (terminal-parts.c) --------------------------------------------- */

/* A tick, a cross or a question mark for any status of the document. */
void terminal_mark(struct page *page, const char *status);
/* "src/lib.rs:12:9"; what is 0 or absent is left out. False where there was no place at all. */
bool terminal_place(struct page *page, enum page_style style, const cJSON *place);
/* A line for each place of object.places. */
void terminal_places(struct page *page, const char *margin, const cJSON *object);
/* Text that may be of any length: its beginning. */
void terminal_cut(struct page *page, enum page_style style, const char *text);
void terminal_cut_at(struct page *page, enum page_style style, const char *text, size_t limit);
/* A whole paragraph of text that may be of any length; nothing where there is none. */
void terminal_sentence(struct page *page, enum page_style style, const char *margin, const char *text);
/* "and 4 more tests", where `all` is more than `shown`. */
void terminal_more(struct page *page, const char *margin, size_t all, size_t shown, const char *one, const char *many);
/* The member of the array object.key whose id is this, or NULL. */
const cJSON *terminal_by_id(const cJSON *object, const char *key, const char *id);

#endif
