#include "rust/records.h"

#include "base/memory.h"
#include "base/text.h"

#include <string.h>

#define HEADER_SIZE (RECORDS_NONCE_SIZE + 4 + 1 + 2) /* after the size field */

static void add_number(struct buffer *out, uint64_t number, unsigned int bytes)
{
	for (unsigned int i = 0; i < bytes; i++)
		buffer_add_char(out, (char)(number >> (8 * i)));
}

static uint64_t read_number(const unsigned char *bytes, unsigned int count)
{
	uint64_t number = 0;

	for (unsigned int i = 0; i < count; i++)
		number |= (uint64_t)bytes[i] << (8 * i);
	return number;
}

void records_request(uint32_t index, uint64_t seed, const unsigned char nonce[RECORDS_NONCE_SIZE], struct buffer *out)
{
	buffer_add(out, "assay/1\n", 8);
	add_number(out, index, 4);
	add_number(out, seed, 8);
	buffer_add(out, nonce, RECORDS_NONCE_SIZE);
}

static char *utf8(const char *bytes, size_t length)
{
	struct buffer out = {0};

	/* a NUL would end the string early and hide what follows */
	if (text_is_utf8(bytes, length) && !memchr(bytes, '\0', length))
		return text_copy_n(bytes, length);
	text_printable(&out, bytes, length, TEXT_BLOCK);
	return buffer_steal(&out);
}

/* Which kinds may come where: the first is BEGIN (or, of a list, LISTED), and nothing follows an end. */
static const char *order_fault(const struct transcript *transcript, enum record_kind kind)
{
	bool first = transcript->count == 0;

	if (transcript->ended)
		return "comes after the end";
	if (kind == RECORD_LISTED)
		return first || transcript->items[0].kind == RECORD_LISTED ? NULL : "is out of place";
	if (kind == RECORD_BEGIN)
		return first ? NULL : "is out of place";
	return first ? "comes before the beginning" : NULL;
}

static const char *read_record(const unsigned char *body, size_t size, const unsigned char nonce[RECORDS_NONCE_SIZE],
			       struct transcript *transcript)
{
	uint64_t number, label_size;
	unsigned int kind;
	const char *fault;
	struct record *record;

	if (size < HEADER_SIZE)
		return "is too short";
	if (memcmp(body, nonce, RECORDS_NONCE_SIZE) != 0)
		return "does not carry this run's secret";
	number = read_number(body + RECORDS_NONCE_SIZE, 4);
	kind = body[RECORDS_NONCE_SIZE + 4];
	label_size = read_number(body + RECORDS_NONCE_SIZE + 5, 2);
	if (number != transcript->count)
		return "is out of order";
	if (kind < RECORD_LISTED || kind > RECORD_CAUGHT || label_size > size - HEADER_SIZE)
		return "is malformed";
	fault = order_fault(transcript, (enum record_kind)kind);
	if (fault)
		return fault;
	record = ARRAY_ADD(transcript->items, transcript->count);
	record->kind = (enum record_kind)kind;
	record->label = utf8((const char *)body + HEADER_SIZE, label_size);
	record->value = utf8((const char *)body + HEADER_SIZE + label_size, size - HEADER_SIZE - label_size);
	transcript->panicked = kind == RECORD_PANIC;
	transcript->failed = kind == RECORD_FAILED;
	transcript->ended = kind == RECORD_PANIC || kind == RECORD_END || kind == RECORD_FAILED;
	return NULL;
}

void records_parse(const char *bytes, size_t length, const unsigned char nonce[RECORDS_NONCE_SIZE],
		   struct transcript *transcript)
{
	const unsigned char *at = (const unsigned char *)bytes;

	while (length > 0 && !transcript->fault) {
		size_t size = length >= 4 ? read_number(at, 4) : SIZE_MAX;
		const char *fault;

		if (length < 4 || size > length - 4) {
			transcript->fault = text_format("record %zu is cut short", transcript->count);
			return;
		}
		fault = read_record(at + 4, size, nonce, transcript);
		if (fault)
			transcript->fault = text_format("record %zu %s", transcript->count, fault);
		at += 4 + size;
		length -= 4 + size;
	}
}

void records_write(const struct transcript *transcript, const unsigned char nonce[RECORDS_NONCE_SIZE],
		   struct buffer *out)
{
	for (size_t i = 0; i < transcript->count; i++) {
		const struct record *record = &transcript->items[i];
		size_t label_size = strlen(record->label), value_size = strlen(record->value);

		add_number(out, HEADER_SIZE + label_size + value_size, 4);
		buffer_add(out, nonce, RECORDS_NONCE_SIZE);
		add_number(out, i, 4);
		add_number(out, record->kind, 1);
		add_number(out, label_size, 2);
		buffer_add(out, record->label, label_size);
		buffer_add(out, record->value, value_size);
	}
}

void transcript_release(struct transcript *transcript)
{
	for (size_t i = 0; i < transcript->count; i++) {
		free(transcript->items[i].label);
		free(transcript->items[i].value);
	}
	free(transcript->items);
	free(transcript->fault);
	*transcript = (struct transcript){0};
}
