#include "grading/report_parts.h"

static void add_question(cJSON *array, const struct interview_question *question)
{
	cJSON *object = part_add(array);

	part_text(object, "id", question->id);
	part_text(object, "about", question->about);
	part_text(object, "skill", question->statement);
	cJSON_AddNumberToObject(object, "level", question->level);
	part_text(object, "file", question->file);
	cJSON_AddNumberToObject(object, "line", question->line);
	part_text(object, "code", question->code);
	part_text(object, "asks", question->asks);
	part_text(object, "junior", question->junior);
	part_text(object, "senior", question->senior);
}

void report_add_interview(cJSON *report, const struct report_sources *sources)
{
	cJSON *array = cJSON_AddArrayToObject(report, "interview");

	for (size_t i = 0; i < sources->evidence->interview.count; i++)
		add_question(array, &sources->evidence->interview.items[i]);
}
