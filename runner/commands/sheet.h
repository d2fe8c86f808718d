/*
 * A page of help: headings, paragraphs and entries, written plain for a
 * terminal or as roff for a manual.
 *
 * Who walks a command's rows (manual.c) does not know which it is.
 */
#ifndef ASSAY_COMMANDS_SHEET_H
#define ASSAY_COMMANDS_SHEET_H

#include "base/buffer.h"

#include <stdbool.h>

#define SHEET_WIDTH 80

struct sheet;

struct sheet_style {
	void (*heading)(struct sheet *sheet, const char *text);
	void (*subheading)(struct sheet *sheet, const char *text);
	/* Words flow; an empty line in the text begins a new paragraph. */
	void (*paragraph)(struct sheet *sheet, const char *text);
	/* A term and what it means. */
	void (*entry)(struct sheet *sheet, const char *term, const char *text);
};

struct sheet {
	const struct sheet_style *style;
	struct buffer out; /* the caller releases it */
	bool colour;	   /* plain only: headings in bold */
};

extern const struct sheet_style sheet_plain, sheet_roff;

#endif
