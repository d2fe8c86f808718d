/*
 * Running a program of tests/attacks/machine in a box, as root and as nobody.
 *
 * Tests that drop root do so in the process that Check forked for them.
 */
#ifndef ASSAY_TESTS_SANDBOX_FIXTURE_H
#define ASSAY_TESTS_SANDBOX_FIXTURE_H

#include "suite.h"

#include "base/file.h"
#include "base/memory.h"
#include "sandbox.h"

#include <fcntl.h>
#include <glob.h>
#include <grp.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#define NOBODY 65534
#define OUTPUT_LIMIT (1u << 20)
#define MAX_ARGUMENTS 4

struct trial {
	struct sandbox *sandbox;
	struct sandbox_policy policy;
	struct sandbox_mount mount;
	struct sandbox_command command;
	struct sandbox_outcome outcome;
	struct sandbox_stream streams[3]; /* 1, 2, and 3 where stream_count says so */
	const char *arguments[MAX_ARGUMENTS + 2];
	char *folder, *program, *target;
	struct error *err;
};

static const char *const no_environment[] = {NULL};

/* Becomes nobody for good. False where this cannot be tried (not root). */
static inline bool become_ordinary(void)
{
	if (geteuid() != 0)
		return true;
	if (setgroups(0, NULL) < 0 || setresgid(NOBODY, NOBODY, NOBODY) < 0 || setresuid(NOBODY, NOBODY, NOBODY) < 0)
		return false;
	/* a change of ids takes our own /proc files from us, where the box's maps are written */
	prctl(PR_SET_DUMPABLE, 1);
	return true;
}

/* A copy that nobody can read, wherever the build is. */
static inline void place_program(struct trial *trial, const char *name)
{
	cleanup_free char *from = file_join(ATTACK_PROGRAMS, name);
	cleanup_buffer struct buffer bytes = {0};
	struct error *err = NULL;

	trial->folder = file_make_scratch("assay-trial-", &err);
	ck_assert_ptr_nonnull(trial->folder);
	ck_assert_int_eq(chmod(trial->folder, 0755), 0);
	trial->program = file_join(trial->folder, name);
	ck_assert_int_eq(file_read(AT_FDCWD, from, 1u << 24, &bytes, &err), 0);
	ck_assert_int_eq(file_write(AT_FDCWD, trial->program, bytes.data, bytes.length, 0755, &err), 0);
	ck_assert_int_eq(chmod(trial->program, 0755), 0);
	if (geteuid() == 0) /* who may have become nobody by then removes it */
		ck_assert_int_eq(chown(trial->folder, NOBODY, NOBODY), 0);
}

/* Before privileges are dropped: the build may be in a folder that nobody else enters. */
static inline void trial_begin(struct trial *trial, const char *program, enum sandbox_profile profile)
{
	*trial = (struct trial){.policy = {.profile = profile, .require = SANDBOX_REQUIRE_DEFAULT}};
	place_program(trial, program);
	trial->target = text_format("/attack-%d", (int)getpid());
	trial->mount = (struct sandbox_mount){.source = trial->program, .target = trial->target};
	trial->policy.mounts = &trial->mount;
	trial->policy.mount_count = 1;
	trial->policy.limits = sandbox_default_limits(profile);
	trial->policy.limits.wall_ms = 10000;
	trial->policy.limits.cpu_ms = 5000;
	trial->policy.limits.memory_kib = 128 * 1024;
	trial->arguments[0] = trial->target;
	for (int fd = 1; fd <= 3; fd++)
		trial->streams[fd - 1] = (struct sandbox_stream){.fd = fd, .limit_bytes = OUTPUT_LIMIT};
	trial->command = (struct sandbox_command){
		.argv = trial->arguments,
		.environment = no_environment,
		.streams = trial->streams,
		.stream_count = 2,
	};
}

static inline int trial_run(struct trial *trial)
{
	if (!trial->sandbox)
		ck_assert_msg(sandbox_open(&trial->sandbox, &trial->err) == 0, "%s", trial->err->message);
	for (size_t i = 0; i < ARRAY_LENGTH(trial->streams); i++)
		buffer_release(&trial->streams[i].data);
	return sandbox_run(trial->sandbox, &trial->policy, &trial->command, &trial->outcome, &trial->err);
}

/* As trial_run, where an error is a failure of the test. */
static inline void trial_must_run(struct trial *trial)
{
	int result = trial_run(trial);

	ck_assert_msg(result == 0, "%s", result ? trial->err->message : "");
}

static inline const char *trial_output(const struct trial *trial)
{
	return buffer_text(&trial->streams[0].data);
}

/* Is any process left whose command line is the box's? Counts. */
static inline int trial_processes(const struct trial *trial)
{
	glob_t found = {0};
	int count = 0;

	glob("/proc/[0-9]*/cmdline", 0, NULL, &found);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		FILE *file = fopen(found.gl_pathv[i], "re");
		char line[256] = {0};

		if (file && fread(line, 1, sizeof line - 1, file) > 0 && strcmp(line, trial->target) == 0)
			count++;
		if (file)
			fclose(file);
	}
	globfree(&found);
	return count;
}

/* How many control groups of that supervisor are there? */
static inline int groups_of(pid_t supervisor)
{
	static const char *const depths[] = {"", "/*", "/*/*", "/*/*/*"};
	struct stat namespace;
	int count = 0;

	ck_assert_int_eq(stat("/proc/self/ns/pid", &namespace), 0);

	for (size_t i = 0; i < ARRAY_LENGTH(depths); i++) {
		cleanup_free char *pattern = text_format("/sys/fs/cgroup%s/assay-%lx-%d-*", depths[i],
							     (unsigned long)namespace.st_ino, (int)supervisor);
		glob_t found = {0};

		if (glob(pattern, 0, NULL, &found) == 0)
			count += (int)found.gl_pathc;
		globfree(&found);
	}
	return count;
}

static inline int open_descriptors(void)
{
	glob_t found = {0};
	int count;

	glob("/proc/self/fd/*", 0, NULL, &found);
	count = (int)found.gl_pathc;
	globfree(&found);
	return count;
}

static inline void trial_end(struct trial *trial)
{
	ck_assert_int_eq(trial_processes(trial), 0);
	sandbox_close(trial->sandbox);
	ck_assert_int_eq(groups_of(getpid()), 0);
	for (size_t i = 0; i < ARRAY_LENGTH(trial->streams); i++)
		buffer_release(&trial->streams[i].data);
	error_free(trial->err);
	file_remove_tree(AT_FDCWD, trial->folder);
	free(trial->folder);
	free(trial->program);
	free(trial->target);
}

#endif
