#include "grading/own_evidence.h"

#include "base/memory.h"

void own_evidence_release(struct own_evidence *own)
{
	for (size_t i = 0; i < own->test_count; i++) {
		free(own->tests[i].file);
		free(own->tests[i].name);
	}
	string_list_free(&own->files);
	free(own->tests);
	free(own->kills);
	free(own->trouble);
}

void project_evidence_release(struct project_evidence *project)
{
	free(project->ci_file);
	free(project->ci_damaged);
}
