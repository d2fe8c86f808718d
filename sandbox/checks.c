/* What the machine offers, each layer tried for real (assay doctor). */
#include "sandbox.h"

#include "base/memory.h"

void sandbox_checks(struct sandbox_check **checks, size_t *count)
{
	*checks = NULL;
	*count = 0;
}

void sandbox_checks_free(struct sandbox_check *checks, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		free(checks[i].found);
		free(checks[i].remedy);
	}
	free(checks);
}
