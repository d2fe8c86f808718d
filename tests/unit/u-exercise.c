#include "exercise-fixture.h"
#include "suite.h"

#include <glob.h>
#include <unistd.h>

#define FIX EXERCISE_FIX
#define BUILD EXERCISE_BUILD
#define DESIGN EXERCISE_DESIGN
#define EXPLAIN EXERCISE_EXPLAIN

/* ---- what is sound ----------------------------------------------------------------- */

START_TEST(each_kind_loads)
{
	char *folder = fixture_make((enum exercise_kind)_i, fixture_manifests[_i]);
	cleanup_free char *message = fixture_message(folder);

	ck_assert_msg(message == NULL, "%s", message);
	fixture_remove(folder);
}
END_TEST

START_TEST(every_field_arrives)
{
	char *folder = fixture_make(BUILD, fixture_manifests[BUILD]);
	cleanup_free char *with_slash = text_format("%s/", folder);
	cleanup_exercise struct exercise *exercise = NULL;
	struct error *err = NULL;

	ck_assert_int_eq(exercise_load(with_slash, &exercise, &err), 0);
	ck_assert_str_eq(exercise->folder, folder);
	ck_assert_str_eq(exercise->id, "sound");
	ck_assert_str_eq(exercise_kind_name(exercise->kind), "build");
	ck_assert_int_eq(exercise->level, 2);
	ck_assert_uint_eq(exercise->concepts.count, 2);
	ck_assert_str_eq(exercise->edition, "2021");
	ck_assert_str_eq(exercise->crate, "sound");
	ck_assert(!exercise->allow_unsafe);
	ck_assert_str_eq(exercise->allow_std.items[0], "io");
	ck_assert_uint_eq(exercise->compile_limits.cpu_ms, 10000);
	ck_assert_uint_eq(exercise->test_limits.wall_ms, 2000);
	ck_assert_uint_eq(exercise->test_limits.cpu_ms, 0);
	ck_assert_str_eq(exercise->starter_codes.items[0], "E0382");
	ck_assert_uint_eq(exercise->group_count, 2);
	ck_assert_int_eq(exercise->groups[0].feedback, FEEDBACK_NAMES);
	ck_assert_str_eq(exercise_feedback_name(exercise->groups[1].feedback), "full");
	ck_assert_ptr_null(exercise->groups[0].unit);
	ck_assert_str_eq(exercise->groups[0].tests.items[1], "removes");
	ck_assert_str_eq(exercise->groups[0].essential.items[0], "removes");
	ck_assert_uint_eq(exercise->groups[1].essential.count, 0);
	ck_assert_str_eq(exercise->uses[0].methods.items[0], "core::clone::Clone::clone");
	ck_assert_str_eq(exercise->metrics[0].test, "empty");
	ck_assert_str_eq(exercise->probes[1].twin, "hidden/race.twin.rs");
	ck_assert_int_eq(exercise->criteria[0].points, 2);
	ck_assert_int_eq(exercise->criteria[1].points, 1);
	ck_assert_int_eq(exercise->criteria[1].require, REQUIRE_USES);
	ck_assert_int_eq(exercise->criteria[2].at_most, 3);
	ck_assert_ptr_null(exercise->criteria[0].learn);
	ck_assert_int_eq(exercise->mutants[0].by, CAUGHT_BY_TESTS);
	ck_assert_str_eq(exercise->samples[0].name, "learner");
	fixture_remove(folder);
}
END_TEST

START_TEST(all_is_spelt_out_and_counted)
{
	char *folder = fixture_make(BUILD, fixture_manifests[BUILD]);
	cleanup_exercise struct exercise *exercise = NULL;
	struct error *err = NULL;

	ck_assert_int_eq(exercise_load(folder, &exercise, &err), 0);
	/* three single tests in two groups */
	ck_assert_int_eq(exercise->criteria[0].at_least, 3);
	ck_assert_uint_eq(exercise->criteria[3].names.count, 2);
	ck_assert_str_eq(exercise->criteria[3].names.items[1], "race");
	ck_assert_int_eq(exercise->criteria[3].at_least, 2);
	fixture_remove(folder);
}
END_TEST

START_TEST(shipped_exercises_are_sound)
{
	glob_t found = {0};

	ck_assert_int_eq(glob(PROJECT_SOURCE "/exercises/*/exercise.yaml", 0, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		cleanup_free char *folder = text_copy_n(found.gl_pathv[i], strlen(found.gl_pathv[i]) - strlen("/exercise.yaml"));
		cleanup_free char *message = fixture_message(folder);

		ck_assert_msg(message == NULL, "%s: %s", folder, message);
	}
	globfree(&found);
}
END_TEST

/* ---- what is not: one spoilt place, one message --------------------------------------- */

static const struct {
	enum exercise_kind kind;
	const char *from, *to, *message; /* after "exercise.yaml:" */
} unsound[] = {
	/* keys */
	{BUILD, "criteria:", "critera:", "32:1: unknown key \"critera\"; did you mean \"criteria\"?"},
	{BUILD, "level: 2\n", "leve: 2\n", "6:1: unknown key \"leve\"; did you mean \"level\"?"},
	{BUILD, "says: Allocations", "sais: Allocations", "25:36: unknown key \"sais\"; did you mean \"says\"?"},
	{BUILD, "cpu_ms: 10000", "swap: 1", "13:29: unknown key \"swap\"; known: wall_ms, cpu_ms, memory_kib"},
	{BUILD, "title: A", "system: A", "4:1: key \"system\" is given twice; first at line 3"},
	{BUILD, "summary: Nothing is wrong with it.\n", "", "1:1: missing key \"summary\""},
	{BUILD, "says: It works, ", "", "33:5: missing key \"says\""},
	{BUILD, "says: It works", "says: It works, always so", "33:62: \"always so\" is read as a key: text with a comma needs quotes here"},
	{BUILD, "title: A sound exercise", "title:", "3:1: expected text, found nothing"},
	{BUILD, "title: A sound exercise", "title: \"\"", "3:8: expected text, found \"\""},
	{BUILD, "title: A sound exercise", "title: |\n  two\n  lines", "3:8: \"two\\x0alines\\x0a\" is not one line of text"},
	{BUILD, "format: assay-exercise/1", "format: assay-exercise/2",
	 "1:9: \"assay-exercise/2\" is not a format known here; this assay reads assay-exercise/1"},
	{BUILD, "kind: build", "kind: built", "5:7: unknown kind \"built\"; did you mean \"build\"?"},
	{BUILD, "kind: build\n", "", "1:1: missing key \"kind\""},
	{BUILD, "id: sound", "id: Sound", "2:5: \"Sound\" is not an id: lower-case letters, digits, \"-\" and \"_\", and not \"all\""},
	{BUILD, "id: sound", "id: other", "2:5: id \"other\" is not the folder's name, \"sound\""},
	/* types */
	{BUILD, "concepts: [ownership, borrowing]", "concepts: {ownership: 1}", "8:11: expected a list of words, found a mapping"},
	{BUILD, "concepts: [ownership, borrowing]", "concepts: ownership", "8:11: expected a list of words, found \"ownership\""},
	{BUILD, "concepts: [ownership, borrowing]", "concepts: []", "8:11: \"concepts\" is an empty list"},
	{BUILD, "concepts: [ownership, borrowing]", "concepts: [ownership, ownership]", "8:23: \"ownership\" is listed twice"},
	{BUILD, "concepts: [ownership, borrowing]", "concepts: [ownership, [borrowing]]", "8:23: expected text, found a list"},
	{BUILD, "samples:\n  - {name: learner, level: 1}", "samples: {}", "40:10: expected a list of mappings, found a mapping"},
	{BUILD, "  - {name: learner, level: 1}", "  - learner", "41:5: expected a mapping, found \"learner\""},
	{BUILD, "unsafe: false", "unsafe: no", "11:17: expected true or false, found \"no\""},
	{BUILD, "level: 2\n", "level: two\n", "6:8: expected a whole number, found \"two\""},
	{BUILD, "level: 2\n", "level: \"2\"\n", "6:8: expected a whole number, found \"2\""},
	{BUILD, "level: 2\n", "level: 4\n", "6:8: 4 is out of range; the least is 1, the most 3"},
	{BUILD, "points: 2", "points: 101", "33:102: 101 is out of range; the least is 1, the most 100"},
	{BUILD, "points: 2", "points: 1.5", "33:102: expected a whole number, found \"1.5\""},
	{BUILD, "wall_ms: 20000", "wall_ms: 99999999999999999999",
	 "13:22: expected a whole number, found \"99999999999999999999\""},
	{BUILD, "{name: learner, level: 1}", "{name: learner, level: -1}", "41:28: -1 is out of range; the least is 0, the most 3"},
	{BUILD, "feedback: full", "feedback: ful", "20:15: unknown feedback \"ful\"; did you mean \"full\"?"},
	{BUILD, "std: [io]", "std: [random]", "11:30: unknown std \"random\"; known: alloc, env, ffi, fs, io, net, path, process, time, handles"},
	{BUILD, "edition: 2021", "edition: 2022", "9:10: \"2022\" is not an edition known here: 2018, 2021 or 2024"},
	{BUILD, "crate: sound", "crate: std",
	 "10:8: \"std\" is not a free crate name: lower-case letters, digits and \"_\", none of the compiler's own crates, no keyword"},
	{BUILD, "crate: sound", "crate: match",
	 "10:8: \"match\" is not a free crate name: lower-case letters, digits and \"_\", none of the compiler's own crates, no keyword"},
	{BUILD, "codes: [E0382]", "codes: [382]", "15:19: \"382\" is not an error code such as E0382"},
	{BUILD, "core::clone::Clone::clone", "clone",
	 "23:48: \"clone\" is not a definition path such as core::clone::Clone::clone"},
	/* paths */
	{BUILD, "file: hidden/leak.rs", "file: /etc/passwd", "27:44: \"/etc/passwd\" is not a path below hidden/, such as hidden/tests.rs"},
	{BUILD, "file: hidden/leak.rs", "file: hidden/../../x.rs",
	 "27:44: \"hidden/../../x.rs\" is not a path below hidden/, such as hidden/tests.rs"},
	{BUILD, "file: hidden/leak.rs", "file: starter/src/lib.rs",
	 "27:44: \"starter/src/lib.rs\" is not a path below hidden/, such as hidden/tests.rs"},
	{BUILD, "file: hidden/leak.rs", "file: hidden/leaks.rs", "27:44: there is no file hidden/leaks.rs"},
	{BUILD, "twin: hidden/leak.twin.rs", "twin: hidden/leak.rs", "27:66: a probe cannot be its own twin"},
	{FIX, "file: src/moved.rs", "file: ../moved.rs",
	 "11:23: \"../moved.rs\" is not a path below the folder: plain names (letters, digits, \".\", \"_\", \"-\"), no \"..\", not absolute"},
	{FIX, "file: src/moved.rs", "file: src/gone.rs", "11:23: there is no file starter/src/gone.rs"},
	{BUILD, "{name: learner, level: 1}", "{name: expert, level: 1}", "41:12: there is no folder samples/expert"},
	{BUILD, "off_by_one, says", "off_by_two, says", "39:12: there is no folder mutants/off_by_two"},
	{BUILD, "samples:\n  - {name: learner, level: 1}\n", "", "1:1: samples/learner is not listed under \"samples\""},
	/* ids */
	{BUILD, "id: race", "id: leak", "28:10: duplicate id \"leak\"; first at line 27"},
	{BUILD, "group: edge", "group: core", "18:12: duplicate group \"core\"; first at line 17"},
	{BUILD, "id: frugal", "id: core", "34:10: duplicate id \"core\"; first at line 33"},
	{BUILD, "tests: [empty]", "tests: [adds]", "21:13: test \"adds\" is in group \"core\" already"},
	{BUILD, "id: frugal", "id: all", "34:10: \"all\" is not an id: lower-case letters, digits, \"-\" and \"_\", and not \"all\""},
	/* names of nothing */
	{BUILD, "concept: borrowing", "concept: borowing", "36:37: unknown concept \"borowing\"; did you mean \"borrowing\"?"},
	{BUILD, "{tests: [core, edge]}", "{tests: [core, edges]}", "33:86: unknown test group \"edges\"; did you mean \"edge\"?"},
	{BUILD, "{uses: clone, at_most: 0}", "{uses: unwrap, at_most: 0}", "34:82: unknown use \"unwrap\"; known: clone"},
	{BUILD, "{metric: allocations,", "{metric: alocations,", "37:76: unknown metric \"alocations\"; did you mean \"allocations\"?"},
	{BUILD, "{probes: all}", "{probes: lead}", "36:83: unknown probe \"lead\"; did you mean \"leak\"?"},
	{BUILD, "tests: [empty]", "tests: [empty]\n    essential: [emtpy]",
	 "22:17: unknown test of the group \"emtpy\"; did you mean \"empty\"?"},
	{BUILD, "tests: [empty]", "tests: [empty]\n    essential: [adds]", "22:17: unknown test of the group \"adds\"; known: empty"},
	{BUILD, "test: empty", "test: emtpy", "25:29: unknown test \"emtpy\"; did you mean \"empty\"?"},
	{BUILD, "[adds, empty]", "[adds, nothing]", "39:68: unknown test \"nothing\"; known: adds, removes, empty"},
	{BUILD, "caught_by: {tests: [adds, empty]}", "caught_by: {criteria: clear}",
	 "39:64: unknown criterion \"clear\"; did you mean \"clean\"?"},
	{BUILD, "\"clippy::all\"", "clipy",
	 "35:76: \"clipy\" is not a lint known here: a group such as clippy::all, one lint such as clippy::needless_range_loop, "
	 "missing_docs, or rustc for the compiler's own warnings"},
	{FIX, "unit: moved,", "unit: move,", "14:49: unknown unit \"move\"; did you mean \"moved\"?"},
	{EXPLAIN, "choice: a\n", "choice: c\n", "17:13: unknown choice \"c\"; known: a, b"},
	/* require and caught_by */
	{BUILD, "{tests: [core, edge]}", "{test: core}", "33:72: unknown require \"test\"; did you mean \"tests\"?"},
	{BUILD, "{tests: [core, edge]}", "{tests: core, build: true}",
	 "33:85: \"require\" holds one thing; \"build\" stands beside \"tests\""},
	{BUILD, "{tests: [core, edge]}", "{}", "33:71: \"require\" says nothing to hold to"},
	{BUILD, "{tests: [core, edge]}", "core", "33:71: expected a mapping such as {tests: core}, found \"core\""},
	{BUILD, "{tests: [core, edge]}", "{tests: []}", "33:79: expected a name or a list of names, found a list"},
	{BUILD, "{tests: [core, edge]}", "{build: false}", "33:79: expected true, found \"false\""},
	{BUILD, "{tests: [core, edge]}", "{tests: core, at_most: 1}", "33:85: \"at_most\" does not go with \"tests\""},
	{BUILD, "{tests: [core, edge]}", "{tests: core, at_least: 3}", "33:95: at_least is 3, but only 2 can hold"},
	{BUILD, "{tests: [core, edge]}", "{tests: core, at_least: 0}",
	 "33:95: 0 is out of range; the least is 1, the most 2147483647"},
	{BUILD, "{uses: clone, at_most: 0}", "{uses: clone}", "34:75: \"uses\" needs \"at_most\""},
	{BUILD, "{uses: clone, at_most: 0}", "{uses: [clone], at_most: 0}", "34:82: expected one name, found a list"},
	{BUILD, "{uses: clone, at_most: 0}", "{sanitizer: adress, at_most: 0}",
	 "34:87: \"adress\" is not a sanitizer known here: address and thread are"},
	{BUILD, "{uses: clone, at_most: 0}", "{sanitizer: address, at_most: 0}",
	 "34:87: a sanitizer needs \"allow: {unsafe: true}\": without, it finds nothing"},
	{BUILD, "{uses: clone, at_most: 0}", "{sanitizer: address}", "34:75: \"sanitizer\" needs \"at_most\""},
	{BUILD, "\"clippy::all\"", "missing_doc",
	 "35:76: \"missing_doc\" is not a lint known here: a group such as clippy::all, one lint such as "
	 "clippy::needless_range_loop, missing_docs, or rustc for the compiler's own warnings"},
	{BUILD, "{uses: clone, at_most: 0}", "{own_tests: run}",
	 "34:87: \"run\" is nothing that a submission's own tests can do: pass is"},
	{BUILD, "{uses: clone, at_most: 0}", "{own_tests: pass, at_most: 2}",
	 "34:93: \"at_most\" does not go with \"own_tests\""},
	{BUILD, "{uses: clone, at_most: 0}", "{kills: off_by_two}",
	 "34:83: unknown mutant that tests catch \"off_by_two\"; did you mean \"off_by_one\"?"},
	{BUILD, "{uses: clone, at_most: 0}", "{kills: all, at_least: 2}", "34:98: at_least is 2, but only 1 can hold"},
	{BUILD, "{uses: clone, at_most: 0}", "{ci: [clippy, format]}",
	 "34:89: unknown command of cargo's \"format\"; did you mean \"fmt\"?"},
	{BUILD, "{uses: clone, at_most: 0}", "{readme: 5}", "34:84: expected true, found \"5\""},
	{BUILD, "{uses: clone, at_most: 0}", "{uses: clone, at_mst: 0}", "34:89: unknown require \"at_mst\"; did you mean \"at_most\"?"},
	{BUILD, "{tests: [adds, empty]}", "{tests: [adds], at_least: 1}",
	 "39:69: unknown caught_by \"at_least\"; known: tests, probes, criteria"},
	{BUILD, ", methods: [\"core::clone::Clone::clone\"]", "", "23:5: use \"clone\" counts nothing; give methods, types or macros"},
	/* kinds */
	{BUILD, "crate: sound\n", "", "1:1: missing key \"crate\""},
	{FIX, "edition: 2021", "edition: 2021\ncrate: sound", "10:1: key \"crate\" belongs to kind build and design; here kind is fix"},
	{BUILD, "starter:", "units: []\nstarter:", "15:1: key \"units\" belongs to kind fix; here kind is build"},
	{BUILD, "starter:", "questions: []\nstarter:", "15:1: key \"questions\" belongs to kind explain; here kind is build"},
	{EXPLAIN, "questions:", "edition: 2021\nquestions:", "9:1: key \"edition\" belongs to kind fix, build and design; here kind is explain"},
	{FIX, "unit: moved, ", "", "14:5: missing key \"unit\""},
	{BUILD, "{group: core,", "{unit: core, group: core,", "17:6: key \"unit\" belongs to kind fix; here kind is build"},
	{FIX, "  - {group: borrowed, file: hidden/borrowed.rs, unit: borrowed, tests: [borrows]}\n", "",
	 "12:5: no test group is linked with unit \"borrowed\""},
	{FIX, "file: hidden/borrowed.rs", "file: hidden/moved.rs",
	 "15:29: \"hidden/moved.rs\" is linked with unit \"moved\" already, by group \"moved\""},
	{BUILD, "file: hidden/tests.rs, tests:", "file: hidden/tests.rs, style: plane, tests:",
	 "17:49: unknown style \"plane\"; did you mean \"plain\"?"},
	{BUILD, "file: hidden/tests.rs, tests:", "file: hidden/tests.rs, style: plain, tests:",
	 "19:11: \"hidden/tests.rs\" is a file of plain tests already, by group \"core\""},
	{BUILD, "file: hidden/tests.rs\n", "file: hidden/edge.rs\n    style: plain\n",
	 "26:29: \"empty\" is a plain test, which reports no numbers"},
	{FIX, "units:\n", "starter: {codes: [E0382]}\nunits:\n",
	 "10:18: E0502 of unit \"borrowed\" is not among the starter's codes"},
	{FIX, "units:\n", "starter: {codes: [E0382, E0502, E0505]}\nunits:\n", "10:33: E0505 is the code of no unit"},
	{EXPLAIN, "{a: It moves, b: It is copied}", "{a: It moves}", "16:14: fewer than two choices"},
	{EXPLAIN, "{questions: all}", "{build: true}", "20:79: unknown require \"build\"; known: questions, at_least, at_most"},
};

START_TEST(unsound_manifest)
{
	cleanup_free char *manifest =
		fixture_spoil(fixture_manifests[unsound[_i].kind], unsound[_i].from, unsound[_i].to);
	cleanup_free char *expected = text_format("exercise.yaml:%s", unsound[_i].message);
	char *folder = fixture_make(unsound[_i].kind, manifest);
	cleanup_free char *message = fixture_message(folder);

	fixture_remove(folder);
	ck_assert_msg(message != NULL, "accepted, but not sound: %s", unsound[_i].to);
	ck_assert_str_eq(message, expected);
}
END_TEST

/* ---- the folder ------------------------------------------------------------------------ */

static const struct {
	enum exercise_kind kind;
	const char *gone, *message;
} missing[] = {
	{BUILD, "exercise.yaml", "exercise.yaml: No such file or directory"},
	{BUILD, "README.md", "there is no file README.md"},
	{BUILD, "hidden/tests.rs", "there is no file hidden/tests.rs"},
	{BUILD, "starter", "there is no folder starter"},
	{BUILD, "reference/src/lib.rs", "there is no file reference/src/lib.rs"},
	{FIX, "reference/src/moved.rs", "there is no file reference/src/moved.rs"},
	{EXPLAIN, "reference/answers.yaml", "there is no file reference/answers.yaml"},
	{EXPLAIN, "starter/snippets/q1.rs", "there is no file starter/snippets/q1.rs"},
};

START_TEST(missing_file)
{
	char *folder = fixture_make(missing[_i].kind, fixture_manifests[missing[_i].kind]);
	cleanup_free char *path = file_join(folder, missing[_i].gone);
	cleanup_free char *message = NULL;

	ck_assert_int_eq(file_remove_tree(AT_FDCWD, path), 0);
	message = fixture_message(folder);
	ck_assert_ptr_nonnull(message);
	ck_assert_msg(strstr(message, missing[_i].message) != NULL, "%s", message);
	fixture_remove(folder);
}
END_TEST

START_TEST(a_link_is_no_file)
{
	char *folder = fixture_make(BUILD, fixture_manifests[BUILD]);
	cleanup_free char *path = file_join(folder, "hidden/leak.rs");
	cleanup_free char *message = NULL;

	ck_assert_int_eq(unlink(path), 0);
	ck_assert_int_eq(symlink("/etc/passwd", path), 0);
	message = fixture_message(folder);
	ck_assert_str_eq(message, "exercise.yaml:27:44: hidden/leak.rs is not a file itself");
	fixture_remove(folder);
}
END_TEST

START_TEST(no_folder)
{
	cleanup_free char *message = fixture_message("/nowhere/at-all");

	ck_assert_str_eq(message, "there is no exercise folder /nowhere/at-all");
}
END_TEST

/* ---- the digest ------------------------------------------------------------------------ */

static char *digest_of(const char *folder)
{
	cleanup_exercise struct exercise *exercise = NULL;
	struct error *err = NULL;

	ck_assert_int_eq(exercise_load(folder, &exercise, &err), 0);
	return text_copy(exercise->digest);
}

static const struct {
	const char *path;
	bool matters;
} digested[] = {
	{"hidden/tests.rs", true},
	{"hidden/data.bin", true},
	{"starter/Cargo.toml", true},
	{"reference/src/deep/er/mod.rs", true},
	{"README.md", false},
	{"samples/learner/src/lib.rs", false},
	{"mutants/off_by_one/src/lib.rs", false},
	{"starter/target/debug/x", false},
	{"hidden/.tests.rs.swp", false},
};

START_TEST(digest_follows_what_a_grading_reads)
{
	char *folder = fixture_make(BUILD, fixture_manifests[BUILD]);
	cleanup_free char *before = digest_of(folder);
	cleanup_free char *after = NULL;

	fixture_write(folder, digested[_i].path, "changed");
	after = digest_of(folder);
	ck_assert_int_eq(strcmp(before, after) != 0, digested[_i].matters);
	fixture_remove(folder);
}
END_TEST

START_TEST(digest_is_the_same_elsewhere)
{
	char *here = fixture_make(BUILD, fixture_manifests[BUILD]);
	char *there = fixture_make(BUILD, fixture_manifests[BUILD]);
	cleanup_free char *one = digest_of(here), *two = digest_of(there);

	ck_assert_str_eq(one, two);
	fixture_remove(here);
	fixture_remove(there);
}
END_TEST

START_TEST(a_link_in_the_reference_is_refused)
{
	char *folder = fixture_make(BUILD, fixture_manifests[BUILD]);
	cleanup_free char *path = file_join(folder, "reference/link.rs");
	cleanup_free char *message = NULL;

	ck_assert_int_eq(symlink("src/lib.rs", path), 0);
	message = fixture_message(folder);
	ck_assert_str_eq(message, "reference/link.rs is neither a file nor a folder; an exercise holds nothing else");
	fixture_remove(folder);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(each_kind_loads, .rows = ARRAY_LENGTH(fixture_manifests)),
	UNIT(every_field_arrives),
	UNIT(all_is_spelt_out_and_counted),
	UNIT(shipped_exercises_are_sound),
	UNIT(unsound_manifest, .rows = ARRAY_LENGTH(unsound)),
	UNIT(missing_file, .rows = ARRAY_LENGTH(missing)),
	UNIT(a_link_is_no_file),
	UNIT(no_folder),
	UNIT(digest_follows_what_a_grading_reads, .rows = ARRAY_LENGTH(digested)),
	UNIT(digest_is_the_same_elsewhere),
	UNIT(a_link_in_the_reference_is_refused),
};

UNIT_MAIN("exercise", tests)
