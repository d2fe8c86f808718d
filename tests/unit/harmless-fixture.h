/*
 * What must be so of everything that is written of a hostile submission: a
 * terminal, a log and a build server whose log it is find nothing in it to obey.
 */
#ifndef ASSAY_TESTS_HARMLESS_FIXTURE_H
#define ASSAY_TESTS_HARMLESS_FIXTURE_H

#include "base/buffer.h"
#include "base/memory.h"
#include "base/text.h"

#include <check.h>
#include <ctype.h>
#include <string.h>

static inline size_t blank_size(const char *text)
{
	static const char *const blanks[] = {" ", "\t", "\xc2\xa0", "\xe1\x9a\x80", "\xe2\x80\x83", "\xe3\x80\x80"};

	for (size_t i = 0; i < ARRAY_LENGTH(blanks); i++)
		if (strncmp(text, blanks[i], strlen(blanks[i])) == 0)
			return strlen(blanks[i]);
	return 0;
}

static inline void expect_no_command(const char *line, size_t length)
{
	const char *start = line;
	size_t size;

	while ((size = blank_size(start)) > 0)
		start += size;
	ck_assert_msg(strncmp(start, "::", 2) != 0, "a command: %.*s", (int)length, line);
	for (size_t at = 0; at + 2 < length; at++) {
		size_t word = at + 2;

		if (line[at] != '#' || line[at + 1] != '#')
			continue;
		while (word < length && isalpha((unsigned char)line[word]))
			word++;
		ck_assert_msg(word == length || line[word] != '[', "a command: %.*s", (int)length, line);
	}
}

static inline void expect_nothing_to_obey(const char *text, size_t length)
{
	cleanup_buffer struct buffer printable = {0};

	ck_assert_uint_eq(strlen(text), length);
	ck_assert(text_is_utf8(text, length));
	ck_assert(!strchr(text, '\t'));
	text_printable(&printable, text, length, TEXT_BLOCK);
	ck_assert(strcmp(buffer_text(&printable), text) == 0);
	while (*text) {
		size_t line = strcspn(text, "\n");

		expect_no_command(text, line);
		text += line + (text[line] == '\n');
	}
}

#endif
