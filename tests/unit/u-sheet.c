#include "suite.h"

#include "base/memory.h"
#include "commands/sheet.h"

#include <string.h>

#define FORTY "forty characters of text that wrap early"

START_TEST(plain_text_wraps_and_keeps_its_margin)
{
	struct sheet sheet = {.style = &sheet_plain};

	sheet.style->entry(&sheet, "-o, --output FILE", FORTY " " FORTY);
	ck_assert_str_eq(buffer_text(&sheet.out), "  -o, --output FILE       " FORTY " forty\n"
						  "                          characters of text that wrap early\n");
	buffer_release(&sheet.out);
}
END_TEST

START_TEST(a_long_term_has_a_line_of_its_own)
{
	struct sheet sheet = {.style = &sheet_plain};

	sheet.style->entry(&sheet, "--mount SOURCE[:TARGET]", "show it");
	ck_assert_str_eq(buffer_text(&sheet.out), "  --mount SOURCE[:TARGET]\n                          show it\n");
	buffer_release(&sheet.out);
}
END_TEST

START_TEST(a_word_longer_than_the_line_ends_no_loop)
{
	struct sheet sheet = {.style = &sheet_plain};
	char word[200];

	memset(word, 'w', sizeof word);
	word[sizeof word - 1] = '\0';
	sheet.style->paragraph(&sheet, word);
	ck_assert_uint_eq(sheet.out.length, sizeof word);
	buffer_release(&sheet.out);
}
END_TEST

START_TEST(paragraphs)
{
	struct sheet sheet = {.style = &sheet_plain};

	sheet.style->paragraph(&sheet, "one\n\ntwo");
	sheet.style->heading(&sheet, "Head");
	ck_assert_str_eq(buffer_text(&sheet.out), "one\n\ntwo\n\nHead\n");
	buffer_release(&sheet.out);
}
END_TEST

START_TEST(roff_obeys_nothing_in_the_text)
{
	struct sheet sheet = {.style = &sheet_roff};

	sheet.style->paragraph(&sheet, ".SH back\\slash --long\n'quote\n\nnext");
	ck_assert_str_eq(buffer_text(&sheet.out), ".PP\n\\&.SH back\\eslash \\-\\-long\n\\&'quote\n.PP\nnext\n");
	buffer_release(&sheet.out);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(plain_text_wraps_and_keeps_its_margin),	UNIT(a_long_term_has_a_line_of_its_own),
	UNIT(a_word_longer_than_the_line_ends_no_loop), UNIT(paragraphs),
	UNIT(roff_obeys_nothing_in_the_text),
};

UNIT_MAIN("sheet", tests)
