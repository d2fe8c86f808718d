#include "suite.h"

#include "base/file.h"
#include "base/memory.h"
#include "grading/observations.h"

#include <fcntl.h>
#include <string.h>

static char *reference;

static void begin(void)
{
	cleanup_error struct error *error = NULL;

	reference = file_make_scratch("u-observations-", &error);
	ck_assert_ptr_nonnull(reference);
}

static void end(void)
{
	file_remove_tree(AT_FDCWD, reference);
	free(reference);
}

static void save(uint64_t seed)
{
	char begin_text[] = "", label[] = "last read", value[] = "Some(3)";
	struct record records[] = {{RECORD_BEGIN, begin_text, begin_text},
				   {RECORD_OBSERVE, label, value},
				   {RECORD_END, begin_text, begin_text}};
	const struct transcript transcript = {.items = records, .count = ARRAY_LENGTH(records), .ended = true};
	const struct observation_key key = {reference, seed, 0, 3};

	observations_save(&key, &transcript, 17);
}

START_TEST(kept_and_forgotten)
{
	const struct observation_key key = {NULL, 42, 0, 3};
	struct observation_key here = key;
	struct transcript transcript = {0};
	unsigned int cpu_ms = 0;

	begin();
	here.reference = reference;
	ck_assert(!observations_load(&here, &transcript, &cpu_ms));
	save(42);
	ck_assert(observations_load(&here, &transcript, &cpu_ms));
	ck_assert_uint_eq(cpu_ms, 17);
	ck_assert_uint_eq(transcript.count, 3);
	ck_assert_str_eq(transcript.items[1].value, "Some(3)");
	transcript_release(&transcript);
	here.index = 4;
	ck_assert(!observations_load(&here, &transcript, &cpu_ms));
	here.index = 3;
	observations_forget(reference, 42);
	ck_assert(!observations_load(&here, &transcript, &cpu_ms));
	end();
}
END_TEST

START_TEST(a_torn_file_is_no_observation)
{
	const char *const torn[] = {"", "17", "17\n", "seventeen\n", "17\nnonsense that is no record at all"};
	cleanup_error struct error *error = NULL;
	cleanup_free char *folder = NULL, *path = NULL;
	struct observation_key key = {NULL, 1, 0, 3};
	struct transcript transcript = {0};
	unsigned int cpu_ms;

	begin();
	key.reference = reference;
	save(1);
	folder = text_format("%s/given-%016x", reference, 1);
	path = file_join(folder, "0-3");
	ck_assert(file_exists(path));
	for (size_t i = 0; i < ARRAY_LENGTH(torn); i++) {
		ck_assert_int_eq(file_write(AT_FDCWD, path, torn[i], strlen(torn[i]), 0600, &error), 0);
		ck_assert_msg(!observations_load(&key, &transcript, &cpu_ms), "row %zu", i);
	}
	end();
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(kept_and_forgotten),
	UNIT(a_torn_file_is_no_observation),
};

UNIT_MAIN("observations", tests)
