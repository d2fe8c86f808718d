/*
 * Several reports of one person as one picture: each concept at each level with
 * the evidence behind it, the level that all of it supports, and where one
 * report contradicts another. Nothing is averaged: what held here and failed
 * there is shown as both.
 *
 * Call profile_new, profile_add for each report's file, profile_build once, and
 * write the document that it gives (assay-profile/1, reports/assay-profile-1.schema.json)
 * by report_write_json or profile_write_text.
 *
 * Reports come from files of unknown origin. profile_add takes nothing that does
 * not add up: ERROR_OTHER names the file, what is off in it and what to do.
 */
#ifndef ASSAY_PROFILE_H
#define ASSAY_PROFILE_H

#include "exercise/skills.h"
#include "report.h"

#define PROFILE_SCHEMA "assay-profile/1"

struct profile;

/* `skills` says the axis of a concept where a report does not, and the sentences of statements; it must live as long.
 */
struct profile *profile_new(const struct skills *skills);
int profile_add(struct profile *profile, const char *path, struct error **err);
/* The caller frees it with cJSON_Delete. */
cJSON *profile_build(const struct profile *profile);
void profile_free(struct profile *profile); /* NULL is fine */

/* For a person at a terminal; `profile` is what profile_build gave. NULL is plain text, 80 columns wide. */
void profile_write_text(const cJSON *profile, const struct report_text_style *style, FILE *out);

static inline void profile_cleanup(struct profile **profile)
{
	profile_free(*profile);
}
#define cleanup_profile __attribute__((cleanup(profile_cleanup)))

#endif
