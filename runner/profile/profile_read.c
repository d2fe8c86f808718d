/* One report's file, of which nothing is believed before it was looked at. */
#include "profile/profile_parts.h"

#include "base/memory.h"
#include "base/text.h"
#include "edition.h"
#include "exercise/yaml_table.h"

#include <string.h>

enum {
	MOST_CRITERIA = 256, /* an exercise has some twenty */
	DIGEST_LENGTH = 64,
};

#define AS_WRITTEN "take the file as `assay grade -o` wrote it"

const char *const held_names[HELD_COUNT + 1] = {"met", "unmet", "unobserved", NULL};

enum field_type {
	FIELD_TEXT,
	FIELD_TEXT_OR_NULL, /* absent is as good as null */
	FIELD_NUMBER,	    /* whole, within [minimum, maximum] */
};

struct field {
	const char *key;
	enum field_type type;
	size_t at;
	bool (*fits)(const char *text);
	long minimum, maximum;
};

static bool fits_digest(const char *text)
{
	return strlen(text) == DIGEST_LENGTH && strspn(text, "0123456789abcdef") == DIGEST_LENGTH;
}

static bool fits_sentence(const char *text)
{
	return text[0] != '\0';
}

static bool fits_id(const char *text)
{
	return form_id.fits(text);
}

static bool fits_concept(const char *text)
{
	return form_concept.fits(text);
}

static bool is_one_of(const char *text, const char *const *names)
{
	while (*names && strcmp(*names, text) != 0)
		names++;
	return *names != NULL;
}

static bool fits_status(const char *text)
{
	return is_one_of(text, held_names);
}

static bool fits_axis(const char *text)
{
	static const char *const axes[AXIS_COUNT + 1] = {"design", "idiom", NULL};

	return is_one_of(text, axes);
}

#define IN(type, member) offsetof(struct type, member)
/* clang-format off */
static const struct field exercise_fields[] = {
	{"id",     FIELD_TEXT,   IN(profile_report, exercise),        fits_id,       0, 0},
	{"title",  FIELD_TEXT,   IN(profile_report, title),           fits_sentence, 0, 0},
	{"kind",   FIELD_TEXT,   IN(profile_report, kind),            fits_id,       0, 0},
	{"digest", FIELD_TEXT,   IN(profile_report, exercise_digest), fits_digest,   0, 0},
	{"level",  FIELD_NUMBER, IN(profile_report, pitch),           NULL,          1, LEVEL_TOP},
	{0},
};

static const struct field submission_fields[] = {
	{"name",   FIELD_TEXT, IN(profile_report, submission),        fits_sentence, 0, 0},
	{"digest", FIELD_TEXT, IN(profile_report, submission_digest), fits_digest,   0, 0},
	{0},
};

static const struct field verdict_fields[] = {
	{"level",           FIELD_NUMBER, IN(profile_report, level),           NULL, 0, LEVEL_TOP},
	{"highest_level",   FIELD_NUMBER, IN(profile_report, highest_level),   NULL, 1, LEVEL_TOP},
	{"points",          FIELD_NUMBER, IN(profile_report, points),          NULL, 0, 100 * MOST_CRITERIA},
	{"points_possible", FIELD_NUMBER, IN(profile_report, points_possible), NULL, 1, 100 * MOST_CRITERIA},
	{0},
};

static const struct field criterion_fields[] = {
	{"id",              FIELD_TEXT,         IN(profile_evidence, id),              fits_id,       0, 0},
	{"concept",         FIELD_TEXT,         IN(profile_evidence, concept),         fits_concept,  0, 0},
	{"axis",            FIELD_TEXT_OR_NULL, IN(profile_evidence, axis_name),       fits_axis,     0, 0},
	{"skill",           FIELD_TEXT_OR_NULL, IN(profile_evidence, skill),           fits_sentence, 0, 0},
	{"says",            FIELD_TEXT,         IN(profile_evidence, says),            fits_sentence, 0, 0},
	{"status",          FIELD_TEXT,         IN(profile_evidence, status),          fits_status,   0, 0},
	{"level",           FIELD_NUMBER,       IN(profile_evidence, level),           NULL,          1, LEVEL_TOP},
	{"points",          FIELD_NUMBER,       IN(profile_evidence, points),          NULL,          0, 100},
	{"points_possible", FIELD_NUMBER,       IN(profile_evidence, points_possible), NULL,          1, 100},
	{0},
};
/* clang-format on */

static bool read_text(const cJSON *item, const struct field *field, const char **text)
{
	*text = cJSON_GetStringValue(item);
	if (!*text)
		return field->type == FIELD_TEXT_OR_NULL && (!item || cJSON_IsNull(item));
	return field->fits(*text);
}

static bool read_number(const cJSON *item, const struct field *field, long *number)
{
	double value = cJSON_IsNumber(item) ? item->valuedouble : -1;

	if (!(value >= (double)field->minimum && value <= (double)field->maximum))
		return false;
	*number = (long)value;
	return (double)*number == value;
}

/* `where` is what stands before the key: "verdict.", "criteria[2]." */
static int read_fields(const char *file, const char *where, const cJSON *object, const struct field *fields,
		       void *record, struct error **err)
{
	for (const struct field *field = fields; field->key; field++) {
		const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, field->key);
		void *place = (char *)record + field->at;

		if (field->type == FIELD_NUMBER ? !read_number(item, field, place) : !read_text(item, field, place))
			return error_set(err, ERROR_OTHER, "%s: %s%s is not what stands there in a report; " AS_WRITTEN,
					 file, where, field->key);
	}
	return 0;
}

static int find_axis(const char *file, const struct skills *skills, struct profile_evidence *evidence,
		     struct error **err)
{
	const struct skill_concept *concept = skills_concept(skills, evidence->concept);

	if (evidence->axis_name) {
		for (evidence->axis = 0; strcmp(skills->axes[evidence->axis].id, evidence->axis_name) != 0;)
			evidence->axis++;
		return 0;
	}
	if (!concept)
		return error_set(
			err, ERROR_OTHER,
			"%s: it does not say on which axis its concept \"%s\" is, and skills.yaml does not know "
			"it; grade again with this version",
			file, evidence->concept);
	evidence->axis = concept->axis;
	return 0;
}

static int read_criterion(const char *file, const cJSON *item, size_t index, const struct skills *skills,
			  struct profile_evidence *evidence, struct error **err)
{
	cleanup_free char *where = text_format("criteria[%zu].", index);

	if (read_fields(file, where, item, criterion_fields, evidence, err) < 0)
		return -1;
	while (strcmp(held_names[evidence->held], evidence->status) != 0)
		evidence->held++;
	evidence->places = cJSON_GetObjectItemCaseSensitive(item, "places");
	return find_axis(file, skills, evidence, err);
}

static int read_criteria(const char *file, size_t number, const cJSON *criteria, const struct skills *skills,
			 struct profile_evidence **evidence, size_t *count, struct error **err)
{
	size_t before = *count;
	const cJSON *item;

	if (!cJSON_IsArray(criteria) || cJSON_GetArraySize(criteria) < 1 ||
	    cJSON_GetArraySize(criteria) > MOST_CRITERIA)
		return error_set(err, ERROR_OTHER, "%s: criteria is not a list of 1 to %d of them; " AS_WRITTEN, file,
				 (int)MOST_CRITERIA);
	cJSON_ArrayForEach (item, criteria) {
		struct profile_evidence *one = ARRAY_ADD(*evidence, *count);

		one->report = number;
		if (read_criterion(file, item, *count - before - 1, skills, one, err) < 0)
			return -1;
		for (size_t i = before; i + 1 < *count; i++)
			if (strcmp((*evidence)[i].id, one->id) == 0)
				return error_set(err, ERROR_OTHER,
						 "%s: the criterion \"%s\" stands there twice; " AS_WRITTEN, file,
						 one->id);
	}
	return 0;
}

static int check_edition(const char *file, const cJSON *document, struct error **err)
{
	enum report_edition edition;

	if (report_edition_of(document, &edition, err) < 0)
		return error_wrap(err, "%s", file);
	if (edition != EDITION_GRADER)
		return error_set(err, ERROR_OTHER,
				 "%s: it is a candidate's edition, and what its evidence was is not in it; take the "
				 "grader's report, or grade again",
				 file);
	return 0;
}

static int check_graded(const char *file, const cJSON *verdict, struct error **err)
{
	const char *status = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(verdict, "status"));

	if (status && strcmp(status, "refused") == 0)
		return error_set(
			err, ERROR_OTHER,
			"%s: the submission was refused at the door, and the report shows nothing about anybody; "
			"leave it out",
			file);
	if (!status || strcmp(status, "graded") != 0)
		return error_set(err, ERROR_OTHER,
				 "%s: verdict.status is not what stands there in a report; " AS_WRITTEN, file);
	return 0;
}

int profile_read(const char *path, size_t number, const struct skills *skills, struct profile_report *report,
		 struct profile_evidence **evidence, size_t *count, struct error **err)
{
	const cJSON *document, *verdict;

	report->file = text_printable_copy(path);
	if (report_read(path, &report->document, err) < 0)
		return -1;
	document = report->document;
	verdict = cJSON_GetObjectItemCaseSensitive(document, "verdict");
	if (check_edition(report->file, document, err) < 0 || check_graded(report->file, verdict, err) < 0 ||
	    read_fields(report->file, "exercise.", cJSON_GetObjectItemCaseSensitive(document, "exercise"),
			exercise_fields, report, err) < 0 ||
	    read_fields(report->file, "submission.", cJSON_GetObjectItemCaseSensitive(document, "submission"),
			submission_fields, report, err) < 0 ||
	    read_fields(report->file, "verdict.", verdict, verdict_fields, report, err) < 0)
		return -1;
	return read_criteria(report->file, number, cJSON_GetObjectItemCaseSensitive(document, "criteria"), skills,
			     evidence, count, err);
}
