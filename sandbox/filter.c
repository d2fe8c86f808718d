#include "filter.h"

#include "profiles.h"

#include "base/file.h"
#include "base/memory.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>

/* An answer that no table uses, in the place of "ask the listener" until the program is exported: see mark_refusals. */
#define REFUSED SCMP_ACT_TRACE(0x5afe)
#define X32_CALL 0x40000000

static struct scmp_arg_cmp compare(const struct argument_test *test)
{
	if (test->kind == TEST_BITS)
		return SCMP_CMP64(test->argument, SCMP_CMP_MASKED_EQ, test->mask, test->value);
	return SCMP_CMP64(test->argument, SCMP_CMP_EQ, 0);
}

static int add_rule(scmp_filter_ctx context, const struct syscall_rule *rule)
{
	struct scmp_arg_cmp tests[RULE_TESTS];
	unsigned int count = 0;

	if (rule->number < 0)
		return 0; /* not on this architecture */
	while (count < RULE_TESTS && rule->tests[count].kind != TEST_NONE) {
		tests[count] = compare(&rule->tests[count]);
		count++;
	}
	return seccomp_rule_add_array(context, rule->error ? SCMP_ACT_ERRNO((uint16_t)rule->error) : SCMP_ACT_ALLOW,
				      rule->number, count, tests);
}

static int add_profile(scmp_filter_ctx context, const struct syscall_profile *profile, struct error **err)
{
	for (size_t i = 0; i < PROFILE_TABLES; i++) {
		for (size_t j = 0; j < profile->tables[i].count; j++) {
			const struct syscall_rule *rule = &profile->tables[i].rules[j];
			int result = add_rule(context, rule);

			if (result < 0)
				return error_set(err, ERROR_SANDBOX, "seccomp rule for %s: %s", rule->name,
						 strerror(-result));
		}
	}
	return 0;
}

static int add_start(scmp_filter_ctx context, const struct exec_secret *secret, struct error **err)
{
	int result = seccomp_rule_add(context, SCMP_ACT_ALLOW, SCMP_SYS(execve), 3,
				      SCMP_A3(SCMP_CMP_EQ, secret->words[0]), SCMP_A4(SCMP_CMP_EQ, secret->words[1]),
				      SCMP_A5(SCMP_CMP_EQ, secret->words[2]));

	return result < 0 ? error_set(err, ERROR_SANDBOX, "seccomp rule for the start: %s", strerror(-result)) : 0;
}

/*
 * libseccomp's default action cannot be a notification, so the program is built
 * with a mark that is replaced here. At least the foreign-architecture and the
 * default answer must have been found, or the filter is not what we think.
 */
static int mark_refusals(struct filter *filter, struct error **err)
{
	unsigned int found = 0;

	for (unsigned short i = 0; i < filter->length; i++) {
		struct sock_filter *instruction = &filter->code[i];

		if (instruction->code == (BPF_RET | BPF_K) && instruction->k == REFUSED) {
			instruction->k = SECCOMP_RET_USER_NOTIF;
			found++;
		}
	}
	return found >= 1 ? 0 : error_set(err, ERROR_SANDBOX, "the seccomp program refuses nothing");
}

static int export(scmp_filter_ctx context, struct filter *filter, struct error **err)
{
	cleanup_fd int file = memfd_create("seccomp", MFD_CLOEXEC);
	cleanup_buffer struct buffer code = {0};

	if (file < 0 || seccomp_export_bpf(context, file) < 0 || lseek(file, 0, SEEK_SET) < 0)
		return error_set_errno(err, ERROR_SANDBOX, "writing the seccomp program");
	if (file_read_all(file, BPF_MAXINSNS * sizeof(struct sock_filter), &code, err) < 0)
		return error_wrap(err, "the seccomp program");
	filter->length = (unsigned short)(code.length / sizeof(struct sock_filter));
	filter->code = (struct sock_filter *)(void *)buffer_steal(&code);
	return 0;
}

static int build(scmp_filter_ctx context, const struct syscall_profile *profile, const struct exec_secret *secret,
		 struct filter *filter, struct error **err)
{
	/* a tree instead of a list: a third of the time for each call, a seventh to attach */
	if (seccomp_attr_set(context, SCMP_FLTATR_CTL_OPTIMIZE, 2) < 0)
		return error_set(err, ERROR_SANDBOX, "libseccomp is too old (2.5 is needed)");
	if (seccomp_attr_set(context, SCMP_FLTATR_ACT_BADARCH, REFUSED) < 0)
		return error_set(err, ERROR_SANDBOX, "libseccomp does not take an answer for foreign architectures");
	if (add_profile(context, profile, err) < 0)
		return -1;
	if (!profile->free_exec && add_start(context, secret, err) < 0)
		return -1;
	if (export(context, filter, err) < 0)
		return -1;
	return mark_refusals(filter, err);
}

int filter_build(enum sandbox_profile profile, const struct exec_secret *secret, struct filter *filter,
		 struct error **err)
{
	scmp_filter_ctx context = seccomp_init(REFUSED);
	int result;

	if (!context)
		return error_set(err, ERROR_SANDBOX, "libseccomp cannot begin a filter");
	result = build(context, profile_of(profile), secret, filter, err);
	seccomp_release(context);
	return result < 0 ? error_wrap(err, "profile %s", sandbox_profile_name(profile)) : 0;
}

void filter_release(struct filter *filter)
{
	free(filter->code);
	*filter = (struct filter){0};
}

int filter_attach(const struct filter *filter)
{
	struct sock_fprog program = {.len = filter->length, .filter = filter->code};

	return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
}

static bool is_x32(const struct seccomp_data *call)
{
	return call->arch == SCMP_ARCH_X86_64 && call->nr >= X32_CALL;
}

/* "openat", "i386 execve"; "" where the number has no name. */
static void name_call(const struct seccomp_data *call, char *name, size_t size)
{
	uint32_t architecture = is_x32(call) ? SCMP_ARCH_X32 : call->arch;
	const char *family = "";
	char *found = seccomp_syscall_resolve_num_arch(architecture, call->nr);

	if (architecture == SCMP_ARCH_X32)
		family = "x32 ";
	else if (architecture == SCMP_ARCH_X86)
		family = "i386 ";
	else if (architecture == SCMP_ARCH_ARM)
		family = "arm ";
	snprintf(name, size, "%s%s", family, found ? found : "");
	free(found);
}

bool filter_take_refusal(int listener, struct sandbox_violation *violation)
{
	struct seccomp_notif notice = {0};
	bool native;

	if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &notice) < 0)
		return false;
	native = notice.data.arch == seccomp_arch_native() && !is_x32(&notice.data);
	violation->happened = true;
	violation->syscall = native ? notice.data.nr : -1;
	for (size_t i = 0; i < ARRAY_LENGTH(violation->arguments); i++)
		violation->arguments[i] = notice.data.args[i];
	name_call(&notice.data, violation->name, sizeof violation->name);
	return true;
}
