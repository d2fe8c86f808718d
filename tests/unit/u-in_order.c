#include "suite.h"

#include "base/memory.h"
#include "grading/in_order.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

enum { ITEMS = 40 };

struct item {
	int number;
	bool fails;
	bool waits; /* until another has been worked at */
};

static struct {
	atomic_int worked, telling;
	int told[ITEMS];
	int count;
} seen;

static int work(void *context, struct error **err)
{
	const struct item *item = context;

	while (item->waits && atomic_load(&seen.worked) == 0)
		;
	atomic_fetch_add(&seen.worked, 1);
	return item->fails ? error_set(err, ERROR_OTHER, "item %d", item->number) : 0;
}

static void tell(void *context)
{
	const struct item *item = context;

	ck_assert_int_eq(atomic_fetch_add(&seen.telling, 1), 0);
	seen.told[seen.count++] = item->number;
	atomic_fetch_sub(&seen.telling, 1);
}

static const struct in_order how = {.work = work, .tell = tell};

static int run(struct item *items, unsigned int side_by_side, struct error **err)
{
	void *pointers[ITEMS];

	for (int i = 0; i < ITEMS; i++) {
		items[i].number = i;
		pointers[i] = &items[i];
	}
	return in_order_run(&how, side_by_side, pointers, ITEMS, err);
}

/* The first waits for the second, and is told first all the same. */
START_TEST(told_in_order)
{
	struct item items[ITEMS] = {{.waits = true}};
	struct error *err = NULL;

	ck_assert_int_eq(run(items, 3, &err), 0);
	ck_assert_int_eq(seen.count, ITEMS);
	for (int i = 0; i < ITEMS; i++)
		ck_assert_int_eq(seen.told[i], i);
}
END_TEST

START_TEST(an_error_ends_it)
{
	struct item items[ITEMS] = {0};
	struct error *err = NULL;

	items[3].fails = true;
	ck_assert_int_eq(run(items, 1, &err), -1);
	ck_assert_str_eq(err->message, "item 3");
	ck_assert_int_eq(seen.count, 3);
	ck_assert_int_eq(atomic_load(&seen.worked), 4);
	error_free(err);
}
END_TEST

/* What was done before it is told; what stands behind it is not. */
START_TEST(nothing_behind_an_error_is_told)
{
	struct item items[ITEMS] = {{.waits = true, .fails = true}};
	struct error *err = NULL;

	ck_assert_int_eq(run(items, 2, &err), -1);
	ck_assert_int_eq(seen.count, 0);
	error_free(err);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(told_in_order),
	UNIT(an_error_ends_it),
	UNIT(nothing_behind_an_error_is_told),
};
UNIT_MAIN("in_order", tests)
