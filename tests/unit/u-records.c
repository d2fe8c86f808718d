#include "suite.h"

#include "base/memory.h"
#include "rust/records.h"

#include <string.h>

static const struct records_keys keys = {"sixteen bytes...", "sixteen others.."},
				 others = {"fifteen and one.", ".fifteen and one"};

/* A frame as the harness writes it; `size_error` is added to the size field. */
static void add_frame(struct buffer *out, const unsigned char key[SIPHASH_KEY_SIZE], unsigned int number,
		      unsigned int kind, const char *label, const char *value, int size_error)
{
	size_t label_size = strlen(label), size = 8 + 7 + label_size + strlen(value);
	cleanup_buffer struct buffer fields = {0};
	uint64_t tag;

	for (unsigned int i = 0; i < 4; i++)
		buffer_add_char(&fields, (char)(number >> (8 * i)));
	buffer_add_char(&fields, (char)kind);
	buffer_add_char(&fields, (char)label_size);
	buffer_add_char(&fields, (char)(label_size >> 8));
	buffer_add_text(&fields, label);
	buffer_add_text(&fields, value);
	tag = siphash(key, fields.data, fields.length);
	for (unsigned int i = 0; i < 4; i++)
		buffer_add_char(out, (char)((size + (size_t)size_error) >> (8 * i)));
	for (unsigned int i = 0; i < 8; i++)
		buffer_add_char(out, (char)(tag >> (8 * i)));
	buffer_add(out, fields.data, fields.length);
}

START_TEST(reads_what_the_harness_writes)
{
	cleanup_buffer struct buffer bytes = {0};
	struct transcript transcript = {0};

	add_frame(&bytes, keys.record, 0, RECORD_BEGIN, "", "", 0);
	add_frame(&bytes, keys.record, 1, RECORD_INPUT, "user", "17", 0);
	add_frame(&bytes, keys.record, 2, RECORD_OBSERVE, "last read", "Some(3)", 0);
	add_frame(&bytes, keys.end, 3, RECORD_END, "", "", 0);
	records_parse(bytes.data, bytes.length, &keys, &transcript);
	ck_assert_ptr_null(transcript.fault);
	ck_assert_uint_eq(transcript.count, 4);
	ck_assert(transcript.ended && !transcript.panicked);
	ck_assert_str_eq(transcript.items[2].label, "last read");
	ck_assert_str_eq(transcript.items[2].value, "Some(3)");
	transcript_release(&transcript);
}
END_TEST

/* One forged or broken frame after a good beginning; of another run where it has another's keys. */
static const struct {
	const char *what;
	const unsigned char *key;
	unsigned int number, kind;
	int size_error;
	const char *fault;
} forged[] = {
	{"another run's secret", others.record, 1, RECORD_OBSERVE, 0, "record 1 does not carry this run's secret"},
	{"an observation with the end's key", keys.end, 1, RECORD_OBSERVE, 0,
	 "record 1 does not carry this run's secret"},
	{"an end with the test's key", keys.record, 1, RECORD_END, 0, "record 1 does not carry this run's secret"},
	{"a panic with the test's key", keys.record, 1, RECORD_PANIC, 0, "record 1 does not carry this run's secret"},
	{"a number left out", keys.record, 2, RECORD_OBSERVE, 0, "record 1 comes where one is missing"},
	{"a number again", keys.record, 0, RECORD_OBSERVE, 0, "record 1 has the number of an earlier one"},
	{"an unknown kind", keys.record, 1, 99, 0, "record 1 is malformed"},
	{"a second beginning", keys.record, 1, RECORD_BEGIN, 0, "record 1 is out of place"},
	{"a list in a test", keys.record, 1, RECORD_LISTED, 0, "record 1 is out of place"},
	{"back from nowhere", keys.record, 1, RECORD_BACK, 0, "record 1 is out of place"},
	{"more promised than sent", keys.record, 1, RECORD_OBSERVE, 1, "record 1 is cut short"},
	{"less promised than sent", keys.record, 1, RECORD_OBSERVE, -1, "record 1 does not carry this run's secret"},
	{"too little promised", keys.record, 1, RECORD_OBSERVE, -10, "record 1 is too short"},
	{"a size of billions", keys.record, 1, RECORD_OBSERVE, 0x7fffff00,
	 "record 1 is larger than the harness writes"},
};

START_TEST(tells_a_forgery)
{
	cleanup_buffer struct buffer bytes = {0};
	struct transcript transcript = {0};

	add_frame(&bytes, keys.record, 0, RECORD_BEGIN, "", "", 0);
	add_frame(&bytes, forged[_i].key, forged[_i].number, forged[_i].kind, "a", "b", forged[_i].size_error);
	records_parse(bytes.data, bytes.length, &keys, &transcript);
	ck_assert_msg(transcript.fault && strcmp(transcript.fault, forged[_i].fault) == 0, "%s: %s", forged[_i].what,
		      transcript.fault);
	ck_assert(!transcript.ended);
	ck_assert(transcript.cut == (strcmp(forged[_i].fault, "record 1 is cut short") == 0));
	transcript_release(&transcript);
}
END_TEST

/* A frame that is whole and true, sent a second time, or with any one of its bytes changed. */
START_TEST(no_frame_is_of_use_twice)
{
	cleanup_buffer struct buffer begin = {0}, frame = {0};

	add_frame(&begin, keys.record, 0, RECORD_BEGIN, "", "", 0);
	add_frame(&frame, keys.record, 1, RECORD_OBSERVE, "last read", "Some(3)", 0);
	for (size_t i = 0; i <= frame.length; i++) {
		cleanup_buffer struct buffer bytes = {0};
		struct transcript transcript = {0};

		buffer_add(&bytes, begin.data, begin.length);
		buffer_add(&bytes, frame.data, frame.length);
		buffer_add(&bytes, frame.data, frame.length);
		if (i < frame.length) /* as if nobody had seen the first */
			bytes.data[begin.length + i] ^= 1;
		records_parse(bytes.data, bytes.length, &keys, &transcript);
		ck_assert_msg(transcript.fault && transcript.count == (i < frame.length ? 1 : 2), "byte %zu", i);
		if (i == frame.length)
			ck_assert_str_eq(transcript.fault, "record 2 has the number of an earlier one");
		transcript_release(&transcript);
	}
}
END_TEST

START_TEST(caps)
{
	cleanup_free char *label = memory_new(RECORDS_LABEL_MOST + 2, 1),
			  *value = memory_new(RECORDS_VALUE_MOST + 2, 1);
	cleanup_buffer struct buffer bytes = {0}, large = {0}, wide = {0}, many = {0};
	struct transcript transcript = {0};

	/* the largest record that the harness writes, and one byte more of either */
	memset(label, 'l', RECORDS_LABEL_MOST + 1);
	memset(value, 'v', RECORDS_VALUE_MOST + 1);
	add_frame(&bytes, keys.record, 0, RECORD_BEGIN, "", "", 0);
	add_frame(&bytes, keys.record, 1, RECORD_OBSERVE, label + 1, value + 1, 0);
	records_parse(bytes.data, bytes.length, &keys, &transcript);
	ck_assert_ptr_null(transcript.fault);
	transcript_release(&transcript);
	add_frame(&large, keys.record, 0, RECORD_BEGIN, "", value, 0);
	records_parse(large.data, large.length, &keys, &transcript);
	ck_assert_str_eq(transcript.fault, "record 0 is larger than the harness writes");
	transcript_release(&transcript);
	add_frame(&wide, keys.record, 0, RECORD_BEGIN, label, "", 0);
	records_parse(wide.data, wide.length, &keys, &transcript);
	ck_assert_str_eq(transcript.fault, "record 0 is larger than the harness writes");
	transcript_release(&transcript);
	for (unsigned int i = 0; i <= RECORDS_MOST; i++)
		add_frame(&many, keys.record, i, i ? RECORD_OBSERVE : RECORD_BEGIN, "", "", 0);
	records_parse(many.data, many.length, &keys, &transcript);
	ck_assert_str_eq(transcript.fault, "record 20001 is one more than the harness writes");
	ck_assert_uint_eq(transcript.count, RECORDS_MOST);
	transcript_release(&transcript);
}
END_TEST

/* After ENDS comes nothing, or that the body came back; that is a panic where it has a place. */
START_TEST(a_declared_end)
{
	static const struct {
		unsigned int kind;
		const char *place, *fault;
		bool ended, panicked;
	} rows[] = {
		{0, NULL, NULL, false, false},
		{RECORD_BACK, "", NULL, true, false},
		{RECORD_BACK, "tests.rs:1:2", NULL, true, true},
		{RECORD_OBSERVE, "late", "record 2 is out of place", false, false},
		{RECORD_ENDS, "abort", "record 2 is out of place", false, false},
		{RECORD_END, "", "record 2 is out of place", false, false},
	};

	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		cleanup_buffer struct buffer bytes = {0};
		struct transcript transcript = {0};

		add_frame(&bytes, keys.record, 0, RECORD_BEGIN, "", "", 0);
		add_frame(&bytes, keys.record, 1, RECORD_ENDS, "abort", "", 0);
		if (rows[i].kind)
			add_frame(&bytes, rows[i].kind == RECORD_END ? keys.end : keys.record, 2, rows[i].kind,
				  rows[i].place, "", 0);
		records_parse(bytes.data, bytes.length, &keys, &transcript);
		ck_assert_msg(transcript.ended == rows[i].ended && transcript.panicked == rows[i].panicked, "row %zu",
			      i);
		ck_assert_pstr_eq(transcript.fault, rows[i].fault);
		ck_assert((transcript_declared_end(&transcript) != NULL) == (transcript.count == 2));
		transcript_release(&transcript);
	}
}
END_TEST

START_TEST(the_request)
{
	cleanup_buffer struct buffer request = {0};

	records_request(0x01020304, 0x1112131415161718, &keys, &request);
	ck_assert_uint_eq(request.length, 8 + 4 + 8 + 16 + 16);
	ck_assert_mem_eq(request.data, "assay/2\n\4\3\2\1\x18\x17\x16\x15\x14\x13\x12\x11", 20);
	ck_assert_mem_eq(request.data + 20, "sixteen bytes...sixteen others..", 32);
}
END_TEST

START_TEST(nothing_follows_the_end)
{
	cleanup_buffer struct buffer bytes = {0};
	struct transcript transcript = {0};

	add_frame(&bytes, keys.record, 0, RECORD_BEGIN, "", "", 0);
	add_frame(&bytes, keys.end, 1, RECORD_END, "", "", 0);
	add_frame(&bytes, keys.record, 2, RECORD_OBSERVE, "late", "word", 0);
	records_parse(bytes.data, bytes.length, &keys, &transcript);
	ck_assert_str_eq(transcript.fault, "record 2 comes after the end");
	transcript_release(&transcript);
}
END_TEST

START_TEST(bytes_that_are_no_text_are_shown)
{
	cleanup_buffer struct buffer bytes = {0};
	struct transcript transcript = {0};

	add_frame(&bytes, keys.record, 0, RECORD_BEGIN, "", "", 0);
	add_frame(&bytes, keys.record, 1, RECORD_OBSERVE, "raw", "\xff\xfe", 0);
	records_parse(bytes.data, bytes.length, &keys, &transcript);
	ck_assert_str_eq(transcript.items[1].value, "\\xff\\xfe");
	transcript_release(&transcript);
}
END_TEST

/* Every prefix of a good stream is either whole records or a fault; none is read beyond its end (valgrind, ASan). */
START_TEST(survives_being_cut_anywhere)
{
	cleanup_buffer struct buffer bytes = {0};

	add_frame(&bytes, keys.record, 0, RECORD_BEGIN, "", "", 0);
	add_frame(&bytes, keys.record, 1, RECORD_OBSERVE, "label", "value", 0);
	for (size_t length = 0; length < bytes.length; length++) {
		cleanup_free char *copy = text_copy_n(bytes.data, length);
		struct transcript transcript = {0};

		records_parse(copy, length, &keys, &transcript);
		ck_assert(!transcript.ended);
		transcript_release(&transcript);
	}
}
END_TEST

START_TEST(what_is_written_is_read)
{
	cleanup_buffer struct buffer bytes = {0}, again = {0};
	struct transcript transcript = {0};

	add_frame(&bytes, keys.record, 0, RECORD_BEGIN, "", "", 0);
	add_frame(&bytes, keys.record, 1, RECORD_OBSERVE, "label", "value", 0);
	add_frame(&bytes, keys.end, 2, RECORD_END, "", "", 0);
	records_parse(bytes.data, bytes.length, &keys, &transcript);
	records_write(&transcript, &keys, &again);
	ck_assert_uint_eq(again.length, bytes.length);
	ck_assert_mem_eq(again.data, bytes.data, bytes.length);
	transcript_release(&transcript);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(reads_what_the_harness_writes),
	UNIT(tells_a_forgery, .rows = ARRAY_LENGTH(forged)),
	UNIT(no_frame_is_of_use_twice),
	UNIT(caps),
	UNIT(a_declared_end),
	UNIT(the_request),
	UNIT(nothing_follows_the_end),
	UNIT(bytes_that_are_no_text_are_shown),
	UNIT(survives_being_cut_anywhere),
	UNIT(what_is_written_is_read),
};

UNIT_MAIN("records", tests)
