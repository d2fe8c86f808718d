/* Boxes where their caller, or somebody else on the machine, makes it hard for them: the outcome is as ever. */
#include "sandbox-fixture.h"

#include "base/clock.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <sys/wait.h>

/* ---- what a caller may be like -------------------------------------------- */

static void close_standard_descriptors(void)
{
	close_range(0, 2, 0);
}

static void ignore_children(void)
{
	signal(SIGCHLD, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
}

static void reap_all(int number)
{
	int saved = errno;

	(void)number;
	while (waitpid(-1, NULL, WNOHANG | __WALL) > 0)
		continue;
	errno = saved;
}

static void reap_in_a_handler(void)
{
	signal(SIGCHLD, reap_all);
}

static void *reap_for_ever(void *nothing)
{
	for (;;) {
		reap_all(0);
		usleep(50);
	}
	return nothing;
}

static void reap_in_a_thread(void)
{
	pthread_t thread;

	ck_assert_int_eq(pthread_create(&thread, NULL, reap_for_ever, NULL), 0);
}

static void adopt_orphans(void)
{
	ck_assert_int_eq(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
}

static void stand_in_a_removed_folder(void)
{
	char folder[] = "/tmp/assay-gone-XXXXXX";

	ck_assert_ptr_nonnull(mkdtemp(folder));
	ck_assert_int_eq(chdir(folder), 0);
	ck_assert_int_eq(rmdir(folder), 0);
}

static void mask_every_mode(void)
{
	umask(0777);
}

static void give_up_privileges_to_come(void)
{
	ck_assert_int_eq(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
}

static void have_a_filter(void)
{
	struct sock_filter code[] = {BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)};
	struct sock_fprog program = {.len = ARRAY_LENGTH(code), .filter = code};

	give_up_privileges_to_come();
	ck_assert_int_eq(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program), 0);
}

static void ignore_every_signal(void)
{
	for (int number = 1; number < NSIG; number++)
		signal(number, SIG_IGN);
}

static void block_every_signal(void)
{
	sigset_t all;

	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, NULL);
}

static void hold_many_descriptors(void)
{
	struct rlimit limit;

	ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
	limit.rlim_cur = limit.rlim_max < 16384 ? limit.rlim_max : 16384;
	setrlimit(RLIMIT_NOFILE, &limit);
	for (int i = 0; i < 700; i++)
		ck_assert_int_ge(dup(STDIN_FILENO), 0);
	ck_assert_int_ge(dup2(STDIN_FILENO, (int)limit.rlim_cur - 1000), 0);
}

static void *wait_for_nothing(void *nothing)
{
	for (;;)
		pause();
	return nothing;
}

static void have_many_threads(void)
{
	pthread_attr_t attributes;
	pthread_t thread;

	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, 65536);
	for (int i = 0; i < 100; i++)
		ck_assert_int_eq(pthread_create(&thread, &attributes, wait_for_nothing, NULL), 0);
	pthread_attr_destroy(&attributes);
}

static void (*const callers[])(void) = {
	close_standard_descriptors,
	ignore_children,
	reap_in_a_handler,
	reap_in_a_thread,
	adopt_orphans,
	stand_in_a_removed_folder,
	mask_every_mode,
	give_up_privileges_to_come,
	have_a_filter,
	ignore_every_signal,
	block_every_signal,
	hold_many_descriptors,
	have_many_threads,
};

/* As that caller: in the first half of the rows root, in the second an ordinary user. */
static void become_caller(int row)
{
	ck_assert(row < (int)ARRAY_LENGTH(callers) || become_ordinary());
	callers[row % (int)ARRAY_LENGTH(callers)]();
}

static void check_echo(struct trial *trial)
{
	trial->command.input = "from outside";
	trial->command.input_length = strlen("from outside");
	trial->command.stream_count = 3;
	trial_must_run(trial);
	ck_assert(trial->outcome.exited && trial->outcome.exit_code == 0);
	ck_assert_str_eq(trial_output(trial), "from outside");
	ck_assert_str_eq(buffer_text(&trial->streams[1].data), "err");
	ck_assert_str_eq(buffer_text(&trial->streams[2].data), "private");
	ck_assert(!trial->outcome.violation.happened);
	ck_assert_int_eq(trial->outcome.limit_hit, SANDBOX_LIMIT_NONE);
}

START_TEST(callers_of_every_kind)
{
	struct trial trial;

	trial_begin(&trial, "echo", _i % 2 ? SANDBOX_COMPILE : SANDBOX_RUN);
	become_caller(_i);
	for (int i = 0; i < 3; i++) /* the first founds a slot, the others find it */
		check_echo(&trial);
	trial_end(&trial);
}
END_TEST

START_TEST(refusals_are_told_to_callers_of_every_kind)
{
	struct trial trial;

	trial_begin(&trial, "call", SANDBOX_RUN);
	become_caller(_i);
	trial.arguments[1] = "ptrace";
	for (int i = 0; i < 3; i++) {
		trial_must_run(&trial);
		ck_assert_str_eq(trial.outcome.violation.name, "ptrace");
		ck_assert_uint_eq(trial.streams[0].data.length, 0);
	}
	trial_end(&trial);
}
END_TEST

/* ---- founders, stepping stones and inits that somebody kills ----------------- */

struct sniper {
	int signal; /* SIGSTOP is followed by SIGCONT */
	atomic_bool stop;
	atomic_int shots;
};

static void shoot(struct sniper *sniper, pid_t pid)
{
	if (kill(pid, sniper->signal) < 0)
		return;
	sniper->shots++;
	if (sniper->signal != SIGSTOP)
		return;
	usleep(300);
	kill(pid, SIGCONT);
}

/* All children of that thread of ours. */
static void shoot_children(struct sniper *sniper, pid_t thread)
{
	cleanup_free char *path = text_format("/proc/self/task/%d/children", (int)thread);
	FILE *list = fopen(path, "re");
	int child;

	while (list && fscanf(list, "%d", &child) == 1)
		shoot(sniper, child);
	if (list)
		fclose(list);
}

static void *snipe(void *argument)
{
	struct sniper *sniper = argument;

	for (unsigned int i = 0; !sniper->stop; i++) {
		usleep(i * 373 % 2500);
		shoot_children(sniper, getpid());
	}
	return NULL;
}

static const struct {
	int signal;
	bool ordinary;
} snipings[] = {{SIGKILL, false}, {SIGKILL, true}, {SIGSTOP, false}, {SIGSTOP, true}};

START_TEST(sniped_at_any_moment)
{
	struct sniper sniper = {.signal = snipings[_i].signal};
	struct trial trial;
	pthread_t thread;
	int errors = 0;

	trial_begin(&trial, "echo", SANDBOX_RUN);
	ck_assert(!snipings[_i].ordinary || become_ordinary());
	ck_assert_int_eq(pthread_create(&thread, NULL, snipe, &sniper), 0);
	for (int i = 0; i < 300; i++) {
		if (i % 3 == 0) { /* so that there are founders too */
			sandbox_close(trial.sandbox);
			trial.sandbox = NULL;
		}
		if (trial_run(&trial) < 0) {
			ck_assert_int_eq(trial.err->kind, ERROR_SANDBOX);
			error_free(trial.err);
			trial.err = NULL;
			errors++;
			continue;
		}
		ck_assert_msg(trial.outcome.exited && trial.outcome.exit_code == 0,
			      "the program is blamed: %d, signal %d", trial.outcome.exit_code, trial.outcome.signal);
		ck_assert_str_eq(buffer_text(&trial.streams[1].data), "err");
	}
	sniper.stop = true;
	pthread_join(thread, NULL);
	ck_assert_int_gt(sniper.shots, 0);
	ck_assert(snipings[_i].signal == SIGKILL || errors == 0);
	sandbox_close(trial.sandbox);
	trial.sandbox = NULL;
	ck_assert_int_eq(waitpid(-1, NULL, WNOHANG | __WALL), -1); /* nobody is left to wait for */
	ck_assert_int_eq(errno, ECHILD);
	trial_end(&trial);
}
END_TEST

/* ---- interrupts --------------------------------------------------------------- */

static void *interrupt_later(void *after_us)
{
	usleep(*(unsigned int *)after_us);
	sandbox_interrupt();
	return NULL;
}

/* Cold and prepared in turn. */
static int run_or_prepare(struct trial *trial, bool prepared)
{
	struct sandbox_prepared *box;

	if (!prepared)
		return sandbox_run(trial->sandbox, &trial->policy, &trial->command, &trial->outcome, &trial->err);
	if (sandbox_prepare(trial->sandbox, &trial->policy, &box, &trial->err) < 0)
		return -1;
	return sandbox_run_prepared(box, &trial->command, &trial->outcome, &trial->err);
}

static _Noreturn void be_interrupted(struct trial *trial, unsigned int after_us)
{
	int64_t begun = clock_ms();
	pthread_t thread;
	bool as_meant;

	if (sandbox_open(&trial->sandbox, &trial->err) < 0 ||
	    pthread_create(&thread, NULL, interrupt_later, &after_us) != 0)
		_exit(2);
	as_meant = run_or_prepare(trial, after_us % 2) < 0 && strstr(trial->err->message, "interrupted") &&
		   clock_ms() - begun < 5000 && trial_processes(trial) == 0;
	pthread_join(thread, NULL);
	sandbox_close(trial->sandbox);
	_exit(as_meant ? 0 : 1);
}

START_TEST(interrupted_at_any_moment)
{
	struct trial trial;

	trial_begin(&trial, "sleeper", SANDBOX_RUN);
	ck_assert(!_i || become_ordinary());
	trial.arguments[1] = "sleep";
	for (unsigned int after_us = 1; after_us < 12000; after_us += 111) {
		pid_t child = fork();
		int status;

		if (child == 0)
			be_interrupted(&trial, after_us);
		ck_assert_int_eq(waitpid(child, &status, 0), child);
		ck_assert_msg(status == 0, "interrupted after %u us: status %x", after_us, (unsigned int)status);
		ck_assert_int_eq(groups_of(child), 0);
	}
	trial_end(&trial);
}
END_TEST

/* ---- control groups that somebody takes away --------------------------------- */

static int take_groups_away(const char *hierarchy)
{
	cleanup_free char *pattern = text_format("/sys/fs/cgroup/%s{,/*,/*/*}/assay-*-%d-*", hierarchy, (int)getpid());
	glob_t found = {0};
	int count = 0;

	glob(pattern, GLOB_BRACE, NULL, &found);
	for (size_t i = 0; i < found.gl_pathc; i++)
		count += rmdir(found.gl_pathv[i]) == 0;
	globfree(&found);
	return count;
}

static const char *const hierarchies[] = {"memory", "pids", "cpu", "unified", "*"};

/* An idle slot's group goes: a box may be refused for it, once, but has its limits or is none. */
START_TEST(groups_taken_away)
{
	const char *heap[] = {"/heap", NULL};
	struct sandbox_mount mounts[] = {{0}, {.source = ATTACK_PROGRAMS "/memory_heap", .target = "/heap"}};
	struct trial trial;
	int taken;

	trial_begin(&trial, "echo", SANDBOX_RUN);
	mounts[0] = trial.mount;
	trial.policy.mounts = mounts;
	trial.policy.mount_count = ARRAY_LENGTH(mounts);
	trial_must_run(&trial); /* ends by itself, so its group is kept */
	taken = take_groups_away(hierarchies[_i]);
	trial.command.argv = heap;
	if (taken > 0 && trial_run(&trial) < 0) {
		error_free(trial.err);
		trial.err = NULL;
		taken = 0;
	}
	if (taken == 0)
		trial_must_run(&trial);
	if (trial.outcome.layers & 1u << SANDBOX_LAYER_CGROUP_MEMORY)
		ck_assert_int_eq(trial.outcome.limit_hit, SANDBOX_LIMIT_MEMORY);
	trial_end(&trial);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(callers_of_every_kind, .labels = "attack", .rows = 2 * ARRAY_LENGTH(callers)),
	UNIT(refusals_are_told_to_callers_of_every_kind, .labels = "attack", .rows = 2 * ARRAY_LENGTH(callers)),
	UNIT(sniped_at_any_moment, .labels = "attack", .rows = ARRAY_LENGTH(snipings), .seconds = 120),
	UNIT(interrupted_at_any_moment, .labels = "attack", .rows = 2, .seconds = 120),
	UNIT(groups_taken_away, .labels = "attack", .rows = ARRAY_LENGTH(hierarchies)),
};

UNIT_MAIN("sandbox-hostile", tests)
