/*
 * Reads a mapping into a struct by a table of its keys.
 *
 * A table says, for each key, its name, what it holds, where in the struct that
 * goes, and who must or may give it. table_read walks the table and refuses
 * what it does not say: unknown keys (naming the nearest known one), missing
 * ones, wrong types, words of a wrong form, numbers out of range, ids given
 * twice. What one value says about another is not a table's business
 * (exercise_check.c).
 *
 *     static const struct table_key metric_keys[] = {
 *             {"id", READ_TEXT, AT(exercise_metric, id), .required = ALWAYS, .form = &form_id},
 *             …
 *     };
 *
 * A file may come in variants (the kinds of exercise), each a bit. A key's
 * `only` names the variants that know it, 0 meaning all.
 */
#ifndef ASSAY_EXERCISE_YAML_TABLE_H
#define ASSAY_EXERCISE_YAML_TABLE_H

#include "base/error.h"
#include "exercise/yaml_node.h"

#include <stdbool.h>
#include <stddef.h>

/* What a word must look like, and how to say so. */
struct word_form {
	bool (*fits)(const char *word);
	const char *says; /* follows "is not ": "an E-code such as E0382" */
};

extern const struct word_form form_id;         /* read-states, off_by_one */
extern const struct word_form form_identifier; /* marks_and_reads: a lower-case Rust identifier */
extern const struct word_form form_concept;    /* api-design */
extern const struct word_form form_code;       /* E0382 */
extern const struct word_form form_path;       /* src/lib.rs: relative, plain names, no ".." */
extern const struct word_form form_definition; /* core::clone::Clone::clone */
extern const struct word_form form_line;       /* any text on one line */

enum read_as {
	READ_TEXT,    /* char *: text that is not empty, of `form` */
	READ_TEXTS,   /* struct string_list: a list of such, no two the same */
	READ_NUMBER,  /* int or unsigned int in [minimum, maximum] */
	READ_FLAG,    /* bool */
	READ_CHOICE,  /* an enum: index into `names` */
	READ_MAPPING, /* a struct by `table` */
	READ_ROWS,    /* an array of structs by `table`, and its count at `count_offset` */
	READ_OWN,     /* by `read` */
};

#define ALWAYS (~0u) /* for .required */

struct table_reader {
	struct yaml_source source;
	unsigned int variant;         /* the bit of the one being read; 0 where there are none */
	const char *const *variants;  /* their names, bit 0 first */
	const char *variant_key;      /* the key that chose: "kind" */
};

struct table_key {
	const char *name;
	enum read_as as;
	size_t offset, count_offset;
	unsigned int required; /* the variants that must give it */
	unsigned int only;     /* the variants that may give it; 0: all */
	bool nullable;         /* may be left empty, which is as good as absent */
	int minimum, maximum;
	int otherwise;                /* number, choice, flag: where absent */
	const struct word_form *form; /* text: NULL for any */
	const char *const *names;     /* choices, NULL at the end; also of READ_TEXTS */
	const struct table *table;
	int (*read)(const struct table_reader *reader, const struct node *node, void *field, struct error **err);
};

#define AT(type, field) .offset = offsetof(struct type, field)
#define AT_ROWS(type, field, count) .offset = offsetof(struct type, field), .count_offset = offsetof(struct type, count)

struct table {
	const struct table_key *keys;
	size_t count;
	size_t size;        /* of the struct, for rows */
	const char *unique; /* rows: the key that no two may share, or NULL */
};

#define TABLE(keys, type, ...) {keys, sizeof(keys) / sizeof *(keys), sizeof(struct type), __VA_ARGS__}

/* `object` is zeroed. After an error it holds what was read so far, for the caller to release. */
int table_read(const struct table_reader *reader, const struct table *table, const struct node *mapping, void *object,
	       struct error **err);

/* The parts, for a READ_OWN. */
int table_read_text(const struct table_reader *reader, const struct node *node, const struct word_form *form,
		    char **text, struct error **err);
int table_read_number(const struct table_reader *reader, const struct node *node, long minimum, long maximum,
		      long *number, struct error **err);
/* *choice is the index into the names, which end with NULL. */
int table_read_choice(const struct table_reader *reader, const struct node *node, const char *what,
		      const char *const *names, int *choice, struct error **err);
/* "expected <what>, found …" */
int table_expected(const struct table_reader *reader, const struct node *node, const char *what, struct error **err);
/* "unknown <what> "critera"; did you mean "criteria"?" */
int table_unknown(const struct table_reader *reader, const struct node *node, const char *what,
		  const char *const *names, struct error **err);

#endif
