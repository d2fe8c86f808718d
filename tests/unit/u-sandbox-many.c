/* Boxes that are made before they are needed, and boxes by the hundred: what they leave is nothing. */
#include "sandbox-fixture.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>

/* ---- prepared boxes ----------------------------------------------------------- */

START_TEST(a_prepared_box_runs_as_any_other)
{
	struct sandbox_prepared *prepared = NULL;
	struct trial trial;

	trial_begin(&trial, "echo", SANDBOX_RUN);
	ck_assert(!_i || become_ordinary());
	ck_assert_int_eq(sandbox_open(&trial.sandbox, &trial.err), 0);
	ck_assert_int_eq(sandbox_prepare(trial.sandbox, &trial.policy, &prepared, &trial.err), 0);
	trial.policy = (struct sandbox_policy){0}; /* which need not last */
	trial.arguments[1] = "7";
	trial.command.input = "late";
	trial.command.input_length = 4;
	ck_assert_int_eq(sandbox_run_prepared(prepared, &trial.command, &trial.outcome, &trial.err), 0);
	ck_assert_int_eq(trial.outcome.exit_code, 7);
	ck_assert_str_eq(trial_output(&trial), "late");
	trial_end(&trial);
}
END_TEST

START_TEST(prepared_boxes_can_be_discarded)
{
	struct sandbox_prepared *prepared[8];
	struct trial trial;
	int before;

	trial_begin(&trial, "echo", SANDBOX_RUN);
	trial_must_run(&trial);
	before = open_descriptors();
	for (size_t i = 0; i < ARRAY_LENGTH(prepared); i++)
		ck_assert_int_eq(sandbox_prepare(trial.sandbox, &trial.policy, &prepared[i], &trial.err), 0);
	for (size_t i = 0; i < ARRAY_LENGTH(prepared); i++)
		sandbox_discard(prepared[i]);
	sandbox_discard(NULL);
	trial_end(&trial);
	ck_assert_int_lt(open_descriptors(), before);
	ck_assert_int_eq(waitpid(-1, NULL, WNOHANG | __WALL), -1);
}
END_TEST

/* That nothing runs is said when it is to run. */
START_TEST(a_box_that_cannot_be_set_up_says_so_when_it_is_run)
{
	struct sandbox_prepared *prepared = NULL;
	struct trial trial;

	trial_begin(&trial, "echo", SANDBOX_RUN);
	trial.mount.target = "/dev/null/x"; /* below what is no folder */
	ck_assert_int_eq(sandbox_open(&trial.sandbox, &trial.err), 0);
	ck_assert_int_eq(sandbox_prepare(trial.sandbox, &trial.policy, &prepared, &trial.err), 0);
	ck_assert_int_eq(sandbox_run_prepared(prepared, &trial.command, &trial.outcome, &trial.err), -1);
	ck_assert_msg(strstr(trial.err->message, "mounting the view"), "%s", trial.err->message);
	trial_end(&trial);
}
END_TEST

/* ---- many ------------------------------------------------------------------------ */

/* With what a first handle leaves for good: the descriptor that a signal handler writes to. */
static int descriptors_at_rest(void)
{
	struct sandbox *sandbox;
	struct error *err = NULL;

	ck_assert_int_eq(sandbox_open(&sandbox, &err), 0);
	sandbox_close(sandbox);
	return open_descriptors();
}

/* What a process holds: descriptors, children, control groups. */
static void check_nothing_left(int descriptors_before)
{
	ck_assert_int_eq(open_descriptors(), descriptors_before);
	ck_assert_int_eq(waitpid(-1, NULL, WNOHANG | __WALL), -1);
	ck_assert_int_eq(errno, ECHILD);
	ck_assert_int_eq(groups_of(getpid()), 0);
}

START_TEST(a_thousand_boxes_leak_nothing)
{
	int before = descriptors_at_rest(), settled;
	struct trial trial;

	trial_begin(&trial, "echo", SANDBOX_RUN);
	ck_assert(!_i || become_ordinary());
	trial_must_run(&trial);
	settled = open_descriptors();
	for (int i = 0; i < 1000; i++)
		trial_must_run(&trial);
	ck_assert_int_eq(open_descriptors(), settled);
	trial_end(&trial);
	check_nothing_left(before);
}
END_TEST

struct party {
	const struct trial *trial;
	int boxes; /* each thread's, one after another */
};

static void *run_some(void *argument)
{
	const struct party *party = argument;

	for (int i = 0; i < party->boxes; i++) {
		struct sandbox_stream streams[] = {{.fd = 1}, {.fd = 2}};
		struct sandbox_command command = party->trial->command;
		struct sandbox_outcome outcome;
		struct error *err = NULL;

		command.streams = streams;
		command.input = "thread";
		command.input_length = 6;
		if (sandbox_run(party->trial->sandbox, &party->trial->policy, &command, &outcome, &err) < 0)
			return err->message;
		if (!outcome.exited || outcome.exit_code != 0 || strcmp(buffer_text(&streams[0].data), "thread") != 0)
			return text_copy("a wrong outcome");
		buffer_release(&streams[0].data);
		buffer_release(&streams[1].data);
	}
	return NULL;
}

static const struct {
	size_t threads;
	int boxes;
	bool ordinary;
} parties[] = {
	{8, 25, false},
	{8, 25, true},
	{200, 1, false},
	{200, 1, true},
};

START_TEST(many_at_once)
{
	int before = descriptors_at_rest();
	pthread_t threads[200];
	struct trial trial;
	struct party party = {.trial = &trial, .boxes = parties[_i].boxes};

	trial_begin(&trial, "echo", SANDBOX_RUN);
	ck_assert(!parties[_i].ordinary || become_ordinary());
	trial_must_run(&trial);
	for (size_t i = 0; i < parties[_i].threads; i++)
		ck_assert_int_eq(pthread_create(&threads[i], NULL, run_some, &party), 0);
	for (size_t i = 0; i < parties[_i].threads; i++) {
		void *complaint;

		pthread_join(threads[i], &complaint);
		ck_assert_msg(!complaint, "%s", (char *)complaint);
	}
	ck_assert_int_lt(open_descriptors(), 300); /* of two hundred slots, a few are kept */
	trial_end(&trial);
	check_nothing_left(before);
}
END_TEST

/* ---- a supervisor that dies -------------------------------------------------------- */

/* Processes whose command line is ours: supervisors, founders, inits before their program. */
static int our_processes(void)
{
	char ours[256] = {0}, line[256];
	FILE *file = fopen("/proc/self/cmdline", "re");
	glob_t found = {0};
	int count = 0;

	ck_assert(fread(ours, 1, sizeof ours - 1, file) > 0);
	fclose(file);
	glob("/proc/[0-9]*/cmdline", 0, NULL, &found);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		memset(line, 0, sizeof line);
		file = fopen(found.gl_pathv[i], "re");
		if (file && fread(line, 1, sizeof line - 1, file) > 0 && memcmp(line, ours, sizeof line) == 0)
			count++;
		if (file)
			fclose(file);
	}
	globfree(&found);
	return count;
}

/* Founds slots, prepares boxes, runs them, discards them: until it is killed. */
static _Noreturn void supervise_for_ever(struct trial *trial)
{
	for (;;) {
		struct sandbox_prepared *prepared[2];

		if (sandbox_open(&trial->sandbox, &trial->err) < 0)
			_exit(1);
		for (size_t i = 0; i < ARRAY_LENGTH(prepared); i++)
			if (sandbox_prepare(trial->sandbox, &trial->policy, &prepared[i], &trial->err) < 0)
				_exit(1);
		if (sandbox_run_prepared(prepared[0], &trial->command, &trial->outcome, &trial->err) < 0 || trial_run(trial) < 0)
			_exit(1);
		sandbox_discard(prepared[1]);
		sandbox_close(trial->sandbox);
	}
}

static int groups_of_all(const pid_t *supervisors, size_t count)
{
	int groups = 0;

	for (size_t i = 0; i < count; i++)
		groups += groups_of(supervisors[i]);
	return groups;
}

START_TEST(killed_at_any_moment)
{
	struct trial trial;
	int before = our_processes();
	pid_t supervisors[150];

	trial_begin(&trial, "sleeper", SANDBOX_RUN);
	ck_assert(!_i || become_ordinary());
	trial.arguments[1] = "sleep";
	trial.policy.limits.wall_ms = 4;
	for (size_t i = 0; i < ARRAY_LENGTH(supervisors); i++) {
		pid_t supervisor = supervisors[i] = fork();
		int status;

		if (supervisor == 0)
			supervise_for_ever(&trial);
		usleep((unsigned int)(i * 211 % 16000)); /* about what one round takes */
		kill(supervisor, SIGKILL);
		ck_assert_int_eq(waitpid(supervisor, &status, 0), supervisor);
		ck_assert_msg(WIFSIGNALED(status), "it gave up with %d", WEXITSTATUS(status));
	}
	for (int i = 0; i < 500 && (our_processes() > before || trial_processes(&trial) > 0); i++)
		usleep(10000);
	ck_assert_int_eq(our_processes(), before);
	/* each opening sweeps the groups that are left, but does not wait for ever for what still dies in one */
	for (int i = 0; i < 20 && (i == 0 || groups_of_all(supervisors, ARRAY_LENGTH(supervisors)) > 0); i++) {
		sandbox_close(trial.sandbox);
		ck_assert_int_eq(sandbox_open(&trial.sandbox, &trial.err), 0);
	}
	ck_assert_int_eq(groups_of_all(supervisors, ARRAY_LENGTH(supervisors)), 0);
	trial_end(&trial);
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(a_prepared_box_runs_as_any_other, .rows = 2),
	UNIT(prepared_boxes_can_be_discarded),
	UNIT(a_box_that_cannot_be_set_up_says_so_when_it_is_run),
	UNIT(a_thousand_boxes_leak_nothing, .rows = 2, .seconds = 120),
	UNIT(killed_at_any_moment, .rows = 2, .seconds = 120),
	UNIT(many_at_once, .rows = ARRAY_LENGTH(parties), .seconds = 120),
};

UNIT_MAIN("sandbox-many", tests)
