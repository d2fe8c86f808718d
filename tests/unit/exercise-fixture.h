/*
 * Small sound exercises, one of each kind, written to a scratch folder, and a
 * way to spoil one place of a manifest.
 */
#ifndef ASSAY_TESTS_EXERCISE_FIXTURE_H
#define ASSAY_TESTS_EXERCISE_FIXTURE_H

#include "base/file.h"
#include "base/memory.h"
#include "exercise/exercise.h"

#include <check.h>
#include <fcntl.h>
#include <string.h>

#define HEAD(kind)                                                                                                     \
	"format: assay-exercise/1\n"                                                                                   \
	"id: sound\n"                                                                                                  \
	"title: A sound exercise\n"                                                                                    \
	"system: Test bench\n"                                                                                         \
	"kind: " kind "\n"                                                                                             \
	"level: 2\n"                                                                                                   \
	"summary: Nothing is wrong with it.\n"                                                                         \
	"concepts: [ownership, borrowing]\n"

/* The criteria begin on line 33. */
#define BUILD_BODY                                                                                                     \
	"edition: 2021\n"                                                                                              \
	"crate: sound\n"                                                                                               \
	"allow: {unsafe: false, std: [io]}\n"                                                                          \
	"limits:\n"                                                                                                    \
	"  compile: {wall_ms: 20000, cpu_ms: 10000, memory_kib: 1048576}\n"                                            \
	"  test: {wall_ms: 2000}\n"                                                                                    \
	"starter: {codes: [E0382]}\n"                                                                                  \
	"tests:\n"                                                                                                     \
	"  - {group: core, file: hidden/tests.rs, tests: [adds, removes], essential: [removes]}\n"                     \
	"  - group: edge\n"                                                                                            \
	"    file: hidden/tests.rs\n"                                                                                  \
	"    feedback: full\n"                                                                                         \
	"    tests: [empty]\n"                                                                                         \
	"uses:\n"                                                                                                      \
	"  - {id: clone, says: clone and kin, methods: [\"core::clone::Clone::clone\"]}\n"                             \
	"metrics:\n"                                                                                                   \
	"  - {id: allocations, test: empty, says: Allocations}\n"                                                      \
	"probes:\n"                                                                                                    \
	"  - {id: leak, says: It cannot leak, file: hidden/leak.rs, twin: hidden/leak.twin.rs}\n"                      \
	"  - {id: race, says: It cannot race, file: hidden/race.rs, twin: hidden/race.twin.rs}\n"                      \
	"# line 29\n"                                                                                                  \
	"# line 30\n"                                                                                                  \
	"# line 31\n"                                                                                                  \
	"criteria:\n"                                                                                                  \
	"  - {id: core, level: 1, concept: behaviour, says: It works, require: {tests: [core, edge]}, points: 2}\n"    \
	"  - {id: frugal, level: 2, concept: ownership, says: Few clones, require: {uses: clone, at_most: 0}}\n"       \
	"  - {id: clean, level: 2, concept: idiom, says: No lints, require: {lints: \"clippy::all\", at_most: 3}}\n"   \
	"  - {id: misuse, level: 3, concept: borrowing, says: No misuse, require: {probes: all}}\n"                    \
	"  - {id: lean, level: 3, concept: ownership, says: Lean, require: {metric: allocations, at_most: 9}}\n"       \
	"mutants:\n"                                                                                                   \
	"  - {name: off_by_one, says: Off by one, caught_by: {tests: [adds, empty]}}\n"                                \
	"samples:\n"                                                                                                   \
	"  - {name: learner, level: 1}\n"

#define FIX_BODY                                                                                                       \
	"edition: 2021\n"                                                                                              \
	"units:\n"                                                                                                     \
	"  - {id: moved, file: src/moved.rs, title: Moved, concept: ownership, codes: [E0382], level: 1}\n"            \
	"  - {id: borrowed, file: src/borrowed.rs, title: Borrowed, concept: borrowing, codes: [E0502], level: 2}\n"   \
	"tests:\n"                                                                                                     \
	"  - {group: moved, file: hidden/moved.rs, unit: moved, tests: [moves]}\n"                                     \
	"  - {group: borrowed, file: hidden/borrowed.rs, unit: borrowed, tests: [borrows]}\n"                          \
	"criteria:\n"                                                                                                  \
	"  - {id: some, level: 1, concept: behaviour, says: One holds, require: {units: all, at_least: 1}}\n"          \
	"  - {id: most, level: 2, concept: behaviour, says: All hold, require: {units: [moved, borrowed]}}\n"

#define EXPLAIN_BODY                                                                                                   \
	"questions:\n"                                                                                                 \
	"  - id: q1\n"                                                                                                 \
	"    title: Where does it go?\n"                                                                               \
	"    concept: ownership\n"                                                                                     \
	"    level: 1\n"                                                                                               \
	"    file: snippets/q1.rs\n"                                                                                   \
	"    key: hidden/q1.rs\n"                                                                                      \
	"    choices: {a: It moves, b: It is copied}\n"                                                                \
	"    choice: a\n"                                                                                              \
	"    listen_for: The word move.\n"                                                                             \
	"criteria:\n"                                                                                                  \
	"  - {id: all-of-it, level: 1, concept: behaviour, says: Understood, require: {questions: all}}\n"             \
	"mutants:\n"                                                                                                   \
	"  - {name: guessed, says: A guess, caught_by: {questions: [q1]}}\n"

static const char *const fixture_manifests[] = {
	[EXERCISE_FIX] = HEAD("fix") FIX_BODY,
	[EXERCISE_BUILD] = HEAD("build") BUILD_BODY,
	[EXERCISE_DESIGN] = HEAD("design") BUILD_BODY,
	[EXERCISE_EXPLAIN] = HEAD("explain") EXPLAIN_BODY,
};

/* Together what the four manifests name; a kind is not disturbed by the files of another. */
static const char *const fixture_files[] = {
	"README.md",           "hidden/tests.rs",       "hidden/leak.rs",
	"hidden/leak.twin.rs", "hidden/race.rs",        "hidden/race.twin.rs",
	"hidden/moved.rs",     "hidden/borrowed.rs",    "hidden/q1.rs",
	"starter/src/lib.rs",  "starter/src/moved.rs",  "starter/src/borrowed.rs",
	"reference/src/lib.rs", "reference/src/moved.rs", "reference/src/borrowed.rs",
	"starter/snippets/q1.rs", "reference/answers.yaml",
};

static const char *const fixture_folders[][2] = {
	[EXERCISE_FIX] = {NULL},
	[EXERCISE_BUILD] = {"mutants/off_by_one", "samples/learner"},
	[EXERCISE_DESIGN] = {"mutants/off_by_one", "samples/learner"},
	[EXERCISE_EXPLAIN] = {"mutants/guessed"},
};

static inline void fixture_write(const char *folder, const char *path, const char *text)
{
	cleanup_free char *full = file_join(folder, path);
	cleanup_free char *parent = text_copy_n(full, (size_t)(strrchr(full, '/') - full));
	struct error *err = NULL;

	ck_assert_int_eq(file_make_folders(parent, &err), 0);
	ck_assert_msg(file_write(AT_FDCWD, full, text, strlen(text), 0644, &err) == 0, "%s", full);
}

/* The manifest with the only place where `from` stands replaced; NULL for no change. */
static inline char *fixture_spoil(const char *manifest, const char *from, const char *to)
{
	const char *place = from ? strstr(manifest, from) : NULL;

	if (!from)
		return text_copy(manifest);
	ck_assert_msg(place != NULL, "the manifest does not hold: %s", from);
	return text_format("%.*s%s%s", (int)(place - manifest), manifest, to, place + strlen(from));
}

/* A whole exercise in a new folder, which ends in /sound. The caller removes it by fixture_remove. */
static inline char *fixture_make(enum exercise_kind kind, const char *manifest)
{
	struct error *err = NULL;
	cleanup_free char *scratch = file_make_scratch("assay-test-", &err);
	char *folder = file_join(scratch, "sound");

	for (size_t i = 0; i < ARRAY_LENGTH(fixture_files); i++)
		fixture_write(folder, fixture_files[i], "// text\n");
	for (size_t i = 0; i < ARRAY_LENGTH(fixture_folders[kind]) && fixture_folders[kind][i]; i++) {
		cleanup_free char *path = file_join(folder, fixture_folders[kind][i]);

		ck_assert_int_eq(file_make_folders(path, &err), 0);
	}
	fixture_write(folder, "exercise.yaml", manifest);
	return folder;
}

static inline void fixture_remove(char *folder)
{
	*strrchr(folder, '/') = '\0';
	file_remove_tree(AT_FDCWD, folder);
	free(folder);
}

/*
 * Loads and returns the message without the folder before it, or NULL where the
 * exercise is sound. The caller frees it.
 */
static inline char *fixture_message(const char *folder)
{
	cleanup_exercise struct exercise *exercise = NULL;
	cleanup_error struct error *err = NULL;
	size_t length = strlen(folder) + 1;

	if (exercise_load(folder, &exercise, &err) == 0)
		return NULL;
	ck_assert_int_eq(err->kind, ERROR_EXERCISE);
	if (strncmp(err->message, folder, length - 1) == 0)
		return text_copy(err->message + length);
	return text_copy(err->message);
}

#endif
