/*
 * What is made once an exercise and toolchain, and kept in the cache: the
 * facade and the harness, the clippy configuration that counts, the views of hidden files, the reference
 * built like a submission, what its test programs hold, its own counts, and an
 * explain exercise's keys as the real compiler gives them.
 *
 * All of it is named by a digest of what it was made from (cache.h).
 */
#ifndef ASSAY_PREPARE_H
#define ASSAY_PREPARE_H

#include "exercise/exercise.h"
#include "grading/evidence.h"
#include "grading/sanitizer_trial.h"
#include "grading/session.h"
#include "submission/submission.h"

struct prepared_test {
	char *name, *says;
};

struct prepared_program {
	const char *file; /* of the exercise; hidden file */
	size_t unit;	  /* index among the units; 0 where the crate is the only one */
	bool plain;	  /* its tests assert */
	char *path;	  /* the reference's program */
	struct prepared_test *tests;
	size_t test_count;
};

struct prepared_key {
	struct answer_failure *fails;
	size_t fail_count;
};

struct preparation {
	struct engine engine;
	char *folder;	     /* the exercise's, absolute: boxes mount it */
	char *facade;	     /* folder */
	char *reference;     /* folder of the cache entry */
	char *solution;	     /* the reference itself, where it is a program (type: bin) */
	char *configuration; /* folder with clippy.toml */
	char *views;	     /* folder with what boxes see of hidden/ (views.h) */
	struct prepared_program *programs;
	size_t program_count;
	long *uses;		   /* the reference's own counts, one a use */
	struct prepared_key *keys; /* one a question */
	struct sanitizer sanitizers[SANITIZER_KINDS]; /* those that the exercise asks for (sanitizer_is_asked_for) */
	const char **extra_lints;  /* groups that criteria count besides clippy::all; ends with NULL */
};

/* ERROR_EXERCISE where the reference does not compile, or its tests are not those of the manifest. */
int prepare(const struct session *session, const struct exercise *exercise, struct preparation *preparation,
	    struct error **err);
void preparation_release(struct preparation *preparation, const struct exercise *exercise);

/* The units that a solution of the exercise is compiled as; the caller frees the array. */
struct unit_evidence *prepare_units(const struct exercise *exercise, size_t *count);
/* What one unit of the solution laid in `source` is compiled from, for step_compile. */
struct compile_source prepare_compile(const struct preparation *preparation, const struct exercise *exercise,
				      const char *source, const struct unit_evidence *unit);
/* Compiles one unit of the solution laid in `source` into `built`. */
int prepare_build(const struct preparation *preparation, const struct exercise *exercise, const char *source,
		  const char *built, const struct compile_listener *listener, struct unit_evidence *unit,
		  struct error **err);
/* What a hidden file is compiled from with a unit in `built`, for step_link or step_check; without gate. */
struct link_source prepare_link(const struct preparation *preparation, const struct exercise *exercise,
				const char *built, const struct unit_evidence *unit, const char *file);
/* Fills `uses` (one a use of the exercise) from the diagnostics of all units. */
void prepare_count_uses(const struct exercise *exercise, const struct unit_evidence *units, size_t unit_count,
			struct use_evidence *uses);
/* Fills the uses of unsafe code, documented or not, from the diagnostics of all units. */
void prepare_count_unsafe(const struct unit_evidence *units, size_t unit_count, struct unsafe_evidence *unsafe_code);
/* The expectations `//~ E0505` of a text, in order of lines. */
void prepare_expectations(const char *text, struct seen_failure **failures, size_t *count);
/* The errors of a compile that have a code and a line, in order, each once. */
void prepare_failures(const struct diagnostics *diagnostics, struct seen_failure **failures, size_t *count);
/* Whether a probe fails with what it must fail with, at the same lines. */
bool prepare_same_failures(const struct probe_evidence *probe);

#endif
