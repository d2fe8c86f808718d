/* The document: what reports/assay-profile-1.schema.json describes, in its order. */
#include "base/memory.h"
#include "levels.h"
#include "profile/profile_parts.h"
#include "tree.h"

#include <stdint.h>
#include <string.h>

enum { MOST_PLACES = 3 }; /* of a criterion; the report itself has all */

/* Evidence that is gathered under one name: a concept at a level, or a statement. */
struct pick {
	const char *concept; /* NULL: by skill */
	const char *skill;
	long level; /* of a concept */
};

struct tally {
	size_t counts[HELD_COUNT];
};

static bool is_picked(const struct profile_evidence *evidence, const struct pick *pick)
{
	if (pick->concept)
		return strcmp(evidence->concept, pick->concept) == 0 && evidence->level == pick->level;
	return evidence->skill && strcmp(evidence->skill, pick->skill) == 0;
}

/* `report` NULL: of all. */
static struct tally tally_of(const struct profile *profile, const struct pick *pick,
			     const struct profile_report *report)
{
	const struct profile_scope scope = {report, NULL};
	struct tally tally = {0};

	for (size_t i = 0; i < profile->evidence_count; i++)
		if (is_picked(&profile->evidence[i], pick) && profile_in_scope(profile, &profile->evidence[i], &scope))
			tally.counts[profile->evidence[i].held]++;
	return tally;
}

static bool is_empty(const struct tally *tally)
{
	return !tally->counts[HELD_MET] && !tally->counts[HELD_UNMET] && !tally->counts[HELD_UNOBSERVED];
}

static const char *state_of(const struct tally *tally)
{
	if (tally->counts[HELD_MET] && tally->counts[HELD_UNMET])
		return "mixed";
	return tally->counts[HELD_UNMET] ? "failed" : tally->counts[HELD_MET] ? "held" : "unobserved";
}

/* ---- parts ------------------------------------------------------------------ */

static cJSON *add_row(cJSON *array)
{
	cJSON *object = cJSON_CreateObject();

	cJSON_AddItemToArray(array, object);
	return object;
}

static void add_number(cJSON *object, const char *key, long number)
{
	cJSON_AddNumberToObject(object, key, (double)number);
}

static void add_text(cJSON *object, const char *key, const char *text)
{
	if (text)
		cJSON_AddStringToObject(object, key, text);
	else
		cJSON_AddNullToObject(object, key);
}

static void add_level(cJSON *object, long level)
{
	add_number(object, "level", level);
	add_text(object, "level_name", level_name((int)level));
}

static void add_number_to_list(cJSON *array, size_t number)
{
	cJSON_AddItemToArray(array, cJSON_CreateNumber((double)number));
}

static void add_tally(cJSON *object, const struct tally *tally)
{
	add_text(object, "state", state_of(tally));
	for (size_t i = 0; i < HELD_COUNT; i++)
		add_number(object, held_names[i], (long)tally->counts[i]);
}

/* Reports are told by their numbers, from 1. */
static cJSON *add_evidence(cJSON *array, const struct profile_evidence *evidence)
{
	cJSON *row = add_row(array);

	add_number(row, "report", (long)evidence->report + 1);
	add_text(row, "criterion", evidence->id);
	add_text(row, "status", held_names[evidence->held]);
	add_text(row, "says", evidence->says);
	return row;
}

static void add_picked(cJSON *object, const struct profile *profile, const struct pick *pick)
{
	cJSON *array = cJSON_AddArrayToObject(object, "evidence");

	for (size_t i = 0; i < profile->evidence_count; i++)
		if (is_picked(&profile->evidence[i], pick))
			add_evidence(array, &profile->evidence[i]);
}

/* ---- levels ----------------------------------------------------------------- */

struct rests {
	size_t reports, criteria;
	long points;
};

/* What the level rests on: all that was met at it and below, and the reports that asked for something there. */
static struct rests rests_on(const struct profile *profile, const enum axis *axis, int level)
{
	const struct profile_scope scope = {NULL, axis};
	size_t last = SIZE_MAX;
	struct rests rests = {0};

	for (size_t i = 0; i < profile->evidence_count; i++) {
		const struct profile_evidence *evidence = &profile->evidence[i];

		if (!profile_in_scope(profile, evidence, &scope) || evidence->level > level)
			continue;
		rests.criteria++;
		rests.points += evidence->points_possible;
		rests.reports += evidence->report != last; /* they come report by report */
		last = evidence->report;
	}
	return rests;
}

static bool asks_at(const struct profile *profile, const struct profile_scope *scope, int level)
{
	for (size_t i = 0; i < profile->evidence_count; i++)
		if (profile->evidence[i].level == level && profile_in_scope(profile, &profile->evidence[i], scope))
			return true;
	return false;
}

/* Which reports ask for the level, and which of them hold it: where these differ, they contradict each other. */
static void add_ladder(cJSON *object, const struct profile *profile, const enum axis *axis)
{
	cJSON *ladder = cJSON_AddArrayToObject(object, "levels");

	for (int level = 1; level <= LEVEL_TOP; level++) {
		cJSON *asking = cJSON_CreateArray(), *holding = cJSON_CreateArray(), *row;

		for (size_t i = 0; i < profile->report_count; i++) {
			const struct profile_scope scope = {&profile->reports[i], axis};

			if (!asks_at(profile, &scope, level))
				continue;
			add_number_to_list(asking, i + 1);
			if (profile_stand(profile, &scope).level >= level)
				add_number_to_list(holding, i + 1);
		}
		if (!asking->child) {
			cJSON_Delete(asking);
			cJSON_Delete(holding);
			continue;
		}
		row = add_row(ladder);
		add_level(row, level);
		cJSON_AddItemToObject(row, "asked_by", asking);
		cJSON_AddItemToObject(row, "held_by", holding);
	}
}

static void add_standing(cJSON *object, const struct profile *profile, const enum axis *axis)
{
	const struct profile_standing standing = profile_stand(profile, &(struct profile_scope){NULL, axis});
	const struct rests rests = rests_on(profile, axis, standing.level);
	cJSON *on;

	add_level(object, standing.level);
	add_number(object, "highest_level", standing.highest_level);
	add_number(object, "points", standing.points);
	add_number(object, "points_possible", standing.points_possible);
	on = cJSON_AddObjectToObject(object, "rests_on");
	add_number(on, "reports", (long)rests.reports);
	add_number(on, "criteria", (long)rests.criteria);
	add_number(on, "points", rests.points);
	add_ladder(object, profile, axis);
}

static void add_axes(cJSON *document, const struct profile *profile)
{
	cJSON *array = cJSON_AddArrayToObject(document, "axes");

	for (enum axis axis = 0; axis < AXIS_COUNT; axis++) {
		cJSON *row;

		if (!profile_stand(profile, &(struct profile_scope){NULL, &axis}).highest_level)
			continue;
		row = add_row(array);
		add_text(row, "id", profile->skills->axes[axis].id);
		add_text(row, "says", profile->skills->axes[axis].says);
		add_standing(row, profile, &axis);
	}
}

/* ---- reports, concepts, statements ------------------------------------------ */

static void add_reports(cJSON *document, const struct profile *profile)
{
	cJSON *array = cJSON_AddArrayToObject(document, "reports");

	for (size_t i = 0; i < profile->report_count; i++) {
		const struct profile_report *report = &profile->reports[i];
		cJSON *row = add_row(array), *part;

		add_number(row, "number", (long)i + 1);
		add_text(row, "file", report->file);
		part = cJSON_AddObjectToObject(row, "exercise");
		add_text(part, "id", report->exercise);
		add_text(part, "title", report->title);
		add_text(part, "kind", report->kind);
		add_number(part, "level", report->pitch);
		add_text(part, "digest", report->exercise_digest);
		part = cJSON_AddObjectToObject(row, "submission");
		add_text(part, "name", report->submission);
		add_text(part, "digest", report->submission_digest);
		add_level(row, report->level);
		add_number(row, "highest_level", report->highest_level);
		add_number(row, "points", report->points);
		add_number(row, "points_possible", report->points_possible);
	}
}

static void add_concept(cJSON *array, const struct profile *profile, const struct profile_evidence *example)
{
	const struct skill_concept *concept = skills_concept(profile->skills, example->concept);
	cJSON *row = add_row(array), *cells;

	add_text(row, "id", example->concept);
	add_text(row, "axis", profile->skills->axes[example->axis].id);
	add_text(row, "says", concept ? concept->says : NULL);
	cells = cJSON_AddArrayToObject(row, "cells");
	for (long level = 1; level <= LEVEL_TOP; level++) {
		const struct pick pick = {.concept = example->concept, .level = level};
		const struct tally tally = tally_of(profile, &pick, NULL);
		cJSON *cell;

		if (is_empty(&tally))
			continue;
		cell = add_row(cells);
		add_number(cell, "level", level);
		add_tally(cell, &tally);
		add_picked(cell, profile, &pick);
	}
}

static void add_statement(cJSON *array, const struct profile *profile, const char *id)
{
	const struct skill_statement *statement = skills_statement(profile->skills, id);
	const struct pick pick = {.skill = id};
	const struct tally tally = tally_of(profile, &pick, NULL);
	cJSON *row;

	if (is_empty(&tally))
		return;
	row = add_row(array);
	add_text(row, "id", id);
	add_text(row, "says", statement ? statement->says : NULL);
	add_tally(row, &tally);
	add_picked(row, profile, &pick);
}

static const char *concept_of(const struct profile_evidence *evidence)
{
	return evidence->concept;
}

static const char *skill_of(const struct profile_evidence *evidence)
{
	return evidence->skill;
}

/* Whether no evidence before this one has the same name. */
static bool is_first(const struct profile *profile, size_t index,
		     const char *(*name)(const struct profile_evidence *evidence))
{
	for (size_t i = 0; i < index; i++) {
		const char *other = name(&profile->evidence[i]);

		if (other && strcmp(other, name(&profile->evidence[index])) == 0)
			return false;
	}
	return true;
}

/* In the order of skills.yaml, then what is not in it, as it comes. */
static void add_concepts(cJSON *document, const struct profile *profile)
{
	cJSON *array = cJSON_AddArrayToObject(document, "concepts");

	for (size_t i = 0; i < profile->skills->concept_count; i++)
		for (size_t j = 0; j < profile->evidence_count; j++)
			if (strcmp(profile->evidence[j].concept, profile->skills->concepts[i].id) == 0 &&
			    is_first(profile, j, concept_of))
				add_concept(array, profile, &profile->evidence[j]);
	for (size_t j = 0; j < profile->evidence_count; j++)
		if (!skills_concept(profile->skills, profile->evidence[j].concept) && is_first(profile, j, concept_of))
			add_concept(array, profile, &profile->evidence[j]);
}

static void add_statements(cJSON *document, const struct profile *profile)
{
	cJSON *array = cJSON_AddArrayToObject(document, "statements");

	for (size_t i = 0; i < profile->skills->statement_count; i++)
		add_statement(array, profile, profile->skills->statements[i].id);
	for (size_t j = 0; j < profile->evidence_count; j++) {
		const char *skill = profile->evidence[j].skill;

		if (skill && !skills_statement(profile->skills, skill) && is_first(profile, j, skill_of))
			add_statement(array, profile, skill);
	}
}

/* ---- contradictions ----------------------------------------------------------- */

static void add_places(cJSON *row, const struct profile_evidence *evidence)
{
	cJSON *array = cJSON_AddArrayToObject(row, "places");
	const cJSON *place;

	cJSON_ArrayForEach (place, evidence->places) {
		cJSON *one;

		if (cJSON_GetArraySize(array) == MOST_PLACES)
			break;
		if (!*tree_text(place, "file") || tree_integer(place, "line") < 0 || tree_integer(place, "column") < 0)
			continue;
		one = add_row(array);
		add_text(one, "file", tree_text(place, "file"));
		add_number(one, "line", tree_integer(place, "line"));
		add_number(one, "column", tree_integer(place, "column"));
		add_text(one, "says", tree_text(place, "says"));
	}
}

/* A report holds it where it asks for it and finds nothing unmet. */
static bool holds(const struct tally *tally)
{
	return tally->counts[HELD_MET] && !tally->counts[HELD_UNMET];
}

static bool is_contradicted(const struct profile *profile, const struct pick *pick)
{
	bool held = false, failed = false;

	for (size_t i = 0; i < profile->report_count; i++) {
		const struct tally tally = tally_of(profile, pick, &profile->reports[i]);

		held |= holds(&tally);
		failed |= tally.counts[HELD_UNMET] > 0;
	}
	return held && failed;
}

/* What was met by reports that hold it, and what was not by those that do not. */
static void add_sides(cJSON *row, const struct profile *profile, const struct pick *pick)
{
	cJSON *held = cJSON_AddArrayToObject(row, "held"), *failed = cJSON_AddArrayToObject(row, "failed");

	for (size_t i = 0; i < profile->evidence_count; i++) {
		const struct profile_evidence *evidence = &profile->evidence[i];
		struct tally tally;

		if (!is_picked(evidence, pick))
			continue;
		tally = tally_of(profile, pick, &profile->reports[evidence->report]);
		if (evidence->held == HELD_UNMET)
			add_places(add_evidence(failed, evidence), evidence);
		else if (evidence->held == HELD_MET && holds(&tally))
			add_evidence(held, evidence);
	}
}

static void add_contradiction(cJSON *array, const struct profile *profile, const struct pick *pick, const char *says)
{
	cJSON *row;

	if (!is_contradicted(profile, pick))
		return;
	row = add_row(array);
	add_text(row, "about", pick->concept ? "concept" : "statement");
	add_text(row, "id", pick->concept ? pick->concept : pick->skill);
	if (pick->concept)
		add_number(row, "level", pick->level);
	else
		cJSON_AddNullToObject(row, "level");
	add_text(row, "says", says);
	add_sides(row, profile, pick);
}

/* Over the rows that are there already, so that the order is theirs. */
static void add_contradictions(cJSON *document, const struct profile *profile)
{
	cJSON *array = cJSON_AddArrayToObject(document, "contradictions");

	TREE_EACH (statement, document, "statements")
		add_contradiction(array, profile, &(struct pick){.skill = tree_text(statement, "id")},
				  cJSON_GetStringValue(tree_at(statement, "says")));
	TREE_EACH (concept, document, "concepts")
		TREE_EACH (cell, concept, "cells")
			add_contradiction(array, profile,
					  &(struct pick){.concept = tree_text(concept, "id"),
							 .level = tree_integer(cell, "level")},
					  cJSON_GetStringValue(tree_at(concept, "says")));
}

cJSON *profile_build(const struct profile *profile)
{
	cJSON *document = cJSON_CreateObject();

	add_text(document, "schema", PROFILE_SCHEMA);
	add_text(cJSON_AddObjectToObject(document, "assay"), "version", ASSAY_VERSION);
	add_reports(document, profile);
	add_standing(cJSON_AddObjectToObject(document, "verdict"), profile, NULL);
	add_axes(document, profile);
	add_concepts(document, profile);
	add_statements(document, profile);
	add_contradictions(document, profile);
	return document;
}
