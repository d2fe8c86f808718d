/* What a misuse that must not compile, and its twin that must, show together. */
#ifndef ASSAY_PROBING_H
#define ASSAY_PROBING_H

#include "grading/evidence.h"
#include "rust/steps.h"

/* Fills what was found, the status and why; what is expected stands there already. */
void probe_judge(const struct step_result *misuse, const struct step_result *twin, struct probe_evidence *probe);

#endif
