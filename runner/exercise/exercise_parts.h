/* How the loader is divided: shared by the files of runner/exercise/ and by nobody else. */
#ifndef ASSAY_EXERCISE_PARTS_H
#define ASSAY_EXERCISE_PARTS_H

#include "exercise/exercise.h"
#include "exercise/yaml_table.h"

#define KIND(kind) (1u << (EXERCISE_##kind))
#define KINDS_OF_CODE (KIND(FIX) | KIND(BUILD) | KIND(DESIGN))

/* A reader of the manifest called `name`, for one kind of exercise. */
struct table_reader manifest_reader(const char *name, enum exercise_kind kind);

/* exercise_keys.c: exercise.yaml by its tables. Fills the exercise; what is there is released by exercise_free. */
int exercise_read(const char *name, const struct node *manifest, struct exercise *exercise, struct error **err);

extern const struct word_form form_crate; /* read_states: what a crate may be called */

/* exercise_require.c: the two mappings that hold exactly one of several keys, into a criterion and a mutant. */
int exercise_read_require(const struct table_reader *reader, const struct node *node, void *criterion, struct error **err);
int exercise_read_caught_by(const struct table_reader *reader, const struct node *node, void *mutant, struct error **err);

/* exercise_check.c: what the parts say about each other. Spells out `all` and defaults that need the whole. */
int exercise_check(const struct table_reader *reader, const struct node *manifest, struct exercise *exercise,
		   struct error **err);

/* exercise_files.c: what must be on disk. */
int exercise_check_files(const struct table_reader *reader, const struct node *manifest, const struct exercise *exercise,
			 struct error **err);
int exercise_make_digest(struct exercise *exercise, struct error **err);

#endif
