#include "grading/evidence.h"

#include "base/memory.h"

static void release_labelled(struct labelled *items, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		free(items[i].label);
		free(items[i].value);
	}
	free(items);
}

void test_evidence_release(struct test_evidence *test)
{
	free(test->says);
	free(test->detail);
	free(test->expected);
	free(test->difference.label);
	free(test->difference.value);
	release_labelled(test->inputs, test->input_count);
	release_labelled(test->metrics, test->metric_count);
}

static void release_failures(struct seen_failure *failures, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(failures[i].code);
	free(failures);
}

static void release_probe(struct probe_evidence *probe)
{
	free(probe->why);
	release_failures(probe->expected, probe->expected_count);
	release_failures(probe->found, probe->found_count);
}

static void release_use(struct use_evidence *use)
{
	for (size_t i = 0; i < use->count; i++) {
		free(use->places[i].place.file);
		free(use->places[i].says);
	}
	free(use->places);
}

void evidence_release(struct evidence *evidence, const struct exercise *exercise)
{
	for (size_t i = 0; i < evidence->unit_count; i++) {
		step_result_release(&evidence->units[i].build);
		source_hits_release(&evidence->units[i].hits);
	}
	for (size_t i = 0; i < evidence->setting_count; i++)
		free(evidence->settings[i].text);
	free(evidence->settings);
	for (size_t i = 0; i < evidence->program_count; i++)
		step_result_release(&evidence->programs[i].link);
	for (size_t i = 0; i < evidence->test_count; i++)
		test_evidence_release(&evidence->tests[i]);
	for (size_t i = 0; evidence->probes && i < exercise->probe_count; i++)
		release_probe(&evidence->probes[i]);
	for (size_t i = 0; evidence->uses && i < exercise->use_count; i++)
		release_use(&evidence->uses[i]);
	answers_release(&evidence->answers);
	string_list_free(&evidence->format_changed);
	free(evidence->units);
	free(evidence->programs);
	free(evidence->tests);
	free(evidence->probes);
	free(evidence->uses);
	free(evidence->metrics);
	free(evidence->questions);
	free(evidence->answers_trouble);
	free(evidence->stages);
	*evidence = (struct evidence){0};
}
