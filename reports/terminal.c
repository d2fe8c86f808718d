/*
 * The report as a person reads it: what matters most first, each section a row
 * of the table at the end.
 */
#include "terminal.h"

#include "base/memory.h"

#include <string.h>

enum { BAR_COLUMNS = 30 };

/* ---- level and score ---------------------------------------------------- */

static void write_title(struct page *page, const cJSON *report)
{
	const cJSON *exercise = tree_at(report, "exercise"), *submission = tree_at(report, "submission");

	page_start(page, "", "");
	terminal_cut(page, PAGE_HEAD, tree_text(exercise, "title"));
	page_end(page);
	page_start(page, "", "");
	terminal_cut(page, PAGE_PLAIN, tree_text(submission, "name"));
	page_format(page, PAGE_DIM, " on the %s exercise %s, pitched at level %ld", tree_text(exercise, "kind"),
		    tree_text(exercise, "id"), tree_integer(exercise, "level"));
	page_end(page);
	page_blank(page);
}

static void write_refusal(struct page *page, const cJSON *verdict)
{
	page_start(page, "  ", "  ");
	page_add(page, PAGE_BAD, "Refused at the door: ");
	terminal_cut(page, PAGE_PLAIN, tree_text(verdict, "reason"));
	page_end(page);
	terminal_sentence(page, PAGE_DIM, "  ", "Nothing was compiled or run, and no level is given.");
}

static void add_bar(struct page *page, double percent)
{
	int filled = (int)(percent / 100 * BAR_COLUMNS + 0.5);

	for (int i = 0; i < BAR_COLUMNS; i++)
		page_add(page, i < filled ? PAGE_GOOD : PAGE_DIM, i < filled ? "█" : "░");
}

/* 83.3 and 100: no ".0" */
static void add_score(struct page *page, const cJSON *verdict)
{
	double score = tree_number(verdict, "score");
	bool is_whole = score == (double)tree_integer(verdict, "score");

	page_format(page, PAGE_HEAD, "%.*f %%", is_whole ? 0 : 1, score);
	page_format(page, PAGE_PLAIN, "  %ld of %ld points", tree_integer(verdict, "points"),
		    tree_integer(verdict, "points_possible"));
}

static void write_next(struct page *page, const cJSON *verdict)
{
	const cJSON *next = tree_at(verdict, "next");
	size_t blocking = tree_count(next, "blocked_by");

	page_start(page, "  ", "  ");
	if (next)
		page_format(page, PAGE_PLAIN, "%zu %s short of level %ld, %s", blocking,
			    blocking == 1 ? "criterion" : "criteria", tree_integer(next, "level"),
			    tree_text(next, "level_name"));
	else
		page_add(page, PAGE_PLAIN, "The highest level that this exercise can show");
	page_end(page);
}

void terminal_verdict(struct page *page, const cJSON *report)
{
	const cJSON *verdict = tree_at(report, "verdict");
	double score = tree_number(verdict, "score");

	write_title(page, report);
	if (tree_is(verdict, "status", "refused")) {
		write_refusal(page, verdict);
		return;
	}
	page_start(page, "  ", "  ");
	page_format(page, PAGE_HEAD, "Level %ld  %s", tree_integer(verdict, "level"), tree_text(verdict, "level_name"));
	page_end(page);
	page_start(page, "  ", "  ");
	add_bar(page, score > 0 && score <= 100 ? score : 0);
	page_add(page, PAGE_PLAIN, "  ");
	add_score(page, verdict);
	page_end(page);
	write_next(page, verdict);
	terminal_axes(page, verdict);
}

/* ---- what the door and the box noticed ---------------------------------------- */

void terminal_passed_over(struct page *page, const cJSON *report)
{
	const cJSON *submission = tree_at(report, "submission");
	size_t kept = tree_count(submission, "refused"), shown = 0;
	long total = tree_integer(submission, "refused_total");
	size_t all = total > 0 && (size_t)total > kept ? (size_t)total : kept;

	if (!all)
		return;
	page_heading(page, "Files passed over");
	TREE_EACH(refused, submission, "refused") {
		if (shown == MOST_FILES)
			break;
		page_start(page, "  ", "      ");
		terminal_cut(page, PAGE_HEAD, tree_text(refused, "path"));
		page_add(page, PAGE_PLAIN, "  ");
		terminal_cut(page, PAGE_PLAIN, tree_text(refused, "says"));
		page_end(page);
		shown++;
	}
	terminal_more(page, "  ", all, shown, "file or folder", "files or folders");
}

/* The most serious first: a hundred notes must not push one of them off the page. */
static const struct {
	const char *severity;
	enum page_style style;
} severities[] = {
	{"serious", PAGE_BAD},
	{"warning", PAGE_UNSURE},
	{"note", PAGE_DIM},
};

/* Files passed over have a section of their own. */
static bool is_told_elsewhere(const cJSON *finding)
{
	return tree_is(finding, "id", "file-left-out");
}

static void write_finding(struct page *page, const cJSON *finding, enum page_style style)
{
	static const char under[] = "          ";

	page_start(page, "  ", under);
	page_format(page, style, "%-8s", tree_text(finding, "severity"));
	if (terminal_place(page, PAGE_HEAD, finding))
		page_add(page, PAGE_PLAIN, "  ");
	terminal_cut(page, PAGE_PLAIN, tree_text(finding, "says"));
	page_end(page);
	terminal_sentence(page, PAGE_DIM, under, tree_text(finding, "done"));
}

void terminal_findings(struct page *page, const cJSON *report)
{
	size_t all = 0, shown = 0;

	TREE_EACH(finding, report, "findings")
		all += !is_told_elsewhere(finding);
	if (!all)
		return;
	page_heading(page, "Findings");
	for (size_t i = 0; i < ARRAY_LENGTH(severities); i++) {
		TREE_EACH(finding, report, "findings") {
			if (shown == MOST_FINDINGS)
				break;
			if (is_told_elsewhere(finding) || !tree_is(finding, "severity", severities[i].severity))
				continue;
			write_finding(page, finding, severities[i].style);
			shown++;
		}
	}
	terminal_more(page, "  ", all, shown, "finding", "findings");
}

/* ---- the end ------------------------------------------------------------------- */

void terminal_footer(struct page *page, const cJSON *report)
{
	const cJSON *toolchain = tree_at(report, "toolchain"), *measured = tree_at(report, "measured");
	size_t layers = tree_count(tree_at(report, "sandbox"), "layers");

	page_blank(page);
	page_start(page, "", "");
	page_format(page, PAGE_DIM, "assay %s", tree_text(tree_at(report, "assay"), "version"));
	if (toolchain)
		page_format(page, PAGE_DIM, ", rustc %s, clippy %s on %s", tree_text(toolchain, "rustc"),
			    tree_text(toolchain, "clippy"), tree_text(toolchain, "host"));
	page_end(page);
	if (tree_is(report, "edition", "candidate"))
		terminal_sentence(page, PAGE_DIM, "",
				  "The candidate's edition: of what is hidden it tells as much as the exercise allows.");
	if (!tree_at(measured, "total_ms"))
		return;
	page_start(page, "", "");
	page_format(page, PAGE_DIM, "%ld ms", tree_integer(measured, "total_ms"));
	if (layers)
		page_format(page, PAGE_DIM, ", %.0f MiB at most, in a box of %zu layer%s",
			    tree_number(measured, "peak_kib") / 1024, layers, layers == 1 ? "" : "s");
	page_end(page);
	if (tree_count(report, "tests")) {
		page_start(page, "", "");
		page_format(page, PAGE_DIM, "the same inputs again: --seed %s", tree_text(measured, "seed"));
		page_end(page);
	}
}

static void (*const sections[])(struct page *page, const cJSON *report) = {
	terminal_verdict, terminal_holding,   terminal_lacking, terminal_builds, terminal_tests,
	terminal_probes,  terminal_questions, terminal_counts,  terminal_unsafe, terminal_own_tests, terminal_learn,
	terminal_passed_over, terminal_findings, terminal_interview, terminal_rule, terminal_footer,
};

void report_write_text(const cJSON *report, const struct report_text_style *style, FILE *out)
{
	struct page page;

	page_open(&page, out, style);
	for (size_t i = 0; i < ARRAY_LENGTH(sections); i++)
		sections[i](&page, report);
	page_close(&page);
}
