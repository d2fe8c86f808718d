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

/* As the harness marks it. AddressSanitizer would put a redzone behind it. */
#ifdef __clang__
__attribute__((no_sanitize("address")))
#endif
__attribute__((used, section(".assay.tally"))) static const unsigned char own_switch;

static size_t differing_bytes(const struct buffer *left, const struct buffer *right)
{
	size_t count = 0;

	for (size_t i = 0; i < left->length && i < right->length; i++)
		count += left->data[i] != right->data[i];
	return count;
}

/* This program for one, and what is no program, or has no such section. */
START_TEST(programs_are_switched_on)
{
	struct error *err = NULL;
	cleanup_free char *folder = file_make_scratch("assay-tally-", &err);
	cleanup_free char *copy = file_join(folder, "copy"), *text = file_join(folder, "text");
	cleanup_buffer struct buffer before = {0}, after = {0};
	const char *const without[] = {"/bin/true", text};
	struct stat status;

	ck_assert_int_eq(tally_switch_on("/proc/self/exe", copy, &err), 0);
	ck_assert_int_eq(file_read(AT_FDCWD, "/proc/self/exe", 64u << 20, &before, &err), 0);
	ck_assert_int_eq(file_read(AT_FDCWD, copy, 64u << 20, &after, &err), 0);
	ck_assert_uint_eq(before.length, after.length);
	ck_assert_uint_eq(differing_bytes(&before, &after), 1);
	ck_assert(stat(copy, &status) == 0 && (status.st_mode & 0777) == 0755);
	ck_assert_int_eq(file_write(AT_FDCWD, text, "\177ELF", 4, 0755, &err), 0);
	for (size_t i = 0; i < ARRAY_LENGTH(without); i++) {
		ck_assert_int_eq(tally_switch_on(without[i], copy, &err), -1);
		ck_assert_ptr_nonnull(strstr(err->message, "cannot be made to tell its allocations"));
		error_free(err);
		err = NULL;
	}
	file_remove_tree(AT_FDCWD, folder);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(what_was_told_decides, .rows = ARRAY_LENGTH(rows)),
	UNIT(programs_are_switched_on),
};
UNIT_MAIN("tally", tests)
