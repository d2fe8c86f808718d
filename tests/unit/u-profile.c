/* Several reports as one picture: the rule for levels over all of them, both sides of what contradicts, and what is
 * refused. */
#include "suite.h"

#include "base/file.h"
#include "base/memory.h"
#include "profile/profile.h"
#include "tree.h"

#include <fcntl.h>
#include <string.h>

/* 64 digits of 8. */
#define DIGEST(digit) digit digit digit digit digit digit digit digit

/* A criterion that is met or not, worth two points. */
#define CRITERION(id, level, concept, skill, status, points)                                                                                           \
	"{\"id\": \"" id "\", \"level\": " level                                                                                                       \
	", \"concept\": \"" concept "\", \"skill\": " skill ", \"says\": \"Says " id "\", \"status\": \"" status                                       \
				    "\", \"points\": " points                                                                                          \
				    ", \"points_possible\": 2, \"evidence\": [], \"places\": [{\"file\": \"src/lib.rs\", \"line\": 7, \"column\": 3, " \
				    "\"says\": \"here\"}], \"learn\": null}"
#define MET(id, level, concept, skill) CRITERION(id, level, concept, "\"" skill "\"", "met", "2")
#define UNMET(id, level, concept, skill) CRITERION(id, level, concept, "\"" skill "\"", "unmet", "0")
#define UNSEEN(id, level, concept, skill) CRITERION(id, level, concept, "\"" skill "\"", "unobserved", "0")

/* The whole document of a report: `digit` makes its submission's digest. */
#define REPORT(exercise, digit, level, highest, points, possible, criteria)                                                                        \
	"{\"schema\": \"assay-report/1\", \"edition\": \"grader\", \"exercise\": {\"id\": \"" exercise                                             \
	"\", \"title\": \"T\", \"kind\": \"build\", \"level\": 2, \"digest\": \"" DIGEST(                                                          \
		"abcdef01") "\"}, \"submission\": {\"name\": \"alice\", \"digest\": \"" DIGEST(digit) "\"}, \"verdict\": "                         \
												      "{\"status\": \"graded\", \"level\": " level \
												      ", \"highest_level\": " highest              \
												      ", \"points\": " points                      \
												      ", \"points_possible\": " possible           \
												      "}, \"criteria\": [" criteria                \
												      "]}"

#define ALL_OF_TWO                                                                                                     \
	MET("core", "1", "behaviour", "L1.compiles")                                                                   \
	", " MET("borrows", "2", "ownership", "L2.borrow") ", " MET("tidy", "2", "idiom", "L2.idiom")
#define FIRST REPORT("cache", "00000000", "2", "2", "6", "6", ALL_OF_TWO)
/* Fails at level 2 where the first holds, and reaches level 3 in one criterion. */
#define SECOND                                                                                                         \
	REPORT("pool", "11111111", "1", "3", "4", "8",                                                                 \
	       MET("core", "1", "behaviour", "L1.compiles") ", " UNMET(                                                \
		       "no-clones", "2", "ownership",                                                                  \
		       "L2.borrow") ", " UNSEEN("tidy", "2", "idiom", "L2.idiom") ", " MET("guards", "3", "lifetimes", \
											   "L3.lifetimes"))
#define THIRD REPORT("tiles", "22222222", "0", "1", "0", "2", UNMET("core", "1", "behaviour", "L1.compiles"))

static char *add_one(struct profile *profile, const char *path, const char *text)
{
	cleanup_error struct error *err = NULL;

	ck_assert_int_eq(file_write(AT_FDCWD, path, text, strlen(text), 0600, &err), 0);
	if (profile_add(profile, path, &err) == 0)
		return NULL;
	ck_assert_int_eq(err->kind, ERROR_OTHER);
	return text_copy(err->message);
}

/* Writes each text into a file (a.json, b.json, …) and adds it; the message of what went wrong, or NULL. */
static char *add_all(struct profile *profile, const char *const *texts, size_t count)
{
	cleanup_error struct error *err = NULL;
	cleanup_free char *scratch = file_make_scratch("u-profile-", &err);
	char *message = NULL;

	ck_assert_ptr_nonnull(scratch);
	for (size_t i = 0; i < count && !message; i++) {
		cleanup_free char *path = text_format("%s/%c.json", scratch, (char)('a' + i));

		message = add_one(profile, path, texts[i]);
	}
	file_remove_tree(AT_FDCWD, scratch);
	return message;
}

static cJSON *profile_of(const char *const *texts, size_t count)
{
	cleanup_skills struct skills *skills = NULL;
	cleanup_profile struct profile *profile = NULL;
	cleanup_free char *message = NULL;
	struct error *err = NULL;

	ck_assert_int_eq(skills_load(NULL, &skills, &err), 0);
	profile = profile_new(skills);
	message = add_all(profile, texts, count);
	ck_assert_msg(!message, "%s", message);
	return profile_build(profile);
}

static char *refusal(const char *const *texts, size_t count)
{
	cleanup_skills struct skills *skills = NULL;
	cleanup_profile struct profile *profile = NULL;
	struct error *err = NULL;

	ck_assert_int_eq(skills_load(NULL, &skills, &err), 0);
	profile = profile_new(skills);
	return add_all(profile, texts, count);
}

/* Members of arrays by their numbers: "criteria.0.level". */
static cJSON *at(const cJSON *item, const char *path)
{
	cleanup_free char *parts = text_copy(path);
	cJSON *found = NULL;
	char *rest = NULL;

	for (char *part = strtok_r(parts, ".", &rest); part; part = strtok_r(NULL, ".", &rest))
		item = found = cJSON_IsArray(item) ? cJSON_GetArrayItem(item, atoi(part))
						   : cJSON_GetObjectItemCaseSensitive(item, part);
	return found;
}

static void expect(const cJSON *document, const char *path, const char *json)
{
	cleanup_free char *found = cJSON_PrintUnformatted(at(document, path));

	ck_assert_msg(found && strcmp(found, json) == 0, "%s is %s and should be %s", path, found ? found : "absent",
		      json);
}

START_TEST(one_report_is_itself)
{
	static const char *const texts[] = {FIRST};
	cleanup_report cJSON *document = profile_of(texts, 1);

	expect(document, "verdict.level", "2");
	expect(document, "verdict.rests_on", "{\"reports\":1,\"criteria\":3,\"points\":6}");
	expect(document, "contradictions", "[]");
	expect(document, "axes.1.id", "\"idiom\"");
	expect(document, "axes.1.level", "2");
}
END_TEST

START_TEST(a_level_is_held_by_all_of_them)
{
	static const char *const texts[] = {FIRST, SECOND};
	cleanup_report cJSON *document = profile_of(texts, 2);

	expect(document, "verdict.level", "1");
	expect(document, "verdict.highest_level", "3");
	expect(document, "verdict.points", "10");
	expect(document, "verdict.rests_on", "{\"reports\":2,\"criteria\":2,\"points\":4}");
	expect(document, "verdict.levels.1.asked_by", "[1,2]");
	expect(document, "verdict.levels.1.held_by", "[1]");
	expect(document, "verdict.levels.2.held_by", "[]");
}
END_TEST

START_TEST(both_sides_are_told)
{
	static const char *const texts[] = {FIRST, SECOND};
	cleanup_report cJSON *document = profile_of(texts, 2);
	const cJSON *statement = at(document, "contradictions.0"), *concept = at(document, "contradictions.1");

	ck_assert_int_eq(tree_count(document, "contradictions"), 2);
	expect(statement, "about", "\"statement\"");
	expect(statement, "id", "\"L2.borrow\"");
	expect(statement, "level", "null");
	expect(statement, "held",
	       "[{\"report\":1,\"criterion\":\"borrows\",\"status\":\"met\",\"says\":\"Says borrows\"}]");
	expect(statement, "failed.0.report", "2");
	expect(statement, "failed.0.criterion", "\"no-clones\"");
	expect(statement, "failed.0.places", "[{\"file\":\"src/lib.rs\",\"line\":7,\"column\":3,\"says\":\"here\"}]");
	expect(concept, "about", "\"concept\"");
	expect(concept, "id", "\"ownership\"");
	expect(concept, "level", "2");
}
END_TEST

/* Within one report, some met and some not is a mixed cell. */
START_TEST(one_report_does_not_contradict_itself)
{
	static const char *const texts[] = {REPORT(
		"cache", "00000000", "0", "1", "2", "4",
		MET("core", "1", "behaviour", "L1.compiles") ", " UNMET("edge", "1", "behaviour", "L1.compiles"))};
	cleanup_report cJSON *document = profile_of(texts, 1);

	expect(document, "statements.0.state", "\"mixed\"");
	expect(document, "concepts.0.cells.0.state", "\"mixed\"");
	expect(document, "contradictions", "[]");
}
END_TEST

/* The second report's `tidy` was not looked at: that contradicts nothing, and is told in its cell. */
START_TEST(what_was_not_seen_takes_no_side)
{
	static const char *const texts[] = {FIRST, SECOND};
	cleanup_report cJSON *document = profile_of(texts, 2);
	const cJSON *idiom = NULL;

	TREE_EACH (concept, document, "concepts")
	idiom = tree_is(concept, "id", "idiom") ? concept : idiom;
	expect(idiom, "cells.0.state", "\"held\"");
	expect(idiom, "cells.0.met", "1");
	expect(idiom, "cells.0.unobserved", "1");
	ck_assert_int_eq(tree_count(at(idiom, "cells.0"), "evidence"), 2);
	/* but a level is held only where everything is met */
	expect(document, "axes.1.level", "0");
}
END_TEST

START_TEST(idiom_stands_on_design)
{
	static const char *const texts[] = {FIRST, THIRD};
	cleanup_report cJSON *document = profile_of(texts, 2);

	expect(document, "axes.0.level", "0");
	expect(document, "axes.1.level", "0");
	expect(document, "axes.1.points", "2");
	expect(document, "verdict.rests_on", "{\"reports\":0,\"criteria\":0,\"points\":0}");
}
END_TEST

/* Where a report says the axis itself, that counts: its skills.yaml may be another. */
START_TEST(axes_come_from_the_report_first)
{
#define OTHER(axis) REPORT("a", "33333333", "1", "1", "2", "2", "{\"axis\": \"" axis "\", " OTHER_REST)
#define OTHER_REST                                                                                                     \
	"\"id\": \"c\", \"level\": 1, \"concept\": \"zeal\", \"skill\": null, \"says\": \"S\", \"status\": \"met\", "  \
	"\"points\": 2, \"points_possible\": 2}"
	static const char *const idiom[] = {OTHER("idiom")};
	static const char *const mixed[] = {
		OTHER("idiom"), REPORT("b", "33333333", "1", "1", "2", "2", "{\"axis\": \"design\", " OTHER_REST)};
	static const char *const silent[] = {REPORT("c", "33333333", "1", "1", "2", "2", "{" OTHER_REST)};
	cleanup_report cJSON *document = profile_of(idiom, 1);
	cleanup_free char *on_both = refusal(mixed, 2), *on_none = refusal(silent, 1);

	expect(document, "concepts.0.axis", "\"idiom\"");
	expect(document, "concepts.0.says", "null");
	expect(document, "statements", "[]");
	ck_assert_ptr_nonnull(strstr(on_both, "b.json: its concept \"zeal\" is on the axis design, and in "));
	ck_assert_ptr_nonnull(strstr(on_both, "a.json on idiom; grade both with one skills.yaml"));
	ck_assert_ptr_nonnull(strstr(on_none, "a.json: it does not say on which axis its concept \"zeal\" is"));
}
END_TEST

START_TEST(reports_that_do_not_go_together)
{
	static const char *const twice[] = {FIRST, FIRST};
	cleanup_free char *other_version = text_copy(REPORT("cache", "44444444", "2", "2", "6", "6", ALL_OF_TWO));
	const char *const versions[] = {FIRST, other_version};
	cleanup_free char *same = refusal(twice, 2), *differs = NULL, *again = NULL;

	ck_assert_ptr_nonnull(strstr(same, "b.json: the same submission for cache as in "));
	ck_assert_ptr_nonnull(strstr(same, "a.json, which is no second piece of evidence; leave one of them out"));
	again = refusal(versions, 2);
	ck_assert_msg(!again, "a second try at an exercise is evidence: %s", again);
	memcpy(strstr(other_version, "abcdef01"), "abcdef02", 8);
	differs = refusal(versions, 2);
	ck_assert_ptr_nonnull(strstr(differs, "b.json: its exercise cache is not the one of "));
	ck_assert_ptr_nonnull(
		strstr(differs, "a.json, though it is called the same; grade both with one version of it"));
}
END_TEST

/* One value of a sound report changed: where, to what, and what is said. */
static const struct damage {
	const char *path, *json, *says;
} damages[] = {
	{"schema", "\"assay-report/2\"", "its schema is assay-report/2"},
	{"edition", "\"candidate\"", "it is a candidate's edition"},
	{"edition", "\"press\"", "its edition is \"press\""},
	{"exercise", "7", "exercise.id is not what stands there"},
	{"exercise.id", "\"../x\"", "exercise.id is not what stands there"},
	{"exercise.level", "4", "exercise.level is not what stands there"},
	{"exercise.digest", "\"abc\"", "exercise.digest is not what stands there"},
	{"submission.name", "\"\"", "submission.name is not what stands there"},
	{"submission.digest", "null", "submission.digest is not what stands there"},
	{"verdict", "[]", "verdict.status is not what stands there"},
	{"verdict.status", "\"refused\"", "refused at the door"},
	{"verdict.status", "\"passed\"", "verdict.status is not what stands there"},
	{"verdict.level", "3",
	 "its verdict (level 3, 6 of 6 points) does not follow from its criteria (level 2, 6 of 6)"},
	{"verdict.level", "1e99", "verdict.level is not what stands there"},
	{"verdict.points", "5.5", "verdict.points is not what stands there"},
	{"verdict.points", "5", "its verdict (level 2, 5 of 6 points) does not follow"},
	{"criteria", "{}", "criteria is not a list"},
	{"criteria", "[]", "criteria is not a list"},
	{"criteria.0", "null", "criteria[0].id is not what stands there"},
	{"criteria.1.id", "\"core\"", "the criterion \"core\" stands there twice"},
	{"criteria.1.level", "0", "criteria[1].level is not what stands there"},
	{"criteria.1.status", "\"held\"", "criteria[1].status is not what stands there"},
	{"criteria.1.status", "\"unmet\"", "does not follow from its criteria"},
	{"criteria.1.concept", "\"Ownership\"", "criteria[1].concept is not what stands there"},
	{"criteria.1.skill", "7", "criteria[1].skill is not what stands there"},
	{"criteria.1.points_possible", "-2", "criteria[1].points_possible is not what stands there"},
	{"criteria.2.axis", "\"taste\"", "criteria[2].axis is not what stands there"},
	{"criteria.2.says", "[]", "criteria[2].says is not what stands there"},
};

static char *damaged(const struct damage *damage)
{
	cleanup_report cJSON *document = cJSON_Parse(FIRST);
	cleanup_free char *parent = text_copy(damage->path);
	char *dot = strrchr(parent, '.'), *key = dot ? dot + 1 : parent;
	cJSON *object, *value = cJSON_Parse(damage->json);

	if (dot)
		*dot = '\0';
	object = dot ? at(document, parent) : document;
	if (cJSON_IsArray(object))
		cJSON_ReplaceItemInArray(object, atoi(key), value);
	else if (!cJSON_ReplaceItemInObjectCaseSensitive(object, key, value))
		cJSON_AddItemToObject(object, key, value);
	return cJSON_PrintUnformatted(document);
}

START_TEST(nothing_is_believed_unseen)
{
	const struct damage *row = &damages[_i];
	cleanup_free char *text = damaged(row);
	const char *const texts[] = {text};
	cleanup_free char *message = refusal(texts, 1);

	ck_assert_msg(message && strstr(message, "/a.json: ") && strstr(message, row->says),
		      "%s = %s: \"%s\" lacks \"%s\"", row->path, row->json, message ? message : "taken", row->says);
}
END_TEST

/* What a hostile file holds reaches a terminal as text. */
START_TEST(control_sequences_are_text)
{
	cleanup_free char *evil = text_copy(FIRST);
	const char *const texts[] = {evil};
	cleanup_report cJSON *document = NULL;
	cleanup_free char *text = NULL;
	size_t length;
	FILE *out;

	memcpy(strstr(evil, "Says borrows"), "\\u001b[31m!!", 12);
	document = profile_of(texts, 1);
	out = open_memstream(&text, &length);
	profile_write_text(document, NULL, out);
	report_write_json(document, out);
	fclose(out);
	ck_assert_ptr_null(strchr(text, '\x1b'));
	ck_assert_ptr_nonnull(strstr(text, "ownership L2  ✓ 1 borrows"));
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(one_report_is_itself),
	UNIT(a_level_is_held_by_all_of_them),
	UNIT(both_sides_are_told),
	UNIT(one_report_does_not_contradict_itself),
	UNIT(what_was_not_seen_takes_no_side),
	UNIT(idiom_stands_on_design),
	UNIT(axes_come_from_the_report_first),
	UNIT(reports_that_do_not_go_together),
	UNIT(nothing_is_believed_unseen, .rows = ARRAY_LENGTH(damages)),
	UNIT(control_sequences_are_text),
};

UNIT_MAIN("profile", tests)
