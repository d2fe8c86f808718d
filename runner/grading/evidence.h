/*
 * What a grading saw, before anybody judges it.
 *
 * The pipeline fills it, each step in a slot of its own; judge.c reads it and
 * report_build.c writes it down. Indexes are the exercise's own: groups,
 * probes, uses and so on stand in the order of the manifest. Everything here is
 * owned by the struct; evidence_release frees it.
 */
#ifndef ASSAY_EVIDENCE_H
#define ASSAY_EVIDENCE_H

#include "exercise/answers.h"
#include "exercise/exercise.h"
#include "grading/interview.h"
#include "grading/own_evidence.h"
#include "rust/source_rules.h"
#include "rust/steps.h"

#include <stdint.h>

enum status {
	STATUS_UNOBSERVED, /* something before it failed, so it could not be looked at */
	STATUS_HOLDS,	   /* a test passed, a probe held */
	STATUS_FAILS,
};

/* One compile of the submission: the whole crate, or one unit of a fix exercise. */
struct unit_evidence {
	const char *id;	  /* of the unit; NULL where the crate is the only one */
	const char *file; /* crate root */
	const char *crate;
	const char *edition;
	struct step_result build;
	struct source_hits hits; /* of the source rules, in files that it is made of */
};

/* One hidden file linked with one unit. */
struct program_evidence {
	const char *file;
	size_t unit;
	struct step_result link;
};

struct labelled {
	char *label, *value;
};

struct test_evidence {
	size_t group, program;
	uint32_t index;	  /* in the program's own list */
	const char *name; /* from the manifest */
	char *says;	  /* from the hidden file */
	enum status status;
	const char *why;	 /* one word of the report's list where it fails, else NULL */
	char *detail;		 /* one sentence, or NULL */
	struct labelled *inputs; /* fed before the difference; where it fails */
	size_t input_count;
	struct labelled difference; /* label and what was seen; label NULL where none */
	char *expected;
	struct labelled *metrics; /* of the submission's own run, passed or not */
	size_t metric_count;
	struct sandbox_outcome outcome;
};

struct seen_failure {
	char *code;
	unsigned int line;
};

struct probe_evidence {
	enum status status;
	char *why; /* NULL where it holds or was not observed */
	struct seen_failure *expected, *found;
	size_t expected_count, found_count;
};

struct counted_place {
	struct place place;
	char *says;
};

struct use_evidence {
	bool observed;	   /* in every unit: `count` is all of them */
	size_t units_seen; /* in so many units, each to its end; of others there may be hits as well */
	struct counted_place *places; /* one a hit, in order of file and line */
	size_t count;
	long reference;
};

enum sanitized_state {
	SANITIZED_NOT, /* nothing can be said: it did not run, or not to its end */
	SANITIZED_CLEAN,
	SANITIZED_ERROR,
};

/* A test run once more, with a sanitizer. */
struct sanitized_test {
	enum sanitized_state state;
	const char *kind;   /* of an error: one word, as in sanitizer.h, or "observations-differ" */
	char *says;	    /* of an error: what the code did */
	struct place place; /* of an error; file NULL where it is not known */
	char *why;	    /* why nothing can be said */
};

struct sanitized {
	const char *unavailable;      /* why no test can be run with it here; NULL where they can */
	struct sanitized_test *tests; /* one a test; NULL where nobody asks for it */
};

/* Where the exercise allows unsafe code. */
struct unsafe_evidence {
	bool observed; /* uses are complete: everything compiled, and all that the compiler said could be read */
	struct counted_place *uses, *undocumented; /* as struct use_evidence has them */
	size_t use_count, undocumented_count;
	struct sanitized sanitized[SANITIZER_KINDS];
	bool has_miri; /* the toolchain has it; it is not run */
};

struct metric_evidence {
	bool observed, reference_observed;
	long value, reference;
};

struct question_evidence {
	const struct answer *given; /* NULL: unanswered */
	bool fails_right, choice_right;
};

struct setting {
	char *text; /* the line, printable */
	unsigned int line;
};

struct stage_measure {
	const char *stage; /* "build", "link", "observe", "probe", "format" */
	const char *unit;
	unsigned int wall_ms, cpu_ms, peak_kib;
};

struct evidence {
	struct unit_evidence *units;
	size_t unit_count;
	struct program_evidence *programs;
	size_t program_count;
	struct test_evidence *tests; /* in the order of the manifest's groups */
	size_t test_count;
	struct probe_evidence *probes;
	struct use_evidence *uses;
	struct metric_evidence *metrics;
	struct unsafe_evidence unsafe_code;
	struct own_evidence own;
	struct project_evidence project;
	struct interview interview; /* what it gives to ask about */
	struct question_evidence *questions;
	struct answers answers;
	char *answers_trouble; /* why the answers could not be read, or NULL */
	bool format_observed;
	struct string_list format_changed; /* files that rustfmt would change */
	struct setting *settings; /* of cargo's in Cargo.toml, which have no effect here */
	size_t setting_count;
	unsigned int layers;		   /* of the sandbox, held in every box */
	uint64_t seed;
	struct stage_measure *stages;
	size_t stage_count;
};

/* What the struct owns, not itself. */
void test_evidence_release(struct test_evidence *test);
void evidence_release(struct evidence *evidence, const struct exercise *exercise);

#endif
