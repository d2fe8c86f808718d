#include "grading/mutant.h"

#include "base/digest.h"
#include "base/file.h"
#include "base/memory.h"
#include "grading/cache.h"
#include "submission/names.h"

#include <fcntl.h>

struct making {
	const struct exercise *exercise;
	const struct preparation *preparation;
	const struct submission *solution;
};

static int compile(const struct making *making, const char *source, const char *built, struct error **err)
{
	size_t count;
	struct unit_evidence *units = prepare_units(making->exercise, &count);
	int failed = prepare_build(making->preparation, making->exercise, source, built, NULL, &units[0], err);

	for (size_t i = 0; i < count; i++)
		step_result_release(&units[i].build);
	free(units);
	return failed;
}

static int make(const char *folder, void *context, struct error **err)
{
	const struct making *making = context;
	cleanup_free char *source = file_join(folder, "source"), *built = file_join(folder, "built");

	if (file_make_folders(source, err) < 0 || file_make_folders(built, err) < 0 ||
	    submission_lay(making->solution, source, err) < 0 || compile(making, source, built, err) < 0)
		return -1;
	file_remove_tree(AT_FDCWD, source);
	return 0;
}

static int open_solution(const struct exercise *exercise, const struct exercise_mutant *mutant,
			 struct submission **solution, struct error **err)
{
	cleanup_free char *reference = file_join(exercise->folder, "reference");
	cleanup_free char *overlay = text_format("%s/mutants/%s", exercise->folder, mutant->name);
	cleanup_submission struct submission *over = NULL;

	if (submission_open(reference, &submission_default_caps, solution, err) < 0 ||
	    submission_open(overlay, &submission_default_caps, &over, err) < 0) {
		(*err)->kind = ERROR_EXERCISE;
		return error_wrap(err, "the mutant %s", mutant->name);
	}
	submission_overlay(*solution, over);
	return 0;
}

int mutant_prepare(const struct session *session, const struct exercise *exercise,
		   const struct preparation *preparation, const struct exercise_mutant *mutant, char **built,
		   struct error **err)
{
	cleanup_submission struct submission *solution = NULL;
	struct making making = {exercise, preparation, NULL};
	cleanup_free char *entry = NULL, *folder = NULL, *crate = NULL;
	char name[DIGEST_TEXT_SIZE];
	struct digest digest;

	*built = NULL;
	if (open_solution(exercise, mutant, &solution, err) < 0)
		return -1;
	making.solution = solution;
	digest_init(&digest);
	digest_add_text(&digest, "mutant/1 " ASSAY_VERSION);
	/* of the exercise, the facade and the toolchain */
	digest_add_text(&digest, name_last(preparation->reference));
	digest_add_text(&digest, solution->digest);
	digest_finish(&digest, name);
	entry = text_format("mutant-%.*s", CACHE_DIGEST_DIGITS, name);
	folder = cache_entry(session->cache, entry, make, &making, err);
	if (!folder)
		return -1;
	crate = text_format("%s/built/lib%s.rlib", folder, exercise->crate);
	if (file_exists(crate))
		*built = file_join(folder, "built");
	return 0;
}
