#include "suite.h"

#include "base/memory.h"
#include "identity.h"

#include <unistd.h>

#define SEVERAL 20

START_TEST(each_box_has_an_id_of_its_own)
{
	struct identity_range range;
	struct identity taken[SEVERAL];
	struct error *err = NULL;

	identity_probe(&range);
	if (geteuid() != 0 || range.own)
		return;
	for (size_t i = 0; i < SEVERAL; i++) {
		ck_assert_int_eq(identity_take(&range, &taken[i], &err), 0);
		ck_assert(taken[i].leased);
		ck_assert_uint_ne(taken[i].uid, 0);
		ck_assert_uint_ne(taken[i].gid, 0);
		for (size_t j = 0; j < i; j++)
			ck_assert_uint_ne(taken[i].uid, taken[j].uid);
	}
	for (size_t i = 0; i < SEVERAL; i++)
		identity_release(&taken[i]);
}
END_TEST

START_TEST(a_full_range_says_so)
{
	struct identity_range range = {.first_uid = 70000, .first_gid = 70000, .count = 0};
	struct identity identity;
	struct error *err = NULL;

	ck_assert_int_eq(identity_take(&range, &identity, &err), -1);
	ck_assert_int_eq(err->kind, ERROR_SANDBOX);
	ck_assert_int_eq(identity.lock, -1);
	error_free(err);
}
END_TEST

START_TEST(a_person_stays_that_person)
{
	struct identity_range range = {.own = true};
	struct identity identity;
	struct error *err = NULL;

	ck_assert_int_eq(identity_take(&range, &identity, &err), 0);
	ck_assert(!identity.leased);
	ck_assert_uint_eq(identity.uid, geteuid());
	identity_release(&identity);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(each_box_has_an_id_of_its_own),
	UNIT(a_full_range_says_so),
	UNIT(a_person_stays_that_person),
};

UNIT_MAIN("identity", tests)
