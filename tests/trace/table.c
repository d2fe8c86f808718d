/*
 * Prints the tables of sandbox/profiles.c for tests/trace/syscalls, a row a line:
 *
 *     TABLE CALL TESTS ANSWER REASON ELSEWHERE
 *
 * separated by tabs. TESTS is "-", or "ARGUMENT:MASK:VALUE" for each test, separated by
 * blanks; ANSWER is "allow" or the name of an errno; ELSEWHERE is "-" where it is NULL.
 */
#include "profiles.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static void print_tests(const struct syscall_rule *rule)
{
	if (rule->tests[0].kind == TEST_NONE)
		printf("-");
	for (int i = 0; i < RULE_TESTS && rule->tests[i].kind != TEST_NONE; i++) {
		const struct argument_test *test = &rule->tests[i];
		uint64_t mask = test->kind == TEST_NULL ? UINT64_MAX : test->mask;

		printf("%s%u:%#" PRIx64 ":%#" PRIx32, i ? " " : "", test->argument, mask, test->value);
	}
}

static void print_table(const struct syscall_table *table)
{
	for (size_t i = 0; i < table->count; i++) {
		const struct syscall_rule *rule = &table->rules[i];

		if (rule->number < 0)
			continue; /* not on this architecture */
		printf("%s\t%s\t", table->name, rule->name);
		print_tests(rule);
		printf("\t%s\t%s\t%s\n", rule->error ? strerrorname_np(rule->error) : "allow", rule->reason,
		       rule->elsewhere ? rule->elsewhere : "-");
	}
}

int main(void)
{
	for (int profile = 0; profile < SANDBOX_PROFILE_COUNT; profile++) {
		const struct syscall_table *tables = profile_of((enum sandbox_profile)profile)->tables;

		/* the first table is everybody's */
		for (size_t i = profile == 0 ? 0 : 1; i < PROFILE_TABLES; i++)
			print_table(&tables[i]);
	}
	return 0;
}
