#include "exercise/yaml_table.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "base/text.h"
#include "exercise/exercise.h"

#include <stdint.h>
#include <string.h>

int table_expected(const struct table_reader *reader, const struct node *node, const char *what, struct error **err)
{
	cleanup_free char *found = node_describe(node);

	return node_error(&reader->source, node, err, "expected %s, found %s", what, found);
}

int table_unknown(const struct table_reader *reader, const struct node *node, const char *what,
		  const char *const *names, struct error **err)
{
	cleanup_free char *shown = node_quote(node->text);
	/* a word of one letter is as near to any other */
	const char *nearest = strlen(node->text) > 1 ? text_nearest(node->text, names) : NULL;
	cleanup_buffer struct buffer known = {0};

	if (nearest)
		return node_error(&reader->source, node, err, "unknown %s %s; did you mean \"%s\"?", what, shown,
				  nearest);
	for (size_t i = 0; names[i]; i++)
		buffer_add_format(&known, "%s%s", i ? ", " : "", names[i]);
	return node_error(&reader->source, node, err, "unknown %s %s; known: %s", what, shown,
			  names[0] ? buffer_text(&known) : "none");
}

int table_read_text(const struct table_reader *reader, const struct node *node, const struct word_form *form,
		    char **text, struct error **err)
{
	if (node->kind != NODE_SCALAR || node_is_nothing(node) || *node->text == '\0')
		return table_expected(reader, node, "text", err);
	if (form && !form->fits(node->text)) {
		cleanup_free char *shown = node_quote(node->text);

		return node_error(&reader->source, node, err, "%s is not %s", shown, form->says);
	}
	*text = text_copy(node->text);
	return 0;
}

int table_read_number(const struct table_reader *reader, const struct node *node, long minimum, long maximum,
		      long *number, struct error **err)
{
	long long value;

	if (node->kind != NODE_SCALAR || node->quoted || !text_to_number(node->text, INT64_MIN, INT64_MAX, &value))
		return table_expected(reader, node, "a whole number", err);
	if (value < minimum || value > maximum)
		return node_error(&reader->source, node, err, "%lld is out of range; the least is %ld, the most %ld",
				  value, minimum, maximum);
	*number = (long)value;
	return 0;
}

int table_read_choice(const struct table_reader *reader, const struct node *node, const char *what,
		      const char *const *names, int *choice, struct error **err)
{
	if (node->kind != NODE_SCALAR || node_is_nothing(node))
		return table_expected(reader, node, "a word", err);
	for (int i = 0; names[i]; i++)
		if (strcmp(names[i], node->text) == 0) {
			*choice = i;
			return 0;
		}
	return table_unknown(reader, node, what, names, err);
}

/* The readers of each type: the value of `key` into the field at `field`. */
typedef int read_value(const struct table_reader *reader, const struct table_key *key, const struct node *node,
		       void *object, void *field, struct error **err);

static int read_text(const struct table_reader *reader, const struct table_key *key, const struct node *node,
		     void *object, void *field, struct error **err)
{
	(void)object;
	return table_read_text(reader, node, key->form, field, err);
}

static int read_texts(const struct table_reader *reader, const struct table_key *key, const struct node *node,
		      void *object, void *field, struct error **err)
{
	struct string_list *list = field;

	(void)object;
	if (node->kind != NODE_LIST)
		return table_expected(reader, node, "a list of words", err);
	for (size_t i = 0; i < node->count; i++) {
		char *text = NULL;

		if (table_read_text(reader, node->items[i], key->form, &text, err) < 0)
			return -1;
		if (string_list_find(list, text) >= 0) {
			free(text);
			return node_error(&reader->source, node->items[i], err, "\"%s\" is listed twice",
					  node->items[i]->text);
		}
		*ARRAY_ADD(list->items, list->count) = text;
		if (key->names) {
			size_t known = 0;

			while (key->names[known] && strcmp(key->names[known], text) != 0)
				known++;
			if (!key->names[known])
				return table_unknown(reader, node->items[i], key->name, key->names, err);
		}
	}
	if (list->count < (size_t)key->minimum)
		return node_error(&reader->source, node, err, "\"%s\" is an empty list", key->name);
	return 0;
}

static int read_number(const struct table_reader *reader, const struct table_key *key, const struct node *node,
		       void *object, void *field, struct error **err)
{
	long number = 0;

	(void)object;
	if (table_read_number(reader, node, key->minimum, key->maximum, &number, err) < 0)
		return -1;
	*(int *)field = (int)number;
	return 0;
}

static int read_flag(const struct table_reader *reader, const struct table_key *key, const struct node *node,
		     void *object, void *field, struct error **err)
{
	(void)key;
	(void)object;
	if (node->kind != NODE_SCALAR || node->quoted ||
	    (strcmp(node->text, "true") != 0 && strcmp(node->text, "false") != 0))
		return table_expected(reader, node, "true or false", err);
	*(bool *)field = strcmp(node->text, "true") == 0;
	return 0;
}

static int read_choice(const struct table_reader *reader, const struct table_key *key, const struct node *node,
		       void *object, void *field, struct error **err)
{
	(void)object;
	return table_read_choice(reader, node, key->name, key->names, field, err);
}

static int read_mapping(const struct table_reader *reader, const struct table_key *key, const struct node *node,
			void *object, void *field, struct error **err)
{
	(void)object;
	return table_read(reader, key->table, node, field, err);
}

static int check_unique(const struct table_reader *reader, const char *key, const struct node *rows, size_t last,
			struct error **err)
{
	const struct node *id = node_get(rows->items[last], key);

	for (size_t i = 0; id && i < last; i++) {
		const struct node *earlier = node_get(rows->items[i], key);

		if (earlier && strcmp(earlier->text, id->text) == 0)
			return node_error(&reader->source, id, err, "duplicate %s \"%s\"; first at line %u", key,
					  id->text, earlier->line);
	}
	return 0;
}

static int read_rows(const struct table_reader *reader, const struct table_key *key, const struct node *node,
		     void *object, void *field, struct error **err)
{
	size_t *count = (size_t *)(void *)((char *)object + key->count_offset);

	if (node->kind != NODE_LIST)
		return table_expected(reader, node, "a list of mappings", err);
	for (size_t i = 0; i < node->count; i++) {
		void *row = array_add(field, count, key->table->size);

		if (table_read(reader, key->table, node->items[i], row, err) < 0)
			return -1;
		if (key->table->unique && check_unique(reader, key->table->unique, node, i, err) < 0)
			return -1;
	}
	if (*count < (size_t)key->minimum)
		return node_error(&reader->source, node, err, "\"%s\" is an empty list", key->name);
	return 0;
}

static int read_own(const struct table_reader *reader, const struct table_key *key, const struct node *node,
		    void *object, void *field, struct error **err)
{
	(void)object;
	return key->read(reader, node, field, err);
}

static read_value *const readers[] = {
	[READ_TEXT] = read_text, [READ_TEXTS] = read_texts,   [READ_NUMBER] = read_number,
	[READ_FLAG] = read_flag, [READ_CHOICE] = read_choice, [READ_MAPPING] = read_mapping,
	[READ_ROWS] = read_rows, [READ_OWN] = read_own,
};

static const struct table_key *find_key(const struct table *table, const char *name)
{
	for (size_t i = 0; i < table->count; i++)
		if (strcmp(table->keys[i].name, name) == 0)
			return &table->keys[i];
	return NULL;
}

static bool is_known(const struct table_reader *reader, const struct table_key *key)
{
	return !key->only || !reader->variant || (key->only & reader->variant);
}

/* {says: one thing, and another}: the commonest slip of all, and YAML takes it for a key without a value. */
static bool is_cut_text(const struct node *key, const struct node *value)
{
	return strchr(key->text, ' ') && node_is_nothing(value);
}

static int unknown_key(const struct table_reader *reader, const struct table *table, const struct node *key,
		       const struct node *value, struct error **err)
{
	cleanup_free const char **names = memory_new(table->count + 1, sizeof *names);
	cleanup_free char *shown = node_quote(key->text);
	size_t count = 0;

	if (is_cut_text(key, value))
		return node_error(&reader->source, key, err, "%s is read as a key: text with a comma needs quotes here",
				  shown);
	for (size_t i = 0; i < table->count; i++)
		if (is_known(reader, &table->keys[i]))
			names[count++] = table->keys[i].name;
	return table_unknown(reader, key, "key", names, err);
}

/* The names of a set of variants: "fix", "build and design", "fix, build and design". */
static char *name_variants(const struct table_reader *reader, unsigned int set)
{
	struct buffer out = {0};

	for (size_t i = 0; reader->variants[i]; i++) {
		if (!(set & 1u << i))
			continue;
		if (out.length)
			buffer_add_text(&out, set >> i == 1 ? " and " : ", ");
		buffer_add_text(&out, reader->variants[i]);
	}
	return buffer_steal(&out);
}

static int wrong_variant(const struct table_reader *reader, const struct table_key *key, const struct node *node,
			 struct error **err)
{
	cleanup_free char *known = name_variants(reader, key->only);
	cleanup_free char *ours = name_variants(reader, reader->variant);

	return node_error(&reader->source, node, err, "key \"%s\" belongs to %s %s; here %s is %s", key->name,
			  reader->variant_key, known, reader->variant_key, ours);
}

static int read_pair(const struct table_reader *reader, const struct table *table, const struct node *name,
		     const struct node *value, void *object, struct error **err)
{
	const struct table_key *key = find_key(table, name->text);
	struct node nothing;

	if (!key)
		return unknown_key(reader, table, name, value, err);
	if (!is_known(reader, key))
		return wrong_variant(reader, key, name, err);
	if (node_is_nothing(value)) {
		if (key->nullable)
			return 0;
		/* libyaml places what is not there on a later line; the key is where the author must look */
		nothing = *value;
		nothing.line = name->line;
		nothing.column = name->column;
		value = &nothing;
	}
	if (readers[key->as](reader, key, value, object, (char *)object + key->offset, err) < 0)
		return -1;
	return 0;
}

int table_read(const struct table_reader *reader, const struct table *table, const struct node *mapping, void *object,
	       struct error **err)
{
	unsigned int variant = reader->variant ? reader->variant : ALWAYS;

	if (mapping->kind != NODE_MAPPING)
		return table_expected(reader, mapping, "a mapping", err);
	for (size_t i = 0; i < table->count; i++)
		if (table->keys[i].otherwise)
			*(int *)(void *)((char *)object + table->keys[i].offset) = table->keys[i].otherwise;
	for (size_t i = 0; i < mapping->count; i++)
		if (read_pair(reader, table, mapping->keys[i], mapping->items[i], object, err) < 0)
			return -1;
	for (size_t i = 0; i < table->count; i++)
		if ((table->keys[i].required & variant) && is_known(reader, &table->keys[i]) &&
		    !node_get(mapping, table->keys[i].name))
			return node_error(&reader->source, mapping, err, "missing key \"%s\"", table->keys[i].name);
	return 0;
}
