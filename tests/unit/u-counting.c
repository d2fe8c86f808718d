#include "suite.h"

#include "base/memory.h"
#include "grading/prepare.h"

#include <string.h>

static void release(struct seen_failure *failures, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(failures[i].code);
	free(failures);
}

START_TEST(marks_give_line_and_code)
{
	struct seen_failure *marks = NULL;
	size_t count = 0;

	prepare_expectations("fn main() {\n    let x = 1; //~ E0382\n}\n// not a mark: E0499\nbad //~ E0505 said\n",
			     &marks, &count);
	ck_assert_uint_eq(count, 2);
	ck_assert_uint_eq(marks[0].line, 2);
	ck_assert_str_eq(marks[0].code, "E0382");
	ck_assert_uint_eq(marks[1].line, 5);
	ck_assert_str_eq(marks[1].code, "E0505");
	release(marks, count);
}
END_TEST

START_TEST(failures_are_sorted_and_each_once)
{
	char e1[] = "E0505", e2[] = "E0382", lint[] = "unused_mut";
	struct diagnostic said[] = {
		{.is_error = true, .code = e1, .place = {.line = 9}},
		{.is_error = true, .code = e2, .place = {.line = 3}},
		{.is_error = true, .code = e1, .place = {.line = 9}},
		{.is_error = false, .code = lint, .place = {.line = 1}},
		{.is_error = true, .code = NULL, .place = {.line = 3}},
	};
	const struct diagnostics diagnostics = {said, ARRAY_LENGTH(said)};
	struct seen_failure *failures = NULL;
	size_t count = 0;

	prepare_failures(&diagnostics, &failures, &count);
	ck_assert_uint_eq(count, 3);
	ck_assert_uint_eq(failures[0].line, 3);
	ck_assert_uint_eq(failures[1].line, 3);
	ck_assert_str_eq(failures[2].code, "E0505");
	release(failures, count);
}
END_TEST

/* One path may stand in two uses; a hit in a derive belongs to nobody. */
START_TEST(hits_are_counted_by_path)
{
	char clone[] = "core::clone::Clone::clone", rc[] = "alloc::rc::Rc", file[] = "src/lib.rs", id[] = "copies",
	     all[] = "all";
	char *clone_paths[] = {clone}, *all_paths[] = {clone}, *rc_paths[] = {rc};
	struct exercise_use uses[] = {{.id = id, .methods = {clone_paths, 1}},
				      {.id = all, .methods = {all_paths, 1}, .types = {rc_paths, 1}}};
	const struct exercise exercise = {.uses = uses, .use_count = 2};
	struct diagnostic said[] = {
		{.reason = clone, .place = {.file = file, .line = 7}},
		{.reason = clone, .is_foreign = true, .place = {.file = file, .line = 1}},
		{.reason = rc, .place = {.file = file, .line = 2}},
	};
	const struct unit_evidence unit = {.build = {.succeeded = true, .diagnostics = {said, ARRAY_LENGTH(said)}}};
	struct evidence evidence = {.uses = memory_new(2, sizeof *evidence.uses)};

	prepare_count_uses(&exercise, &unit, 1, evidence.uses);
	ck_assert(evidence.uses[0].observed);
	ck_assert_uint_eq(evidence.uses[0].count, 1);
	ck_assert_uint_eq(evidence.uses[1].count, 2);
	ck_assert_uint_eq(evidence.uses[1].places[0].place.line, 2);
	evidence_release(&evidence, &exercise);
}
END_TEST

/* By rustc's lint and by clippy's; what a macro of the library expands to is nobody's. */
START_TEST(unsafe_code_is_counted)
{
	char uses[] = LINT_UNSAFE, bare[] = LINT_UNDOCUMENTED, other[] = "unused_mut", file[] = "src/lib.rs", says[] = "s";
	struct diagnostic said[] = {
		{.code = uses, .message = says, .place = {.file = file, .line = 7}},
		{.code = uses, .message = says, .place = {.file = file, .line = 3}},
		{.code = uses, .message = says, .is_foreign = true, .place = {.file = file, .line = 1}},
		{.code = bare, .message = says, .place = {.file = file, .line = 7}},
		{.code = other, .message = says, .place = {.file = file, .line = 2}},
		{.code = NULL, .message = says, .place = {.file = file, .line = 2}},
	};
	struct unit_evidence unit = {.build = {.succeeded = true, .diagnostics = {said, ARRAY_LENGTH(said)}}};
	const struct exercise exercise = {0};
	struct evidence evidence = {0};

	prepare_count_unsafe(&unit, 1, &evidence.unsafe_code);
	ck_assert(evidence.unsafe_code.observed);
	ck_assert_uint_eq(evidence.unsafe_code.use_count, 2);
	ck_assert_uint_eq(evidence.unsafe_code.uses[0].place.line, 3);
	ck_assert_uint_eq(evidence.unsafe_code.undocumented_count, 1);
	evidence_release(&evidence, &exercise);
	unit.build.succeeded = false;
	prepare_count_unsafe(&unit, 1, &evidence.unsafe_code);
	ck_assert(!evidence.unsafe_code.observed);
	evidence_release(&evidence, &exercise);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(marks_give_line_and_code),
	UNIT(failures_are_sorted_and_each_once),
	UNIT(hits_are_counted_by_path),
	UNIT(unsafe_code_is_counted),
};

UNIT_MAIN("counting", tests)
