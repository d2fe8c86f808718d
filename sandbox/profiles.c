#include "profiles.h"

#include "base/memory.h"

#include <asm/termbits.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>

#define ALLOW(call, why) {.number = SCMP_SYS(call), .name = #call, .reason = (why)}
#define ALLOW_IF(call, why, ...) {.number = SCMP_SYS(call), .name = #call, .reason = (why), .tests = {__VA_ARGS__}}
#define ANSWER(call, with, why) {.number = SCMP_SYS(call), .name = #call, .error = (with), .reason = (why)}
#define ANSWER_IF(call, with, why, ...)                                                                                \
	{.number = SCMP_SYS(call), .name = #call, .error = (with), .reason = (why), .tests = {__VA_ARGS__}}

#define BITS(index, bits, wanted)                                                                                      \
	{.argument = (index), .kind = TEST_BITS, .mask = (uint32_t)(bits), .value = (uint32_t)(wanted)}
#define EQUALS(index, wanted) BITS(index, ~0u, wanted)
#define CLEAR(index, bits) BITS(index, bits, 0)
#define IS_NULL(index) {.argument = (index), .kind = TEST_NULL}

#define CLONE_NAMESPACES                                                                                               \
	(CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET)
#define CLONE_A_THREAD (CLONE_VM | CLONE_SIGHAND | CLONE_THREAD)
/* O_TMPFILE has the bits of O_DIRECTORY too, which alone is harmless. */
#define OPEN_MAKES (O_CREAT | (O_TMPFILE & ~O_DIRECTORY))

/* What any program started by ld.so needs, and calls that reach nothing but the caller itself. */
static const struct syscall_rule everybody[] = {
	/* files that the view has */
	ALLOW(read, "all input"),
	ALLOW(readv, "as read"),
	ALLOW(pread64, "ld.so reads ELF headers"),
	ALLOW(preadv, "as pread64"),
	ALLOW(write, "all output"),
	ALLOW(writev, "as write; Rust's panic messages"),
	ALLOW(pwrite64, "as write"),
	ALLOW(close, "descriptors"),
	ALLOW(close_range, "closing many; Rust and glibc before a spawn"),
	ALLOW(lseek, "position of a file"),
	ALLOW(fstat, "size for mmap; stdio"),
	ALLOW(stat, "as fstat"),
	ALLOW(lstat, "as fstat"),
	ALLOW(newfstatat, "as fstat"),
	ALLOW(statx, "as fstat; Rust's std::fs"),
	ALLOW(access, "ld.so looks for /etc/ld.so.preload"),
	ALLOW(faccessat, "as access"),
	ALLOW(faccessat2, "as access"),
	ALLOW(readlink, "current_exe"),
	ALLOW(readlinkat, "as readlink"),
	ALLOW(getcwd, "relative paths"),
	ALLOW(getdents64, "listing a folder"),
	ALLOW(dup, "descriptors of one's own"),
	ALLOW(dup2, "as dup"),
	ALLOW(dup3, "as dup"),
	ALLOW(pipe, "as pipe2"),
	ALLOW(pipe2, "talking to one's own threads"),
	ALLOW(poll, "Rust checks at start that 0, 1 and 2 are open"),
	ALLOW(ppoll, "as poll"),
	ALLOW(select, "as poll"),
	ALLOW(pselect6, "as poll"),
	ALLOW_IF(fcntl, "copies of a descriptor", EQUALS(1, F_DUPFD)),
	ALLOW_IF(fcntl, "copies of a descriptor", EQUALS(1, F_DUPFD_CLOEXEC)),
	ALLOW_IF(fcntl, "is it open", EQUALS(1, F_GETFD)),
	ALLOW_IF(fcntl, "close on exec", EQUALS(1, F_SETFD)),
	ALLOW_IF(fcntl, "stdio asks for the mode", EQUALS(1, F_GETFL)),
	ALLOW_IF(fcntl, "non-blocking pipes", EQUALS(1, F_SETFL)),
	ALLOW_IF(ioctl, "isatty: is it a terminal (it is not)", EQUALS(1, TCGETS)),
	ALLOW_IF(ioctl, "how wide is the terminal", EQUALS(1, TIOCGWINSZ)),
	ALLOW_IF(ioctl, "non-blocking pipes, Rust's way", EQUALS(1, FIONBIO)),
	ALLOW_IF(ioctl, "close on exec, Rust's way", EQUALS(1, FIOCLEX)),
	ALLOW_IF(ioctl, "bytes waiting", EQUALS(1, FIONREAD)),

	/* memory */
	ALLOW(brk, "malloc"),
	ALLOW(mmap, "malloc, stacks, libraries"),
	ALLOW(mmap2, "as mmap"),
	ALLOW(munmap, "as mmap"),
	ALLOW(mremap, "realloc"),
	ALLOW(mprotect, "ld.so, guard pages"),
	ALLOW(madvise, "giving memory back"),
	ALLOW(mincore, "stack probing of pthread_getattr_np"),
	ALLOW(msync, "a mapped file of one's own"),
	ANSWER(mlock, EPERM, "hints of allocators; memory is not to be pinned"),
	ANSWER(get_mempolicy, ENOSYS, "allocators ask for NUMA nodes"),
	ANSWER(membarrier, ENOSYS, "allocators ask for it and do without"),

	/* threads and time */
	ANSWER(clone3, ENOSYS, "its flags are in memory, where a filter cannot look; libc falls back to clone"),
	ALLOW(set_robust_list, "glibc, each thread"),
	ALLOW(set_tid_address, "glibc, at start"),
	ALLOW(rseq, "glibc, each thread"),
	ALLOW(arch_prctl, "thread-local storage"),
	ALLOW(futex, "locks"),
	ALLOW(sched_yield, "spin locks"),
	ALLOW(sched_getaffinity, "how many processors; available_parallelism"),
	ALLOW(getcpu, "allocators"),
	ALLOW(exit, "end of a thread"),
	ALLOW(exit_group, "end of the program"),
	ALLOW(nanosleep, "sleeping"),
	ALLOW(pause, "sleeping"),
	ALLOW(clock_nanosleep, "sleeping"),
	ALLOW(clock_gettime, "time, where the vDSO passes it on"),
	ALLOW(clock_getres, "time"),
	ALLOW(gettimeofday, "time"),
	ALLOW(time, "time"),
	ALLOW(times, "clock()"),
	ALLOW(getrusage, "own CPU time"),
	ALLOW(restart_syscall, "the kernel's own, after a stop"),
	ALLOW_IF(prctl, "names of threads", EQUALS(0, PR_SET_NAME)),
	ALLOW_IF(prctl, "names of threads", EQUALS(0, PR_GET_NAME)),
	ANSWER_IF(prctl, EINVAL, "allocators name their mappings", EQUALS(0, 0x53564d41 /* PR_SET_VMA */)),

	/* signals, to oneself */
	ALLOW(rt_sigaction, "handlers; Rust's stack overflow message"),
	ALLOW(rt_sigprocmask, "as rt_sigaction"),
	ALLOW(rt_sigreturn, "end of a handler"),
	ALLOW(sigaltstack, "Rust's stack overflow handler"),
	ALLOW(tgkill, "abort()"),
	ALLOW(tkill, "abort() of older libcs"),

	/* facts about oneself */
	ALLOW(getpid, "abort(), seeds"),
	ALLOW(gettid, "abort(), locks"),
	ALLOW(getppid, "harmless: 1"),
	ALLOW(getuid, "paths, AT_SECURE checks"),
	ALLOW(geteuid, "as getuid"),
	ALLOW(getgid, "as getuid"),
	ALLOW(getegid, "as getuid"),
	ALLOW(getpgrp, "harmless"),
	ALLOW(getrandom, "HashMap's keys, malloc"),
	ALLOW(uname, "glibc, gcc"),
	ALLOW(sysinfo, "qsort and linkers ask for the size of memory"),
	ALLOW(getrlimit, "stack size"),
	ALLOW_IF(prlimit64, "stack size; limits are only read, and one's own", EQUALS(0, 0), IS_NULL(2)),
};

/* Tests: threads, but no new process, no new program, no new file. */
static const struct syscall_rule run_rules[] = {
	ALLOW_IF(clone, "threads of one's own", BITS(0, CLONE_A_THREAD | CLONE_NAMESPACES, CLONE_A_THREAD)),
	ALLOW_IF(open, "libraries, data", CLEAR(1, OPEN_MAKES)),
	ALLOW_IF(openat, "libraries, data", CLEAR(2, OPEN_MAKES)),
};

/* Compilers and linkers: processes, programs of the view, files in the scratch folder. */
static const struct syscall_rule compile_rules[] = {
	/* processes */
	ALLOW_IF(clone, "threads and children, in the same namespaces", CLEAR(0, CLONE_NAMESPACES)),
	ALLOW(fork, "shells, make"),
	ALLOW(vfork, "rustc and gcc start cc, collect2, as, ld"),
	ALLOW(execve, "as vfork; only what the view holds, and nothing gains by it"),
	ALLOW(wait4, "as vfork"),
	ALLOW(waitid, "as vfork"),
	ALLOW(kill, "a driver ends its children; only the box's processes exist"),
	ALLOW(setpgid, "shells, job control"),
	ALLOW(getpgid, "as setpgid"),
	ALLOW(getsid, "as setpgid"),
	ALLOW(setsid, "as setpgid"),
	ALLOW(alarm, "drivers with a deadline"),
	ALLOW(setitimer, "as alarm"),
	ALLOW(rt_sigsuspend, "shells wait for children"),
	ALLOW(rt_sigpending, "as rt_sigsuspend"),
	ALLOW(rt_sigtimedwait, "as rt_sigsuspend"),
	ALLOW(prlimit64, "gcc raises its stack limit, up to ours"),
	ALLOW(setrlimit, "as prlimit64"),
	ALLOW(sched_setaffinity, "linkers with thread pools"),
	ALLOW(getgroups, "shells"),
	ALLOW(getresuid, "shells"),
	ALLOW(getresgid, "shells"),
	ALLOW_IF(personality, "asks only", EQUALS(0, 0xffffffff)),
	ALLOW_IF(socketpair, "Rust's Command learns over one that exec failed", EQUALS(0, AF_UNIX)),
	ALLOW(recvfrom, "as socketpair"),
	ANSWER(pidfd_open, ENOSYS, "Rust and glibc try it and do without"),
	ANSWER(pidfd_send_signal, ENOSYS, "as pidfd_open"),
	ANSWER_IF(socket, EACCES, "getpwuid asks nscd", EQUALS(0, AF_UNIX)),
	ANSWER(memfd_create, ENOSYS, "LLVM and Rust try it and use a file"),
	ANSWER(openat2, ENOSYS, "tried first by some"),
	ANSWER(ioprio_set, ENOSYS, "linkers lower themselves"),
	ALLOW_IF(fcntl, "locks on files of one's own", EQUALS(1, F_GETLK)),
	ALLOW_IF(fcntl, "locks on files of one's own", EQUALS(1, F_SETLK)),
	ALLOW_IF(fcntl, "locks on files of one's own", EQUALS(1, F_SETLKW)),
	ALLOW_IF(fcntl, "locks on files of one's own", EQUALS(1, F_OFD_SETLK)),
	ALLOW_IF(fcntl, "locks on files of one's own", EQUALS(1, F_OFD_SETLKW)),
	ALLOW_IF(prctl, "shells ask what may be inherited", EQUALS(0, PR_GET_DUMPABLE)),
	ALLOW_IF(ioctl, "a shell asks for the terminal's group (there is none)", EQUALS(1, TIOCGPGRP)),
	ALLOW_IF(ioctl, "reflinks are tried first", EQUALS(1, 0x40049409 /* FICLONE */)),

	/* files */
	ALLOW(open, "sources, output"),
	ALLOW(openat, "sources, output"),
	ALLOW(creat, "as openat"),
	ALLOW(unlink, "temporary files"),
	ALLOW(unlinkat, "temporary files"),
	ALLOW(rename, "output by rename"),
	ALLOW(renameat, "output by rename"),
	ALLOW(renameat2, "output by rename"),
	ALLOW(mkdir, "temporary folders"),
	ALLOW(mkdirat, "temporary folders"),
	ALLOW(rmdir, "temporary folders"),
	ALLOW(link, "incremental compilation"),
	ALLOW(linkat, "incremental compilation"),
	ALLOW(symlink, "versioned libraries; a link is followed inside only"),
	ALLOW(symlinkat, "as symlink"),
	ALLOW(chmod, "a linker makes its output executable"),
	ALLOW(fchmod, "as chmod"),
	ALLOW(fchmodat, "as chmod"),
	ALLOW(umask, "as chmod"),
	ALLOW(utimensat, "install, cp"),
	ALLOW(utime, "install, cp"),
	ALLOW(truncate, "output"),
	ALLOW(ftruncate, "output"),
	ALLOW(fallocate, "output"),
	ALLOW(pwritev, "output"),
	ALLOW(fsync, "output"),
	ALLOW(fdatasync, "output"),
	ALLOW(flock, "incremental compilation"),
	ALLOW(fadvise64, "cat, cp, hints"),
	ALLOW(readahead, "hints"),
	ALLOW(copy_file_range, "fs::copy"),
	ALLOW(sendfile, "fs::copy"),
	ALLOW(splice, "cat, cp"),
	ALLOW(statfs, "linkers ask for the file system's kind"),
	ALLOW(fstatfs, "as statfs"),
	ALLOW(chdir, "drivers"),
	ALLOW(fchdir, "drivers"),
	ANSWER(getxattr, ENODATA, "cp, install and ls look for labels"),
	ANSWER(lgetxattr, ENODATA, "as getxattr"),
	ANSWER(fgetxattr, ENODATA, "as getxattr"),
	ANSWER(listxattr, ENOTSUP, "as getxattr"),
	ANSWER(llistxattr, ENOTSUP, "as getxattr"),
	ANSWER(flistxattr, ENOTSUP, "as getxattr"),
	ANSWER(chown, EPERM, "install, tar; there is nobody else"),
	ANSWER(fchown, EPERM, "as chown"),
	ANSWER(lchown, EPERM, "as chown"),
	ANSWER(fchownat, EPERM, "as chown"),
};

static const struct syscall_profile profiles[] = {
	[SANDBOX_COMPILE] = {
		.tables = {{everybody, ARRAY_LENGTH(everybody)}, {compile_rules, ARRAY_LENGTH(compile_rules)}},
		.free_exec = true,
	},
	[SANDBOX_RUN] = {
		.tables = {{everybody, ARRAY_LENGTH(everybody)}, {run_rules, ARRAY_LENGTH(run_rules)}},
	},
};

const struct syscall_profile *profile_of(enum sandbox_profile profile)
{
	return &profiles[profile];
}
