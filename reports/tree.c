#include "tree.h"

#include <string.h>

const cJSON *tree_at(const cJSON *object, const char *key)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);

	return cJSON_IsNull(item) ? NULL : item;
}

const char *tree_text(const cJSON *object, const char *key)
{
	const char *text = cJSON_GetStringValue(tree_at(object, key));

	return text ? text : "";
}

double tree_number(const cJSON *object, const char *key)
{
	const cJSON *item = tree_at(object, key);

	return cJSON_IsNumber(item) ? item->valuedouble : 0;
}

long tree_integer(const cJSON *object, const char *key)
{
	const cJSON *item = tree_at(object, key);

	return cJSON_IsNumber(item) ? item->valueint : 0; /* cJSON has clamped it already */
}

bool tree_is_true(const cJSON *object, const char *key)
{
	return cJSON_IsTrue(tree_at(object, key));
}

bool tree_is(const cJSON *object, const char *key, const char *text)
{
	return strcmp(tree_text(object, key), text) == 0;
}

const cJSON *tree_first(const cJSON *object, const char *key)
{
	const cJSON *array = tree_at(object, key);

	return cJSON_IsArray(array) ? array->child : NULL;
}

size_t tree_count(const cJSON *object, const char *key)
{
	size_t count = 0;

	TREE_EACH(item, object, key)
		count++;
	return count;
}

size_t tree_count_where(const cJSON *object, const char *key, const char *member, const char *text)
{
	size_t count = 0;

	TREE_EACH(item, object, key)
		if (tree_is(item, member, text))
			count++;
	return count;
}
