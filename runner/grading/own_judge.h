/* Criteria on what a submission brings besides its code (own_evidence.h). Used by judge.c only. */
#ifndef ASSAY_OWN_JUDGE_H
#define ASSAY_OWN_JUDGE_H

#include "grading/judge.h"

void own_judge_tests(const struct own_evidence *own, const struct exercise_criterion *criterion,
		     struct criterion_verdict *verdict);
void own_judge_kills(const struct own_evidence *own, const struct exercise *exercise,
		     const struct exercise_criterion *criterion, struct criterion_verdict *verdict);
void own_judge_readme(const struct project_evidence *project, struct criterion_verdict *verdict);
void own_judge_ci(const struct project_evidence *project, const struct exercise_criterion *criterion,
		  struct criterion_verdict *verdict);

#endif
