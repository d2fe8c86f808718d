#include "grading/probing.h"

#include "base/memory.h"
#include "grading/prepare.h"

void probe_judge(const struct step_result *misuse, const struct step_result *twin, struct probe_evidence *probe)
{
	prepare_failures(&misuse->diagnostics, &probe->found, &probe->found_count);
	probe->status = STATUS_FAILS;
	if (!twin->succeeded)
		probe->why = text_copy("right use of the same API does not compile either, so that nothing is shown");
	else if (misuse->succeeded)
		probe->why = text_copy("the misuse compiles");
	else if (misuse->trouble)
		probe->why = text_copy(misuse->trouble);
	else if (!prepare_same_failures(probe))
		probe->why = text_copy("the misuse is refused, but for another reason or at another line");
	else
		probe->status = STATUS_HOLDS;
}
