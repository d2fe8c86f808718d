/* Answers to questions, and counts beside the reference's. */
#include "terminal.h"

#include <string.h>

/* ---- questions (kind explain) ------------------------------------------- */

static void add_given(struct page *page, const cJSON *given)
{
	const char *separator = "";

	page_add(page, PAGE_DIM, "answered: ");
	if (!tree_count(given, "fails"))
		page_add(page, PAGE_PLAIN, "it compiles");
	TREE_EACH(error, given, "fails") {
		page_format(page, PAGE_PLAIN, "%sline %ld fails with ", separator, tree_integer(error, "line"));
		terminal_cut(page, PAGE_PLAIN, tree_text(error, "code"));
		separator = ", ";
	}
	page_add(page, PAGE_PLAIN, "; choice ");
	terminal_cut(page, PAGE_PLAIN, tree_text(given, "choice"));
}

static const char *what_is_off(const cJSON *question)
{
	bool fails = tree_is_true(question, "fails_right"), choice = tree_is_true(question, "choice_right");

	if (!tree_at(question, "fails_right") || !tree_at(question, "choice_right")) /* a candidate is not told */
		return "";
	if (fails && !choice)
		return "The lines are right, the reason chosen is not.";
	if (!fails && choice)
		return "The reason chosen is right, the lines are not.";
	return "Neither the lines nor the reason chosen are right.";
}

static void write_question(struct page *page, const cJSON *question)
{
	const char *because = tree_text(question, "because");

	page_start(page, "  ", "    ");
	terminal_mark(page, tree_text(question, "status"));
	page_format(page, PAGE_HEAD, "%s ", tree_text(question, "id"));
	terminal_cut(page, PAGE_PLAIN, tree_text(question, "title"));
	page_format(page, PAGE_DIM, " (level %ld, %s)", tree_integer(question, "level"),
		    tree_text(question, "concept"));
	page_end(page);
	if (tree_is(question, "status", "unanswered")) {
		terminal_sentence(page, PAGE_DIM, "    ", "not answered");
		return;
	}
	if (tree_is(question, "status", "wrong")) {
		page_start(page, "    ", "      ");
		add_given(page, tree_at(question, "given"));
		page_end(page);
		terminal_sentence(page, PAGE_PLAIN, "    ", what_is_off(question));
	}
	if (*because)
		page_block(page, PAGE_PLAIN, "    > ", because, MOST_WORDS_LINES);
	if (*because && tree_at(question, "listen_for")) {
		page_start(page, "    ", "    ");
		page_add(page, PAGE_DIM, "listen for: ");
		page_add(page, PAGE_DIM, tree_text(question, "listen_for")); /* the author's, whole */
		page_end(page);
	}
}

void terminal_questions(struct page *page, const cJSON *report)
{
	size_t all = tree_count(report, "questions");

	if (!all)
		return;
	page_heading(page, "Questions: %zu of %zu right",
		     tree_count_where(report, "questions", "status", "right"), all);
	TREE_EACH(question, report, "questions")
		write_question(page, question);
}

/* ---- counts ----------------------------------------------------------------- */

/* `mark` stands behind the number. */
static void add_count(struct page *page, const cJSON *object, const char *key, const char *mark, size_t column)
{
	char text[32] = "?";

	if (tree_at(object, key))
		snprintf(text, sizeof text, "%ld%s", tree_integer(object, key), mark);
	page_pad(page, column > strlen(text) ? column - strlen(text) : 0);
	page_add(page, PAGE_PLAIN, text);
}

/* "     3          0  clone and its kin", with up to MOST_PLACES places below; `beside` leaves room for the reference's */
static void write_count(struct page *page, const cJSON *row, const char *key, bool beside, const char *says)
{
	static const char under[] = "                   ", nearer[] = "        ";
	const char *margin = beside ? under : nearer;
	const char *separator = "";
	size_t shown = 0, all = tree_count(row, "places");

	page_start(page, "  ", margin);
	/* "3+": there may be more, in what does not compile */
	add_count(page, row, key, tree_at(row, "complete") && !tree_is_true(row, "complete") ? "+" : "", 4);
	if (cJSON_HasObjectItem(row, "reference"))
		add_count(page, row, "reference", "", 15);
	page_pad(page, beside ? 17 : 6);
	terminal_cut(page, PAGE_PLAIN, says);
	page_end(page);
	if (!all)
		return;
	page_start(page, margin, margin);
	TREE_EACH(place, row, "places") {
		if (shown == MOST_PLACES)
			break;
		page_add(page, PAGE_DIM, separator);
		terminal_place(page, PAGE_DIM, place);
		separator = ", ";
		shown++;
	}
	if (all > shown)
		page_format(page, PAGE_DIM, " and %zu more", all - shown);
	page_end(page);
}

static void write_format(struct page *page, const cJSON *format)
{
	const char *separator = "";
	size_t shown = 0;

	if (!tree_at(format, "clean") || tree_is_true(format, "clean"))
		return;
	page_start(page, "  ", "  ");
	page_add(page, PAGE_PLAIN, "rustfmt would change ");
	if (!tree_count(format, "files"))
		page_add(page, PAGE_PLAIN, "the layout");
	TREE_EACH(file, format, "files") {
		const char *path = cJSON_GetStringValue(file);

		if (shown == MOST_FILES)
			break;
		page_add(page, PAGE_PLAIN, separator);
		terminal_cut(page, PAGE_PLAIN, path ? path : "");
		separator = ", ";
		shown++;
	}
	if (tree_count(format, "files") > shown)
		page_format(page, PAGE_DIM, " and %zu more", tree_count(format, "files") - shown);
	page_end(page);
}

/* Where nothing was observed there is nothing to count. */
static bool has_counts(const cJSON *report)
{
	TREE_EACH(use, report, "uses")
		if (tree_at(use, "count"))
			return true;
	TREE_EACH(metric, report, "metrics")
		if (tree_at(metric, "value"))
			return true;
	return tree_count(report, "lints") > 0;
}

/* A candidate is mostly not told what the reference needed. */
static bool has_reference(const cJSON *report)
{
	TREE_EACH(use, report, "uses")
		if (cJSON_HasObjectItem(use, "reference"))
			return true;
	TREE_EACH(metric, report, "metrics")
		if (cJSON_HasObjectItem(metric, "reference"))
			return true;
	return false;
}

void terminal_counts(struct page *page, const cJSON *report)
{
	bool beside = has_reference(report);
	size_t shown = 0;

	if (has_counts(report)) {
		page_heading(page, "Counted");
		terminal_sentence(page, PAGE_DIM, "  ", beside ? "here  reference" : "here");
		TREE_EACH(use, report, "uses")
			write_count(page, use, "count", beside, tree_text(use, "says"));
		TREE_EACH(metric, report, "metrics")
			write_count(page, metric, "value", beside, tree_text(metric, "says"));
		TREE_EACH(lint, report, "lints") {
			if (shown++ == MOST_LINTS)
				break;
			write_count(page, lint, "count", beside, tree_text(lint, "lint"));
		}
		terminal_more(page, "  ", tree_count(report, "lints"), MOST_LINTS, "lint", "lints");
	} else if (tree_at(tree_at(report, "format"), "clean") && !tree_is_true(tree_at(report, "format"), "clean")) {
		page_heading(page, "Layout");
	}
	write_format(page, tree_at(report, "format"));
}
