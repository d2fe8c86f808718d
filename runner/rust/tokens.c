#include "rust/tokens.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

#define FARTHEST 1024 /* tokens; no honest bracket is that far, and a file of brackets would take for ever */

struct reader {
	const char *at, *end;
	unsigned int line, column;
	bool c_strings;
	struct tokens *tokens;
};

/* The byte so far ahead; 0 behind the end. A NUL of the source is a mark like any other. */
static unsigned char ahead(const struct reader *reader, size_t distance)
{
	return (size_t)(reader->end - reader->at) > distance ? (unsigned char)reader->at[distance] : 0;
}

static void skip(struct reader *reader, size_t bytes)
{
	for (; bytes > 0 && reader->at < reader->end; bytes--, reader->at++) {
		if (*reader->at == '\n') {
			reader->line++;
			reader->column = 1;
		} else if (((unsigned char)*reader->at & 0xc0) != 0x80) {
			reader->column++;
		}
	}
}

/* Bytes of the character here, as UTF-8 says it; of what is no UTF-8, one. */
static size_t character_size(const struct reader *reader)
{
	unsigned char first = ahead(reader, 0);
	size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;

	for (size_t i = 1; i < size; i++)
		if ((ahead(reader, i) & 0xc0) != 0x80)
			return 1;
	return size;
}

/* Pattern_White_Space of Unicode, which is what Rust takes for blank. */
static size_t blank_size(const struct reader *reader)
{
	static const char *const beyond_ascii[] = {"\xc2\x85", "\xe2\x80\x8e", "\xe2\x80\x8f", "\xe2\x80\xa8",
						   "\xe2\x80\xa9"};
	unsigned char first = ahead(reader, 0);

	if (first == ' ' || (first >= '\t' && first <= '\r'))
		return 1;
	for (size_t i = 0; i < ARRAY_LENGTH(beyond_ascii); i++) {
		size_t size = strlen(beyond_ascii[i]);

		if ((size_t)(reader->end - reader->at) >= size && memcmp(reader->at, beyond_ascii[i], size) == 0)
			return size;
	}
	return 0;
}

static bool starts_name(const struct reader *reader, size_t distance)
{
	unsigned char byte = ahead(reader, distance);

	/* what is beyond ASCII and no blank is a letter or an error */
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_' || byte >= 0x80;
}

static bool continues_name(const struct reader *reader, size_t distance)
{
	return starts_name(reader, distance) || (ahead(reader, distance) >= '0' && ahead(reader, distance) <= '9');
}

/* Ends before a blank beyond ASCII. */
static size_t name_size(const struct reader *reader, size_t distance)
{
	struct reader at = *reader;

	skip(&at, distance);
	while (continues_name(&at, 0) && !blank_size(&at))
		skip(&at, character_size(&at));
	return (size_t)(at.at - reader->at) - distance;
}

/* Block comments nest; one that does not end reaches to the end. */
static void skip_block(struct reader *reader)
{
	unsigned int depth = 0;

	do {
		if (ahead(reader, 0) == '/' && ahead(reader, 1) == '*') {
			depth++;
			skip(reader, 2);
		} else if (ahead(reader, 0) == '*' && ahead(reader, 1) == '/') {
			depth--;
			skip(reader, 2);
		} else {
			skip(reader, 1);
		}
	} while (depth > 0 && reader->at < reader->end);
}

static bool skip_blank_or_comment(struct reader *reader)
{
	size_t blank = blank_size(reader);

	if (blank) {
		skip(reader, blank);
	} else if (ahead(reader, 0) == '/' && ahead(reader, 1) == '/') {
		while (reader->at < reader->end && *reader->at != '\n')
			skip(reader, 1);
	} else if (ahead(reader, 0) == '/' && ahead(reader, 1) == '*') {
		skip_block(reader);
	} else {
		return false;
	}
	return true;
}

/* Bytes of `"…"` that begins at the distance; `\"` does not end it. */
static size_t quoted_size(const struct reader *reader, size_t distance, char quote)
{
	size_t available = (size_t)(reader->end - reader->at), at = distance + 1;

	while (at < available && reader->at[at] != quote)
		at += reader->at[at] == '\\' ? 2 : 1;
	return (at < available ? at + 1 : available) - distance;
}

/* Bytes of `#"…"#` with any number of marks; 0 where none begins there. */
static size_t raw_size(const struct reader *reader, size_t distance)
{
	size_t available = (size_t)(reader->end - reader->at), marks = 0, at;

	while (ahead(reader, distance + marks) == '#')
		marks++;
	if (ahead(reader, distance + marks) != '"')
		return 0;
	for (at = distance + marks + 1; at < available; at++) {
		size_t closing = 0;

		if (reader->at[at] != '"')
			continue;
		while (closing < marks && ahead(reader, at + 1 + closing) == '#')
			closing++;
		if (closing == marks)
			return at + 1 + closing - distance;
	}
	return available - distance;
}

/* Bytes of a string with the prefix that stands here, or 0. */
static size_t string_size(const struct reader *reader)
{
	static const struct {
		const char *prefix;
		bool raw, from_2021;
	} prefixes[] = {
		{"", false, false},  {"r", true, false}, {"b", false, false},
		{"br", true, false}, {"c", false, true}, {"cr", true, true},
	};

	for (size_t i = 0; i < ARRAY_LENGTH(prefixes); i++) {
		size_t length = strlen(prefixes[i].prefix), size = 0;

		if ((prefixes[i].from_2021 && !reader->c_strings) || (size_t)(reader->end - reader->at) < length ||
		    memcmp(reader->at, prefixes[i].prefix, length) != 0)
			continue;
		if (prefixes[i].raw)
			size = raw_size(reader, length);
		else if (ahead(reader, length) == '"')
			size = quoted_size(reader, length, '"');
		if (size)
			return length + size;
	}
	return 0;
}

/* 'x', '\n', b'x'. A quote with a name behind it and no quote behind that is a lifetime. */
static size_t character_literal_size(const struct reader *reader)
{
	size_t quote = ahead(reader, 0) == 'b' && ahead(reader, 1) == '\'' ? 1 : 0;
	struct reader inside = *reader;

	if (ahead(reader, quote) != '\'')
		return 0;
	if (ahead(reader, quote + 1) == '\\')
		return quote + quoted_size(reader, quote, '\'');
	skip(&inside, quote + 1);
	skip(&inside, character_size(&inside));
	return ahead(&inside, 0) == '\'' ? (size_t)(inside.at - reader->at) + 1 : 0;
}

/* What stands right behind a closing quote belongs to the literal, whatever it looks like: `"a"r#"b"` has no raw
 * string. */
static size_t suffix_size(const struct reader *reader, size_t size)
{
	return starts_name(reader, size) ? name_size(reader, size) : 0;
}

static void add(struct reader *reader, enum token_kind kind, size_t before, size_t length, size_t after)
{
	struct token *token = ARRAY_ADD(reader->tokens->items, reader->tokens->count);

	*token = (struct token){.kind = kind,
				.text = reader->at + before,
				.length = length,
				.line = reader->line,
				.column = reader->column};
	skip(reader, before + length + after);
}

static void read_token(struct reader *reader)
{
	size_t size = string_size(reader);

	if (size) {
		add(reader, TOKEN_STRING, 0, size, suffix_size(reader, size));
		return;
	}
	size = character_literal_size(reader);
	if (size)
		add(reader, TOKEN_LITERAL, 0, size, suffix_size(reader, size));
	else if (ahead(reader, 0) == '\'' && starts_name(reader, 1))
		add(reader, TOKEN_LIFETIME, 0, 1 + name_size(reader, 1), 0);
	else if (ahead(reader, 0) == 'r' && ahead(reader, 1) == '#' && starts_name(reader, 2))
		add(reader, TOKEN_NAME, 2, name_size(reader, 2), 0);
	else if (starts_name(reader, 0))
		add(reader, TOKEN_NAME, 0, name_size(reader, 0), 0);
	else if (ahead(reader, 0) >= '0' && ahead(reader, 0) <= '9')
		add(reader, TOKEN_LITERAL, 0, name_size(reader, 0), 0);
	else
		add(reader, TOKEN_MARK, 0, character_size(reader), 0);
}

/* A comment that is documentation is a token to rustc. */
static bool starts_documentation(const struct reader *reader)
{
	unsigned char second = ahead(reader, 1), third = ahead(reader, 2), fourth = ahead(reader, 3);

	if (ahead(reader, 0) != '/' || (second != '/' && second != '*'))
		return false;
	return third == '!' || (second == '/' && third == '/' && fourth != '/') ||
	       (second == '*' && third == '*' && fourth != '*' && fourth != '/');
}

/* "#!/usr/bin/env …" is left out by rustc, unless the next token behind the marks is a bracket (rustc_lexer). */
static void skip_shebang(struct reader *reader)
{
	struct reader behind = *reader;

	if (ahead(reader, 0) != '#' || ahead(reader, 1) != '!')
		return;
	skip(&behind, 2);
	while (behind.at < behind.end && !starts_documentation(&behind) && skip_blank_or_comment(&behind))
		continue;
	if (ahead(&behind, 0) == '[')
		return;
	while (reader->at < reader->end && *reader->at != '\n')
		skip(reader, 1);
}

void tokens_read(const char *source, size_t length, bool c_strings, struct tokens *tokens)
{
	struct reader reader = {
		.at = source, .end = source + length, .line = 1, .column = 1, .c_strings = c_strings, .tokens = tokens};

	if (length >= 3 && memcmp(source, "\xef\xbb\xbf", 3) == 0)
		reader.at += 3;
	skip_shebang(&reader);
	while (reader.at < reader.end)
		if (!skip_blank_or_comment(&reader))
			read_token(&reader);
}

void tokens_release(struct tokens *tokens)
{
	free(tokens->items);
	*tokens = (struct tokens){0};
}

bool token_is_name(const struct tokens *tokens, size_t index, const char *name)
{
	return index < tokens->count && tokens->items[index].kind == TOKEN_NAME &&
	       tokens->items[index].length == strlen(name) &&
	       memcmp(tokens->items[index].text, name, strlen(name)) == 0;
}

bool token_is_mark(const struct tokens *tokens, size_t index, char mark)
{
	return index < tokens->count && tokens->items[index].kind == TOKEN_MARK && tokens->items[index].text[0] == mark;
}

bool token_is_path(const struct tokens *tokens, size_t index)
{
	return token_is_mark(tokens, index, ':') && token_is_mark(tokens, index + 1, ':');
}

bool token_is_opening(const struct tokens *tokens, size_t index)
{
	return token_is_mark(tokens, index, '(') || token_is_mark(tokens, index, '[') ||
	       token_is_mark(tokens, index, '{');
}

bool token_is_closing(const struct tokens *tokens, size_t index)
{
	return token_is_mark(tokens, index, ')') || token_is_mark(tokens, index, ']') ||
	       token_is_mark(tokens, index, '}');
}

size_t token_enclosing(const struct tokens *tokens, size_t index)
{
	const size_t from = index;
	size_t depth = 1;

	while (index > 0 && depth > 0 && from - index < FARTHEST) {
		index--;
		depth += token_is_closing(tokens, index);
		depth -= token_is_opening(tokens, index);
	}
	return index;
}
