/*
 * A YAML file as a tree of values that know where they stand.
 *
 * Only what a manifest needs is accepted: one document of mappings, lists and
 * scalars. Anchors, aliases and tags are refused, keys are scalars and unique,
 * and size, depth and counts are capped, since answers.yaml comes from
 * strangers. What a scalar means (number, flag, text) is for the reader to say
 * (yaml_table.h); the tree only keeps whether it was quoted.
 *
 * node_parse, read, node_free. Nodes belong to their parent.
 */
#ifndef ASSAY_EXERCISE_YAML_NODE_H
#define ASSAY_EXERCISE_YAML_NODE_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

#define YAML_FILE_BYTES ((size_t)256 * 1024)
#define YAML_DEPTH 16
#define YAML_NODES 20000
#define YAML_COLLECTION 1000 /* items of one list, keys of one mapping */

enum node_kind { NODE_SCALAR, NODE_LIST, NODE_MAPPING };

struct node {
	enum node_kind kind;
	unsigned int line, column; /* from 1; columns count characters */
	char *text;                /* scalar: UTF-8 without NUL; "" where nothing was written */
	bool quoted;               /* scalar: written in quotes or as a block */
	struct node **keys;   /* mapping: scalars, one for each item */
	size_t key_count;
	struct node **items; /* list and mapping */
	size_t count;
};

/* What errors call a file, and what kind of error it is to break its rules. */
struct yaml_source {
	const char *name;
	enum error_kind kind;
};

int node_parse(const struct yaml_source *source, const char *bytes, size_t length, struct node **root,
	       struct error **err);
void node_free(struct node *node); /* NULL is fine */

/* Value of a key, or NULL where the node is no mapping or lacks it. */
struct node *node_get(const struct node *mapping, const char *key);
/* Item of a list, or NULL where the node is no list or is shorter. */
struct node *node_item(const struct node *list, size_t index);
/* A scalar that stands for "no value": `~`, `null` or nothing at all. */
bool node_is_nothing(const struct node *node);

/* Sets "name:line:column: …"; returns -1. */
int node_error(const struct yaml_source *source, const struct node *at, struct error **err, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
/* How an error names what it found: `a mapping`, `"text"`, `nothing`. The caller frees it. */
char *node_describe(const struct node *node);
/* Foreign text for an error: quoted, printable, cut at a length that fits a line. The caller frees it. */
char *node_quote(const char *text);

static inline void node_cleanup(struct node **node)
{
	node_free(*node);
}
#define cleanup_node __attribute__((cleanup(node_cleanup)))

#endif
