/* What cannot be had on one machine: every ABI of Landlock, every refusal with every error. Real obstacles:
 * tests/e2e/doctor. */
#include "suite.h"

#include "base/memory.h"
#include "causes.h"

#include <errno.h>
#include <string.h>

static const struct {
	int abi;
	const char *lacks;
} abis[] = {
	{1,
	 "moves between folders (2), truncation (3), TCP (4), ioctl on devices (5), signals and abstract sockets (6)"},
	{2, "truncation (3), TCP (4), ioctl on devices (5), signals and abstract sockets (6)"},
	{3, "TCP (4), ioctl on devices (5), signals and abstract sockets (6)"},
	{4, "ioctl on devices (5), signals and abstract sockets (6)"},
	{5, "signals and abstract sockets (6)"},
	{6, NULL},
	{9, NULL},
};

START_TEST(landlock_abis_are_told_apart)
{
	cleanup_free char *lacks = cause_landlock_lacks(abis[_i].abi);

	ck_assert_pstr_eq(lacks, abis[_i].lacks);
}
END_TEST

START_TEST(there_is_always_a_remedy)
{
	static const int errors[] = {EPERM, EACCES, ENOSYS, EINVAL, ENOSPC, EBUSY, EOPNOTSUPP, EIO};

	for (int refusal = REFUSED_USER_NAMESPACE; refusal <= REFUSED_LANDLOCK; refusal <<= 1)
		for (size_t i = 0; i < ARRAY_LENGTH(errors); i++) {
			cleanup_free char *remedy = cause_remedy((enum refusal)refusal, errors[i]);

			ck_assert_uint_gt(strlen(remedy), 10);
			ck_assert_ptr_null(strchr(remedy, '\n'));
		}
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(landlock_abis_are_told_apart, .rows = ARRAY_LENGTH(abis)),
	UNIT(there_is_always_a_remedy),
};

UNIT_MAIN("causes", tests)
