/* Resources, compilers without an end, and objects of the kernel's. */
#include "scene.h"

#include "corpus/rows.h"

#include "base/memory.h"

#include <errno.h>
#include <signal.h>

#define SMALL_DISK .limits = {.disk_kib = 16 * 1024, .disk_inodes = 200}
#define FEW_PROCESSES .limits = {.processes = 40}
#define SHORT_WALL .limits = {.wall_ms = 300}
#define SHORT_CPU .limits = {.cpu_ms = 300}

static const char one_reader[] = "who reads counts, nobody else can";
static const char collected[] = "the kernel collects it a moment later, and the next box may come before that";
static const char one_clock[] = "sleep costs nothing that the kernel would count";

/* clang-format off */
const struct attack attacks_resources[] = {
	{"processes, by fork", "fork_bomb", IN_COMPILE, {LIMITED(CGROUP_PIDS, PROCESSES), HELD(RLIMITS)}, FEW_PROCESSES},
	{"processes, by vfork", "vfork_bomb", IN_COMPILE, {LIMITED(CGROUP_PIDS, PROCESSES), HELD(RLIMITS)}, FEW_PROCESSES},
	{"processes, by the shell", "fork_bomb.sh", IN_COMPILE, {LIMITED(CGROUP_PIDS, PROCESSES), HELD(RLIMITS)}, FEW_PROCESSES},
	{"processes, never waited for", "zombies", IN_COMPILE, {LIMITED(CGROUP_PIDS, PROCESSES), HELD(RLIMITS)}, FEW_PROCESSES},
	{"threads", "threads", IN_BOTH, {LIMITED(CGROUP_PIDS, PROCESSES), HELD(RLIMITS)}},
	{"threads, by Rust", "spawn_threads", IN_RUN, {LIMITED(CGROUP_PIDS, PROCESSES), HELD(RLIMITS)}},
	{"the end of 300 spinning, deaf processes", "spin_bomb 300", IN_COMPILE, {LIMITED(CGROUP_KILL, WALL), LIMITED(PID_NS, WALL)}, .limits = {.processes = 400, .wall_ms = 500}},
	{"a daemon that outlives the run", "daemon", IN_COMPILE, {HELD(PID_NS), HELD(CGROUP_KILL)}, .staging = &staging_gone},
	{"a daemon without its first thread", "daemon thread", IN_COMPILE, {HELD(PID_NS), HELD(CGROUP_KILL)}, .staging = &staging_gone},
	{"a daemon that ended whom it was borne by, with vfork", "daemon vfork", IN_COMPILE, {HELD(PID_NS), HELD(CGROUP_KILL)}, .staging = &staging_gone},
	{"a daemon that is stopped", "daemon stopped", IN_COMPILE, {HELD(PID_NS), HELD(CGROUP_KILL)}, .staging = &staging_gone},
	{"a daemon of whose end nobody hears", "daemon silent", IN_COMPILE, {BY_FILTER("clone"), HELD(PID_NS), HELD(CGROUP_KILL)}, .staging = &staging_gone},
	{"a daemon that is init's child from birth", "daemon sibling", IN_COMPILE, {BY_FILTER("clone"), HELD(PID_NS), HELD(CGROUP_KILL)}, .staging = &staging_gone},
	{"daemons that outlive the run, by the shell", "daemon.sh", IN_COMPILE, {HELD(PID_NS), HELD(CGROUP_KILL)}, .staging = &staging_gone},
	{"memory, by malloc", "memory_heap", IN_BOTH, {LIMITED(CGROUP_MEMORY, MEMORY), HELD(RLIMITS)}},
	{"memory, by Rust", "grow_vector", IN_RUN, {LIMITED(CGROUP_MEMORY, MEMORY), SIGNALLED(RLIMITS, SIGABRT)}},
	{"memory, in children", "memory_children", IN_COMPILE, {LIMITED(CGROUP_MEMORY, MEMORY), LIMITED(SUPERVISOR, MEMORY)}},
	{"memory, shared", "memory_shared anonymous", IN_BOTH, {LIMITED(CGROUP_MEMORY, MEMORY), LIMITED(SUPERVISOR, MEMORY)}},
	{"memory, shared from /dev/zero", "memory_shared device", IN_BOTH, {LIMITED(CGROUP_MEMORY, MEMORY), LIMITED(SUPERVISOR, MEMORY)}},
	{"memory, in a file without a name", "memory_memfd", IN_BOTH, {BY_FILTER("memfd_create"), LIMITED(CGROUP_MEMORY, MEMORY)}},
	{"memory, in the scratch folder", "memory_tmpfs", IN_COMPILE, {LIMITED(CGROUP_MEMORY, MEMORY), LIMITED(RLIMITS, FILE_SIZE)}, .limits = {.disk_kib = 1024 * 1024, .memory_kib = 32 * 1024, .file_kib = 64 * 1024}},
	{"memory, in pipes", "memory_pipes", IN_COMPILE, {LIMITED(CGROUP_MEMORY, MEMORY), HELD(HOLDER_KERNEL)}, .limits = {.memory_kib = 32 * 1024}},
	{"memory, in page tables", "memory_tables", IN_BOTH, {LIMITED(CGROUP_MEMORY, MEMORY)}, .alone = "RLIMIT_DATA does not count what is only read"},
	{"memory, in huge pages", "huge_pages", IN_BOTH, {REFUSED(HOLDER_KERNEL, ENOMEM)}, .alone = "where a machine has reserved some, nothing does"},
	{"memory, in books about maps", "memory_maps", IN_BOTH, {REFUSED(HOLDER_KERNEL, ENOMEM), LIMITED(CGROUP_MEMORY, MEMORY)}},
	{"memory, pinned by mmap", "locked", IN_BOTH, {HELD(RLIMITS)}, .alone = "pinned or not, it is counted as memory"},
	{"memory, pinned by mlock", "call mlock", IN_BOTH, {BY_FILTER("mlock"), REFUSED(RLIMITS, EPERM)}},
	{"memory, pinned by mlock2", "call mlock2", IN_BOTH, {BY_FILTER("mlock2"), REFUSED(RLIMITS, EPERM)}},
	{"memory, all of it pinned", "call mlockall", IN_BOTH, {BY_FILTER("mlockall"), REFUSED(RLIMITS, EPERM)}},
	{"the stack", "stack", IN_BOTH, {SIGNALLED(RLIMITS, SIGSEGV)}, .alone = "then the caller's own limit, then the memory's: see the next"},
	{"the stack, by a limit above the memory's", "stack", IN_COMPILE, {LIMITED(CGROUP_MEMORY, MEMORY)}, .alone = "the policy gave the stack away", .limits = {.stack_kib = 2 * 1024 * 1024}},
	{"the stack, by Rust", "recurse", IN_RUN, {SIGNALLED(RLIMITS, SIGSEGV)}, .alone = "as above"},
	{"descriptors", "descriptors", IN_BOTH, {HELD(RLIMITS)}, .alone = "only an rlimit counts them"},
	{"descriptors, kept", "hoard", IN_COMPILE, {USED_UP(RLIMITS, DESCRIPTORS, EMFILE)}, .alone = "only an rlimit counts them"},
	{"queued signals", "signal_flood", IN_BOTH, {REFUSED(RLIMITS, EAGAIN)}, .alone = "only an rlimit counts them"},
	{"pipes of any size", "call fcntl-pipe-size", IN_BOTH, {BY_FILTER("fcntl"), REFUSED(NO_CAPS, EPERM)}},
	{"disk, in many files", "disk_fill", IN_COMPILE, {USED_UP(SCRATCH, DISK, ENOSPC), LIMITED(CGROUP_MEMORY, MEMORY)}, SMALL_DISK},
	{"disk, by the shell", "fill_disk.sh", IN_COMPILE, {USED_UP(SCRATCH, DISK, 0), LIMITED(CGROUP_MEMORY, MEMORY)}, SMALL_DISK},
	{"disk, by files without bytes", "disk_fill inodes", IN_COMPILE, {USED_UP(SCRATCH, INODES, ENOSPC), LIMITED(CGROUP_MEMORY, MEMORY)}, SMALL_DISK},
	{"disk, by one file", "file_size", IN_COMPILE, {LIMITED(RLIMITS, FILE_SIZE), USED_UP(SCRATCH, DISK, ENOSPC)}, .limits = {.file_kib = 4 * 1024, .disk_kib = 16 * 1024}},
	{"disk, by one file, by the shell", "one_file.sh", IN_COMPILE, {HELD(RLIMITS)}, .alone = "in the scratch folder it would be the disk's size", .limits = {.file_kib = 4 * 1024, .disk_kib = 16 * 1024}},
	{"disk, by a file with holes", "leave sparse", IN_COMPILE, {LIMITED(RLIMITS, FILE_SIZE), HELD(SUPERVISOR)}, .staging = &staging_left},
	{"folders in folders", "deep_folders", IN_COMPILE, {USED_UP(SCRATCH, INODES, ENOSPC), LIMITED(CGROUP_MEMORY, MEMORY)}, SMALL_DISK},
	{"standard output", "flood 1", IN_BOTH, {LIMITED(SUPERVISOR, OUTPUT)}, .alone = one_reader},
	{"standard error", "flood 2", IN_BOTH, {LIMITED(SUPERVISOR, OUTPUT)}, .alone = one_reader},
	{"a private pipe", "flood 3", IN_BOTH, {LIMITED(SUPERVISOR, OUTPUT)}, .alone = one_reader, .staging = &staging_private_pipe},
	{"output, in packets of a byte", "flood 1 packets", IN_RUN, {BY_FILTER("fcntl"), LIMITED(SUPERVISOR, OUTPUT)}, .limits = {.output_kib = 64}},
	{"output, in packets of a byte", "flood 1 packets", IN_COMPILE, {LIMITED(SUPERVISOR, OUTPUT)}, .alone = one_reader, .limits = {.output_kib = 64}},
	{"output, from several processes", "flood.sh", IN_COMPILE, {LIMITED(SUPERVISOR, OUTPUT)}, .alone = one_reader},
	{"output, by panics that are caught", "print_for_ever", IN_RUN, {LIMITED(SUPERVISOR, OUTPUT)}, .alone = one_reader},
	{"time, asleep", "sleeper sleep", IN_BOTH, {LIMITED(SUPERVISOR, WALL)}, .alone = one_clock, SHORT_WALL},
	{"time, stopped", "sleeper stop", IN_BOTH, {LIMITED(SUPERVISOR, WALL)}, .alone = one_clock, SHORT_WALL},
	{"time, at a lock", "wait_for_ever", IN_RUN, {LIMITED(SUPERVISOR, WALL)}, .alone = one_clock, SHORT_WALL},
	{"processor time, in threads", "sleeper threads", IN_BOTH, {LIMITED(CGROUP_CPU, CPU), LIMITED(SUPERVISOR, CPU)}, SHORT_CPU},
	{"processor time, in children", "sleeper children", IN_COMPILE, {LIMITED(CGROUP_CPU, CPU), LIMITED(SUPERVISOR, CPU)}, SHORT_CPU},
	{"processor time, in short orphans", "cpu_orphans", IN_COMPILE, {LIMITED(CGROUP_CPU, CPU), LIMITED(SUPERVISOR, CPU)}, SHORT_CPU},
	{"processor time, of children that nobody waits for", "cpu_unwaited", IN_COMPILE, {LIMITED(CGROUP_CPU, CPU), LIMITED(SUPERVISOR, CPU)}, SHORT_CPU},
	{"processor time, deaf to signals", "deaf.sh", IN_COMPILE, {LIMITED(CGROUP_CPU, CPU), LIMITED(SUPERVISOR, CPU)}, SHORT_CPU},
	{"a storm of timers", "timer_storm", IN_RUN, {BY_FILTER("setitimer"), LIMITED(CGROUP_CPU, CPU), LIMITED(SUPERVISOR, CPU)}, SHORT_CPU},
	{"a storm of timers", "timer_storm", IN_COMPILE, {LIMITED(CGROUP_CPU, CPU), LIMITED(SUPERVISOR, CPU)}, SHORT_CPU},
	{"limits, raised", "limits_raise", IN_RUN, {BY_FILTER("prlimit64"), REFUSED(NO_CAPS, EPERM), REFUSED(USER_NS, EPERM)}},
	{"limits, raised", "limits_raise", IN_COMPILE, {REFUSED(NO_CAPS, EPERM), REFUSED(USER_NS, EPERM)}},
	{"limits, raised by the shell", "raise_limits.sh", IN_COMPILE, {HELD(NO_CAPS), HELD(USER_NS)}},
	{"core dumps", "crash", IN_BOTH, {SIGNALLED(RLIMITS, SIGABRT), SIGNALLED(MOUNT_NS, SIGABRT)}, .staging = &staging_no_core},
};

#define COMPILER_TIME .limits = {.cpu_ms = 400, .memory_kib = 2048 * 1024}

const struct attack attacks_compiler[] = {
	{"a constant that is never known", "rustc const_evaluation", IN_COMPILE, {LIMITED(CGROUP_CPU, CPU), LIMITED(SUPERVISOR, CPU)}, COMPILER_TIME},
	{"a constant function without a depth", "rustc const_recursion", IN_COMPILE, {STOPPED(CGROUP_CPU), STOPPED(SUPERVISOR)}, COMPILER_TIME},
	{"a type that doubles with each line", "rustc types", IN_COMPILE, {STOPPED(CGROUP_CPU), STOPPED(SUPERVISOR)}, COMPILER_TIME},
	{"a macro that doubles its argument", "rustc macro_expansion", IN_COMPILE, {STOPPED(CGROUP_CPU), STOPPED(SUPERVISOR)}, COMPILER_TIME},
	{"a literal of 256 GiB", "rustc concat", IN_COMPILE, {STOPPED(CGROUP_CPU), STOPPED(SUPERVISOR)}, COMPILER_TIME},
	{"an array of 32 GiB", "rustc array", IN_COMPILE, {STOPPED(CGROUP_MEMORY), STOPPED(RLIMITS)}, COMPILER_TIME},
	{"instances without an end", "rustc instances", IN_COMPILE, {STOPPED(CGROUP_CPU), STOPPED(SUPERVISOR)}, COMPILER_TIME},
	{"a million parentheses", "rustc parentheses", IN_COMPILE, {STOPPED(RLIMITS), STOPPED(CGROUP_MEMORY)}, COMPILER_TIME, .staging = &staging_parentheses},
	{"a file without an end", "rustc endless_file", IN_COMPILE, {LIMITED(CGROUP_MEMORY, MEMORY), STOPPED(RLIMITS)}, .limits = {.memory_kib = 384 * 1024}},
	{"the host's files, by include", "rustc include_host", IN_COMPILE, {STOPPED(MOUNT_NS), STOPPED(LANDLOCK)}},
};

const struct attack attacks_objects[] = {
	{"shared memory, the host's and one's own", "sysv shm", IN_BOTH, {BY_FILTER("shmget"), HELD(IPC_NS)}, .staging = &staging_shared_objects},
	{"message queues", "sysv msg", IN_BOTH, {BY_FILTER("msgget"), HELD(IPC_NS)}, .staging = &staging_shared_objects},
	{"semaphores", "sysv sem", IN_BOTH, {BY_FILTER("semget"), HELD(IPC_NS)}, .staging = &staging_shared_objects},
	{"POSIX message queues", "call mq_open", IN_BOTH, {BY_FILTER("mq_open"), REFUSED(RLIMITS, EMFILE)}},
	{"shared memory, for the next box", "legacy shm", IN_BOTH, {BY_FILTER("shmget"), HELD(IPC_NS)}, .staging = &staging_twice},
	{"a message queue, for the next box", "legacy msg", IN_BOTH, {BY_FILTER("msgget"), HELD(IPC_NS)}, .staging = &staging_twice},
	{"semaphores, for the next box", "legacy sem", IN_BOTH, {BY_FILTER("semget"), HELD(IPC_NS)}, .staging = &staging_twice},
	{"an abstract socket, for the next box", "legacy abstract", IN_RUN, {BY_FILTER("socket"), HELD(PID_NS)}, .staging = &staging_twice},
	{"an abstract socket, for the next box", "legacy abstract", IN_COMPILE, {REFUSED(SECCOMP, EACCES), HELD(PID_NS)}, .staging = &staging_twice},
	{"an abstract socket in nobody's hands, for the next box", "legacy cycle", IN_RUN, {BY_FILTER("socket")}, .alone = collected, .staging = &staging_twice},
	{"an abstract socket in nobody's hands, for the next box", "legacy cycle", IN_COMPILE, {REFUSED(SECCOMP, EACCES)}, .alone = collected, .staging = &staging_twice},
	{"a key, for the next box", "legacy key", IN_BOTH, {BY_FILTER("keyctl"), HELD(HOLDER_KEYRING)}, .staging = &staging_twice},
};
/* clang-format on */

ATTACKS_COUNT(resources);
ATTACKS_COUNT(compiler);
ATTACKS_COUNT(objects);
