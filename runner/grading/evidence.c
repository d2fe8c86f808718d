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

static void release_places(struct counted_place *places, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		free(places[i].place.file);
		free(places[i].says);
	}
	free(places);
}

static void release_sanitized(struct sanitized *sanitized, size_t test_count)
{
	for (size_t i = 0; sanitized->tests && i < test_count; i++) {
		free(sanitized->tests[i].says);
		free(sanitized->tests[i].place.file);
		free(sanitized->tests[i].why);
	}
	free(sanitized->tests);
}

static void release_unsafe(struct unsafe_evidence *unsafe_code, size_t test_count)
{
	release_places(unsafe_code->uses, unsafe_code->use_count);
	release_places(unsafe_code->undocumented, unsafe_code->undocumented_count);
	for (size_t i = 0; i < SANITIZER_KINDS; i++)
		release_sanitized(&unsafe_code->sanitized[i], test_count);
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
		release_places(evidence->uses[i].places, evidence->uses[i].count);
	release_unsafe(&evidence->unsafe_code, evidence->test_count);
	own_evidence_release(&evidence->own);
	project_evidence_release(&evidence->project);
	interview_release(&evidence->interview);
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
