/* Questions for whoever talks with the candidate, and what to listen for. */
#include "terminal.h"

static const char under[] = "    ";

static void write_answer(struct page *page, const char *who, const char *sounds)
{
	page_start(page, under, "            ");
	page_format(page, PAGE_DIM, "%-8s", who);
	terminal_cut(page, PAGE_DIM, sounds);
	page_end(page);
}

void terminal_interview(struct page *page, const cJSON *report)
{
	if (!tree_count(report, "interview"))
		return;
	page_heading(page, "Ask in the interview");
	TREE_EACH (question, report, "interview") {
		page_start(page, "  ? ", under);
		terminal_cut(page, PAGE_PLAIN, tree_text(question, "asks"));
		page_end(page);
		/* of what has no place, the sentence says it all */
		if (tree_at(question, "file"))
			terminal_sentence(page, PAGE_HEAD, "      ", tree_text(question, "code"));
		write_answer(page, "junior", tree_text(question, "junior"));
		write_answer(page, "senior", tree_text(question, "senior"));
	}
}
