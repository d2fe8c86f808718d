/*
 * Text from people we do not know, made fit to be shown, and names suggested
 * for names that were misspelt.
 */
#ifndef ASSAY_BASE_TEXT_H
#define ASSAY_BASE_TEXT_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stddef.h>

/* What text_printable leaves as it is besides printable characters. */
enum text_keep {
	TEXT_LINE,  /* one line: newline and tab are escaped too */
	TEXT_BLOCK, /* newlines and tabs stay */
};

/*
 * Appends `length` bytes as valid UTF-8 without anything that a terminal, a log
 * or a reader's eye would take for more than text: C0 and C1 controls, DEL and
 * bytes that are not UTF-8 come out as \xNN, bidirectional controls, line and
 * paragraph separators, zero-width, invisible and other format characters as
 * \u{NNNN}. Of commands that build servers take out of a log, those that may stand
 * anywhere in a line are spoilt ("##vso\x5b"); a "::" that begins a line is not,
 * since only who breaks lines knows (reports/page.c).
 */
void text_printable(struct buffer *out, const char *bytes, size_t length, enum text_keep keep);
/* The same as a new string; the caller frees it. */
char *text_printable_copy(const char *text);

/* Whether a '[' after this text would make it "##[", "##vso[" or the like. */
bool text_opens_command(const struct buffer *text);

/*
 * Decodes one UTF-8 character of the `length` bytes (at least 1). Returns its
 * size in bytes (1 to 4) and sets *character, or 0 where they are not UTF-8
 * (overlong forms and surrogates included).
 */
size_t text_decode(const char *bytes, size_t length, unsigned int *character);
bool text_is_utf8(const char *bytes, size_t length);

/*
 * The name of the list nearest to `word` by edit distance, or NULL where none
 * is near enough to be what was meant. Names end with a NULL.
 */
const char *text_nearest(const char *word, const char *const *names);

/* Strict: the whole text is one decimal number in [minimum, maximum]. */
bool text_to_number(const char *text, long long minimum, long long maximum, long long *number);

#endif
