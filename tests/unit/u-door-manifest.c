/* The corpus of the doors, second part: what a manifest's bytes and an exercise's folder may try. See u-doors.c. */
#include "door-fixture.h"
#include "exercise-fixture.h"

#include "exercise/answers.h"

/* clang-format off */
#define ALIASES "aliases (*name) are not accepted; write the value out"
#define ANCHORS "anchors (&name) are not accepted; write the value out where it is needed"
#define NESTED "nested more than 16 deep"

#define NO_KIND "missing key \"kind\""
#define PLACE(place) "exercise.yaml:" place ": "

static const struct attack manifests[] = {
	{"alias_bomb", PLACE("1:4") ANCHORS},
	{"alias_to_itself", PLACE("1:1") ANCHORS},
	{"many_anchors", PLACE("1:2") ANCHORS},
	{"merge_key", PLACE("1:5") ALIASES},
	{"tag_of_python", PLACE("1:8") "tags (!name) are not accepted"},
	{"deep_lists", PLACE("1:19") NESTED},
	{"deep_mappings", PLACE("1:62") NESTED},
	{"deep_dashes", PLACE("1:33") NESTED},
	{"deep_questions", PLACE("1:33") NESTED},
	{"deep_indents", PLACE("16:16") NESTED},
	{"same_key_often", PLACE("1000:4") "more than 1000 entries in one place"},
	{"many_keys", PLACE("1000:7") "more than 1000 entries in one place"},
	{"huge_scalar", "exercise.yaml: larger than the 262144 bytes allowed"},
	{"large_scalar", PLACE("1:1") NO_KIND},
	{"block_of_lines", PLACE("1:1") NO_KIND},
	{"long_key", PLACE("1:200001") "mapping values are not allowed in this context"},
	{"colons", PLACE("1:200000") "mapping values are not allowed in this context"},
	{"unended_quote", PLACE("160001:1") "found unexpected end of stream"},
	{"comments", "exercise.yaml: the file is empty"},
	{"empty", "exercise.yaml: the file is empty"},
	{"many_documents", PLACE("2:1") "a second document; the file holds one"},
	{"many_tag_directives", PLACE("18001:5") "expected a mapping, found \"a\""},
	{"nul", PLACE("1:9") "character U+0000 is not allowed here"},
	{"zeros", PLACE("1:1") "character U+0000 is not allowed here"},
	{"nul_escaped", PLACE("1:8") "a NUL character in text"},
	{"not_utf8", PLACE("1:8") "byte 0xc3 is not UTF-8"},
	{"surrogate", PLACE("1:8") "byte 0xed is not UTF-8"},
	{"utf_16", PLACE("1:1") "byte 0xff is not UTF-8"},
	{"tab", PLACE("2:1") "found character that cannot start any token"},
	{"escapes", PLACE("1:1") NO_KIND},
};
/* clang-format on */

/* The message of the loader; the answers of a candidate are read by the same parser, and none of these are any. */
static char *take(const char *path)
{
	char *folder = fixture_make(EXERCISE_BUILD, "");
	cleanup_free char *manifest = file_join(folder, "exercise.yaml"), *message = NULL;
	__attribute__((cleanup(answers_release))) struct answers answers = {0};
	cleanup_buffer struct buffer bytes = {0};
	cleanup_error struct error *err = NULL;
	char *text;

	ck_assert_int_eq(file_read(AT_FDCWD, path, 64 << 20, &bytes, &err), 0);
	ck_assert_int_eq(file_write(AT_FDCWD, manifest, buffer_text(&bytes), bytes.length, 0644, &err), 0);
	message = fixture_message(folder);
	fixture_remove(folder);
	text = text_copy(message ? message : "(accepted)");
	if (answers_parse(buffer_text(&bytes), bytes.length, "answers.yaml", ERROR_SUBMISSION, &answers, &err) == 0)
		text[0] = '?';
	return text;
}

START_TEST(manifests_of_any_bytes)
{
	door_try_all("manifests", manifests, ARRAY_LENGTH(manifests), take);
}
END_TEST

/* ---- what lies around it ------------------------------------------------------------------------------------- */

#define OUTSIDE(path) "exercise.yaml:27:44: \"" path "\" is not a path below hidden/, such as hidden/tests.rs"

static const struct {
	const char *command, *from, *to, *message;
} folders[] = {
	{"true", NULL, NULL, NULL},
	/* the manifest itself */
	{"rm exercise.yaml; ln -s /etc/passwd exercise.yaml", NULL, NULL, "exercise.yaml is not a file itself"},
	{"mv exercise.yaml ../m.yaml; ln -s ../m.yaml exercise.yaml", NULL, NULL, "exercise.yaml is not a file itself"},
	{"rm exercise.yaml; mkfifo exercise.yaml", NULL, NULL, "exercise.yaml is not a file itself"},
	{"rm exercise.yaml; mkdir exercise.yaml", NULL, NULL, "exercise.yaml is not a file itself"},
	{"rm exercise.yaml; ln -s exercise.yaml exercise.yaml", NULL, NULL, "exercise.yaml is not a file itself"},
	{"truncate -s 10G exercise.yaml", NULL, NULL, "exercise.yaml: larger than the 262144 bytes allowed"},
	/* paths that lead out */
	{"true", "hidden/leak.rs", "../leak.rs", OUTSIDE("../leak.rs")},
	{"true", "hidden/leak.rs", "/etc/passwd", OUTSIDE("/etc/passwd")},
	{"true", "hidden/leak.rs", "hidden/../../leak.rs", OUTSIDE("hidden/../../leak.rs")},
	{"ln -s /etc hidden/out", "hidden/leak.rs", "hidden/out/passwd", "exercise.yaml:27:44: hidden/out/passwd is not a file itself"},
	{"ln -s ../starter mutants/x", "hidden/leak.rs", "mutants/x/src/lib.rs", OUTSIDE("mutants/x/src/lib.rs")},
	/* folders that are none */
	{"mv hidden ../h; ln -s ../h hidden", NULL, NULL, "exercise.yaml:1:1: hidden is not a folder itself"},
	{"mv starter ../s; ln -s ../s starter", NULL, NULL, "exercise.yaml:1:1: starter is not a folder itself"},
	{"mv mutants ../m; ln -s ../m mutants", NULL, NULL, "* is not a folder itself"},
	{"mv samples ../s; ln -s ../s samples", NULL, NULL, "* is not a folder itself"},
	{"rm -r samples/learner; ln -s / samples/learner", NULL, NULL, "* is not a folder itself"},
	/* what a grading would read */
	{"mkfifo hidden/x.rs", NULL, NULL, "hidden/x.rs is neither a file nor a folder; an exercise holds nothing else"},
	{"mkfifo starter/src/x.rs", NULL, NULL, "starter/src/x.rs is neither a file nor a folder; an exercise holds nothing else"},
	{"ln -s /dev/zero reference/x.rs", NULL, NULL, "reference/x.rs is neither a file nor a folder; an exercise holds nothing else"},
	{"ln -s loop hidden/loop", NULL, NULL, "hidden/loop is neither a file nor a folder; an exercise holds nothing else"},
	{"truncate -s 10G hidden/x.rs", NULL, NULL, "hidden/x.rs: larger than the 16777216 bytes allowed"},
};

START_TEST(folders_of_any_kind)
{
	cleanup_free char *manifest = fixture_spoil(fixture_manifests[EXERCISE_BUILD], folders[_i].from, folders[_i].to);
	char *folder = fixture_make(EXERCISE_BUILD, manifest);
	cleanup_free char *message = NULL;

	ck_assert(shell(folder, folders[_i].command));
	message = fixture_message(folder);
	fixture_remove(folder);
	if (folders[_i].message)
		ck_assert_msg(message && door_is_as(message, folders[_i].message), "%s", message);
	else
		ck_assert_ptr_null(message);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(manifests_of_any_bytes, .labels = "attack", .seconds = 60),
	UNIT(folders_of_any_kind, .labels = "attack", .rows = ARRAY_LENGTH(folders)),
};

UNIT_MAIN("door-manifest", tests)
