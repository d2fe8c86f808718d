/*
 * Which system calls each profile allows, as data.
 *
 * A profile is a list of tables. A call that no row allows, with arguments that
 * no row allows, is a violation: the box is ended and the outcome names it.
 * Calls that libc and toolchains merely try, and do without, have rows that
 * answer with an errno instead.
 *
 * Every row says why it is there. Only 32 bits of an argument are compared
 * (the kernel takes those arguments as int, so the high half is the caller's
 * to forge) except for TEST_NULL, which looks at a pointer.
 *
 * The rows are what toolchains and tests were seen to call: tests/trace/syscalls
 * traces them and tells what is missing here, and what is superfluous. What is
 * allowed for a machine that is not the one it ran on says so in the row.
 */
#ifndef ASSAY_SANDBOX_PROFILES_H
#define ASSAY_SANDBOX_PROFILES_H

#include "sandbox.h"

#include <stdint.h>

enum argument_test_kind {
	TEST_NONE, /* ends the list */
	TEST_BITS, /* of the low 32 bits, those in `mask` are as in `value` */
	TEST_NULL, /* a null pointer, all 64 bits */
};

struct argument_test {
	unsigned int argument; /* 0 is the first; a rule tests each at most once */
	enum argument_test_kind kind;
	uint32_t mask;
	uint32_t value;
};

#define RULE_TESTS 3

struct syscall_rule {
	int number;       /* negative where this architecture has no such call */
	const char *name;
	int error;        /* 0: allowed; an errno: answered with it */
	struct argument_test tests[RULE_TESTS];
	const char *reason;
	const char *elsewhere; /* who needs it, where tests/trace/syscalls cannot see it; NULL where it does */
};

struct syscall_table {
	const char *name;
	const struct syscall_rule *rules;
	size_t count;
};

#define PROFILE_TABLES 2

struct syscall_profile {
	struct syscall_table tables[PROFILE_TABLES];
	bool free_exec; /* false: execve is for the start of the program only, see filter.c */
};

const struct syscall_profile *profile_of(enum sandbox_profile profile);

#endif
