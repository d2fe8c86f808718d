/*
 * What a submission brings besides its code: tests of its own, a README, a file
 * for continuous integration. Part of struct evidence; own_tests.c and
 * project_files.c fill it, own_judge.c judges it.
 */
#ifndef ASSAY_OWN_EVIDENCE_H
#define ASSAY_OWN_EVIDENCE_H

#include "exercise/exercise.h"

struct own_test {
	char *file;  /* of the submission */
	char *name;  /* with its modules */
	bool ran, passed; /* on the reference, each time that it was run */
};

enum kill {
	KILL_NOT_TRIED, /* no criterion asks for this mutant, it does not compile, or there was nothing to kill it with
			 */
	KILL_SURVIVED,
	KILL_KILLED,
};

struct own_evidence {
	bool observed;		  /* some criterion asks, and it was looked at */
	struct string_list files; /* with tests of its own */
	struct own_test *tests;
	size_t test_count;
	enum kill *kills; /* one a mutant of the exercise; NULL where it was not looked at */
	char *trouble;	  /* why not all was run, or NULL; in our own words, whatever the compiler or a test said */
};

/* A bit for each of cargo's commands that a file for continuous integration runs. */
enum { CI_CLIPPY = 1 << 0, CI_FMT = 1 << 1, CI_TEST = 1 << 2 };

struct project_evidence {
	bool has_readme;
	size_t prose_lines; /* of README.md, but for those that the candidate was given */
	char *ci_file;	    /* the first that was read as YAML, or NULL */
	char *ci_damaged;   /* the first that could not be */
	unsigned int ci_commands;
};

void own_evidence_release(struct own_evidence *own);
void project_evidence_release(struct project_evidence *project);

#endif
