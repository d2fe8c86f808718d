/*
 * A page of help: headings, paragraphs and entries, written plain for a
 * terminal or as roff for a manual.
 *
 * Who walks a command's rows (manual.c) does not know which it is.
 */
#ifndef ASSAY_COMMANDS_PAGE_H
#define ASSAY_COMMANDS_PAGE_H

#include "base/buffer.h"

#include <stdbool.h>

#define PAGE_WIDTH 80

struct page;

struct page_style {
	void (*heading)(struct page *page, const char *text);
	void (*subheading)(struct page *page, const char *text);
	/* Words flow; an empty line in the text begins a new paragraph. */
	void (*paragraph)(struct page *page, const char *text);
	/* A term and what it means. */
	void (*entry)(struct page *page, const char *term, const char *text);
};

struct page {
	const struct page_style *style;
	struct buffer out; /* the caller releases it */
	bool colour;	   /* plain only: headings in bold */
};

extern const struct page_style page_plain, page_roff;

#endif
