#include "exercise/yaml_node.h"

#include "base/memory.h"
#include "base/text.h"

#include <stdarg.h>
#include <string.h>
#include <yaml.h>

#define QUOTE_BYTES 60

/* What the parse needs on its way down; the tree itself is all that stays. */
struct parse {
	const struct yaml_source *source;
	yaml_parser_t parser;
	size_t nodes;
};

char *node_quote(const char *text)
{
	cleanup_free char *shown = text_printable_copy(text);
	size_t length = strlen(shown);

	if (length <= QUOTE_BYTES)
		return text_format("\"%s\"", shown);
	/* not within a character: step back over continuation bytes */
	for (length = QUOTE_BYTES; length > 0 && ((unsigned char)shown[length] & 0xc0) == 0x80; length--)
		;
	return text_format("\"%.*s…\"", (int)length, shown);
}

char *node_describe(const struct node *node)
{
	switch (node->kind) {
	case NODE_LIST:
		return text_copy("a list");
	case NODE_MAPPING:
		return text_copy("a mapping");
	case NODE_SCALAR:
		break;
	}
	return node_is_nothing(node) ? text_copy("nothing") : node_quote(node->text);
}

/* Yaml counts from 0, people from 1. */
static int error_at(const struct yaml_source *source, size_t line, size_t column, struct error **err,
		    const char *message)
{
	return error_set(err, source->kind, "%s:%zu:%zu: %s", source->name, line + 1, column + 1, message);
}

int node_error(const struct yaml_source *source, const struct node *at, struct error **err, const char *format, ...)
{
	cleanup_free char *message = NULL;
	va_list arguments;

	va_start(arguments, format);
	if (vasprintf(&message, format, arguments) < 0)
		message = text_copy(format);
	va_end(arguments);
	return error_at(source, at->line - 1, at->column - 1, err, message);
}

bool node_is_nothing(const struct node *node)
{
	return node->kind == NODE_SCALAR && !node->quoted &&
	       (*node->text == '\0' || strcmp(node->text, "~") == 0 || strcmp(node->text, "null") == 0);
}

struct node *node_get(const struct node *mapping, const char *key)
{
	if (!mapping || mapping->kind != NODE_MAPPING)
		return NULL;
	for (size_t i = 0; i < mapping->count; i++)
		if (strcmp(mapping->keys[i]->text, key) == 0)
			return mapping->items[i];
	return NULL;
}

struct node *node_item(const struct node *list, size_t index)
{
	return list && list->kind == NODE_LIST && index < list->count ? list->items[index] : NULL;
}

void node_free(struct node *node)
{
	if (!node)
		return;
	for (size_t i = 0; i < node->key_count; i++)
		node_free(node->keys[i]);
	for (size_t i = 0; i < node->count; i++)
		node_free(node->items[i]);
	free(node->keys);
	free(node->items);
	free(node->text);
	free(node);
}

/* The parser's own complaint: "did not find expected ',' or '}'", where it stopped. */
static int parser_error(const struct parse *parse, struct error **err)
{
	const yaml_parser_t *parser = &parse->parser;

	return error_at(parse->source, parser->problem_mark.line, parser->problem_mark.column, err,
			parser->problem ? parser->problem : "this is not YAML");
}

static int next_event(struct parse *parse, yaml_event_t *event, struct error **err)
{
	return yaml_parser_parse(&parse->parser, event) ? 0 : parser_error(parse, err);
}

static struct node *add_node(const yaml_event_t *event, struct node ***into, size_t *count)
{
	struct node *node = memory_new(1, sizeof *node);

	node->line = (unsigned int)event->start_mark.line + 1;
	node->column = (unsigned int)event->start_mark.column + 1;
	*ARRAY_ADD(*into, *count) = node;
	return node;
}

static int read_value(struct parse *parse, yaml_event_t *event, struct node *node, int depth, struct error **err);

static int read_scalar(const struct parse *parse, const yaml_event_t *event, struct node *node, struct error **err)
{
	const char *text = (const char *)event->data.scalar.value;

	node->kind = NODE_SCALAR;
	node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	node->text = text_copy_n(text, event->data.scalar.length);
	if (strlen(text) != event->data.scalar.length)
		return node_error(parse->source, node, err, "a NUL character in text");
	return 0;
}

/* Reads the items that follow up to the event that ends the collection. */
static int read_items(struct parse *parse, yaml_event_type_t end, struct node *node, int depth, struct error **err)
{
	for (;;) {
		struct node *item;
		yaml_event_t event;
		int result;

		if (next_event(parse, &event, err) < 0)
			return -1;
		if (event.type == end) {
			yaml_event_delete(&event);
			return 0;
		}
		if (node->kind == NODE_MAPPING && node->key_count == node->count)
			item = add_node(&event, &node->keys, &node->key_count);
		else
			item = add_node(&event, &node->items, &node->count);
		result = read_value(parse, &event, item, depth, err);
		yaml_event_delete(&event);
		if (result < 0)
			return -1;
		if (node->count >= YAML_COLLECTION)
			return node_error(parse->source, item, err, "more than %d entries in one place",
					  YAML_COLLECTION);
	}
}

static int check_keys(const struct parse *parse, const struct node *mapping, struct error **err)
{
	for (size_t i = 0; i < mapping->count; i++) {
		const struct node *key = mapping->keys[i];

		if (key->kind != NODE_SCALAR)
			return node_error(parse->source, key, err, "a key must be a word, not %s",
					  key->kind == NODE_LIST ? "a list" : "a mapping");
		for (size_t j = 0; j < i; j++)
			if (strcmp(mapping->keys[j]->text, key->text) == 0) {
				cleanup_free char *shown = node_quote(key->text);

				return node_error(parse->source, key, err, "key %s is given twice; first at line %u",
						  shown, mapping->keys[j]->line);
			}
	}
	return 0;
}

/* Anchors and tags are fields of three kinds of event; this is where they differ. */
static const char *refused_mark(const yaml_event_t *event)
{
	const yaml_char_t *anchor = NULL, *tag = NULL;

	if (event->type == YAML_SCALAR_EVENT) {
		anchor = event->data.scalar.anchor;
		tag = event->data.scalar.tag;
	} else if (event->type == YAML_SEQUENCE_START_EVENT) {
		anchor = event->data.sequence_start.anchor;
		tag = event->data.sequence_start.tag;
	} else if (event->type == YAML_MAPPING_START_EVENT) {
		anchor = event->data.mapping_start.anchor;
		tag = event->data.mapping_start.tag;
	} else if (event->type == YAML_ALIAS_EVENT) {
		return "aliases (*name) are not accepted; write the value out";
	}
	if (anchor)
		return "anchors (&name) are not accepted; write the value out where it is needed";
	return tag ? "tags (!name) are not accepted" : NULL;
}

/* The depth cap bounds this recursion, and that of node_free. */
static int read_value(struct parse *parse, yaml_event_t *event, struct node *node, int depth, struct error **err)
{
	const char *refused = refused_mark(event);

	node->kind = NODE_SCALAR; /* until more is known: an error may stop here */
	if (refused)
		return node_error(parse->source, node, err, "%s", refused);
	if (depth >= YAML_DEPTH)
		return node_error(parse->source, node, err, "nested more than %d deep", YAML_DEPTH);
	if (++parse->nodes > YAML_NODES)
		return node_error(parse->source, node, err, "more than %d values in one file", YAML_NODES);
	if (event->type == YAML_SCALAR_EVENT)
		return read_scalar(parse, event, node, err);
	if (event->type == YAML_SEQUENCE_START_EVENT) {
		node->kind = NODE_LIST;
		return read_items(parse, YAML_SEQUENCE_END_EVENT, node, depth + 1, err);
	}
	node->kind = NODE_MAPPING;
	if (read_items(parse, YAML_MAPPING_END_EVENT, node, depth + 1, err) < 0)
		return -1;
	return check_keys(parse, node, err);
}

/* Line breaks and tabs aside, what a terminal would obey or nobody could see; YAML allows none of it unescaped. */
static bool is_refused_character(unsigned int character)
{
	if (character == '\t' || character == '\n' || character == '\r' || character == 0x85)
		return false;
	return character < 0x20 || (character >= 0x7f && character < 0xa0) || character == 0xfeff ||
	       character == 0xfffe || character == 0xffff;
}

/* libyaml knows the offset of such a byte, but not its line: it is looked for before. */
static int check_characters(const struct yaml_source *source, const char *bytes, size_t length, struct error **err)
{
	size_t line = 0, column = 0, size;
	unsigned int character = 0;

	for (size_t at = 0; at < length; at += size) {
		cleanup_free char *message = NULL;

		size = text_decode(bytes + at, length - at, &character);
		if (size == 0)
			message = text_format("byte 0x%02x is not UTF-8", (unsigned char)bytes[at]);
		else if (is_refused_character(character))
			message = text_format("character U+%04X is not allowed here", character);
		if (message)
			return error_at(source, line, column, err, message);
		column++;
		if (character == '\n') {
			line++;
			column = 0;
		}
	}
	return 0;
}

/* STREAM-START, DOCUMENT-START, one value, DOCUMENT-END, STREAM-END. */
static int read_stream(struct parse *parse, struct node ***roots, size_t *count, struct error **err)
{
	for (;;) {
		yaml_event_t event;
		yaml_event_type_t type;
		int result = 0;

		if (next_event(parse, &event, err) < 0)
			return -1;
		type = event.type;
		if (type == YAML_DOCUMENT_START_EVENT && *count)
			result = error_at(parse->source, event.start_mark.line, event.start_mark.column, err,
					  "a second document; the file holds one");
		else if (type != YAML_STREAM_START_EVENT && type != YAML_DOCUMENT_START_EVENT &&
			 type != YAML_DOCUMENT_END_EVENT && type != YAML_STREAM_END_EVENT)
			result = read_value(parse, &event, add_node(&event, roots, count), 0, err);
		yaml_event_delete(&event);
		if (result < 0 || type == YAML_STREAM_END_EVENT)
			return result;
	}
}

int node_parse(const struct yaml_source *source, const char *bytes, size_t length, struct node **root,
	       struct error **err)
{
	struct parse parse = {.source = source};
	struct node **roots = NULL;
	size_t count = 0;
	int result;

	/* some editors put a byte order mark before UTF-8 */
	if (length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
		bytes += 3;
		length -= 3;
	}
	if (length > YAML_FILE_BYTES)
		return error_set(err, source->kind, "%s: larger than the %zu KiB allowed", source->name,
				 YAML_FILE_BYTES / 1024);
	if (check_characters(source, bytes, length, err) < 0)
		return -1;
	if (!yaml_parser_initialize(&parse.parser))
		return error_set(err, ERROR_OTHER, "%s: no YAML parser could be had", source->name);
	yaml_parser_set_encoding(&parse.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&parse.parser, (const unsigned char *)bytes, length);
	result = read_stream(&parse, &roots, &count, err);
	yaml_parser_delete(&parse.parser);
	if (result == 0 && count == 0)
		result = error_set(err, source->kind, "%s: the file is empty", source->name);
	if (result == 0)
		*root = roots[0];
	else if (count)
		node_free(roots[0]);
	free(roots);
	return result;
}
