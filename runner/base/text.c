#include "base/text.h"

#include "base/memory.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

size_t text_decode(const char *bytes, size_t length, unsigned int *character)
{
	const unsigned char *byte = (const unsigned char *)bytes;
	static const unsigned int least[] = {0, 0, 0x80, 0x800, 0x10000};
	size_t size;
	unsigned int value;

	if (byte[0] < 0x80) {
		*character = byte[0];
		return 1;
	}
	if (byte[0] >= 0xc2 && byte[0] <= 0xdf) {
		size = 2;
		value = byte[0] & 0x1fu;
	} else if (byte[0] >= 0xe0 && byte[0] <= 0xef) {
		size = 3;
		value = byte[0] & 0x0fu;
	} else if (byte[0] >= 0xf0 && byte[0] <= 0xf4) {
		size = 4;
		value = byte[0] & 0x07u;
	} else {
		return 0;
	}
	if (length < size)
		return 0;
	for (size_t i = 1; i < size; i++) {
		if ((byte[i] & 0xc0) != 0x80)
			return 0;
		value = value << 6 | (byte[i] & 0x3fu);
	}
	if (value < least[size] || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff))
		return 0;
	*character = value;
	return size;
}

bool text_is_utf8(const char *bytes, size_t length)
{
	unsigned int character;
	size_t size;

	for (size_t at = 0; at < length; at += size) {
		size = text_decode(bytes + at, length - at, &character);
		if (!size)
			return false;
	}
	return true;
}

/*
 * Characters that change how their neighbours are read or shown, and have no
 * shape of their own: Unicode's Cf, Zl and Zp, fillers that are letters without a shape, and the
 * selectors above U+E0100, in which whole texts can be hidden.
 * CVE-2021-42574 ("trojan source") is what the bidirectional ones are used for.
 */
static const struct {
	unsigned int first, last;
} format_characters[] = {
	{0x00ad, 0x00ad},   {0x034f, 0x034f},	{0x0600, 0x0605},   {0x061c, 0x061c},	{0x06dd, 0x06dd},
	{0x070f, 0x070f},   {0x0890, 0x0891},	{0x08e2, 0x08e2},   {0x115f, 0x1160},	{0x17b4, 0x17b5},
	{0x180b, 0x180f},   {0x200b, 0x200f},	{0x2028, 0x202e},   {0x2060, 0x206f},	{0x3164, 0x3164},
	{0xfeff, 0xfeff},   {0xffa0, 0xffa0},	{0xfff0, 0xfffb},   {0x110bd, 0x110bd}, {0x110cd, 0x110cd},
	{0x13430, 0x1343f}, {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a}, {0xe0000, 0xe0fff},
};

static bool is_format_character(unsigned int character)
{
	for (size_t i = 0; i < ARRAY_LENGTH(format_characters); i++)
		if (character >= format_characters[i].first && character <= format_characters[i].last)
			return true;
	return false;
}

bool text_opens_command(const struct buffer *text)
{
	size_t at = text->length;

	while (at > 0 && ((text->data[at - 1] >= 'a' && text->data[at - 1] <= 'z') ||
			  (text->data[at - 1] >= 'A' && text->data[at - 1] <= 'Z')))
		at--;
	return at >= 2 && text->data[at - 1] == '#' && text->data[at - 2] == '#';
}

void text_printable(struct buffer *out, const char *bytes, size_t length, enum text_keep keep)
{
	size_t at = 0;

	while (at < length) {
		unsigned int character = 0;
		size_t size = text_decode(bytes + at, length - at, &character);
		bool is_space = character == '\n' || character == '\t';

		if (size == 0) {
			buffer_add_format(out, "\\x%02x", (unsigned char)bytes[at]);
			size = 1;
		} else if (is_space && keep == TEXT_BLOCK) {
			buffer_add(out, bytes + at, size);
		} else if (character == '[' && text_opens_command(out)) {
			buffer_add_text(out, "\\x5b");
		} else if (character < 0x20 || (character >= 0x7f && character < 0xa0)) {
			buffer_add_format(out, "\\x%02x", character);
		} else if (is_format_character(character)) {
			buffer_add_format(out, "\\u{%04x}", character);
		} else {
			buffer_add(out, bytes + at, size);
		}
		at += size;
	}
}

char *text_printable_copy(const char *text)
{
	struct buffer out = {0};

	text_printable(&out, text, strlen(text), TEXT_LINE);
	return buffer_steal(&out);
}

/* Levenshtein's distance with one row; names here are short. */
static size_t distance(const char *a, const char *b)
{
	size_t width = strlen(b) + 1;
	cleanup_free size_t *row = memory_new(width, sizeof *row);

	for (size_t j = 0; j < width; j++)
		row[j] = j;
	for (size_t i = 0; a[i]; i++) {
		size_t diagonal = row[0];

		row[0] = i + 1;
		for (size_t j = 1; j < width; j++) {
			size_t best = diagonal + (a[i] != b[j - 1]);

			diagonal = row[j];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
		}
	}
	return row[width - 1];
}

const char *text_nearest(const char *word, const char *const *names)
{
	size_t length = strlen(word);
	size_t limit = length < 4 ? 1 : length / 3 + 1;
	const char *nearest = NULL;

	if (length > 64)
		return NULL;
	for (; *names; names++) {
		size_t found = distance(word, *names);

		if (found <= limit) {
			nearest = *names;
			limit = found ? found - 1 : 0;
			if (found == 0)
				break;
		}
	}
	return nearest;
}

bool text_to_number(const char *text, long long minimum, long long maximum, long long *number)
{
	char *end;
	long long value;

	if (!(text[0] >= '0' && text[0] <= '9') && text[0] != '-')
		return false;
	errno = 0;
	value = strtoll(text, &end, 10);
	if (errno || end == text || *end || value < minimum || value > maximum)
		return false;
	*number = value;
	return true;
}
