/* Unsafe code: how much, what was checked about it, and what was not. */
#include "terminal.h"

#include <string.h>

static const char under[] = "    ";

static void write_count(struct page *page, const cJSON *counted, const char *one, const char *many)
{
	long count = tree_integer(counted, "count");

	page_start(page, "  ", under);
	if (tree_at(counted, "count"))
		page_format(page, PAGE_PLAIN, "%ld %s", count, count == 1 ? one : many);
	else
		page_format(page, PAGE_PLAIN, "%s: not counted, since not everything compiles", many);
	page_end(page);
}

static void write_error(struct page *page, const cJSON *error)
{
	page_start(page, under, under);
	terminal_mark(page, "failed");
	page_add(page, PAGE_HEAD, tree_text(error, "test"));
	page_add(page, PAGE_PLAIN, "  ");
	if (terminal_place(page, PAGE_HEAD, error))
		page_add(page, PAGE_PLAIN, "  ");
	terminal_cut(page, PAGE_PLAIN, tree_text(error, "says"));
	page_end(page);
}

static void write_unchecked(struct page *page, const cJSON *one)
{
	page_start(page, under, under);
	terminal_mark(page, "unobserved");
	page_add(page, PAGE_HEAD, tree_text(one, "test"));
	page_add(page, PAGE_PLAIN, "  ");
	terminal_cut(page, PAGE_PLAIN, tree_text(one, "why"));
	page_end(page);
}

static void write_sanitizer(struct page *page, const char *title, const cJSON *sanitizer)
{
	size_t errors = tree_count(sanitizer, "errors"), unchecked = tree_count(sanitizer, "unchecked"), shown = 0;

	page_start(page, "  ", under);
	if (!tree_is_true(sanitizer, "ran")) {
		page_format(page, PAGE_UNSURE, "%s was not run: ", title);
		terminal_cut(page, PAGE_PLAIN, tree_text(sanitizer, "why"));
		page_end(page);
		return;
	}
	page_format(page, PAGE_PLAIN, "%s: %ld clean, %zu with an error", title,
		    tree_integer(sanitizer, "clean"), errors);
	if (unchecked)
		page_format(page, PAGE_PLAIN, ", %zu not checked", unchecked);
	page_end(page);
	TREE_EACH (error, sanitizer, "errors") {
		if (shown == MOST_FAILED_TESTS)
			break;
		write_error(page, error);
		shown++;
	}
	terminal_more(page, under, errors, shown, "test", "tests");
	shown = 0;
	TREE_EACH (one, sanitizer, "unchecked") {
		if (shown == MOST_FAILED_TESTS)
			break;
		write_unchecked(page, one);
		shown++;
	}
	terminal_more(page, under, unchecked, shown, "test", "tests");
}

static void write_not_checked(struct page *page, const cJSON *section)
{
	const char *separator = "Not looked for: ";

	if (!tree_count(section, "not_checked"))
		return;
	page_start(page, "  ", under);
	TREE_EACH (one, section, "not_checked") {
		page_add(page, PAGE_DIM, separator);
		terminal_cut(page, PAGE_DIM, cJSON_GetStringValue(one) ? cJSON_GetStringValue(one) : "");
		separator = "; ";
	}
	page_end(page);
}

void terminal_unsafe(struct page *page, const cJSON *report)
{
	const cJSON *section = tree_at(report, "unsafe"), *undocumented = tree_at(section, "undocumented");

	if (!section)
		return;
	page_heading(page, "Unsafe code");
	write_count(page, tree_at(section, "uses"), "use of unsafe", "uses of unsafe");
	write_count(page, undocumented, "without a SAFETY comment", "without a SAFETY comment");
	terminal_places(page, under, undocumented);
	write_sanitizer(page, "AddressSanitizer", tree_at(section, "address_sanitizer"));
	if (tree_at(section, "thread_sanitizer"))
		write_sanitizer(page, "ThreadSanitizer", tree_at(section, "thread_sanitizer"));
	page_start(page, "  ", under);
	page_add(page, PAGE_PLAIN, "Miri was not run: ");
	terminal_cut(page, PAGE_PLAIN, tree_text(tree_at(section, "miri"), "why"));
	page_end(page);
	write_not_checked(page, section);
}
