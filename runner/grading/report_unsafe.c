/* The report's section on unsafe code. */
#include "grading/report_parts.h"

#include "base/memory.h"

#include <string.h>

static const char no_races[] = "data races", few_races[] = "data races between which an atomic access lies, and orderings that are too weak";

/* Whatever was run: AddressSanitizer watches accesses to memory, and is not asked to trace the process. */
static const char *const never_checked[] = {
	"memory that is leaked",
	"reads that the compiled part of std makes, but for copies",
	"memory that is read before it is written, but where that changes what a test observes",
	"rules of aliasing and of valid values",
	no_races,
	"memory that is freed with another layout than it was allocated with",
	"code that no test reaches",
};

static void add_count(cJSON *object, const char *key, bool observed, const struct counted_place *places, size_t count)
{
	cJSON *counted = cJSON_AddObjectToObject(object, key);

	if (observed)
		cJSON_AddNumberToObject(counted, "count", (double)count);
	else
		cJSON_AddNullToObject(counted, "count");
	part_places(counted, places, count);
}

static void add_error(cJSON *errors, const char *test, const struct sanitized_test *seen)
{
	cJSON *error = part_add(errors);

	cJSON_AddStringToObject(error, "test", test);
	cJSON_AddStringToObject(error, "kind", seen->kind);
	part_text(error, "says", seen->says);
	part_text(error, "file", seen->place.file);
	cJSON_AddNumberToObject(error, "line", seen->place.line);
}

static void add_sanitizer(cJSON *object, const char *key, const struct evidence *evidence,
			  const struct sanitized *sanitized)
{
	cJSON *sanitizer = cJSON_AddObjectToObject(object, key);
	cJSON *errors = cJSON_CreateArray(), *unchecked = cJSON_CreateArray();
	const char *why = sanitized->unavailable;
	size_t clean = 0;

	for (size_t i = 0; !sanitized->unavailable && i < evidence->test_count; i++) {
		const struct sanitized_test *seen = &sanitized->tests[i];
		cJSON *one;

		clean += seen->state == SANITIZED_CLEAN;
		if (seen->state == SANITIZED_ERROR)
			add_error(errors, evidence->tests[i].name, seen);
		if (seen->state != SANITIZED_NOT)
			continue;
		one = part_add(unchecked);
		cJSON_AddStringToObject(one, "test", evidence->tests[i].name);
		part_text(one, "why", seen->why);
		if (!why)
			why = seen->why;
	}
	cJSON_AddBoolToObject(sanitizer, "ran", clean > 0 || cJSON_GetArraySize(errors) > 0);
	part_text(sanitizer, "why", clean > 0 || cJSON_GetArraySize(errors) > 0 ? NULL : why);
	cJSON_AddNumberToObject(sanitizer, "clean", (double)clean);
	cJSON_AddItemToObject(sanitizer, "errors", errors);
	cJSON_AddItemToObject(sanitizer, "unchecked", unchecked);
}

static void add_miri(cJSON *object, const struct unsafe_evidence *unsafe_code)
{
	cJSON *miri = cJSON_AddObjectToObject(object, "miri");

	cJSON_AddFalseToObject(miri, "ran");
	cJSON_AddStringToObject(miri, "why",
				unsafe_code->has_miri ? "assay does not run it, though the toolchain has it"
						      : "the toolchain does not have it");
}

void report_add_unsafe(cJSON *report, const struct report_sources *sources)
{
	const struct unsafe_evidence *unsafe_code = &sources->evidence->unsafe_code;
	const struct sanitized *races = &unsafe_code->sanitized[SANITIZER_THREAD];
	cJSON *object, *never;

	if (!sources->exercise->allow_unsafe) {
		cJSON_AddNullToObject(report, "unsafe");
		return;
	}
	object = cJSON_AddObjectToObject(report, "unsafe");
	add_count(object, "uses", unsafe_code->observed, unsafe_code->uses, unsafe_code->use_count);
	add_count(object, "undocumented", unsafe_code->observed, unsafe_code->undocumented,
		  unsafe_code->undocumented_count);
	add_sanitizer(object, "address_sanitizer", sources->evidence, &unsafe_code->sanitized[SANITIZER_ADDRESS]);
	if (races->tests)
		add_sanitizer(object, "thread_sanitizer", sources->evidence, races);
	add_miri(object, unsafe_code);
	never = cJSON_AddArrayToObject(object, "not_checked");
	for (size_t i = 0; i < ARRAY_LENGTH(never_checked); i++)
		cJSON_AddItemToArray(never, cJSON_CreateString(never_checked[i] == no_races && races->tests && !races->unavailable
								       ? few_races
								       : never_checked[i]));
}
