#include "suite.h"

#include "base/memory.h"
#include "rust/sanitizer.h"

#include <string.h>

#define BEGIN "=================================================================\n==2==ERROR: AddressSanitizer: "

static const struct {
	const char *text, *kind, *access;
	bool is_memory_error;
	size_t frames;
	uint64_t first;
} rows[] = {
	{BEGIN "heap-use-after-free on address 0x7ba470fe0050 at pc 0x2fd79a bp 0x1 sp 0x2\n"
	       "READ of size 8 at 0x7ba470fe0050 thread T0\n"
	       "    #0 0x0000002fd799  (/test+0x2fd799) (BuildId: 06183a)\n"
	       "    #1 0x0000002fd3c4  (/test+0x2fd3c4) (BuildId: 06183a)\n"
	       "\n"
	       "0x7ba470fe0050 is located 0 bytes inside of 8-byte region [0x7ba470fe0050,0x7ba470fe0058)\n"
	       "freed by thread T0 here:\n"
	       "    #0 0x0000002aa546  (/test+0x2aa546)\n",
	 "heap-use-after-free", "READ of size 8", true, 2, 0x2fd799},
	{BEGIN "heap-buffer-overflow on address 0x1\nWRITE of size 16 at 0x1 thread T0\n    #0 0x12\n\n",
	 "heap-buffer-overflow", "WRITE of size 16", true, 1, 0x12},
	{BEGIN "attempting double-free on 0x1 in thread T0:\n    #0 0x10\n    #1 0x20\n\n", "double-free", NULL, true,
	 2, 0x10},
	{BEGIN "attempting free on address which was not malloc()-ed: 0x1 in thread T0\n", "bad-free", NULL, true, 0,
	 0},
	{BEGIN "SEGV on unknown address (pc 0x1)\n", "bad-address", NULL, true, 0, 0},
	{BEGIN "dynamic-stack-buffer-overflow on address 0x1\n", "stack-buffer-overflow", NULL, true, 0, 0},
	{BEGIN "stack-overflow on address 0x1\n", "stack-overflow", NULL, false, 0, 0},
	{BEGIN "requested allocation size 0x8000000000000000 exceeds\n", "allocation-size", NULL, false, 0, 0},
	{BEGIN "out of memory: allocator is trying to allocate\n", "out-of-memory", NULL, false, 0, 0},
	{BEGIN "what nobody has seen yet\n", "other", NULL, true, 0, 0},
	/* whatever else stands there */
	{"==2==WARNING: reading executable name failed\n" BEGIN "heap-use-after-free\n", "heap-use-after-free", NULL,
	 true, 0, 0},
	{BEGIN, "other", NULL, true, 0, 0},
	{BEGIN
	 "SEGV\nREAD of size 999999999999999999999999999999999999\n    #999999999999999999999 0xzz\n    #0 \n    #",
	 "bad-address", NULL, true, 1, 0},
	/* ThreadSanitizer's, whose first stack is that of the access which it met second */
	{"==================\nWARNING: ThreadSanitizer: data race (pid=2)\n"
	 "  Write of size 8 at 0x7200 by thread T2:\n    #0 0x0000002d7000\n    #1 0x0000002d8000\n\n"
	 "  Previous read of size 4 at 0x7200 by thread T1:\n    #0 0x0000002d9000\n\n",
	 "data-race", "Write of size 8", true, 2, 0x2d7000},
	{"WARNING: ThreadSanitizer: data race (pid=2)\n  Atomic read of size 4 at 0x1 by thread T1:\n    #0 0x1\n\n"
	 "  Previous write of size 4 at 0x1 by main thread:\n    #0 0x2\n\n",
	 "data-race", "Atomic read of size 4", true, 1, 1},
	{"WARNING: ThreadSanitizer: heap-use-after-free (pid=2)\n", "heap-use-after-free", NULL, true, 0, 0},
	{"WARNING: ThreadSanitizer: what nobody has seen yet\n", "other", NULL, true, 0, 0},
	{"", NULL, NULL, false, 0, 0},
	{"heap-use-after-free", NULL, NULL, false, 0, 0},
};

START_TEST(reports)
{
	struct sanitizer_report report;

	ck_assert_int_eq(sanitizer_report_parse(rows[_i].text, &report), rows[_i].kind != NULL);
	if (rows[_i].kind) {
		ck_assert_str_eq(report.kind, rows[_i].kind);
		ck_assert_ptr_nonnull(report.says);
	}
	if (rows[_i].access)
		ck_assert_str_eq(report.access, rows[_i].access);
	else
		ck_assert_ptr_null(report.access);
	ck_assert_int_eq(report.is_memory_error, rows[_i].is_memory_error);
	ck_assert_uint_eq(report.frame_count, rows[_i].frames);
	ck_assert_uint_eq(report.frames[0], rows[_i].first);
	sanitizer_report_release(&report);
}
END_TEST

START_TEST(a_deep_stack_is_cut)
{
	cleanup_buffer struct buffer text = {0};
	struct sanitizer_report report;

	buffer_add_text(&text, BEGIN "heap-use-after-free\n");
	for (unsigned int i = 0; i < 4 * SANITIZER_FRAMES; i++)
		buffer_add_format(&text, "    #%u %#x\n", i, i + 1);
	ck_assert(sanitizer_report_parse(buffer_text(&text), &report));
	ck_assert_uint_eq(report.frame_count, SANITIZER_FRAMES);
	ck_assert_uint_eq(report.frames[SANITIZER_FRAMES - 1], SANITIZER_FRAMES);
	sanitizer_report_release(&report);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(reports, .rows = ARRAY_LENGTH(rows)),
	UNIT(a_deep_stack_is_cut),
};

UNIT_MAIN("sanitizer", tests)
