/*
 * An exercise: what exercise.yaml and the folder around it say, checked.
 *
 * Call exercise_load, read the struct (const from then on), exercise_free. The
 * struct owns every string in it. Paths in it are relative to `folder`, but for
 * the `file` of a unit or a question, which is relative to starter/ (a unit's to
 * reference/ as well), and are known to exist there as regular files, not links.
 *
 * An exercise is trusted more than a submission, but its manifest is still
 * parsed strictly: an unknown key, a wrong type, a duplicate id, a missing file
 * or a criterion that names nothing is ERROR_EXERCISE with file, line and
 * column, and the nearest known name where one was misspelt.
 * The format is described in exercises/FORMAT.md.
 */
#ifndef ASSAY_EXERCISE_H
#define ASSAY_EXERCISE_H

#include "exercise/skills.h"

#include <stdbool.h>
#include <stddef.h>

enum exercise_kind { EXERCISE_FIX, EXERCISE_BUILD, EXERCISE_DESIGN, EXERCISE_EXPLAIN };
/* What a solution is: a library that hidden tests are linked with, or a program that is run. */
enum exercise_type { TYPE_LIB, TYPE_BIN };
enum exercise_feedback { FEEDBACK_NONE, FEEDBACK_NAMES, FEEDBACK_INPUTS, FEEDBACK_FULL };

/* How a group's tests show that a submission is right: values compared outside the box, or assertions inside it. */
enum exercise_style { STYLE_OBSERVE, STYLE_PLAIN };

#define LEVEL_HIGHEST 3 /* levels run from 0 (not yet shown) to this */

struct string_list {
	char **items;
	size_t count;
};

struct exercise_limits { /* 0: not given, the stage's default holds */
	unsigned int wall_ms, cpu_ms, memory_kib;
};

struct exercise_unit { /* kind fix: a crate of its own, named by its id */
	char *id, *file, *title, *concept;
	struct string_list codes; /* what the starter fails with */
	int level;
};

struct exercise_group {
	char *id;
	char *file; /* one file is one test program; groups may share it */
	char *unit; /* kind fix: id of the unit it is linked with; else NULL */
	enum exercise_feedback feedback;
	enum exercise_style style; /* groups that share a file share it */
	struct string_list tests;
	struct string_list essential; /* of them, those that may kill no mutant */
};

struct exercise_use { /* counted by definition path */
	char *id, *says;
	struct string_list methods, types, macros;
};

struct exercise_metric {
	char *id, *says, *test;
};

struct exercise_probe {
	char *id, *says, *file, *twin;
};

struct exercise_choice {
	char *id, *says;
};

struct exercise_question {
	char *id, *title, *concept, *file, *key, *choice, *listen_for;
	struct exercise_choice *choices;
	size_t choice_count;
	int level;
};

enum require_kind {
	REQUIRE_BUILD,
	REQUIRE_FORMAT,
	REQUIRE_TESTS,     /* names: group ids */
	REQUIRE_USES,      /* names: one use id; at_most */
	REQUIRE_LINTS,     /* names: one lint or group; at_most */
	REQUIRE_METRIC,    /* names: one metric id; at_most */
	REQUIRE_SANITIZER, /* names: "address" or "thread"; at_most tests in which it finds an error */
	REQUIRE_PROBES,    /* names: probe ids */
	REQUIRE_UNITS,     /* names: unit ids */
	REQUIRE_QUESTIONS, /* names: question ids */
	REQUIRE_OWN_TESTS, /* names: "pass"; at_least so many tests of the submission's own, 1 unless given */
	REQUIRE_KILLS,	   /* names: mutants that tests catch; at_least so many of them */
	REQUIRE_README,
	REQUIRE_CI, /* names: of cargo's commands, "clippy", "fmt", "test" */
};

struct exercise_criterion {
	char *id, *concept, *says, *learn, *skill; /* learn and skill may be NULL */
	enum axis axis; /* its concept's, in skills.yaml */
	int level;  /* 1..LEVEL_HIGHEST */
	int points; /* 1..100, default 1 */
	enum require_kind require;
	struct string_list shows_in; /* items of the submission in which it would show; may be none */
	struct string_list names; /* `all` is spelt out by the loader */
	long at_most;             /* USES, LINTS, METRIC, SANITIZER */
	/* TESTS, PROBES, UNITS, QUESTIONS, KILLS: how many must hold, of TESTS single tests of the groups; all unless given */
	long at_least;
};

enum caught_by { CAUGHT_BY_TESTS, CAUGHT_BY_PROBES, CAUGHT_BY_CRITERIA, CAUGHT_BY_QUESTIONS };

struct exercise_mutant { /* mutants/<name>/ overlays the reference */
	char *name, *says;
	enum caught_by by;
	struct string_list names; /* each of them must catch it */
};

struct exercise_sample { /* samples/<name>/ is a whole submission */
	char *name;
	int level, design, idiom; /* design and idiom: of that axis; SAMPLE_ANY where the manifest leaves it open */
};

enum { SAMPLE_ANY = -1 };

struct exercise {
	char *folder; /* as given, without a slash at its end */
	char *id, *title, *system, *summary;
	enum exercise_kind kind;
	enum exercise_type type; /* build; TYPE_LIB elsewhere */
	int level;
	struct string_list concepts;
	char *edition; /* "2018", "2021", "2024"; NULL for explain */
	char *crate;   /* build and design; else NULL */
	bool allow_unsafe;
	struct string_list allow_std;
	struct exercise_limits compile_limits, test_limits;
	struct string_list starter_codes;
	struct exercise_unit *units;
	size_t unit_count;
	struct exercise_group *groups;
	size_t group_count;
	struct exercise_use *uses;
	size_t use_count;
	struct exercise_metric *metrics;
	size_t metric_count;
	struct exercise_probe *probes;
	size_t probe_count;
	struct exercise_question *questions;
	size_t question_count;
	struct exercise_criterion *criteria;
	size_t criterion_count;
	struct exercise_mutant *mutants;
	size_t mutant_count;
	struct exercise_sample *samples;
	size_t sample_count;
	struct skills *skills; /* the bank's, or those of the program */
	/*
	 * SHA-256 over the names and bytes of everything a grading reads: the
	 * manifest, starter/, reference/, hidden/. Mutants and samples are not
	 * part of it.
	 */
	char digest[65];
};

int exercise_load(const char *folder, struct exercise **exercise, struct error **err);
void exercise_free(struct exercise *exercise); /* NULL is fine */

/* The root of a crate that is no unit: "src/lib.rs", or "src/main.rs" of a program. */
const char *exercise_root(const struct exercise *exercise);
/* Whether some criterion requires a thing of this kind: what nobody asks for is not looked at. */
bool exercise_requires(const struct exercise *exercise, enum require_kind kind);
const char *exercise_kind_name(enum exercise_kind kind);
const char *exercise_feedback_name(enum exercise_feedback feedback);
/* Index of the name in the list, or -1. */
long string_list_find(const struct string_list *list, const char *name);
void string_list_free(struct string_list *list);

static inline void exercise_cleanup(struct exercise **exercise)
{
	exercise_free(*exercise);
}
#define cleanup_exercise __attribute__((cleanup(exercise_cleanup)))

#endif
