/*
 * `require` of a criterion and `caught_by` of a mutant: mappings that hold
 * exactly one of several keys, which says what the names beside it are names of.
 */
#include "exercise/exercise_parts.h"

#include "base/memory.h"

#include <assert.h>
#include <limits.h>
#include <string.h>

enum shape {
	SHAPE_TRUE, /* build: true */
	SHAPE_ONE,  /* uses: clone */
	SHAPE_MANY, /* tests: core, tests: [core, edges], tests: all */
};

enum bound { BOUND_NONE, BOUND_AT_LEAST, BOUND_AT_MOST };

static const char *const bound_keys[] = {[BOUND_AT_LEAST] = "at_least", [BOUND_AT_MOST] = "at_most"};

struct option {
	const char *key;
	int value; /* an enum require_kind or enum caught_by */
	enum shape shape;
	enum bound bound;
	unsigned int only; /* kinds of exercise; 0: all */
};

/* clang-format off */
/* at_most is a bound on a count, and must be given; at_least is how many of the names must hold, by default all. */
static const struct option requirements[] = {
	{"build",     REQUIRE_BUILD,     SHAPE_TRUE, BOUND_NONE,     KINDS_OF_CODE},
	{"format",    REQUIRE_FORMAT,    SHAPE_TRUE, BOUND_NONE,     KINDS_OF_CODE},
	{"tests",     REQUIRE_TESTS,     SHAPE_MANY, BOUND_AT_LEAST, KINDS_OF_CODE},
	{"uses",      REQUIRE_USES,      SHAPE_ONE,  BOUND_AT_MOST,  KINDS_OF_CODE},
	{"lints",     REQUIRE_LINTS,     SHAPE_ONE,  BOUND_AT_MOST,  KINDS_OF_CODE},
	{"metric",    REQUIRE_METRIC,    SHAPE_ONE,  BOUND_AT_MOST,  KINDS_OF_CODE},
	{"sanitizer", REQUIRE_SANITIZER, SHAPE_ONE,  BOUND_AT_MOST,  KINDS_OF_CODE},
	{"probes",    REQUIRE_PROBES,    SHAPE_MANY, BOUND_AT_LEAST, KIND(BUILD) | KIND(DESIGN)},
	{"units",     REQUIRE_UNITS,     SHAPE_MANY, BOUND_AT_LEAST, KIND(FIX)},
	{"questions", REQUIRE_QUESTIONS, SHAPE_MANY, BOUND_AT_LEAST, KIND(EXPLAIN)},
	{"own_tests", REQUIRE_OWN_TESTS, SHAPE_ONE,  BOUND_AT_LEAST, KIND(BUILD) | KIND(DESIGN)},
	{"kills",     REQUIRE_KILLS,     SHAPE_MANY, BOUND_AT_LEAST, KIND(BUILD) | KIND(DESIGN)},
	{"readme",    REQUIRE_README,    SHAPE_TRUE, BOUND_NONE,     KINDS_OF_CODE},
	{"ci",        REQUIRE_CI,        SHAPE_MANY, BOUND_NONE,     KINDS_OF_CODE},
};
static_assert(ARRAY_LENGTH(requirements) == REQUIRE_CI + 1, "a row for each requirement");

static const struct option catchers[] = {
	{"tests",     CAUGHT_BY_TESTS,     SHAPE_MANY, BOUND_NONE, KINDS_OF_CODE},
	{"probes",    CAUGHT_BY_PROBES,    SHAPE_MANY, BOUND_NONE, KIND(BUILD) | KIND(DESIGN)},
	{"criteria",  CAUGHT_BY_CRITERIA,  SHAPE_MANY, BOUND_NONE, 0},
	{"questions", CAUGHT_BY_QUESTIONS, SHAPE_MANY, BOUND_NONE, KIND(EXPLAIN)},
};
static_assert(ARRAY_LENGTH(catchers) == CAUGHT_BY_QUESTIONS + 1, "a row for each way to be caught");
/* clang-format on */

struct options {
	const char *key; /* that the mapping stands at */
	const struct option *rows;
	size_t count;
};

static const struct options require_options = {"require", requirements, ARRAY_LENGTH(requirements)};
static const struct options caught_by_options = {"caught_by", catchers, ARRAY_LENGTH(catchers)};

static bool is_open(const struct table_reader *reader, const struct option *option)
{
	return !option->only || !reader->variant || (option->only & reader->variant);
}

/* "tests, uses, …": the keys that this kind of exercise may use; the bounds too where a misspelt one may be meant. */
static int unknown_option(const struct table_reader *reader, const struct options *options, const struct node *key,
			  struct error **err)
{
	const char *names[ARRAY_LENGTH(requirements) + ARRAY_LENGTH(bound_keys) + 1] = {NULL};
	size_t count = 0;

	for (size_t i = 0; i < options->count; i++)
		if (is_open(reader, &options->rows[i]))
			names[count++] = options->rows[i].key;
	if (options == &require_options)
		for (size_t i = BOUND_AT_LEAST; i <= BOUND_AT_MOST; i++)
			names[count++] = bound_keys[i];
	return table_unknown(reader, key, options->key, names, err);
}

static bool is_bound(const char *key)
{
	return strcmp(key, bound_keys[BOUND_AT_LEAST]) == 0 || strcmp(key, bound_keys[BOUND_AT_MOST]) == 0;
}

/* The one key that is not a bound, and its value. */
static const struct option *choose(const struct table_reader *reader, const struct options *options,
				   const struct node *mapping, const struct node **value, struct error **err)
{
	const struct option *chosen = NULL;

	if (mapping->kind != NODE_MAPPING) {
		table_expected(reader, mapping, "a mapping such as {tests: core}", err);
		return NULL;
	}
	for (size_t i = 0; i < mapping->count; i++) {
		const struct node *key = mapping->keys[i];
		const struct option *found = NULL;

		for (size_t j = 0; j < options->count; j++)
			if (is_open(reader, &options->rows[j]) && strcmp(options->rows[j].key, key->text) == 0)
				found = &options->rows[j];
		if (!found && options == &require_options && is_bound(key->text))
			continue;
		if (!found) {
			unknown_option(reader, options, key, err);
			return NULL;
		}
		if (chosen) {
			node_error(&reader->source, key, err, "\"%s\" holds one thing; \"%s\" stands beside \"%s\"",
				   options->key, key->text, chosen->key);
			return NULL;
		}
		chosen = found;
		*value = mapping->items[i];
	}
	if (!chosen)
		node_error(&reader->source, mapping, err, "\"%s\" says nothing to hold to", options->key);
	return chosen;
}

static int add_name(const struct table_reader *reader, const struct node *node, struct string_list *names,
		    struct error **err)
{
	char *name = NULL;

	if (table_read_text(reader, node, &form_line, &name, err) < 0)
		return -1;
	if (string_list_find(names, name) >= 0) {
		free(name);
		return node_error(&reader->source, node, err, "\"%s\" is listed twice", node->text);
	}
	*ARRAY_ADD(names->items, names->count) = name;
	return 0;
}

static int read_names(const struct table_reader *reader, const struct option *option, const struct node *node,
		      struct string_list *names, struct error **err)
{
	if (option->shape == SHAPE_TRUE) {
		if (node->kind == NODE_SCALAR && !node->quoted && strcmp(node->text, "true") == 0)
			return 0;
		return table_expected(reader, node, "true", err);
	}
	if (node->kind == NODE_SCALAR && !node_is_nothing(node))
		return add_name(reader, node, names, err);
	if (option->shape == SHAPE_ONE)
		return table_expected(reader, node, "one name", err);
	if (node->kind != NODE_LIST || node->count == 0)
		return table_expected(reader, node, "a name or a list of names", err);
	for (size_t i = 0; i < node->count; i++)
		if (add_name(reader, node->items[i], names, err) < 0)
			return -1;
	return 0;
}

/* Both bounds stay -1 where they are not given; exercise_check sets what at_least is then. */
static int read_bounds(const struct table_reader *reader, const struct option *option, const struct node *mapping,
		       struct exercise_criterion *criterion, struct error **err)
{
	long *const fields[] = {[BOUND_AT_LEAST] = &criterion->at_least, [BOUND_AT_MOST] = &criterion->at_most};

	for (size_t i = 0; i < mapping->count; i++) {
		const struct node *key = mapping->keys[i];

		if (!is_bound(key->text))
			continue;
		if (option->bound == BOUND_NONE || strcmp(key->text, bound_keys[option->bound]) != 0)
			return node_error(&reader->source, key, err, "\"%s\" does not go with \"%s\"", key->text,
					  option->key);
		if (table_read_number(reader, mapping->items[i], option->bound == BOUND_AT_LEAST, INT_MAX,
				      fields[option->bound], err) < 0)
			return -1;
	}
	if (option->bound == BOUND_AT_MOST && criterion->at_most < 0)
		return node_error(&reader->source, mapping, err, "\"%s\" needs \"at_most\"", option->key);
	return 0;
}

int exercise_read_require(const struct table_reader *reader, const struct node *node, void *field, struct error **err)
{
	struct exercise_criterion *criterion = field;
	const struct node *value = NULL;
	const struct option *option = choose(reader, &require_options, node, &value, err);

	if (!option)
		return -1;
	criterion->require = (enum require_kind)option->value;
	criterion->at_most = criterion->at_least = -1;
	if (read_names(reader, option, value, &criterion->names, err) < 0)
		return -1;
	return read_bounds(reader, option, node, criterion, err);
}

int exercise_read_caught_by(const struct table_reader *reader, const struct node *node, void *field, struct error **err)
{
	struct exercise_mutant *mutant = field;
	const struct node *value = NULL;
	const struct option *option = choose(reader, &caught_by_options, node, &value, err);

	if (!option)
		return -1;
	mutant->by = (enum caught_by)option->value;
	return read_names(reader, option, value, &mutant->names, err);
}
