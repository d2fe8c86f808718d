#include "suite.h"

#include "base/digest.h"

#include <string.h>

/* sha256 of the eight length bytes and "abc", by coreutils' sha256sum. */
START_TEST(as_another_tool_computes_it)
{
	struct digest digest;
	char text[DIGEST_TEXT_SIZE];

	digest_init(&digest);
	digest_add_text(&digest, "abc");
	digest_finish(&digest, text);
	ck_assert_str_eq(text, "ce91dc5eec0139adf091900d225971d6ad246a845bad791b5693a9d0d55dd391");
}
END_TEST

START_TEST(parts_are_framed)
{
	struct digest digest;
	char one[DIGEST_TEXT_SIZE], other[DIGEST_TEXT_SIZE];

	digest_init(&digest);
	digest_add_text(&digest, "ab");
	digest_add_text(&digest, "c");
	digest_finish(&digest, one);
	digest_add_text(&digest, "a");
	digest_add_text(&digest, "bc");
	digest_finish(&digest, other);
	ck_assert_str_ne(one, other);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(as_another_tool_computes_it),
	UNIT(parts_are_framed),
};

UNIT_MAIN("digest", tests)
