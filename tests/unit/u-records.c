#include "suite.h"

#include "base/memory.h"
#include "rust/records.h"

#include <string.h>

static const unsigned char nonce[RECORDS_NONCE_SIZE] = "sixteen bytes...";

/* A frame as the harness writes it; `size_error` is added to the size field. */
static void add_frame(struct buffer *out, const unsigned char *secret, unsigned int number, unsigned int kind,
		      const char *label, const char *value, int size_error)
{
	size_t label_size = strlen(label), size = RECORDS_NONCE_SIZE + 7 + label_size + strlen(value);

	for (unsigned int i = 0; i < 4; i++)
		buffer_add_char(out, (char)((size + (size_t)size_error) >> (8 * i)));
	buffer_add(out, secret, RECORDS_NONCE_SIZE);
	for (unsigned int i = 0; i < 4; i++)
		buffer_add_char(out, (char)(number >> (8 * i)));
	buffer_add_char(out, (char)kind);
	buffer_add_char(out, (char)label_size);
	buffer_add_char(out, (char)(label_size >> 8));
	buffer_add_text(out, label);
	buffer_add_text(out, value);
}

START_TEST(reads_what_the_harness_writes)
{
	cleanup_buffer struct buffer bytes = {0};
	struct transcript transcript = {0};

	add_frame(&bytes, nonce, 0, RECORD_BEGIN, "", "", 0);
	add_frame(&bytes, nonce, 1, RECORD_INPUT, "user", "17", 0);
	add_frame(&bytes, nonce, 2, RECORD_OBSERVE, "last read", "Some(3)", 0);
	add_frame(&bytes, nonce, 3, RECORD_END, "", "", 0);
	records_parse(bytes.data, bytes.length, nonce, &transcript);
	ck_assert_ptr_null(transcript.fault);
	ck_assert_uint_eq(transcript.count, 4);
	ck_assert(transcript.ended && !transcript.panicked);
	ck_assert_str_eq(transcript.items[2].label, "last read");
	ck_assert_str_eq(transcript.items[2].value, "Some(3)");
	transcript_release(&transcript);
}
END_TEST

/* One forged or broken frame after a good beginning. */
static const struct {
	const char *what;
	const char *secret;
	unsigned int number, kind;
	int size_error;
	const char *fault;
} forged[] = {
	{"another's secret", "fifteen and one.", 1, RECORD_OBSERVE, 0, "record 1 does not carry this run's secret"},
	{"a number left out", "sixteen bytes...", 2, RECORD_OBSERVE, 0, "record 1 is out of order"},
	{"a number again", "sixteen bytes...", 0, RECORD_OBSERVE, 0, "record 1 is out of order"},
	{"an unknown kind", "sixteen bytes...", 1, 99, 0, "record 1 is malformed"},
	{"a second beginning", "sixteen bytes...", 1, RECORD_BEGIN, 0, "record 1 is out of place"},
	{"a list in a test", "sixteen bytes...", 1, RECORD_LISTED, 0, "record 1 is out of place"},
	{"more promised than sent", "sixteen bytes...", 1, RECORD_OBSERVE, 1, "record 1 is cut short"},
	{"a size of billions", "sixteen bytes...", 1, RECORD_OBSERVE, 0x7fffff00, "record 1 is cut short"},
};

START_TEST(tells_a_forgery)
{
	cleanup_buffer struct buffer bytes = {0};
	struct transcript transcript = {0};

	add_frame(&bytes, nonce, 0, RECORD_BEGIN, "", "", 0);
	add_frame(&bytes, (const unsigned char *)forged[_i].secret, forged[_i].number, forged[_i].kind, "a", "b",
		  forged[_i].size_error);
	records_parse(bytes.data, bytes.length, nonce, &transcript);
	ck_assert_msg(transcript.fault && strcmp(transcript.fault, forged[_i].fault) == 0, "%s: %s", forged[_i].what,
		      transcript.fault);
	ck_assert(!transcript.ended);
	transcript_release(&transcript);
}
END_TEST

START_TEST(nothing_follows_the_end)
{
	cleanup_buffer struct buffer bytes = {0};
	struct transcript transcript = {0};

	add_frame(&bytes, nonce, 0, RECORD_BEGIN, "", "", 0);
	add_frame(&bytes, nonce, 1, RECORD_END, "", "", 0);
	add_frame(&bytes, nonce, 2, RECORD_OBSERVE, "late", "word", 0);
	records_parse(bytes.data, bytes.length, nonce, &transcript);
	ck_assert_str_eq(transcript.fault, "record 2 comes after the end");
	transcript_release(&transcript);
}
END_TEST

START_TEST(a_plain_test_says_how_it_failed)
{
	cleanup_buffer struct buffer bytes = {0};
	struct transcript transcript = {0};

	add_frame(&bytes, nonce, 0, RECORD_BEGIN, "module::test", "", 0);
	add_frame(&bytes, nonce, 1, RECORD_FAILED, "", "it returned an error", 0);
	records_parse(bytes.data, bytes.length, nonce, &transcript);
	ck_assert_ptr_null(transcript.fault);
	ck_assert(transcript.ended && transcript.failed && !transcript.panicked);
	transcript_release(&transcript);
}
END_TEST

START_TEST(bytes_that_are_no_text_are_shown)
{
	cleanup_buffer struct buffer bytes = {0};
	struct transcript transcript = {0};

	add_frame(&bytes, nonce, 0, RECORD_BEGIN, "", "", 0);
	add_frame(&bytes, nonce, 1, RECORD_OBSERVE, "raw", "\xff\xfe", 0);
	records_parse(bytes.data, bytes.length, nonce, &transcript);
	ck_assert_str_eq(transcript.items[1].value, "\\xff\\xfe");
	transcript_release(&transcript);
}
END_TEST

/* Every prefix of a good stream is either whole records or a fault; none is read beyond its end (valgrind, ASan). */
START_TEST(survives_being_cut_anywhere)
{
	cleanup_buffer struct buffer bytes = {0};

	add_frame(&bytes, nonce, 0, RECORD_BEGIN, "", "", 0);
	add_frame(&bytes, nonce, 1, RECORD_OBSERVE, "label", "value", 0);
	for (size_t length = 0; length < bytes.length; length++) {
		cleanup_free char *copy = text_copy_n(bytes.data, length);
		struct transcript transcript = {0};

		records_parse(copy, length, nonce, &transcript);
		ck_assert(!transcript.ended);
		transcript_release(&transcript);
	}
}
END_TEST

START_TEST(what_is_written_is_read)
{
	cleanup_buffer struct buffer bytes = {0}, again = {0};
	struct transcript transcript = {0};

	add_frame(&bytes, nonce, 0, RECORD_BEGIN, "", "", 0);
	add_frame(&bytes, nonce, 1, RECORD_OBSERVE, "label", "value", 0);
	add_frame(&bytes, nonce, 2, RECORD_END, "", "", 0);
	records_parse(bytes.data, bytes.length, nonce, &transcript);
	records_write(&transcript, nonce, &again);
	ck_assert_uint_eq(again.length, bytes.length);
	ck_assert_mem_eq(again.data, bytes.data, bytes.length);
	transcript_release(&transcript);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(reads_what_the_harness_writes), UNIT(tells_a_forgery, .rows = ARRAY_LENGTH(forged)),
	UNIT(nothing_follows_the_end),	     UNIT(a_plain_test_says_how_it_failed),
	UNIT(bytes_that_are_no_text_are_shown),
	UNIT(survives_being_cut_anywhere),   UNIT(what_is_written_is_read),
};

UNIT_MAIN("records", tests)
