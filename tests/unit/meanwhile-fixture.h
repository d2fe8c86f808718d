/*
 * Something changes while it is read, at each moment in turn: before each system call of the reader, which is all that
 * it sees of the world. Two threads would have to be lucky to meet there, and one day are not.
 *
 * The reader runs in a process of its own that is traced (ptrace(2)), so that nothing hangs on which calls it makes.
 */
#ifndef ASSAY_TESTS_MEANWHILE_FIXTURE_H
#define ASSAY_TESTS_MEANWHILE_FIXTURE_H

#include "base/memory.h"

#include <check.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

struct meanwhile {
	unsigned int (*read)(const char *folder); /* what it saw, as bits below 1 << 7; it may not use Check */
	void (*change)(const struct meanwhile *); /* what is changed, and changed back where it is done twice */
	const char *folder;
	const char *path, *other; /* whole, for `change` */
};

static inline void exchange(const struct meanwhile *meanwhile)
{
	ck_assert_int_eq(renameat2(AT_FDCWD, meanwhile->path, AT_FDCWD, meanwhile->other, RENAME_EXCHANGE), 0);
}

/* Until its next stop; false where it has exited, with what it saw. */
static inline bool reader_stops(pid_t reader, enum __ptrace_request how, unsigned int *saw)
{
	int status;

	ck_assert_int_eq(ptrace(how, reader, NULL, NULL), 0);
	ck_assert_int_eq(waitpid(reader, &status, 0), reader);
	if (WIFSTOPPED(status)) {
		ck_assert_int_eq(WSTOPSIG(status), SIGTRAP | 0x80);
		return true;
	}
	ck_assert_msg(WIFEXITED(status), "the reader died of signal %d", WTERMSIG(status));
	*saw |= (unsigned int)WEXITSTATUS(status);
	return false;
}

static inline pid_t reader_start(const struct meanwhile *meanwhile)
{
	const unsigned int options = PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL;
	pid_t reader = fork();
	int status;

	ck_assert_int_ge(reader, 0);
	if (reader == 0) {
		if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0)
			_exit(1);
		raise(SIGSTOP);
		_exit((int)meanwhile->read(meanwhile->folder));
	}
	ck_assert_int_eq(waitpid(reader, &status, 0), reader);
	ck_assert_msg(WIFSTOPPED(status), "nothing can be traced here (kernel.yama.ptrace_scope says who may)");
	ck_assert_int_eq(ptrace(PTRACE_SETOPTIONS, reader, NULL, (void *)(uintptr_t)options), 0);
	return reader;
}

/*
 * Reads with the change made before call `first`, and again `later` calls on unless that is 0. False where the reader
 * was done before. `undone`: whether the second change was made.
 */
static inline bool read_meanwhile(const struct meanwhile *meanwhile, int first, int later, bool *undone,
				  unsigned int *saw)
{
	pid_t reader = reader_start(meanwhile);
	int last = first + later;

	*undone = false;
	for (int call = 1; call <= last; call++) {
		if (!reader_stops(reader, PTRACE_SYSCALL, saw))
			return call > first;
		if (call == first || call == last)
			meanwhile->change(meanwhile);
		*undone = later && call == last;
		/* out of the call again; nothing comes out of an exit */
		if (!reader_stops(reader, PTRACE_SYSCALL, saw))
			return call >= first;
	}
	while (reader_stops(reader, PTRACE_CONT, saw))
		continue;
	return true;
}

/* All that was seen with one change at each moment, and with one that is undone one and three calls later. */
static inline unsigned int read_at_each_moment(const struct meanwhile *meanwhile)
{
	static const int laters[] = {0, 1, 3};
	unsigned int saw = 0;

	for (size_t i = 0; i < ARRAY_LENGTH(laters); i++) {
		bool undone;

		for (int first = 1; read_meanwhile(meanwhile, first, laters[i], &undone, &saw); first++)
			if (!undone)
				meanwhile->change(meanwhile); /* back, for the next one */
	}
	return saw;
}

#endif
