#include "suite.h"

#include "base/file.h"
#include "base/memory.h"
#include "rust/tally.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

static const struct {
	const char *told;
	const char *counted[3]; /* values of COUNTED records; NULL ends */
	bool ended;
	const char *fault; /* part of it, or NULL */
} rows[] = {
	{"", {NULL}, true, NULL},
	{"++(+++)+()++", {"3", "0"}, true, NULL},
	{"(+)", {"1"}, false, NULL},
	{"(+)(++", {"1"}, false, NULL},
	{"(+++)", {"0"}, true, "metric is said to be 0 allocations, and 3 were made"},
	{"(+)", {"2"}, true, "said to be 2 allocations, and 1 were made"},
	{"()", {"0", "0"}, true, "and 0 were made"},
	{"(+)()", {"1"}, true, "more was counted than it says"},
	{"()", {NULL}, true, "more was counted"},
	/* marks of somebody else's: the region ended early, and begun again */
	{"()+()", {"0"}, true, "more was counted"},
	{"(()", {"0"}, true, "marks that are not the harness's"},
	{")(+)", {"1"}, true, "marks that are not the harness's"},
	{"(x)", {"0"}, true, "marks that are not the harness's"},
	{"", {"-1"}, true, "-1 allocations"},
	{"()", {"zero"}, true, NULL}, /* no number reads as none */
};

START_TEST(what_was_told_decides)
{
	struct transcript transcript = {.ended = rows[_i].ended};

	for (size_t i = 0; i < ARRAY_LENGTH(rows[_i].counted) && rows[_i].counted[i]; i++)
		*ARRAY_ADD(transcript.items, transcript.count) = (struct record){
			.kind = RECORD_COUNTED, .label = text_copy("metric"), .value = text_copy(rows[_i].counted[i])};
	tally_check(rows[_i].told, strlen(rows[_i].told), &transcript);
	if (rows[_i].fault)
		ck_assert_msg(transcript.fault && strstr(transcript.fault, rows[_i].fault), "%s: %s", rows[_i].told,
			      transcript.fault ? transcript.fault : "no fault");
	else
		ck_assert_msg(!transcript.fault, "%s: %s", rows[_i].told, transcript.fault);
	transcript_release(&transcript);
}
END_TEST

START_TEST(programs_are_switched_on)
{
	static const char off[] = "a\0assay allocations:0\nb assay allocations:0\n", none[] = "assay allocations:1\n";
	struct error *err = NULL;
	cleanup_free char *folder = file_make_scratch("assay-tally-", &err);
	cleanup_free char *program = file_join(folder, "program"), *copy = file_join(folder, "copy");
	cleanup_buffer struct buffer bytes = {0};
	struct stat status;

	ck_assert_int_eq(file_write(AT_FDCWD, program, off, sizeof off, 0755, &err), 0);
	ck_assert_int_eq(tally_switch_on(program, copy, &err), 0);
	ck_assert_int_eq(file_read(AT_FDCWD, copy, 1024, &bytes, &err), 0);
	ck_assert_uint_eq(bytes.length, sizeof off);
	ck_assert_mem_eq(bytes.data, "a\0assay allocations:1\nb assay allocations:1\n", sizeof off);
	ck_assert(stat(copy, &status) == 0 && (status.st_mode & 0777) == 0755);
	ck_assert_int_eq(file_write(AT_FDCWD, program, none, sizeof none, 0755, &err), 0);
	ck_assert_int_eq(tally_switch_on(program, copy, &err), -1);
	ck_assert_ptr_nonnull(strstr(err->message, "cannot be made to tell its allocations"));
	error_free(err);
	file_remove_tree(AT_FDCWD, folder);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(what_was_told_decides, .rows = ARRAY_LENGTH(rows)),
	UNIT(programs_are_switched_on),
};
UNIT_MAIN("tally", tests)
