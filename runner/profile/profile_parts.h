/* How the profile is divided: shared by the files of runner/profile/ and by nobody else. */
#ifndef ASSAY_PROFILE_PARTS_H
#define ASSAY_PROFILE_PARTS_H

#include "profile/profile.h"

#define LEVEL_TOP 3

enum held { HELD_MET, HELD_UNMET, HELD_UNOBSERVED, HELD_COUNT };

extern const char *const held_names[HELD_COUNT + 1]; /* as reports spell them; ends with NULL */

/* A criterion of one report. Texts are the document's. */
struct profile_evidence {
	size_t report; /* index */
	const char *id, *concept, *says;
	const char *skill;		/* NULL where it cites nothing */
	const char *axis_name, *status; /* as the file has them; axis_name may be NULL */
	long level, points, points_possible;
	enum axis axis;
	enum held held;
	const cJSON *places;
};

struct profile_report {
	char *file; /* printable */
	cJSON *document;
	const char *exercise, *title, *kind, *exercise_digest; /* the document's */
	const char *submission, *submission_digest;
	long pitch, level, highest_level, points, points_possible;
};

struct profile {
	const struct skills *skills;
	struct profile_report *reports;
	size_t report_count;
	struct profile_evidence *evidence; /* of all reports, in their order */
	size_t evidence_count;
};

/* What a level is asked of: all evidence, one report's, one axis's. */
struct profile_scope {
	const struct profile_report *report; /* NULL: all */
	const enum axis *axis;		     /* NULL: both */
};

struct profile_standing {
	int level, highest_level;
	long points, points_possible;
};

/* profile.c: the rule for levels, over whatever the scope takes in. */
bool profile_in_scope(const struct profile *profile, const struct profile_evidence *evidence,
		      const struct profile_scope *scope);
struct profile_standing profile_stand(const struct profile *profile, const struct profile_scope *scope);

/*
 * profile_read.c: fills a report, its document excepted, and appends its evidence.
 * `number` is the index that it will have.
 */
int profile_read(const char *path, size_t number, const struct skills *skills, struct profile_report *report,
		 struct profile_evidence **evidence, size_t *count, struct error **err);

#endif
