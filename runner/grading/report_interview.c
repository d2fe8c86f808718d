#include "grading/report_parts.h"

#include "grading/interview.h"

void report_add_interview(cJSON *report, const struct report_sources *sources)
{
	cJSON *array = cJSON_AddArrayToObject(report, "interview");
	struct interview interview = {0};

	interview_prepare(sources->exercise, sources->submission, sources->evidence, &interview);
	for (size_t i = 0; i < interview.count; i++) {
		const struct interview_question *asked = &interview.items[i];
		cJSON *object = part_add(array);

		cJSON_AddStringToObject(object, "id", asked->of->id);
		part_text(object, "skill", asked->of->statement);
		part_text(object, "asks", asked->asks);
		part_text(object, "file", asked->file);
		cJSON_AddNumberToObject(object, "line", asked->line);
		part_text(object, "code", asked->code);
		part_text(object, "junior", asked->of->junior);
		part_text(object, "senior", asked->of->senior);
	}
	interview_release(&interview);
}
