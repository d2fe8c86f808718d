/* The submission's own tests: whether the reference passes them, and how many wrong solutions do not. */
#include "terminal.h"

static const char under[] = "    ";

static void write_reference(struct page *page, const cJSON *section)
{
	const cJSON *reference = tree_at(section, "reference");
	const long passed = tree_integer(reference, "passed"), all = (long)tree_count(section, "tests");

	page_start(page, "  ", under);
	if (all == 0)
		page_add(page, PAGE_PLAIN, "none, besides those that it was given");
	else
		page_format(page, PAGE_PLAIN, "%ld of %ld pass on the reference", passed, all);
	page_end(page);
}

static void write_failed(struct page *page, const cJSON *section)
{
	const size_t failed = (size_t)tree_integer(tree_at(section, "reference"), "failed");
	size_t shown = 0;

	TREE_EACH (test, section, "tests") {
		if (!tree_is(test, "status", "failed"))
			continue;
		if (shown == MOST_FAILED_TESTS)
			break;
		page_start(page, under, under);
		terminal_mark(page, "failed");
		terminal_cut(page, PAGE_HEAD, tree_text(test, "name"));
		page_add(page, PAGE_PLAIN, "  ");
		terminal_cut(page, PAGE_PLAIN, tree_text(test, "file"));
		page_end(page);
		shown++;
	}
	terminal_more(page, under, failed, shown, "test", "tests");
}

void terminal_own_tests(struct page *page, const cJSON *report)
{
	const cJSON *section = tree_at(report, "own_tests");

	if (!section || !tree_is_true(section, "observed"))
		return;
	page_heading(page, "Its own tests");
	write_reference(page, section);
	write_failed(page, section);
	terminal_sentence(page, PAGE_UNSURE, "  ", tree_text(section, "trouble"));
	if (!tree_integer(section, "mutants"))
		return;
	page_start(page, "  ", under);
	page_format(page, PAGE_PLAIN, "%ld of %ld wrong solutions fail one of them", tree_integer(section, "killed"),
		    tree_integer(section, "mutants"));
	page_end(page);
}
