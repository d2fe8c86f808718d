/* Test results in JUnit's XML, the dialect that Jenkins and GitLab read. */
#ifndef ASSAY_JUNIT_H
#define ASSAY_JUNIT_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct junit_case {
	char *suite, *name, *failure; /* failure NULL where it passed */
	char *note;		      /* printed beside it, or NULL */
	int64_t took_ms;
};

struct junit {			  /* zeroed to begin with */
	struct junit_case *cases; /* those of one suite stand together */
	size_t count;
};

void junit_add(struct junit *junit, const char *suite, const char *name, const char *failure, const char *note,
	       int64_t took_ms);
void junit_write(const struct junit *junit, const char *name, FILE *out);
void junit_release(struct junit *junit);

#endif
