/* Any bytes as what a test's process wrote: a fault, or records that are written as they were read. */
#include "fuzz.h"

#include "base/memory.h"
#include "base/siphash.h"
#include "base/text.h"
#include "grading/compare.h"
#include "rust/records.h"

#include <string.h>

static const struct records_keys keys;

static void check(const struct transcript *transcript, const char *bytes, size_t length)
{
	cleanup_buffer struct buffer again = {0};
	bool escaped = false;

	HOLDS(transcript->count <= RECORDS_MOST);
	HOLDS(!(transcript->fault && transcript->ended));
	for (size_t i = 0; i < transcript->count; i++) {
		const struct record *record = &transcript->items[i];

		HOLDS(record->kind >= RECORD_LISTED && record->kind < RECORD_KIND_COUNT);
		HOLDS(text_is_utf8(record->label, strlen(record->label)));
		HOLDS(text_is_utf8(record->value, strlen(record->value)));
		escaped = escaped || strchr(record->label, '\\') || strchr(record->value, '\\');
	}
	records_write(transcript, &keys, &again);
	/* what is no text was escaped, and is not what it was */
	if (!escaped)
		HOLDS(again.length <= length && memcmp(again.data ? again.data : "", bytes, again.length) == 0);
}

/* A fuzzer finds no tag by chance: it writes them where it finds room for them. */
static void sign(struct buffer *bytes)
{
	size_t at = 0;

	while (bytes->length - at >= 4 + 8 + 7) {
		unsigned char *frame = (unsigned char *)bytes->data + at;
		size_t size = frame[0] | (size_t)frame[1] << 8; /* of two bytes: enough for any input */
		bool last = frame[16] == RECORD_END || frame[16] == RECORD_PANIC;
		uint64_t tag;

		if (size < 15 || size > bytes->length - at - 4)
			return;
		tag = siphash(last ? keys.end : keys.record, frame + 12, size - 8);
		for (unsigned int i = 0; i < 8; i++)
			frame[4 + i] = (unsigned char)(tag >> (8 * i));
		at += 4 + size;
	}
}

static void read_and_judge(const char *bytes, size_t length)
{
	struct transcript transcript = {0}, reference = {0};
	struct test_evidence test = {0};
	const struct sandbox_outcome outcome = {.exited = true};

	records_parse(bytes, length, &keys, &transcript);
	check(&transcript, bytes, length);
	/* itself without its last record, as what it should have been */
	records_parse(bytes, length, &keys, &reference);
	if (reference.count > 1) {
		reference.count--;
		compare_transcripts(&reference, &transcript, &outcome, &test);
		HOLDS(test.status == STATUS_HOLDS || test.why);
		HOLDS(!transcript.fault || strcmp(test.why, "forged") == 0);
		reference.count++;
	}
	test_evidence_release(&test);
	transcript_release(&transcript);
	transcript_release(&reference);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	cleanup_buffer struct buffer copy = {0};

	buffer_add(&copy, bytes, length);
	read_and_judge(buffer_text(&copy), length);
	sign(&copy);
	read_and_judge(buffer_text(&copy), length);
	return 0;
}
