#include "grading/grade.h"

#include "base/memory.h"
#include "grading/interview.h"
#include "grading/project_files.h"
#include "grading/questions.h"
#include "grading/shown_in.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/random.h>

int grading_begin(const struct session *session, const struct exercise *exercise, const struct preparation *preparation,
		  const struct submission *submission, const struct pipeline_options *options, struct grading *grading,
		  struct error **err)
{
	*grading = (struct grading){0};
	if (pipeline_begin(session, exercise, preparation, submission, options, &grading->evidence, &grading->pipeline,
			   err) < 0)
		return -1;
	project_files_look_at(exercise, submission, &grading->evidence);
	questions_check(exercise, preparation, submission, &grading->evidence);
	if (interview_make(exercise, submission, &grading->evidence, err) < 0)
		return -1;
	judge(exercise, &session->toolchain, &grading->evidence, &grading->verdict);
	shown_in_add(exercise, submission, &grading->verdict);
	return 0;
}

int grading_again(const struct session *session, const struct exercise *exercise, uint64_t seed,
		  struct grading *grading, struct error **err)
{
	if (pipeline_again(grading->pipeline, seed, err) < 0)
		return -1;
	verdict_release(&grading->verdict, exercise);
	judge(exercise, &session->toolchain, &grading->evidence, &grading->verdict);
	return 0;
}

int grading_run(const struct session *session, const struct exercise *exercise, const struct preparation *preparation,
		const struct submission *submission, const struct pipeline_options *options, struct grading *grading,
		struct error **err)
{
	int failed = grading_begin(session, exercise, preparation, submission, options, grading, err);

	pipeline_end(STEAL(grading->pipeline));
	return failed;
}

void grading_release(struct grading *grading, const struct exercise *exercise)
{
	pipeline_end(STEAL(grading->pipeline));
	verdict_release(&grading->verdict, exercise);
	evidence_release(&grading->evidence, exercise);
}

int grading_draw_seed(uint64_t *seed, struct error **err)
{
	if (getrandom(seed, sizeof *seed, 0) != (ssize_t)sizeof *seed)
		return error_set_errno(err, ERROR_OTHER, "no random bytes for a seed");
	return 0;
}

bool grading_parse_seed(const char *text, uint64_t *seed)
{
	char *end;

	if (text[0] < '0' || text[0] > '9')
		return false;
	errno = 0;
	*seed = strtoull(text, &end, 0);
	return errno == 0 && end != text && *end == '\0';
}
