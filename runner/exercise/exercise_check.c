/*
 * What the parts of a manifest say about each other: every name must be the
 * name of something, and nothing may be named ambiguously. Errors point at the
 * name in the file, which stands where the struct's arrays say: the two have
 * the same order.
 */
#include "exercise/exercise_parts.h"

#include "base/memory.h"
#include "exercise/capabilities.h"
#include "exercise/skills.h"

#include <assert.h>
#include <string.h>

/* The manifest beside what was read from it. */
struct checked {
	const struct table_reader *reader;
	const struct node *manifest;
	struct exercise *exercise;
};

#define FAULT(checked, node, err, ...) node_error(&(checked)->reader->source, node, err, __VA_ARGS__)

/* ---- what can be named ------------------------------------------------------- */

/* An array of the exercise whose rows have ids. */
struct roster {
	const char *what; /* follows "unknown" */
	size_t rows, count, size, id;
};

/* clang-format off */
#define ROSTER(what, type, field, count, id)                                                                           \
	{what, offsetof(struct exercise, field), offsetof(struct exercise, count), sizeof(struct type), offsetof(struct type, id)}
/* clang-format on */

static const struct roster groups = ROSTER("test group", exercise_group, groups, group_count, id);
static const struct roster uses = ROSTER("use", exercise_use, uses, use_count, id);
static const struct roster metrics = ROSTER("metric", exercise_metric, metrics, metric_count, id);
static const struct roster probes = ROSTER("probe", exercise_probe, probes, probe_count, id);
static const struct roster units = ROSTER("unit", exercise_unit, units, unit_count, id);
static const struct roster questions = ROSTER("question", exercise_question, questions, question_count, id);
static const struct roster criteria = ROSTER("criterion", exercise_criterion, criteria, criterion_count, id);

/* NULL: names nothing (build, format, readme) or is checked by itself (lints, sanitizer, own_tests, kills, ci). */
static const struct roster *const required_rosters[] = {
	[REQUIRE_TESTS] = &groups,  [REQUIRE_USES] = &uses,   [REQUIRE_METRIC] = &metrics,
	[REQUIRE_PROBES] = &probes, [REQUIRE_UNITS] = &units, [REQUIRE_QUESTIONS] = &questions,
	[REQUIRE_CI] = NULL,
};
static_assert(ARRAY_LENGTH(required_rosters) == REQUIRE_CI + 1, "a roster for each requirement");

/* NULL: single tests, which are in no array of their own. */
static const struct roster *const catching_rosters[] = {
	[CAUGHT_BY_PROBES] = &probes,
	[CAUGHT_BY_CRITERIA] = &criteria,
	[CAUGHT_BY_QUESTIONS] = &questions,
};
static_assert(ARRAY_LENGTH(catching_rosters) == CAUGHT_BY_QUESTIONS + 1, "a roster for each way to be caught");

/* A list of borrowed names, NULL at its end. */
struct names {
	const char **items;
	size_t count;
};

static void names_release(struct names *names)
{
	free(names->items);
}
#define cleanup_names __attribute__((cleanup(names_release)))

static void add_name(struct names *names, const char *name)
{
	*ARRAY_ADD(names->items, names->count) = name;
	*ARRAY_ADD(names->items, names->count) = NULL;
	names->count--;
}

static struct names names_of_roster(const struct exercise *exercise, const struct roster *roster)
{
	const char *const *rows = (const void *)((const char *)exercise + roster->rows);
	size_t count = *(const size_t *)(const void *)((const char *)exercise + roster->count);
	struct names names = {0};

	for (size_t i = 0; i < count; i++)
		add_name(&names, *(const char *const *)(const void *)(*rows + i * roster->size + roster->id));
	return names;
}

static struct names names_of_tests(const struct exercise *exercise)
{
	struct names names = {0};

	for (size_t i = 0; i < exercise->group_count; i++)
		for (size_t j = 0; j < exercise->groups[i].tests.count; j++)
			add_name(&names, exercise->groups[i].tests.items[j]);
	return names;
}

static struct names names_of_list(const struct string_list *list)
{
	struct names names = {0};

	for (size_t i = 0; i < list->count; i++)
		add_name(&names, list->items[i]);
	return names;
}

static bool is_in(const struct names *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++)
		if (strcmp(names->items[i], name) == 0)
			return true;
	return false;
}

/* A word that must be one of the names. */
static int check_name(const struct checked *checked, const struct node *node, const char *what,
		      const struct names *names, struct error **err)
{
	static const char *const none[] = {NULL};

	if (is_in(names, node->text))
		return 0;
	return table_unknown(checked->reader, node, what, names->count ? names->items : none, err);
}

/* ---- lists of rows --------------------------------------------------------------- */

static const struct node *row_at(const struct checked *checked, const char *list, size_t index)
{
	return node_item(node_get(checked->manifest, list), index);
}

/* A name, or each name of a list. */
static int check_names(const struct checked *checked, const struct node *node, const char *what,
		       const struct names *names, struct error **err)
{
	if (node->kind == NODE_SCALAR)
		return check_name(checked, node, what, names, err);
	for (size_t i = 0; i < node->count; i++)
		if (check_name(checked, node->items[i], what, names, err) < 0)
			return -1;
	return 0;
}

/* `key` of every row of `list` must be one of the names. */
static int check_column(const struct checked *checked, const char *list, const char *key, const char *what,
			const struct names *names, struct error **err)
{
	const struct node *rows = node_get(checked->manifest, list);

	for (size_t i = 0; rows && i < rows->count; i++) {
		const struct node *node = node_get(rows->items[i], key);

		if (node && check_names(checked, node, what, names, err) < 0)
			return -1;
	}
	return 0;
}

static int check_concepts(const struct checked *checked, struct error **err)
{
	cleanup_names struct names concepts = names_of_list(&checked->exercise->concepts);

	if (check_column(checked, "units", "concept", "concept", &concepts, err) < 0 ||
	    check_column(checked, "questions", "concept", "concept", &concepts, err) < 0)
		return -1;
	/* what is asked of any exercise, besides its concepts */
	add_name(&concepts, "behaviour");
	add_name(&concepts, "idiom");
	return check_column(checked, "criteria", "concept", "concept", &concepts, err);
}

/* What a criterion cites must stand in the list: a report prints that sentence. That each cites something is asked by
 * selftest, since an exercise can be graded while it is being written. */
static int check_skills(const struct checked *checked, struct error **err)
{
	const struct skills *skills = checked->exercise->skills;
	cleanup_names struct names statements = {0};

	for (size_t i = 0; i < skills->statement_count; i++)
		add_name(&statements, skills->statements[i].id);
	return check_column(checked, "criteria", "skill", "statement of skills.yaml", &statements, err);
}

/* ---- tests ------------------------------------------------------------------------ */

/* The group before the `before`-th that holds a test of this name, or NULL. */
static const struct exercise_group *earlier_group(const struct exercise *exercise, size_t before, const char *test)
{
	for (size_t i = 0; i < before; i++)
		if (string_list_find(&exercise->groups[i].tests, test) >= 0)
			return &exercise->groups[i];
	return NULL;
}

/* Mutants and metrics name tests without their group: a name must say which. */
static int check_test_names(const struct checked *checked, struct error **err)
{
	const struct exercise *exercise = checked->exercise;

	for (size_t i = 0; i < exercise->group_count; i++) {
		const struct string_list *tests = &exercise->groups[i].tests;

		for (size_t j = 0; j < tests->count; j++) {
			const struct exercise_group *earlier = earlier_group(exercise, i, tests->items[j]);

			if (earlier)
				return FAULT(checked, node_item(node_get(row_at(checked, "tests", i), "tests"), j), err,
					     "test \"%s\" is in group \"%s\" already", tests->items[j], earlier->id);
		}
	}
	return 0;
}

/* Each group excuses tests of its own: what is excused stands beside what it is. */
static int check_essential(const struct checked *checked, struct error **err)
{
	for (size_t i = 0; i < checked->exercise->group_count; i++) {
		const struct node *essential = node_get(row_at(checked, "tests", i), "essential");
		cleanup_names struct names tests = names_of_list(&checked->exercise->groups[i].tests);

		if (essential && check_names(checked, essential, "test of the group", &tests, err) < 0)
			return -1;
	}
	return 0;
}

/* One file is one program, built in one way. */
static int check_group_styles(const struct checked *checked, struct error **err)
{
	static const char *const tests_of[] = {[STYLE_OBSERVE] = "tests that observe", [STYLE_PLAIN] = "plain tests"};
	const struct exercise_group *rows = checked->exercise->groups;

	for (size_t i = 0; i < checked->exercise->group_count; i++)
		for (size_t j = 0; j < i; j++)
			if (strcmp(rows[i].file, rows[j].file) == 0 && rows[i].style != rows[j].style)
				return FAULT(checked, node_get(row_at(checked, "tests", i), "file"), err,
					     "\"%s\" is a file of %s already, by group \"%s\"", rows[i].file,
					     tests_of[rows[j].style], rows[j].id);
	return 0;
}

/* A plain test reports nothing. */
static int check_metric_tests(const struct checked *checked, struct error **err)
{
	const struct exercise *exercise = checked->exercise;

	for (size_t i = 0; i < exercise->metric_count; i++)
		for (size_t j = 0; j < exercise->group_count; j++)
			if (exercise->groups[j].style == STYLE_PLAIN &&
			    string_list_find(&exercise->groups[j].tests, exercise->metrics[i].test) >= 0)
				return FAULT(checked, node_get(row_at(checked, "metrics", i), "test"), err,
					     "\"%s\" is a plain test, which reports no numbers",
					     exercise->metrics[i].test);
	return 0;
}

/* One file is one program, and a program is linked with one unit. */
static int check_group_files(const struct checked *checked, struct error **err)
{
	const struct exercise_group *rows = checked->exercise->groups;

	for (size_t i = 0; i < checked->exercise->group_count; i++)
		for (size_t j = 0; j < i; j++)
			if (rows[i].unit && strcmp(rows[i].file, rows[j].file) == 0 &&
			    strcmp(rows[i].unit, rows[j].unit) != 0)
				return FAULT(checked, node_get(row_at(checked, "tests", i), "file"), err,
					     "\"%s\" is linked with unit \"%s\" already, by group \"%s\"", rows[i].file,
					     rows[j].unit, rows[j].id);
	return 0;
}

static int check_groups(const struct checked *checked, struct error **err)
{
	cleanup_names struct names tests = names_of_tests(checked->exercise);
	cleanup_names struct names known = names_of_roster(checked->exercise, &units);

	if (check_column(checked, "tests", "unit", "unit", &known, err) < 0 || check_test_names(checked, err) < 0 ||
	    check_essential(checked, err) < 0 || check_group_files(checked, err) < 0 ||
	    check_group_styles(checked, err) < 0 ||
	    check_column(checked, "metrics", "test", "test", &tests, err) < 0)
		return -1;
	return check_metric_tests(checked, err);
}

/* A unit without tests would hold once its body is deleted. */
static int check_units(const struct checked *checked, struct error **err)
{
	const struct exercise *exercise = checked->exercise;
	cleanup_names struct names tested = {0};

	for (size_t i = 0; i < exercise->group_count; i++)
		if (exercise->groups[i].unit)
			add_name(&tested, exercise->groups[i].unit);
	for (size_t i = 0; i < exercise->unit_count; i++)
		if (!is_in(&tested, exercise->units[i].id))
			return FAULT(checked, row_at(checked, "units", i), err,
				     "no test group is linked with unit \"%s\"", exercise->units[i].id);
	return 0;
}

/* In a fix exercise the starter's codes follow from the units'; said twice, they must agree. */
static int check_starter_codes(const struct checked *checked, struct error **err)
{
	const struct exercise *exercise = checked->exercise;
	const struct node *codes = node_get(node_get(checked->manifest, "starter"), "codes");
	cleanup_names struct names of_units = {0};

	if (exercise->kind != EXERCISE_FIX || !codes)
		return 0;
	for (size_t i = 0; i < exercise->unit_count; i++)
		for (size_t j = 0; j < exercise->units[i].codes.count; j++) {
			const char *code = exercise->units[i].codes.items[j];

			if (string_list_find(&exercise->starter_codes, code) < 0)
				return FAULT(checked, codes, err, "%s of unit \"%s\" is not among the starter's codes",
					     code, exercise->units[i].id);
			add_name(&of_units, code);
		}
	for (size_t i = 0; i < codes->count; i++)
		if (!is_in(&of_units, codes->items[i]->text))
			return FAULT(checked, codes->items[i], err, "%s is the code of no unit", codes->items[i]->text);
	return 0;
}

/* ---- uses, probes, questions ------------------------------------------------------- */

static int check_uses(const struct checked *checked, struct error **err)
{
	for (size_t i = 0; i < checked->exercise->use_count; i++) {
		const struct exercise_use *use = &checked->exercise->uses[i];

		if (use->methods.count + use->types.count + use->macros.count == 0)
			return FAULT(checked, row_at(checked, "uses", i), err,
				     "use \"%s\" counts nothing; give methods, types or macros", use->id);
	}
	return 0;
}

static int check_probes(const struct checked *checked, struct error **err)
{
	for (size_t i = 0; i < checked->exercise->probe_count; i++) {
		const struct exercise_probe *probe = &checked->exercise->probes[i];

		if (strcmp(probe->file, probe->twin) == 0)
			return FAULT(checked, node_get(row_at(checked, "probes", i), "twin"), err,
				     "a probe cannot be its own twin");
	}
	return 0;
}

static int check_choices(const struct checked *checked, struct error **err)
{
	for (size_t i = 0; i < checked->exercise->question_count; i++) {
		const struct exercise_question *question = &checked->exercise->questions[i];
		const struct node *choice = node_get(row_at(checked, "questions", i), "choice");
		cleanup_names struct names choices = {0};

		for (size_t j = 0; j < question->choice_count; j++)
			add_name(&choices, question->choices[j].id);
		if (check_name(checked, choice, "choice", &choices, err) < 0)
			return -1;
	}
	return 0;
}

/* ---- criteria and mutants --------------------------------------------------------- */

/* The value beside the bounds in {tests: core, at_least: 2}. */
static const struct node *named_in(const struct node *mapping)
{
	for (size_t i = 0; i < mapping->count; i++)
		if (strncmp(mapping->keys[i]->text, "at_", 3) != 0)
			return mapping->items[i];
	return NULL;
}

static void spell_out_all(struct string_list *list, const struct names *names)
{
	string_list_free(list);
	for (size_t i = 0; i < names->count; i++)
		*ARRAY_ADD(list->items, list->count) = text_copy(names->items[i]);
}

/* Lints of rustc's that it does not raise by itself, so that none of them is in what "rustc" counts. */
static const char *const lints_of_rustc[] = {"missing_docs", "missing_debug_implementations", "unreachable_pub"};

static bool is_lint_of_rustc(const char *name)
{
	for (size_t i = 0; i < ARRAY_LENGTH(lints_of_rustc); i++)
		if (strcmp(lints_of_rustc[i], name) == 0)
			return true;
	return false;
}

/* A group, one lint, or "rustc" for the compiler's own warnings. Which lints clippy has is the toolchain's to say. */
static int check_lint(const struct checked *checked, const struct node *node, struct error **err)
{
	const char *name = strncmp(node->text, "clippy::", 8) == 0 ? node->text + 8 : NULL;

	if (strcmp(node->text, "rustc") == 0 || is_lint_of_rustc(node->text) ||
	    (name && (strcmp(name, "all") == 0 || form_identifier.fits(name))))
		return 0;
	return FAULT(checked, node, err,
		     "\"%s\" is not a lint known here: a group such as clippy::all, one lint such as "
		     "clippy::needless_range_loop, missing_docs, or rustc for the compiler's own warnings",
		     node->text);
}

static int check_sanitizer(const struct checked *checked, const struct node *node, struct error **err)
{
	if (strcmp(node->text, "address") != 0 && strcmp(node->text, "thread") != 0)
		return FAULT(checked, node, err, "\"%s\" is not a sanitizer known here: address and thread are",
			     node->text);
	if (!checked->exercise->allow_unsafe)
		return FAULT(checked, node, err,
			     "a sanitizer needs \"allow: {unsafe: true}\": without, it finds nothing");
	return 0;
}

/* They pass, or they do not: `pass` says what at_least counts. */
static int check_own_tests(const struct checked *checked, const struct node *node, struct exercise_criterion *criterion,
			   struct error **err)
{
	if (strcmp(node->text, "pass") != 0)
		return FAULT(checked, node, err, "\"%s\" is nothing that a submission's own tests can do: pass is",
			     node->text);
	if (criterion->at_least < 0)
		criterion->at_least = 1;
	return 0;
}

static int check_commands(const struct checked *checked, const struct node *node, struct error **err)
{
	static const char *const commands[] = {"clippy", "fmt", "test"};
	cleanup_names struct names names = {0};

	for (size_t i = 0; i < ARRAY_LENGTH(commands); i++)
		add_name(&names, commands[i]);
	return check_names(checked, node, "command of cargo's", &names, err);
}

/* Of tests, single ones count, not groups of them. */
static long most_that_can_hold(const struct exercise *exercise, const struct exercise_criterion *criterion)
{
	long count = 0;

	if (criterion->require != REQUIRE_TESTS)
		return (long)criterion->names.count;
	for (size_t i = 0; i < exercise->group_count; i++)
		if (string_list_find(&criterion->names, exercise->groups[i].id) >= 0)
			count += (long)exercise->groups[i].tests.count;
	return count;
}

static int check_at_least(const struct checked *checked, const struct node *require,
			  struct exercise_criterion *criterion, struct error **err)
{
	const struct node *node = node_get(require, "at_least");
	long most = most_that_can_hold(checked->exercise, criterion);

	if (!node)
		criterion->at_least = most;
	else if (criterion->at_least > most)
		return FAULT(checked, node, err, "at_least is %ld, but only %ld can hold", criterion->at_least, most);
	return 0;
}

/* A mutant that only a probe or a criterion tells from the reference is nothing for a test. */
static struct names names_of_killable(const struct exercise *exercise)
{
	struct names names = {0};

	for (size_t i = 0; i < exercise->mutant_count; i++)
		if (exercise->mutants[i].by == CAUGHT_BY_TESTS)
			add_name(&names, exercise->mutants[i].name);
	return names;
}

static int check_criterion(const struct checked *checked, size_t index, struct error **err)
{
	struct exercise_criterion *criterion = &checked->exercise->criteria[index];
	const struct node *require = node_get(row_at(checked, "criteria", index), "require");
	const struct node *named = named_in(require);
	const struct roster *roster = required_rosters[criterion->require];
	cleanup_names struct names names = {0};

	if (criterion->require == REQUIRE_LINTS)
		return check_lint(checked, named, err);
	if (criterion->require == REQUIRE_SANITIZER)
		return check_sanitizer(checked, named, err);
	if (criterion->require == REQUIRE_OWN_TESTS)
		return check_own_tests(checked, named, criterion, err);
	if (criterion->require == REQUIRE_CI)
		return check_commands(checked, named, err);
	if (!roster && criterion->require != REQUIRE_KILLS)
		return 0;
	names = roster ? names_of_roster(checked->exercise, roster) : names_of_killable(checked->exercise);
	if (named->kind == NODE_SCALAR && strcmp(named->text, "all") == 0 && names.count)
		spell_out_all(&criterion->names, &names);
	else if (check_names(checked, named, roster ? roster->what : "mutant that tests catch", &names, err) < 0)
		return -1;
	return check_at_least(checked, require, criterion, err);
}

static int check_mutant(const struct checked *checked, size_t index, struct error **err)
{
	const struct exercise_mutant *mutant = &checked->exercise->mutants[index];
	const struct node *named = named_in(node_get(row_at(checked, "mutants", index), "caught_by"));
	const struct roster *roster = catching_rosters[mutant->by];
	cleanup_names struct names names =
		roster ? names_of_roster(checked->exercise, roster) : names_of_tests(checked->exercise);

	return check_names(checked, named, roster ? roster->what : "test", &names, err);
}

/* Nothing of a program is linked with its tests, and they see no more of it than what it says. */
static int check_program(const struct checked *checked, struct error **err)
{
	const struct exercise *exercise = checked->exercise;

	for (size_t i = 0; i < exercise->group_count; i++)
		if (exercise->groups[i].style == STYLE_PLAIN)
			return FAULT(checked, node_get(row_at(checked, "tests", i), "style"), err,
				     "a program (type: bin) has no plain tests: nothing of it can be called");
	if (exercise->probe_count || exercise->metric_count)
		return FAULT(checked, node_get(checked->manifest, exercise->probe_count ? "probes" : "metrics"), err,
			     "a program (type: bin) has no %s: nothing of it can be called",
			     exercise->probe_count ? "probes" : "metrics");
	if (exercise->allow_unsafe)
		return FAULT(checked, node_get(checked->manifest, "allow"), err,
			     "a program (type: bin) allows no unsafe code");
	return 0;
}

/* What a program cannot do without, and what only a program may have. */
static int settle_type(const struct checked *checked, struct exercise *exercise, struct error **err)
{
	static const enum capability of_programs[] = {CAPABILITY_ENV, CAPABILITY_FFI, CAPABILITY_IO, CAPABILITY_PATH, CAPABILITY_PROCESS,
						      CAPABILITY_HANDLES};

	if (string_list_find(&exercise->allow_std, capability_names[CAPABILITY_HANDLES]) >= 0)
		return FAULT(checked, node_get(checked->manifest, "allow"), err,
			     "\"handles\" is what a program (type: bin) has, and nobody else: leave it out");
	if (exercise->type != TYPE_BIN)
		return 0;
	for (size_t i = 0; i < ARRAY_LENGTH(of_programs); i++)
		if (string_list_find(&exercise->allow_std, capability_names[of_programs[i]]) < 0)
			*ARRAY_ADD(exercise->allow_std.items, exercise->allow_std.count) =
				text_copy(capability_names[of_programs[i]]);
	return check_program(checked, err);
}

/* A concept that no list knows belongs to what the code does: how it is written is the narrower thing. */
static void settle_axes(struct exercise *exercise)
{
	for (size_t i = 0; i < exercise->criterion_count; i++) {
		const struct skill_concept *concept = skills_concept(exercise->skills, exercise->criteria[i].concept);

		exercise->criteria[i].axis = concept ? concept->axis : AXIS_DESIGN;
	}
}

int exercise_check(const struct table_reader *reader, const struct node *manifest, struct exercise *exercise,
		   struct error **err)
{
	static int (*const checks[])(const struct checked *, struct error **) = {
		check_concepts, check_skills, check_groups, check_units, check_starter_codes, check_uses, check_probes, check_choices,
	};
	const struct checked checked = {.reader = reader, .manifest = manifest, .exercise = exercise};

	if (settle_type(&checked, exercise, err) < 0 || skills_load(exercise->folder, &exercise->skills, err) < 0)
		return -1;
	for (size_t i = 0; i < ARRAY_LENGTH(checks); i++)
		if (checks[i](&checked, err) < 0)
			return -1;
	for (size_t i = 0; i < exercise->criterion_count; i++)
		if (check_criterion(&checked, i, err) < 0)
			return -1;
	settle_axes(exercise);
	for (size_t i = 0; i < exercise->mutant_count; i++)
		if (check_mutant(&checked, i, err) < 0)
			return -1;
	return 0;
}
