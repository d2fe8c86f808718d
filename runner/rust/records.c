#include "rust/records.h"

#include "base/memory.h"
#include "base/text.h"

#include <string.h>

/* After the size field. */
#define TAG_SIZE 8u
#define HEADER_SIZE (TAG_SIZE + 4u + 1u + 2u)
#define RECORD_SIZE_MOST (HEADER_SIZE + RECORDS_LABEL_MOST + RECORDS_VALUE_MOST)

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

static const unsigned char *key_of(const struct records_keys *keys, enum record_kind kind)
{
	return kind == RECORD_END || kind == RECORD_PANIC ? keys->end : keys->record;
}

void records_request(uint32_t index, uint64_t seed, const struct records_keys *keys, struct buffer *out)
{
	buffer_add(out, "assay/2\n", 8);
	add_number(out, index, 4);
	add_number(out, seed, 8);
	buffer_add(out, keys->record, sizeof keys->record);
	buffer_add(out, keys->end, sizeof keys->end);
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
	bool declared = transcript_declared_end(transcript) != NULL;

	if (transcript->ended)
		return "comes after the end";
	if (kind == RECORD_LISTED)
		return first || transcript->items[0].kind == RECORD_LISTED ? NULL : "is out of place";
	if (kind == RECORD_BEGIN)
		return first ? NULL : "is out of place";
	if (first)
		return "comes before the beginning";
	return declared == (kind == RECORD_BACK) ? NULL : "is out of place";
}

static const char *number_fault(uint64_t number, size_t expected)
{
	if (number < expected)
		return "has the number of an earlier one";
	return number > expected ? "comes where one is missing" : NULL;
}

static const char *read_record(const unsigned char *body, size_t size, const struct records_keys *keys,
			       struct transcript *transcript)
{
	const unsigned char *fields = body + TAG_SIZE;
	uint64_t label_size;
	unsigned int kind;
	const char *fault;
	struct record *record;

	if (size < HEADER_SIZE)
		return "is too short";
	kind = fields[4];
	label_size = read_number(fields + 5, 2);
	if (kind < RECORD_LISTED || kind >= RECORD_KIND_COUNT || label_size > size - HEADER_SIZE)
		return "is malformed";
	if (label_size > RECORDS_LABEL_MOST || size - HEADER_SIZE - label_size > RECORDS_VALUE_MOST)
		return "is larger than the harness writes";
	fault = number_fault(read_number(fields, 4), transcript->count);
	if (fault)
		return fault;
	if (siphash(key_of(keys, kind), fields, size - TAG_SIZE) != read_number(body, TAG_SIZE))
		return "does not carry this run's secret";
	fault = order_fault(transcript, (enum record_kind)kind);
	if (fault)
		return fault;
	record = ARRAY_ADD(transcript->items, transcript->count);
	record->kind = (enum record_kind)kind;
	record->label = utf8((const char *)body + HEADER_SIZE, label_size);
	record->value = utf8((const char *)body + HEADER_SIZE + label_size, size - HEADER_SIZE - label_size);
	transcript->panicked = kind == RECORD_PANIC || (kind == RECORD_BACK && *record->label);
	transcript->ended = kind == RECORD_PANIC || kind == RECORD_END || kind == RECORD_BACK;
	return NULL;
}

void records_parse(const char *bytes, size_t length, const struct records_keys *keys, struct transcript *transcript)
{
	const unsigned char *at = (const unsigned char *)bytes;

	while (length > 0 && !transcript->fault) {
		size_t size = length >= 4 ? read_number(at, 4) : 0;
		const char *fault;

		if (transcript->count == RECORDS_MOST)
			fault = "is one more than the harness writes";
		else if (size > RECORD_SIZE_MOST)
			fault = "is larger than the harness writes";
		else if ((transcript->cut = length < 4 || size > length - 4))
			fault = "is cut short";
		else
			fault = read_record(at + 4, size, keys, transcript);
		if (fault) {
			transcript->fault = text_format("record %zu %s", transcript->count, fault);
			transcript->ended = false;
			return;
		}
		at += 4 + size;
		length -= 4 + size;
	}
}

void records_write(const struct transcript *transcript, const struct records_keys *keys, struct buffer *out)
{
	for (size_t i = 0; i < transcript->count; i++) {
		const struct record *record = &transcript->items[i];
		size_t label_size = strlen(record->label), value_size = strlen(record->value);
		cleanup_buffer struct buffer fields = {0};

		add_number(&fields, i, 4);
		add_number(&fields, record->kind, 1);
		add_number(&fields, label_size, 2);
		buffer_add(&fields, record->label, label_size);
		buffer_add(&fields, record->value, value_size);
		add_number(out, TAG_SIZE + fields.length, 4);
		add_number(out, siphash(key_of(keys, record->kind), fields.data, fields.length), TAG_SIZE);
		buffer_add(out, fields.data, fields.length);
	}
}

const struct record *transcript_declared_end(const struct transcript *transcript)
{
	const struct record *last = transcript->count ? &transcript->items[transcript->count - 1] : NULL;

	return last && last->kind == RECORD_ENDS ? last : NULL;
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
