#include "profiles.h"

#include "base/memory.h"

#include <asm/termbits.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <linux/sched.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>

/* ALLOW(call, reason, …) and ANSWER(call, errno, reason, …), where … is IF(tests) and KEPT_FOR(who), both optional. */
#define ALLOW(call, ...) {.number = SCMP_SYS(call), .name = #call, .reason = __VA_ARGS__}
#define ANSWER(call, with, ...) {.number = SCMP_SYS(call), .name = #call, .error = (with), .reason = __VA_ARGS__}
/* For calls younger than the oldest headers that we build with. Such numbers are the same on every architecture. */
#define ANSWER_NEW(call, is, with, ...) {.number = (is), .name = #call, .error = (with), .reason = __VA_ARGS__}
#define IF(...) .tests = {__VA_ARGS__}
#define KEPT_FOR(who) .elsewhere = (who)

#define BITS(index, bits, wanted)                                                                                      \
	{.argument = (index), .kind = TEST_BITS, .mask = (uint32_t)(bits), .value = (uint32_t)(wanted)}
#define EQUALS(index, wanted) BITS(index, ~0u, wanted)
#define CLEAR(index, bits) BITS(index, bits, 0)
#define IS_NULL(index) {.argument = (index), .kind = TEST_NULL}

/* What pthread_create asks clone for, and all that a thread of one's own can need. */
#define CLONE_A_THREAD                                                                                                 \
	(CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM | CLONE_SETTLS |             \
	 CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID)
/* What fork, vfork and posix_spawn may add to a child that only tells of its end. */
#define CLONE_OF_A_CHILD (CLONE_VM | CLONE_VFORK | CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID)
/* O_TMPFILE has the bits of O_DIRECTORY too, which alone is harmless. */
#define OPEN_MAKES (O_CREAT | (O_TMPFILE & ~O_DIRECTORY))

/* who makes the calls that are not seen where these tables were checked */
#define AARCH64 KEPT_FOR("aarch64, which has no older call")
#define GLIBC_STAT KEPT_FOR("glibc before 2.33, and again from 2.39 on")
#define GLIBC_OLD_STAT KEPT_FOR("glibc before 2.33")
#define ANYBODY KEPT_FOR("any program may ask who and where it is: what it learns is of the box")
#define ALLOCATORS KEPT_FOR("allocators that a program may bring along: jemalloc, mimalloc")

/* What any program started by ld.so needs, and calls that reach nothing but the caller itself. */
static const struct syscall_rule everybody[] = {
	/* files that the view has */
	ALLOW(read, "all input"),
	ALLOW(readv, "as read"),
	ALLOW(pread64, "ld.so reads ELF headers"),
	ALLOW(write, "all output"),
	ALLOW(writev, "as write; Rust's panic messages"),
	ALLOW(close, "descriptors"),
	ALLOW(lseek, "position of a file"),
	ALLOW(fstat, "size for mmap; stdio", GLIBC_STAT),
	ALLOW(stat, "as fstat", GLIBC_OLD_STAT),
	ALLOW(lstat, "as fstat", GLIBC_OLD_STAT),
	ALLOW(newfstatat, "as fstat"),
	ALLOW(statx, "as fstat; Rust's std::fs"),
	ALLOW(access, "ld.so looks for /etc/ld.so.preload"),
	ALLOW(faccessat, "as access", AARCH64),
	ALLOW(readlink, "current_exe"),
	ALLOW(readlinkat, "as readlink", AARCH64),
	ALLOW(getcwd, "relative paths"),
	ALLOW(getdents64, "listing a folder"),
	ALLOW(dup, "descriptors of one's own"),
	ALLOW(pipe2, "talking to one's own threads: std::io::pipe"),
	ALLOW(poll, "Rust checks at start that 0, 1 and 2 are open"),
	ALLOW(ppoll, "as poll", AARCH64),
	ALLOW(fcntl, "File::try_clone", IF(EQUALS(1, F_DUPFD_CLOEXEC))),
	ALLOW(fcntl, "is it open: Rust's debug assertions", IF(EQUALS(1, F_GETFD))),
	ALLOW(fcntl, "how is it open: fdopen, Debug of File", IF(EQUALS(1, F_GETFL))),
	ALLOW(ioctl, "isatty: is it a terminal (it is not)", IF(EQUALS(1, TCGETS))),

	/* memory */
	ALLOW(brk, "malloc"),
	ALLOW(mmap, "malloc, stacks, libraries", IF(CLEAR(3, MAP_HUGETLB))),
	ANSWER(mmap, ENOMEM, "pages set aside by the host's root are not counted as the box's memory",
	       IF(BITS(3, MAP_HUGETLB, MAP_HUGETLB)), ALLOCATORS),
	ALLOW(munmap, "as mmap"),
	ALLOW(mremap, "realloc"),
	ALLOW(mprotect, "ld.so, guard pages"),
	ALLOW(madvise, "giving memory back", IF(EQUALS(2, MADV_DONTNEED))),
	ANSWER(madvise, EINVAL, "how it will be read: 0 to 3", IF(BITS(2, ~3u, MADV_NORMAL)),
	       KEPT_FOR("programs that map large files")),
	ANSWER(madvise, EINVAL, "huge or merged pages: 12 to 15", IF(BITS(2, ~3u, MADV_MERGEABLE)), ALLOCATORS),
	ANSWER(madvise, EINVAL, "dumps, forks, paging: 16 to 31", IF(BITS(2, ~15u, MADV_DONTDUMP)), ALLOCATORS),
	ANSWER(madvise, EINVAL, "guards without mprotect: 102 and 103", IF(BITS(2, ~1u, 102)),
	       KEPT_FOR("glibc from 2.42 on, for the stack of each thread")),
	ANSWER_NEW(mseal, 462, ENOSYS, "libraries that cannot be unmapped",
		   KEPT_FOR("an ld.so that seals what it has mapped")),

	/* threads and time */
	ANSWER(clone3, ENOSYS, "its flags are in memory, where a filter cannot look; libc falls back to clone"),
	ALLOW(set_robust_list, "glibc, each thread"),
	ALLOW(set_tid_address, "glibc, at start"),
	ALLOW(rseq, "glibc, each thread"),
	ALLOW(arch_prctl, "thread-local storage", IF(EQUALS(0, 0x1002 /* ARCH_SET_FS */))),
	ANSWER(arch_prctl, EINVAL, "shadow stacks, as first proposed", IF(BITS(0, ~7u, 0x3000)),
	       KEPT_FOR("glibc before 2.39 where built with CET, as Ubuntu's is")),
	ANSWER(arch_prctl, EINVAL, "shadow stacks", IF(BITS(0, ~7u, 0x5000)),
	       KEPT_FOR("glibc from 2.39 on where built with CET")),
	ALLOW(futex, "locks", IF(BITS(1, FUTEX_CMD_MASK, FUTEX_WAIT))),
	ALLOW(futex, "locks", IF(BITS(1, FUTEX_CMD_MASK, FUTEX_WAKE))),
	ALLOW(futex, "locks with a deadline, joining", IF(BITS(1, FUTEX_CMD_MASK, FUTEX_WAIT_BITSET))),
	ALLOW(sched_yield, "spin locks"),
	ALLOW(sched_getaffinity, "how many processors; available_parallelism"),
	ALLOW(exit, "end of a thread"),
	ALLOW(exit_group, "end of the program"),
	ALLOW(pause, "sleeping"),
	ALLOW(clock_nanosleep, "sleeping"),
	ALLOW(clock_gettime, "CPU time, and all time where the vDSO passes it on"),
	ALLOW(gettimeofday, "as clock_gettime", KEPT_FOR("machines whose clock the vDSO cannot read")),
	ALLOW(restart_syscall, "goes on sleeping",
	      KEPT_FOR("the kernel has it called when a sleeper was stopped or frozen")),
	ALLOW(prctl, "names of threads", IF(EQUALS(0, PR_SET_NAME))),
	ANSWER(prctl, EINVAL, "names of mappings", IF(EQUALS(0, 0x53564d41 /* PR_SET_VMA */)),
	       KEPT_FOR("glibc from 2.39 on and sanitizers where asked to, allocators")),

	/* signals, to oneself */
	ALLOW(rt_sigaction, "handlers; Rust's stack overflow message"),
	ALLOW(rt_sigprocmask, "as rt_sigaction"),
	ALLOW(rt_sigreturn, "end of a handler"),
	ALLOW(sigaltstack, "Rust's stack overflow handler"),
	ALLOW(tgkill, "abort()"),

	/* facts about oneself */
	ALLOW(getpid, "abort(), seeds"),
	ALLOW(gettid, "abort(), locks"),
	ALLOW(getppid, "harmless: 1", ANYBODY),
	ALLOW(getuid, "paths, AT_SECURE checks", ANYBODY),
	ALLOW(geteuid, "as getuid", ANYBODY),
	ALLOW(getgid, "as getuid", ANYBODY),
	ALLOW(getegid, "as getuid", ANYBODY),
	ALLOW(uname, "glibc, gcc", ANYBODY),
	ALLOW(getcpu, "which processor, which node", ALLOCATORS),
	ALLOW(getrandom, "HashMap's keys, malloc"),
	ALLOW(sysinfo, "qsort and linkers ask for the size of memory"),
	ALLOW(prlimit64, "stack size; limits are only read, and one's own", IF(EQUALS(0, 0), IS_NULL(2))),
};

/* Tests: threads, but no new process, no new program, no new file. */
static const struct syscall_rule run[] = {
	ALLOW(clone, "threads of one's own", IF(EQUALS(0, CLONE_A_THREAD))),
	ALLOW(openat, "libraries, data", IF(CLEAR(2, OPEN_MAKES))),
	ANSWER(madvise, EINVAL, "giving memory back, some day", IF(EQUALS(2, MADV_FREE)), ALLOCATORS),
};

/* Compilers and linkers: processes, programs of the view, files in the scratch folder. */
static const struct syscall_rule compile[] = {
	/* processes */
	ALLOW(clone, "threads", IF(EQUALS(0, CLONE_A_THREAD))),
	ALLOW(clone, "children, in the same namespaces", IF(BITS(0, ~CLONE_OF_A_CHILD, SIGCHLD))),
	ALLOW(vfork, "rustc and gcc start cc, collect2, as, ld"),
	ALLOW(execve, "as vfork; only what the view holds, and nothing gains by it"),
	ALLOW(wait4, "as vfork"),
	ALLOW(kill, "a driver ends its children; only the box's processes exist"),
	ALLOW(setsid, "a session of one's own",
	      KEPT_FOR("programs that go on in the background; the end of the box ends them too")),
	ALLOW(getpgrp, "bash, at start"),
	ALLOW(getpgid, "as getpgrp", AARCH64),
	ANSWER(ioctl, ENOTTY, "bash asks for the terminal's group (there is no terminal)", IF(EQUALS(1, TIOCGPGRP))),
	ANSWER(getpeername, ENOTSOCK, "bash asks whether it was started by a network daemon"),
	ALLOW(alarm, "LLVM that failed waits so long for its symbolizer"),
	ALLOW(setitimer, "as alarm", AARCH64),
	ALLOW(rt_sigsuspend, "shells wait for children"),
	ALLOW(prlimit64, "gcc raises its stack limit, up to ours; one's own only", IF(EQUALS(0, 0))),
	ANSWER(sched_setaffinity, EPERM, "thread pools bind their threads",
	       KEPT_FOR("TBB, of mold, where its threads' processors differ from the process's")),
	ALLOW(getrusage, "how long did it take"),
	ALLOW(socketpair, "Rust's Command learns over one that exec failed",
	      IF(EQUALS(0, AF_UNIX), EQUALS(1, SOCK_SEQPACKET | SOCK_CLOEXEC))),
	ALLOW(recvfrom, "as socketpair"),
	ANSWER(socket, EACCES, "getpwuid asks nscd", IF(EQUALS(0, AF_UNIX))),
	ALLOW(dup2, "children's standard descriptors"),
	ALLOW(dup3, "as dup2", AARCH64),
	ALLOW(pipe, "as pipe2", KEPT_FOR("older glibc: 2.31")),
	ALLOW(fcntl, "shells put descriptors aside", IF(EQUALS(1, F_DUPFD))),
	ALLOW(fcntl, "close on exec", IF(EQUALS(1, F_SETFD))),
	ALLOW(fcntl, "non-blocking pipes", IF(EQUALS(1, F_SETFL))),
	ALLOW(ioctl, "non-blocking pipes, Rust's way", IF(EQUALS(1, FIONBIO))),
	ALLOW(ioctl, "how wide is the terminal (there is none)", IF(EQUALS(1, TIOCGWINSZ))),

	/* memory, files */
	ALLOW(madvise, "giving memory back: rustc's jemalloc", IF(EQUALS(2, MADV_FREE))),
	ALLOW(open, "sources, output"),
	ALLOW(openat, "sources, output"),
	ALLOW(faccessat2, "as access, for the effective user"),
	ALLOW(unlink, "temporary files"),
	ALLOW(unlinkat, "temporary files"),
	ALLOW(rename, "output by rename"),
	ALLOW(renameat, "as rename", AARCH64),
	ALLOW(renameat2, "as rename"),
	ALLOW(mkdir, "temporary folders"),
	ALLOW(mkdirat, "as mkdir"),
	ALLOW(rmdir, "temporary folders", KEPT_FOR("fs::remove_dir and remove(): rmdir, LLVM when it cleans up")),
	ALLOW(linkat, "incremental compilation"),
	ALLOW(symlink, "versioned libraries; a link is followed inside only",
	      KEPT_FOR("programs in place of ln, which has symlinkat")),
	ALLOW(symlinkat, "as symlink"),
	ALLOW(chmod, "a linker makes its output executable"),
	ALLOW(fchmod, "as chmod"),
	ALLOW(fchmodat, "as chmod"),
	ANSWER_NEW(fchmodat2, 452, ENOSYS, "libc falls back to fchmodat", KEPT_FOR("glibc from 2.39 on")),
	ALLOW(umask, "as chmod"),
	ALLOW(utimensat, "times that make compares"),
	ALLOW(ftruncate, "output"),
	ALLOW(fallocate, "output"),
	ALLOW(flock, "incremental compilation"),
	ALLOW(fadvise64, "cat, cp, hints"),
	ANSWER(copy_file_range, ENOSYS, "fs::copy, cat and cp fall back to read and write"),
	ANSWER(sendfile, ENOSYS, "as copy_file_range"),
	ANSWER(splice, EINVAL, "as copy_file_range", KEPT_FOR("io::copy between pipes; coreutils to come")),
	ANSWER(ioctl, EOPNOTSUPP, "cp tries to share blocks first", IF(EQUALS(1, 0x40049409 /* FICLONE */))),
	ALLOW(statfs, "linkers ask for the file system's kind"),
	ALLOW(fstatfs, "as statfs"),
	ALLOW(chdir, "drivers"),
	ALLOW(fchdir, "as chdir"),
	ANSWER(getxattr, ENODATA, "cp, install and ls look for labels"),
	ANSWER(lgetxattr, ENODATA, "as getxattr"),
	ANSWER(fgetxattr, ENODATA, "as getxattr"),
	ANSWER(llistxattr, ENOTSUP, "as getxattr"),
	ANSWER(flistxattr, ENOTSUP, "as getxattr"),
	ANSWER(setxattr, ENOTSUP, "cp keeps access lists"),
	ANSWER(fsetxattr, ENOTSUP, "as setxattr"),
	ANSWER(fchownat, EPERM, "cp keeps the owner; there is nobody else"),
	ANSWER(fchown, EPERM, "as fchownat", KEPT_FOR("cp of a file that another owns: one of the view")),
};

#define TABLE(rules) {#rules, rules, ARRAY_LENGTH(rules)}

static const struct syscall_profile profiles[] = {
	[SANDBOX_COMPILE] = {
		.tables = {TABLE(everybody), TABLE(compile)},
		.free_exec = true,
	},
	[SANDBOX_RUN] = {
		.tables = {TABLE(everybody), TABLE(run)},
	},
};

const struct syscall_profile *profile_of(enum sandbox_profile profile)
{
	return &profiles[profile];
}
