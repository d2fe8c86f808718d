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
#include <string.h>
#include <sys/syscall.h>

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

/* A call that the row speaks of; `high` also in the half of each tested argument that does not count. */
static struct seccomp_data call_of(const struct syscall_rule *rule, uint64_t high)
{
	struct seccomp_data call = {.nr = rule->number, .arch = NATIVE};

	for (int i = 0; i < RULE_TESTS && rule->tests[i].kind != TEST_NONE; i++)
		if (rule->tests[i].kind == TEST_BITS)
			call.args[rule->tests[i].argument] = rule->tests[i].value | high;
	return call;
}

START_TEST(every_row_says_what_it_says)
{
	const struct syscall_profile *profile = profile_of((enum sandbox_profile)_i);
	struct filter filter = build((enum sandbox_profile)_i);

	for (size_t table = 0; table < PROFILE_TABLES; table++) {
		for (size_t i = 0; i < profile->tables[table].count; i++) {
			const struct syscall_rule *rule = &profile->tables[table].rules[i];
			uint32_t expected = rule->error ? SECCOMP_RET_ERRNO | (uint32_t)rule->error : SECCOMP_RET_ALLOW;
			struct seccomp_data plain = call_of(rule, 0), forged = call_of(rule, HIGH);

			ck_assert_msg(rule->reason && *rule->reason, "%s has no reason", rule->name);
			if (rule->number < 0)
				continue;
			ck_assert_msg(judge(&filter, &plain) == expected, "%s", rule->name);
			ck_assert_msg(judge(&filter, &forged) == expected, "%s with high bits", rule->name);
		}
	}
	filter_release(&filter);
}
END_TEST

static bool has_row(const struct syscall_profile *profile, int number)
{
	for (size_t table = 0; table < PROFILE_TABLES; table++)
		for (size_t i = 0; i < profile->tables[table].count; i++)
			if (profile->tables[table].rules[i].number == number)
				return true;
	return false;
}

START_TEST(everything_else_is_refused)
{
	const struct syscall_profile *profile = profile_of((enum sandbox_profile)_i);
	struct filter filter = build((enum sandbox_profile)_i);

	for (int number = -1; number < CALLS; number++) {
		struct seccomp_data call = {.nr = number, .arch = NATIVE};

		if (!has_row(profile, number))
			ck_assert_msg(judge(&filter, &call) == SECCOMP_RET_USER_NOTIF, "%d", number);
	}
	filter_release(&filter);
}
END_TEST

static const uint32_t foreign[] = {AUDIT_ARCH_I386, AUDIT_ARCH_ARM, AUDIT_ARCH_PPC64, 0, ~0u};

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
	{SANDBOX_RUN, SYS_clone, 0, 0x3d0f00, 0xffffffff & ~0x3d0f00u},
	{SANDBOX_COMPILE, SYS_clone, 0, 0x11, 0xffffffff & ~(0x1204100u | 0x11)},
	{SANDBOX_RUN, SYS_openat, 2, 0, 0100 /* O_CREAT */ | 020000000 /* of O_TMPFILE */},
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

static const struct unit_test tests[] = {
	UNIT(every_row_says_what_it_says, .rows = SANDBOX_PROFILE_COUNT),
	UNIT(everything_else_is_refused, .rows = SANDBOX_PROFILE_COUNT),
	UNIT(foreign_architectures_are_refused, .rows = SANDBOX_PROFILE_COUNT),
	UNIT(only_the_secret_starts_a_program),
	UNIT(no_such_bit_passes, .rows = ARRAY_LENGTH(bits)),
};

UNIT_MAIN("filter", tests)
