#include "suite.h"

#include "base/siphash.h"

/* Of the paper's appendix and its authors' table: the key is 00 01 … 0f, the message the first so many of 00 01 02 ….
 */
static const struct {
	size_t length;
	uint64_t tag;
} rows[] = {
	{0, 0x726fdb47dd0e0e31}, {1, 0x74f839c593dc67fd},  {7, 0xab0200f58b01d137},
	{8, 0x93f5f5799a932462}, {15, 0xa129ca6149be45e5},
};

START_TEST(known_tags)
{
	unsigned char counting[16];

	for (unsigned int i = 0; i < sizeof counting; i++)
		counting[i] = (unsigned char)i;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		ck_assert_uint_eq(siphash(counting, counting, rows[i].length), rows[i].tag);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(known_tags),
};

UNIT_MAIN("siphash", tests)
