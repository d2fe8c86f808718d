/* Any bytes as a manifest and as answers: an error with a place, or a struct that can be released. */
#include "fuzz.h"

#include "base/memory.h"
#include "base/text.h"
#include "exercise/answers.h"
#include "exercise/exercise_parts.h"

#include <string.h>

static void check_message(const struct error *err, enum error_kind kind)
{
	HOLDS(err && err->kind == kind);
	HOLDS(strncmp(err->message, "name", 4) == 0);
	HOLDS(text_is_utf8(err->message, strlen(err->message)));
	for (const char *at = err->message; *at; at++)
		HOLDS((unsigned char)*at >= 0x20 && *at != 0x7f);
}

static void load(const char *bytes, size_t length)
{
	const struct yaml_source source = {.name = "name", .kind = ERROR_EXERCISE};
	cleanup_exercise struct exercise *exercise = memory_new(1, sizeof *exercise);
	cleanup_node struct node *manifest = NULL;
	cleanup_error struct error *err = NULL;
	struct table_reader reader;

	if (node_parse(&source, bytes, length, &manifest, &err) < 0 ||
	    exercise_read("name", manifest, exercise, &err) < 0) {
		check_message(err, ERROR_EXERCISE);
		return;
	}
	reader = manifest_reader("name", exercise->kind);
	if (exercise_check(&reader, manifest, exercise, &err) < 0)
		check_message(err, ERROR_EXERCISE);
}

static void answer(const char *bytes, size_t length)
{
	__attribute__((cleanup(answers_release))) struct answers answers = {0};
	cleanup_error struct error *err = NULL;

	if (answers_parse(bytes, length, "name", ERROR_SUBMISSION, &answers, &err) < 0)
		check_message(err, ERROR_SUBMISSION);
	for (size_t i = 0; i < answers.count; i++)
		HOLDS(answers_find(&answers, answers.items[i].question) == &answers.items[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	load((const char *)bytes, length);
	answer((const char *)bytes, length);
	return 0;
}
