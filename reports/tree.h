/*
 * Looking into a document without trusting its shape: what is absent or of
 * another type reads as nothing ("" or 0), and nothing has no members. For writers only.
 */
#ifndef ASSAY_REPORTS_TREE_H
#define ASSAY_REPORTS_TREE_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

/* NULL where it is absent or null. */
const cJSON *tree_at(const cJSON *object, const char *key);
const char *tree_text(const cJSON *object, const char *key);
double tree_number(const cJSON *object, const char *key);
long tree_integer(const cJSON *object, const char *key);
bool tree_is_true(const cJSON *object, const char *key);
bool tree_is(const cJSON *object, const char *key, const char *text);
/* Members of an array; 0 for anything else. */
size_t tree_count(const cJSON *object, const char *key);
/* How many objects of the array object.key have text at `member`. */
size_t tree_count_where(const cJSON *object, const char *key, const char *member, const char *text);

/* for each member of the array object.key */
#define TREE_EACH(item, object, key)                                                                                   \
	for (const cJSON *item = tree_first(object, key); item; item = item->next)
const cJSON *tree_first(const cJSON *object, const char *key);

#endif
