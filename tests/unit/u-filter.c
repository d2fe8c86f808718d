/*
 * The filters without a kernel: the programs are run by a small interpreter of
 * classic BPF over calls made from the tables, so that every row is shown to
 * say what it says, and everything else to be refused.
 */
#include "suite.h"

#include "base/memory.h"
#include "filter.h"
#include "profiles.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __x86_64__
#define NATIVE AUDIT_ARCH_X86_64
#else
#define NATIVE AUDIT_ARCH_AARCH64
#endif
#define HIGH 0x100000000ULL
#define CALLS 600

static const struct exec_secret secret = {{0x1111111122222222, 0x3333333344444444, 0x5555555566666666}};

/* What the kernel would answer. The instructions that seccomp takes, and libseccomp makes. */
static uint32_t judge(const struct filter *filter, const struct seccomp_data *call)
{
	uint32_t accumulator = 0;

	for (unsigned short at = 0; at < filter->length; at++) {
		const struct sock_filter *instruction = &filter->code[at];
		uint32_t k = instruction->k;
		bool holds = false;

		switch (instruction->code) {
		case BPF_LD | BPF_W | BPF_ABS:
			memcpy(&accumulator, (const char *)call + k, sizeof accumulator);
			continue;
		case BPF_ALU | BPF_AND | BPF_K:
			accumulator &= k;
			continue;
		case BPF_RET | BPF_K:
			return k;
		case BPF_JMP | BPF_JA:
			at = (unsigned short)(at + k);
			continue;
		case BPF_JMP | BPF_JEQ | BPF_K:
			holds = accumulator == k;
			break;
		case BPF_JMP | BPF_JGT | BPF_K:
			holds = accumulator > k;
			break;
		case BPF_JMP | BPF_JGE | BPF_K:
			holds = accumulator >= k;
			break;
		default:
			ck_abort_msg("instruction %u", instruction->code);
		}
		at = (unsigned short)(at + (holds ? instruction->jt : instruction->jf));
	}
	ck_abort_msg("the program ends without an answer");
}

static struct filter build(enum sandbox_profile profile)
{
	struct filter filter = {0};
	struct error *err = NULL;

	ck_assert_msg(filter_build(profile, &secret, &filter, &err) == 0, "%s", err ? err->message : "");
	return filter;
}

/* ---- what the tables say, without a filter -------------------------------------- */

typedef void (*row_visitor)(const struct syscall_rule *rule, void *context);

static void visit_rows(const struct syscall_profile *profile, row_visitor visit, void *context)
{
	for (size_t table = 0; table < PROFILE_TABLES; table++)
		for (size_t i = 0; i < profile->tables[table].count; i++)
			visit(&profile->tables[table].rules[i], context);
}

static bool is_met(const struct argument_test *test, const struct seccomp_data *call)
{
	uint64_t value = call->args[test->argument];

	return test->kind == TEST_NULL ? value == 0 : ((uint32_t)value & test->mask) == test->value;
}

struct verdict {
	const struct seccomp_data *call;
	uint32_t answer;
};

static void apply_row(const struct syscall_rule *rule, void *context)
{
	struct verdict *verdict = context;
	uint32_t answer = rule->error ? SECCOMP_RET_ERRNO | (uint32_t)rule->error : SECCOMP_RET_ALLOW;

	if (rule->number != verdict->call->nr)
		return;
	for (int i = 0; i < RULE_TESTS && rule->tests[i].kind != TEST_NONE; i++)
		if (!is_met(&rule->tests[i], verdict->call))
			return;
	ck_assert_msg(verdict->answer == SECCOMP_RET_USER_NOTIF || verdict->answer == answer,
		      "two rows of %s answer one call in two ways", rule->name);
	verdict->answer = answer;
}

static uint32_t table_says(const struct syscall_profile *profile, const struct seccomp_data *call)
{
	struct verdict verdict = {call, SECCOMP_RET_USER_NOTIF};

	visit_rows(profile, apply_row, &verdict);
	return verdict.answer;
}

/* ---- the tables themselves -------------------------------------------------------- */

static bool same_tests(const struct syscall_rule *one, const struct syscall_rule *other)
{
	for (int i = 0; i < RULE_TESTS; i++) {
		const struct argument_test *a = &one->tests[i], *b = &other->tests[i];

		if (a->kind != b->kind || a->argument != b->argument || a->mask != b->mask || a->value != b->value)
			return false;
	}
	return true;
}

static void find_twin(const struct syscall_rule *rule, void *context)
{
	const struct syscall_rule *other = context;

	ck_assert_msg(rule == other || strcmp(rule->name, other->name) != 0 || !same_tests(rule, other),
		      "a row of %s stands twice", rule->name);
}

static void check_row(const struct syscall_rule *rule, void *context)
{
	ck_assert_msg(rule->reason && *rule->reason, "%s has no reason", rule->name);
	ck_assert_msg(!rule->elsewhere || *rule->elsewhere, "%s is kept for nobody", rule->name);
	for (int i = 0; i < RULE_TESTS && rule->tests[i].kind != TEST_NONE; i++) {
		ck_assert_uint_lt(rule->tests[i].argument, 6);
		ck_assert_msg(!(rule->tests[i].value & ~rule->tests[i].mask), "%s can never match", rule->name);
		for (int j = 0; j < i; j++)
			ck_assert_msg(rule->tests[i].argument != rule->tests[j].argument, "%s tests an argument twice",
				      rule->name);
	}
	visit_rows(context, find_twin, (void *)(uintptr_t)rule);
}

START_TEST(every_row_is_sound_and_stands_once)
{
	const struct syscall_profile *profile = profile_of((enum sandbox_profile)_i);

	visit_rows(profile, check_row, (void *)(uintptr_t)profile);
}
END_TEST

/* ---- the programs against the tables ------------------------------------------------- */

struct trial {
	const struct syscall_profile *profile;
	const struct filter *filter;
	unsigned int rows;
};

static void compare(const struct trial *trial, const struct seccomp_data *call, const char *name)
{
	uint32_t expected = table_says(trial->profile, call), got = judge(trial->filter, call);

	ck_assert_msg(got == expected, "%s(%#llx, %#llx, %#llx, %#llx): %#x instead of %#x", name,
		      (unsigned long long)call->args[0], (unsigned long long)call->args[1],
		      (unsigned long long)call->args[2], (unsigned long long)call->args[3], got, expected);
}

/* A call that the row speaks of; `high` also in the half of each tested argument that does not count. */
static struct seccomp_data call_of(const struct syscall_rule *rule, uint64_t high)
{
	struct seccomp_data call = {.nr = rule->number, .arch = NATIVE};

	for (int i = 0; i < RULE_TESTS && rule->tests[i].kind != TEST_NONE; i++)
		if (rule->tests[i].kind == TEST_BITS)
			call.args[rule->tests[i].argument] = rule->tests[i].value | high;
	return call;
}

static void try_row(const struct syscall_rule *rule, void *context)
{
	struct trial *trial = context;
	uint32_t expected = rule->error ? SECCOMP_RET_ERRNO | (uint32_t)rule->error : SECCOMP_RET_ALLOW;
	struct seccomp_data plain = call_of(rule, 0), forged = call_of(rule, HIGH);

	if (rule->number < 0)
		return;
	trial->rows++;
	ck_assert_msg(judge(trial->filter, &plain) == expected, "%s", rule->name);
	ck_assert_msg(judge(trial->filter, &forged) == expected, "%s with high bits", rule->name);
	for (int i = 0; i < RULE_TESTS && rule->tests[i].kind != TEST_NONE; i++) {
		for (int bit = 0; bit < 64; bit++) {
			struct seccomp_data one = plain, other = forged;

			/* also where the low 32 bits say something else: the high ones must not help */
			one.args[rule->tests[i].argument] ^= 1ULL << bit;
			other.args[rule->tests[i].argument] ^= 1ULL << bit;
			compare(trial, &one, rule->name);
			compare(trial, &other, rule->name);
		}
	}
}

START_TEST(every_row_says_what_it_says)
{
	struct filter filter = build((enum sandbox_profile)_i);
	struct trial trial = {profile_of((enum sandbox_profile)_i), &filter, 0};

	visit_rows(trial.profile, try_row, &trial);
	ck_assert_uint_gt(trial.rows, 50);
	filter_release(&filter);
}
END_TEST

/* What a value of an argument may be that some table or other compares. */
static const uint64_t values[] = {0,	2,     5,	0x11,	  0x66,	      0x1002,	  0x3001,      0x5401,
				  0x80, 0x189, 0x40000, 0x3d0f00, 0x7e020000, 0xffffffff, 0x100000002, UINT64_MAX};

/* Calls with and without rows, numbers beyond all, arguments that one row or another speaks of. */
START_TEST(everything_else_is_refused)
{
	struct filter filter = build((enum sandbox_profile)_i);
	struct trial trial = {profile_of((enum sandbox_profile)_i), &filter, 0};
	const int execve_is_apart = trial.profile->free_exec ? -1 : SYS_execve; /* only_the_secret_starts_a_program */

	for (int number = -1; number < CALLS; number++) {
		for (size_t i = 0; number != execve_is_apart && i < ARRAY_LENGTH(values) * ARRAY_LENGTH(values); i++) {
			uint64_t one = values[i % ARRAY_LENGTH(values)], other = values[i / ARRAY_LENGTH(values)];
			struct seccomp_data call = {
				.nr = number, .arch = NATIVE, .args = {one, other, one, other, one, other}};

			compare(&trial, &call, "a call");
		}
	}
	filter_release(&filter);
}
END_TEST

/* Tried by libcs and tools that do without: an errno, whatever the arguments, and no violation. */
static const struct {
	const char *call;
	int number, error;
	bool compile_only;
} answered[] = {
	{"clone3", 435, ENOSYS, false},		  {"mseal", 462, ENOSYS, false},
	{"fchmodat2", 452, ENOSYS, true},	  {"copy_file_range", SYS_copy_file_range, ENOSYS, true},
	{"sendfile", SYS_sendfile, ENOSYS, true}, {"sched_setaffinity", SYS_sched_setaffinity, EPERM, true},
};

START_TEST(probes_are_answered)
{
	for (int profile = 0; profile < SANDBOX_PROFILE_COUNT; profile++) {
		struct filter filter = build((enum sandbox_profile)profile);

		for (size_t i = 0; i < ARRAY_LENGTH(values); i++) {
			uint64_t x = values[i];
			struct seccomp_data call = {
				.nr = answered[_i].number, .arch = NATIVE, .args = {x, x, x, x, x, x}};
			bool here = profile == SANDBOX_COMPILE || !answered[_i].compile_only;

			ck_assert_msg(judge(&filter, &call) == (here ? SECCOMP_RET_ERRNO | (uint32_t)answered[_i].error
								     : SECCOMP_RET_USER_NOTIF),
				      "%s", answered[_i].call);
		}
		filter_release(&filter);
	}
}
END_TEST

/* ---- the shape of the programs --------------------------------------------------------- */

static bool is_load(const struct sock_filter *instruction)
{
	return instruction->code == (BPF_LD | BPF_W | BPF_ABS);
}

/* Before anything else is looked at: numbers mean something else on every architecture. */
START_TEST(the_architecture_comes_first)
{
	struct filter filter = build((enum sandbox_profile)_i);
	const struct sock_filter *code = filter.code;
	unsigned int other;

	ck_assert(is_load(&code[0]) && code[0].k == offsetof(struct seccomp_data, arch));
	ck_assert_uint_eq(code[1].code, BPF_JMP | BPF_JEQ | BPF_K);
	ck_assert_uint_eq(code[1].k, NATIVE);
	other = 2u + code[1].jf;
	while (code[other].code == (BPF_JMP | BPF_JA))
		other += 1 + code[other].k;
	ck_assert_uint_eq(code[other].code, BPF_RET | BPF_K);
	ck_assert_uint_eq(code[other].k, SECCOMP_RET_USER_NOTIF);
	filter_release(&filter);
}
END_TEST

static void note_pointers(const struct syscall_rule *rule, void *context)
{
	bool *whole = context;

	for (int i = 0; i < RULE_TESTS; i++)
		if (rule->number >= 0 && rule->tests[i].kind == TEST_NULL)
			whole[rule->tests[i].argument] = true;
}

/*
 * Of an argument's high half something may be asked in two cases only: a pointer that must be null, of which
 * the low half alone says nothing, and the secret of an exec, which is as long as the registers are. Elsewhere
 * libseccomp loads it, masks all of it away, and compares nothing with nothing.
 */
START_TEST(only_pointers_and_the_secret_are_compared_whole)
{
	const struct syscall_profile *profile = profile_of((enum sandbox_profile)_i);
	struct filter filter = build((enum sandbox_profile)_i);
	bool whole[6] = {0};

	visit_rows(profile, note_pointers, whole);
	for (int i = 3; i < 6 && !profile->free_exec; i++)
		whole[i] = true;
	for (unsigned short at = 0; at + 1 < filter.length; at++) {
		const struct sock_filter *next = &filter.code[at + 1];
		uint32_t k = filter.code[at].k, first = offsetof(struct seccomp_data, args);
		bool masked_away = next->code == (BPF_ALU | BPF_AND | BPF_K) && next->k == 0;

		if (is_load(&filter.code[at]) && k >= first && (k - first) % sizeof(uint64_t) != 0)
			ck_assert_msg(whole[(k - first) / sizeof(uint64_t)] || masked_away,
				      "the high half of argument %u is compared",
				      (unsigned int)((k - first) / sizeof(uint64_t)));
	}
	filter_release(&filter);
}
END_TEST

/* Instructions on the longest way from `at` to an answer. Jumps go forward only. */
static unsigned int longest_way(const struct filter *filter)
{
	unsigned int *way = memory_new(filter->length, sizeof *way), longest;

	for (unsigned int at = filter->length; at-- > 0;) {
		const struct sock_filter *code = &filter->code[at];
		unsigned int if_true = 0, if_false = 0;

		if (BPF_CLASS(code->code) == BPF_RET) {
			way[at] = 1;
			continue;
		}
		if (code->code == (BPF_JMP | BPF_JA)) {
			if_true = if_false = code->k;
		} else if (BPF_CLASS(code->code) == BPF_JMP) {
			if_true = code->jt;
			if_false = code->jf;
		}
		ck_assert_uint_lt(at + 1 + if_true, filter->length);
		ck_assert_uint_lt(at + 1 + if_false, filter->length);
		way[at] = 1 + (way[at + 1 + if_true] > way[at + 1 + if_false] ? way[at + 1 + if_true]
									      : way[at + 1 + if_false]);
	}
	longest = way[0];
	free(way);
	return longest;
}

struct sizes {
	unsigned int calls;	   /* that have rows */
	unsigned int tests[CALLS]; /* arguments compared for each number, over all of its rows */
	bool seen[CALLS];
};

static void measure_row(const struct syscall_rule *rule, void *context)
{
	struct sizes *sizes = context;

	if (rule->number < 0)
		return;
	sizes->calls += !sizes->seen[rule->number];
	sizes->seen[rule->number] = true;
	for (int i = 0; i < RULE_TESTS && rule->tests[i].kind != TEST_NONE; i++)
		sizes->tests[rule->number] += rule->tests[i].kind == TEST_NULL ? 2 : 1;
}

/*
 * No call costs more than its way down a tree and what its own rows compare: what comes first, two instructions
 * a level, a leaf of libseccomp's (four calls), three a comparison. A list has one for each call.
 */
START_TEST(the_program_is_a_tree)
{
	const struct syscall_profile *profile = profile_of((enum sandbox_profile)_i);
	struct filter filter = build((enum sandbox_profile)_i);
	struct sizes sizes = {0};
	unsigned int levels = 0, most = 0, longest = longest_way(&filter), bound;

	visit_rows(profile, measure_row, &sizes);
	while (1u << levels < sizes.calls)
		levels++;
	for (int i = 0; i < CALLS; i++)
		most = sizes.tests[i] > most ? sizes.tests[i] : most;
	bound = 4 + 2 * levels + 4 + 3 * most;
	ck_assert_uint_lt(bound, sizes.calls); /* or the bound would say nothing */
	ck_assert_uint_le(longest, bound);
	filter_release(&filter);
}
END_TEST

/* ---- refusals that no table changes ------------------------------------------------------ */

/* With and without the bits for 64 and for little-endian. */
static const uint32_t foreign[] = {
	AUDIT_ARCH_I386, AUDIT_ARCH_ARM, AUDIT_ARCH_PPC64, NATIVE ^ 0x80000000, NATIVE ^ 0x40000000, 0, ~0u};

START_TEST(foreign_architectures_are_refused)
{
	struct filter filter = build((enum sandbox_profile)_i);

	for (int number = 0; number < CALLS; number++) {
		for (size_t i = 0; i < ARRAY_LENGTH(foreign); i++) {
			struct seccomp_data call = {.nr = number, .arch = foreign[i]};

			ck_assert_uint_eq(judge(&filter, &call), SECCOMP_RET_USER_NOTIF);
		}
#ifdef __x86_64__
		struct seccomp_data x32 = {.nr = number | 0x40000000, .arch = NATIVE};

		ck_assert_uint_eq(judge(&filter, &x32), SECCOMP_RET_USER_NOTIF);
#endif
	}
	filter_release(&filter);
}
END_TEST

/* Each word of the secret counts, both halves of it. */
START_TEST(only_the_secret_starts_a_program)
{
	struct filter filter = build(SANDBOX_RUN);
	struct seccomp_data call = {.nr = SYS_execve, .arch = NATIVE};

	for (int i = 0; i < 3; i++)
		call.args[3 + i] = secret.words[i];
	ck_assert_uint_eq(judge(&filter, &call), SECCOMP_RET_ALLOW);
	for (int i = 0; i < 3; i++) {
		for (int bit = 0; bit < 64; bit++) {
			struct seccomp_data guess = call;

			guess.args[3 + i] ^= 1ULL << bit;
			ck_assert_uint_eq(judge(&filter, &guess), SECCOMP_RET_USER_NOTIF);
		}
	}
	filter_release(&filter);
}
END_TEST

/* Bits that must never pass, one at a time, on top of a call that does. */
static const struct {
	enum sandbox_profile profile;
	long call;
	int argument;
	uint64_t passes, never;
} bits[] = {
	/* run: threads as pthread_create makes them, nothing else */
	{SANDBOX_RUN, SYS_clone, 0, 0x3d0f00, 0xffffffff & ~0x3d0f00u},
	/* compile: a child that shares at most memory, for vfork's time, and signals its end by SIGCHLD */
	{SANDBOX_COMPILE, SYS_clone, 0, SIGCHLD, 0xffffffff & ~(0x1204100u | SIGCHLD)},
	{SANDBOX_RUN, SYS_openat, 2, 0, 0100 /* O_CREAT */ | 020000000 /* of O_TMPFILE */},
	{SANDBOX_RUN, SYS_futex, 1, 0x80, 2 | 4 | 8 /* signals, requeueing, priority inheritance */},
	{SANDBOX_COMPILE, SYS_prlimit64, 0, 0, 0xffffffff},
};

START_TEST(no_such_bit_passes)
{
	struct filter filter = build(bits[_i].profile);
	struct seccomp_data call = {.nr = (int)bits[_i].call, .arch = NATIVE};

	call.args[bits[_i].argument] = bits[_i].passes;
	ck_assert_uint_eq(judge(&filter, &call), SECCOMP_RET_ALLOW);
	for (int bit = 0; bit < 32; bit++) {
		if (!(bits[_i].never & 1ULL << bit))
			continue;
		call.args[bits[_i].argument] = bits[_i].passes | 1ULL << bit;
		ck_assert_msg(judge(&filter, &call) == SECCOMP_RET_USER_NOTIF, "bit %d", bit);
	}
	filter_release(&filter);
}
END_TEST

/* ---- and by the kernel ---------------------------------------------------------------------- */

static void call_kernel(const struct syscall_rule *rule, void *context)
{
	struct seccomp_data call = call_of(rule, 0);
	const __u64 *a = call.args;

	(void)context;
	if (rule->number < 0 || !rule->error)
		return;
	errno = 0;
	if (syscall(rule->number, a[0], a[1], a[2], a[3], a[4], a[5]) != -1 || errno != rule->error) {
		dprintf(2, "%s: %s instead of %s\n", rule->name, strerror(errno), strerror(rule->error));
		_exit(1);
	}
}

/* One program, built once, is attached by one child after another, and answers what the table answers. */
START_TEST(the_kernel_takes_it_ready_made)
{
	struct filter filter = build((enum sandbox_profile)_i);

	for (int child = 0; child < 2; child++) {
		pid_t pid = fork();
		int status = 0;

		ck_assert_int_ge(pid, 0);
		if (pid == 0) {
			signal(SIGALRM, SIG_DFL);
			alarm(5); /* a call that is refused waits for the listener's owner: this process */
			if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 || filter_attach(&filter) < 0)
				_exit(2);
			visit_rows(profile_of((enum sandbox_profile)_i), call_kernel, NULL);
			_exit(0);
		}
		ck_assert_int_eq(waitpid(pid, &status, 0), pid);
		ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0, "child %d: status %#x", child, status);
	}
	filter_release(&filter);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(every_row_is_sound_and_stands_once, .rows = SANDBOX_PROFILE_COUNT),
	UNIT(every_row_says_what_it_says, .rows = SANDBOX_PROFILE_COUNT),
	UNIT(everything_else_is_refused, .rows = SANDBOX_PROFILE_COUNT),
	UNIT(probes_are_answered, .rows = ARRAY_LENGTH(answered)),
	UNIT(the_architecture_comes_first, .rows = SANDBOX_PROFILE_COUNT),
	UNIT(only_pointers_and_the_secret_are_compared_whole, .rows = SANDBOX_PROFILE_COUNT),
	UNIT(the_program_is_a_tree, .rows = SANDBOX_PROFILE_COUNT),
	UNIT(foreign_architectures_are_refused, .rows = SANDBOX_PROFILE_COUNT),
	UNIT(only_the_secret_starts_a_program),
	UNIT(no_such_bit_passes, .rows = ARRAY_LENGTH(bits)),
	UNIT(the_kernel_takes_it_ready_made, .rows = SANDBOX_PROFILE_COUNT),
};

UNIT_MAIN("filter", tests)
