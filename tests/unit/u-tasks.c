#include "suite.h"

#include "base/memory.h"
#include "grading/tasks.h"

#include <stdatomic.h>

struct counter {
	struct tasks *tasks;
	atomic_int ran;
	int children;
};

static int count(void *context, struct error **err)
{
	struct counter *counter = context;

	(void)err;
	atomic_fetch_add(&counter->ran, 1);
	return 0;
}

static int count_and_add(void *context, struct error **err)
{
	struct counter *counter = context;

	(void)err;
	for (int i = 0; i < counter->children; i++)
		tasks_add(counter->tasks, count, counter, i % 2 == 0);
	atomic_fetch_add(&counter->ran, 1);
	return 0;
}

static int refuse(void *context, struct error **err)
{
	count(context, err);
	return error_set(err, ERROR_OTHER, "told to fail");
}

START_TEST(waits_for_what_tasks_add)
{
	cleanup_error struct error *error = NULL;
	struct counter counter = {.tasks = tasks_new(3), .children = 20};

	for (int i = 0; i < 10; i++)
		tasks_add(counter.tasks, count_and_add, &counter, false);
	ck_assert_int_eq(tasks_wait(counter.tasks, &error), 0);
	ck_assert_int_eq(atomic_load(&counter.ran), 10 * 21);
	tasks_free(counter.tasks);
}
END_TEST

START_TEST(the_first_error_drops_the_rest)
{
	struct error *error = NULL;
	struct counter counter = {.tasks = tasks_new(1), .children = 0};

	tasks_add(counter.tasks, refuse, &counter, true);
	for (int i = 0; i < 1000; i++)
		tasks_add(counter.tasks, count, &counter, false);
	ck_assert_int_eq(tasks_wait(counter.tasks, &error), -1);
	ck_assert_str_eq(error->message, "told to fail");
	ck_assert_int_lt(atomic_load(&counter.ran), 1001);
	error_free(error);
	tasks_free(counter.tasks);
}
END_TEST

START_TEST(nothing_to_do_is_done)
{
	cleanup_error struct error *error = NULL;
	struct tasks *tasks = tasks_new(2);

	ck_assert_int_eq(tasks_wait(tasks, &error), 0);
	tasks_free(tasks);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(waits_for_what_tasks_add),
	UNIT(the_first_error_drops_the_rest),
	UNIT(nothing_to_do_is_done),
};

UNIT_MAIN("tasks", tests)
