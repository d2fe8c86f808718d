/*
 * The JSON writer. cJSON's own printer indents by tabs and copies bytes that are
 * not UTF-8, and terminal controls above ASCII, as they are; this one does not.
 */
#include "report.h"

#include "base/buffer.h"
#include "base/text.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
	LINE_LENGTH = 100, /* what fits stands on one line */
	INDENT = 2,
};

static bool is_shown_as_it_is(const char *bytes, size_t size)
{
	cleanup_buffer struct buffer shown = {0};

	text_printable(&shown, bytes, size, TEXT_LINE);
	return shown.length == size && memcmp(shown.data, bytes, size) == 0;
}

static void add_escape(struct buffer *out, unsigned int character)
{
	if (character > 0xffff) {
		character -= 0x10000;
		buffer_add_format(out, "\\u%04x", 0xd800 + (character >> 10));
		character = 0xdc00 + (character & 0x3ff);
	}
	buffer_add_format(out, "\\u%04x", character);
}

static void add_ascii(struct buffer *out, char byte)
{
	static const char shorts[][3] = {
		['\b'] = "\\b", ['\t'] = "\\t", ['\n'] = "\\n", ['\f'] = "\\f", ['\r'] = "\\r",
		['"'] = "\\\"", ['\\'] = "\\\\",
	};
	unsigned char index = (unsigned char)byte;

	if (index < sizeof shorts / sizeof *shorts && shorts[index][0])
		buffer_add_text(out, shorts[index]);
	else if (index < 0x20 || index == 0x7f || (byte == '[' && text_opens_command(out)))
		add_escape(out, index);
	else
		buffer_add_char(out, byte);
}

static void add_string(struct buffer *out, const char *text)
{
	size_t length = text ? strlen(text) : 0;
	size_t size;

	buffer_add_char(out, '"');
	for (size_t at = 0; at < length; at += size) {
		unsigned int character;

		size = text_decode(text + at, length - at, &character);
		if (size == 1) {
			add_ascii(out, text[at]);
		} else if (size == 0) {
			add_escape(out, 0xfffd);
			size = 1;
		} else if (is_shown_as_it_is(text + at, size)) {
			buffer_add(out, text + at, size);
		} else {
			add_escape(out, character);
		}
	}
	buffer_add_char(out, '"');
}

/* The shortest text that reads back as the same number. */
static void add_number(struct buffer *out, double number)
{
	char text[32];

	if (!isfinite(number)) {
		buffer_add_text(out, "null"); /* JSON has no word for it */
		return;
	}
	for (int digits = 15; digits <= 17; digits++) {
		snprintf(text, sizeof text, "%.*g", digits, number);
		if (strtod(text, NULL) == number) /* exact on purpose */
			break;
	}
	buffer_add_text(out, text);
}

static void add_scalar(struct buffer *out, const cJSON *item)
{
	if (cJSON_IsString(item))
		add_string(out, item->valuestring);
	else if (cJSON_IsNumber(item))
		add_number(out, item->valuedouble);
	else if (cJSON_IsBool(item))
		buffer_add_text(out, cJSON_IsTrue(item) ? "true" : "false");
	else
		buffer_add_text(out, "null");
}

static bool is_container(const cJSON *item)
{
	return cJSON_IsObject(item) || cJSON_IsArray(item);
}

static void add_key(struct buffer *out, const cJSON *item)
{
	add_string(out, item->string);
	buffer_add_text(out, ": ");
}

/* On one line; gives up, and returns false, once `out` is longer than `limit`. */
static bool add_compact(struct buffer *out, const cJSON *item, size_t limit)
{
	bool is_object = cJSON_IsObject(item);
	const cJSON *member;

	if (!is_container(item)) {
		add_scalar(out, item);
		return out->length <= limit;
	}
	buffer_add_char(out, is_object ? '{' : '[');
	cJSON_ArrayForEach(member, item)
	{
		if (member != item->child)
			buffer_add_text(out, ", ");
		if (is_object)
			add_key(out, member);
		if (!add_compact(out, member, limit))
			return false;
	}
	buffer_add_char(out, is_object ? '}' : ']');
	return out->length <= limit;
}

static void add_value(struct buffer *out, const cJSON *item, int depth);

static void add_lines(struct buffer *out, const cJSON *item, int depth)
{
	bool is_object = cJSON_IsObject(item);
	const cJSON *member;

	buffer_add_char(out, is_object ? '{' : '[');
	cJSON_ArrayForEach(member, item)
	{
		buffer_add_format(out, "%s\n%*s", member == item->child ? "" : ",", (depth + 1) * INDENT, "");
		if (is_object)
			add_key(out, member);
		add_value(out, member, depth + 1);
	}
	buffer_add_format(out, "\n%*s%c", depth * INDENT, "", is_object ? '}' : ']');
}

static void add_value(struct buffer *out, const cJSON *item, int depth)
{
	cleanup_buffer struct buffer line = {0};
	size_t used = (size_t)depth * INDENT;

	if (!is_container(item) || !item->child)
		add_compact(out, item, SIZE_MAX);
	else if (depth > 0 && used < LINE_LENGTH && add_compact(&line, item, LINE_LENGTH - used))
		buffer_add(out, line.data, line.length);
	else
		add_lines(out, item, depth);
}

void report_write_json(const cJSON *report, FILE *out)
{
	cleanup_buffer struct buffer text = {0};

	add_value(&text, report, 0);
	buffer_add_char(&text, '\n');
	fwrite(text.data, 1, text.length, out);
}
