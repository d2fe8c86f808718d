/* Kernel surface. */
#include "scene.h"

#include "corpus/rows.h"

#include "base/memory.h"

#include <errno.h>

/* "call NAME", which the filter ends the box for; what else refuses it follows. */
/* clang-format off */
#define CALL(what, argument, profiles, seen, ...) {what, "call " argument, profiles, {BY_FILTER(seen), ##__VA_ARGS__}}
#define CALL_ALONE(what, argument, profiles, seen, why) {what, "call " argument, profiles, {BY_FILTER(seen)}, .alone = (why)}
/* clang-format on */

static const char itself_only[] = "it would change the caller only";
static const char sysctl[] = "beside it a sysctl of the machine, which may be set or not";
static const char in_scratch[] = "what it makes stays in the box's own scratch folder";
static const char tricks[] = "with all of them together more do: see clone_tricks";
static const char no_layer[] = "no other layer knows of it";

/* clang-format off */
const struct attack attacks_processes[] = {
	CALL("init by ptrace", "ptrace-init", IN_BOTH, "ptrace", REFUSED(LANDLOCK, EPERM), REFUSED(INIT, EPERM)),
	CALL_ALONE("the parent's duties, by ptrace", "ptrace", IN_BOTH, "ptrace", "the parent is init, which never looks"),
	CALL("init's memory, read", "process_vm_readv", IN_BOTH, "process_vm_readv", REFUSED(LANDLOCK, EPERM), REFUSED(INIT, EPERM)),
	CALL("init's memory, written", "process_vm_writev", IN_BOTH, "process_vm_writev", REFUSED(LANDLOCK, EPERM), REFUSED(INIT, EPERM)),
	CALL("init's pages, by move_pages", "move_pages", IN_BOTH, "move_pages", REFUSED(LANDLOCK, EPERM), REFUSED(INIT, EPERM)),
	CALL("init's descriptors compared", "kcmp", IN_BOTH, "kcmp", REFUSED(LANDLOCK, EPERM), REFUSED(INIT, EPERM)),
	CALL("init's robust list", "get_robust_list", IN_BOTH, "get_robust_list", REFUSED(LANDLOCK, EPERM), REFUSED(INIT, EPERM)),
	{"init's descriptors, by a handle", "borrow_descriptor", IN_BOTH, {BY_FILTER("pidfd_open"), REFUSED(LANDLOCK, EPERM), REFUSED(INIT, EPERM)}},
	CALL("another's descriptor, without a handle", "pidfd_getfd", IN_BOTH, "pidfd_getfd", REFUSED(HOLDER_KERNEL, EBADF)),
	CALL("init by a forged signal", "rt_sigqueueinfo", IN_BOTH, "rt_sigqueueinfo", REFUSED(HOLDER_KERNEL, EPERM)),
	{"init's limits", "limits_of_init", IN_BOTH, {BY_FILTER("prlimit64")}, .alone = "init has the program's user"},
	{"init's limits, by the shell", "limits_of_init.sh", IN_COMPILE, {BY_FILTER("prlimit64")}, .alone = "init has the program's user"},
	CALL("the scheduler, by real time", "sched_setscheduler", IN_BOTH, "sched_setscheduler", REFUSED(NO_CAPS, EPERM), REFUSED(RLIMITS, EPERM)),
	CALL("the scheduler, by priority", "setpriority", IN_BOTH, "setpriority", REFUSED(NO_CAPS, EACCES), REFUSED(RLIMITS, EACCES)),
	CALL("the disk's queue", "ioprio_set", IN_BOTH, "ioprio_set", REFUSED(NO_CAPS, EPERM)),
	{"init's children and signals, by clone's flags", "clone_tricks", IN_BOTH, {BY_FILTER("clone"), HELD(PID_NS), HELD(INIT)}},
	CALL_ALONE("a child of init's", "clone-parent", IN_BOTH, "clone", tricks),
	CALL_ALONE("a child that is traced", "clone-ptrace", IN_BOTH, "clone", tricks),
	CALL_ALONE("a child that cannot be traced", "clone-untraced", IN_BOTH, "clone", tricks),
	CALL_ALONE("a child of whose end nobody hears", "clone-silent", IN_BOTH, "clone", tricks),
	CALL_ALONE("a child whose end is another signal", "clone-kills", IN_BOTH, "clone", tricks),
	{"the kernel's own reads of a thread's memory", "robust", IN_COMPILE, {HELD(HOLDER_KERNEL)}, .alone = "any program needs these calls"},
};

const struct attack attacks_interfaces[] = {
	CALL_ALONE("io_uring", "io_uring_setup", IN_BOTH, "io_uring_setup", sysctl),
	CALL_ALONE("userfaultfd", "userfaultfd", IN_BOTH, "userfaultfd", sysctl),
	CALL_ALONE("bpf", "bpf", IN_BOTH, "bpf", sysctl),
	CALL_ALONE("perf events", "perf_event_open", IN_BOTH, "perf_event_open", sysctl),
	CALL_ALONE("the kernel's log", "syslog", IN_BOTH, "syslog", sysctl),
	{"the caller's keys, read", "keyring", IN_BOTH, {BY_FILTER("keyctl"), REFUSED(HOLDER_KEYRING, ENOKEY)}, .staging = &staging_session_key},
	CALL_ALONE("keys added to the session's", "add_key", IN_BOTH, "add_key", "the session is the box's own by then"),
	CALL_ALONE("the host's key daemon", "request_key", IN_BOTH, "request_key", no_layer),
	CALL_ALONE("keys of one's own", "keyctl", IN_BOTH, "keyctl", no_layer),
	CALL_ALONE("a filter of one's own", "seccomp", IN_BOTH, "seccomp", itself_only),
	CALL_ALONE("Landlock rules of one's own", "landlock", IN_BOTH, "landlock_create_ruleset", itself_only),
	CALL("quotas", "quotactl", IN_BOTH, "quotactl", REFUSED(MOUNT_NS, ENOENT)),
	CALL("fanotify", "fanotify_init", IN_BOTH, "fanotify_init", REFUSED(NO_CAPS, EPERM), REFUSED(USER_NS, EPERM)),
	{"watch queues", "watch_queue", IN_BOTH, {BY_FILTER("ioctl")}, .alone = no_layer},
	CALL_ALONE("timers that send signals", "timer_create", IN_BOTH, "timer_create", itself_only),
	CALL_ALONE("memory that the kernel does not see", "memfd_secret", IN_BOTH, "memfd_secret", itself_only),
	CALL_ALONE("pages given to the grader's pipe", "vmsplice", IN_BOTH, "vmsplice", no_layer),
#ifdef __x86_64__
	CALL_ALONE("a segment table of one's own", "modify_ldt", IN_BOTH, "modify_ldt", itself_only),
	CALL("the machine's ports", "iopl", IN_BOTH, "iopl", HELD(NO_CAPS), HELD(USER_NS)),
	CALL("the machine's ports, singly", "ioperm", IN_BOTH, "ioperm", HELD(NO_CAPS), HELD(USER_NS)),
#endif
	CALL("a bad page of memory", "hwpoison", IN_BOTH, "madvise", HELD(NO_CAPS), HELD(USER_NS)),
	{"a read-only file's cached page", "page_cache", IN_RUN, {BY_FILTER("splice"), HELD(HOLDER_KERNEL)}, .staging = &staging_untouched},
	{"a read-only file's cached page", "page_cache", IN_COMPILE, {REFUSED(SECCOMP, EINVAL), HELD(HOLDER_KERNEL)}, .staging = &staging_untouched},
};

const struct attack attacks_programs[] = {
	CALL_ALONE("a program in memory", "memfd_create", IN_BOTH, "memfd_create", "a file in no folder is nobody's to forbid"),
	CALL("another program", "execve", IN_RUN, "execve", REFUSED(MOUNT_NS, ENOENT)),
	CALL("another program, by descriptor", "execveat", IN_BOTH, "execveat", REFUSED(MOUNT_NS, ENOENT)),
	{"another program, by guessing the start's secret", "exec_guess", IN_RUN, {BY_FILTER("execve"), REFUSED(MOUNT_NS, ENOENT)}},
	{"a shell, by Rust", "run_shell", IN_RUN, {BY_FILTER("clone"), REFUSED(MOUNT_NS, ENOENT)}},
	CALL_ALONE("another process", "fork", IN_RUN, "clone", "the limit of processes would count it"),
	{"a hundred thousand arguments", "exec_arguments", IN_COMPILE, {HELD(CGROUP_MEMORY), HELD(HOLDER_KERNEL)}},
#ifdef __x86_64__
	{"the i386 door", "int80 20", IN_BOTH, {BY_FILTER("i386 getpid")}, .alone = no_layer},
	{"the i386 door, execve", "int80 11", IN_BOTH, {BY_FILTER("i386 execve")}, .alone = no_layer},
	{"the i386 door, sockets", "int80 102", IN_BOTH, {BY_FILTER("i386 socketcall")}, .alone = no_layer},
	{"the i386 door, ptrace", "int80 26", IN_BOTH, {BY_FILTER("i386 ptrace")}, .alone = no_layer},
	{"the x32 door", "x32 39", IN_BOTH, {BY_FILTER("x32 getpid")}, .alone = no_layer},
	{"the x32 door, execve", "x32 520", IN_BOTH, {BY_FILTER("x32 execve")}, .alone = no_layer},
	{"the x32 door, ptrace", "x32 521", IN_BOTH, {BY_FILTER("x32 ptrace")}, .alone = no_layer},
#endif
	CALL("a call beyond all numbers", "no-such-call", IN_BOTH, "", REFUSED(HOLDER_KERNEL, ENOSYS)),
};

const struct attack attacks_namespaces[] = {
	CALL("a user namespace, by unshare", "unshare", IN_BOTH, "unshare", REFUSED(HOLDER_NO_NESTING, ENOSPC)),
	CALL("a user namespace, by clone", "clone-newuser", IN_BOTH, "clone", REFUSED(HOLDER_NO_NESTING, ENOSPC)),
	CALL("a user namespace, for a thread", "clone-newuser-thread", IN_BOTH, "clone", REFUSED(HOLDER_KERNEL, EINVAL)),
	{"a user namespace, by clone3", "call clone3", IN_BOTH, {REFUSED(SECCOMP, ENOSYS), REFUSED(HOLDER_NO_NESTING, ENOSPC)}},
	{"a user namespace, by the shell", "namespace.sh", IN_COMPILE, {BY_FILTER("unshare"), HELD(HOLDER_NO_NESTING)}},
	CALL("a mount namespace", "unshare-mounts", IN_BOTH, "unshare", REFUSED(NO_CAPS, EPERM)),
	CALL("a time namespace", "unshare-time", IN_BOTH, "unshare", REFUSED(NO_CAPS, EPERM)),
	CALL("a network namespace", "clone-newnet", IN_BOTH, "clone", REFUSED(NO_CAPS, EPERM)),
	{"init's namespaces", "enter", IN_BOTH, {BY_FILTER("pidfd_open"), REFUSED(NO_CAPS, EPERM)}},
	CALL("a namespace, by descriptor", "setns", IN_BOTH, "setns", REFUSED(HOLDER_KERNEL, EINVAL)),
	{"init's namespaces, by the shell", "enter.sh", IN_COMPILE, {HELD(INIT), HELD(LANDLOCK), HELD(NO_CAPS)}},
	CALL("a file system", "mount", IN_BOTH, "mount", REFUSED(NO_CAPS, EPERM)),
	CALL("control groups, by mounting them", "mount-cgroup", IN_BOTH, "mount", REFUSED(NO_CAPS, EPERM)),
	CALL("a whole /proc", "mount-proc", IN_BOTH, "mount", REFUSED(NO_CAPS, EPERM)),
	CALL("the read-only root", "remount", IN_BOTH, "mount", REFUSED(NO_CAPS, EPERM)),
	CALL("the read-only root, by attributes", "mount_setattr", IN_BOTH, "mount_setattr", REFUSED(NO_CAPS, EPERM)),
	CALL("what lies below a mount", "umount2", IN_BOTH, "umount2", REFUSED(NO_CAPS, EPERM)),
	CALL("a copy of the mounts", "open_tree", IN_BOTH, "open_tree", REFUSED(NO_CAPS, EPERM)),
	CALL("a mount, moved", "move_mount", IN_BOTH, "move_mount", REFUSED(NO_CAPS, EPERM)),
	CALL("a file system, the new way", "fsopen", IN_BOTH, "fsopen", REFUSED(NO_CAPS, EPERM)),
	CALL("a file system, reconfigured", "fspick", IN_BOTH, "fspick", REFUSED(NO_CAPS, EPERM)),
	CALL("the root, by pivot_root", "pivot_root", IN_BOTH, "pivot_root", REFUSED(NO_CAPS, EPERM)),
	CALL("the root, by chroot", "chroot", IN_BOTH, "chroot", REFUSED(NO_CAPS, EPERM)),
	{"what lies below the root", "below_root", IN_BOTH, {BY_FILTER("chroot"), REFUSED(NO_CAPS, EPERM), HELD(MOUNT_NS)}, .staging = &staging_below_root},
	CALL("any file, by handle", "open_by_handle_at", IN_BOTH, "open_by_handle_at", HELD(NO_CAPS)),
	CALL("a file's handle", "name_to_handle_at", IN_BOTH, "name_to_handle_at", REFUSED(HOLDER_KERNEL, EOVERFLOW)),
};

const struct attack attacks_machine[] = {
	CALL("the kernel, another one", "kexec_load", IN_BOTH, "kexec_load", HELD(NO_CAPS), HELD(USER_NS)),
	CALL("the kernel, another one from a file", "kexec_file_load", IN_BOTH, "kexec_file_load", HELD(NO_CAPS), HELD(USER_NS)),
	CALL("a kernel module", "init_module", IN_BOTH, "init_module", HELD(NO_CAPS), HELD(USER_NS)),
	CALL("a kernel module, from a file", "finit_module", IN_BOTH, "finit_module", HELD(NO_CAPS), HELD(USER_NS)),
	CALL("a kernel module, away", "delete_module", IN_BOTH, "delete_module", HELD(NO_CAPS), HELD(USER_NS)),
	CALL("a restart", "reboot", IN_BOTH, "reboot", REFUSED(NO_CAPS, EPERM), REFUSED(PID_NS, EPERM)),
	CALL("swap", "swapon", IN_BOTH, "swapon", REFUSED(NO_CAPS, EPERM), REFUSED(USER_NS, EPERM)),
	CALL("swap, away", "swapoff", IN_BOTH, "swapoff", REFUSED(NO_CAPS, EPERM), REFUSED(USER_NS, EPERM)),
	CALL("the host's name", "sethostname", IN_BOTH, "sethostname", REFUSED(NO_CAPS, EPERM), REFUSED(UTS_NS, EPERM)),
	CALL("the host's domain", "setdomainname", IN_BOTH, "setdomainname", REFUSED(NO_CAPS, EPERM), REFUSED(UTS_NS, EPERM)),
	CALL("the clock", "settimeofday", IN_BOTH, "settimeofday", REFUSED(NO_CAPS, EPERM), REFUSED(USER_NS, EPERM)),
	CALL("the clock, the new way", "clock_settime", IN_BOTH, "clock_settime", REFUSED(NO_CAPS, EPERM), REFUSED(USER_NS, EPERM)),
	CALL("accounting of processes", "acct", IN_BOTH, "acct", REFUSED(NO_CAPS, EPERM), REFUSED(USER_NS, EPERM)),
	CALL("the terminal, hung up", "vhangup", IN_BOTH, "vhangup", REFUSED(NO_CAPS, EPERM), REFUSED(USER_NS, EPERM)),
	CALL_ALONE("executable data, by personality", "personality", IN_BOTH, "personality", itself_only),
};

const struct attack attacks_identity[] = {
	CALL("root, by setuid", "setuid", IN_BOTH, "setuid", REFUSED(USER_NS, EINVAL)),
	CALL("root, by setresuid", "setresuid", IN_BOTH, "setresuid", REFUSED(USER_NS, EINVAL)),
	CALL("root's group", "setgid", IN_BOTH, "setgid", REFUSED(USER_NS, EINVAL)),
	CALL("other groups", "setgroups", IN_BOTH, "setgroups", REFUSED(NO_CAPS, EPERM)),
	CALL("capabilities", "capset", IN_BOTH, "capset", REFUSED(NO_CAPS, EPERM)),
	CALL("capabilities, ambient", "prctl-ambient", IN_BOTH, "prctl", REFUSED(NO_CAPS, EPERM)),
	CALL("capabilities of a file", "file-capability", IN_RUN, "setxattr", REFUSED(NO_CAPS, EPERM), REFUSED(USER_NS, EPERM)),
	{"capabilities of a file", "call file-capability", IN_COMPILE, {REFUSED(SECCOMP, EOPNOTSUPP), REFUSED(NO_CAPS, EPERM), REFUSED(USER_NS, EPERM)}},
	CALL("a file for root", "fchownat-root", IN_RUN, "fchownat", REFUSED(USER_NS, EINVAL)),
	{"a file for root", "call fchownat-root", IN_COMPILE, {REFUSED(SECCOMP, EPERM), REFUSED(USER_NS, EINVAL)}},
#ifdef __x86_64__
	CALL("a file for root, the old way", "chown-root", IN_BOTH, "chown", REFUSED(USER_NS, EINVAL)),
#endif
	{"a set-uid program of root's", "setuid_gain", IN_COMPILE, {HELD(NO_NEW_PRIVS), HELD(MOUNT_NS), HELD(USER_NS)}, .staging = &staging_set_uid},
	{"a set-uid program of root's", "setuid_gain", IN_RUN, {BY_FILTER("execve"), HELD(NO_NEW_PRIVS), HELD(MOUNT_NS)}, .staging = &staging_set_uid},
	{"a program with capabilities", "setuid_gain", IN_COMPILE, {HELD(NO_NEW_PRIVS), HELD(MOUNT_NS), HELD(USER_NS)}, .staging = &staging_capable},
	{"a set-uid program of one's own", "set_uid.sh", IN_COMPILE, {HELD(NO_NEW_PRIVS), HELD(MOUNT_NS), HELD(USER_NS)}},
	CALL("a device of one's own", "mknod-device", IN_BOTH, "mknodat", REFUSED(LANDLOCK, EACCES), REFUSED(USER_NS, EPERM)),
	{"a device of the host's, in a mounted folder", "device_open", IN_BOTH, {REFUSED(MOUNT_NS, EACCES)}, .alone = "Landlock allows what is mounted", .staging = &staging_device},
	CALL("the terminal, by typing", "ioctl-tiocsti", IN_BOTH, "ioctl", REFUSED(HOLDER_SESSION, ENOTTY)),
	CALL("the terminal, by pasting", "ioctl-tioclinux", IN_BOTH, "ioctl", REFUSED(HOLDER_SESSION, ENOTTY)),
	{"the terminal, taken over", "terminal", IN_BOTH, {BY_FILTER("ioctl"), REFUSED(HOLDER_SESSION, ENOTTY)}},
	CALL_ALONE("the memory's protection", "prctl-mdwe", IN_BOTH, "prctl", itself_only),
	CALL_ALONE("the ban on being read", "prctl-dumpable", IN_BOTH, "prctl", itself_only),
	CALL_ALONE("init's orphans", "prctl-subreaper", IN_BOTH, "prctl", "they would still be in the PID namespace"),
	CALL("the memory's own map", "prctl-set-mm", IN_BOTH, "prctl", REFUSED(NO_CAPS, EPERM), REFUSED(USER_NS, EPERM)),
};

const struct attack attacks_arguments[] = {
	CALL_ALONE("AF_VSOCK, with high bits", "socket-vsock-high", IN_BOTH, "socket", "no namespace and no Landlock hold it"),
	CALL("a pair of network sockets, with high bits", "socketpair-high", IN_BOTH, "socketpair", REFUSED(HOLDER_KERNEL, EOPNOTSUPP)),
	CALL_ALONE("the ban on being read, with high bits", "prctl-high", IN_BOTH, "prctl", itself_only),
	CALL("the terminal, with high bits", "ioctl-high", IN_BOTH, "ioctl", REFUSED(HOLDER_SESSION, ENOTTY)),
	CALL_ALONE("signals by descriptor", "fcntl-setown", IN_BOTH, "fcntl", "to its own user's processes only, of which it sees its own"),
	CALL_ALONE("signals by descriptor, with high bits", "fcntl-high", IN_BOTH, "fcntl", "as without them"),
	CALL_ALONE("executable data, with high bits", "personality-high", IN_BOTH, "personality", itself_only),
	CALL("a user namespace, with high bits", "clone-high", IN_BOTH, "clone", REFUSED(HOLDER_NO_NESTING, ENOSPC)),
	CALL_ALONE("a new file, with high bits", "openat-high", IN_RUN, "openat", in_scratch),
	CALL_ALONE("a new file", "openat-creat", IN_RUN, "openat", in_scratch),
	CALL_ALONE("a new file without a name", "openat-tmpfile", IN_RUN, "openat", in_scratch),
	{"a new file, by Rust", "create_file", IN_RUN, {BY_FILTER("openat")}, .alone = in_scratch},
	CALL_ALONE("a file, away", "unlink", IN_RUN, "unlinkat", in_scratch),
	CALL_ALONE("a new link", "symlink", IN_RUN, "symlinkat", in_scratch),
	CALL_ALONE("a new folder", "mkdir", IN_RUN, "mkdirat", in_scratch),
};
/* clang-format on */

ATTACKS_COUNT(processes);
ATTACKS_COUNT(interfaces);
ATTACKS_COUNT(programs);
ATTACKS_COUNT(namespaces);
ATTACKS_COUNT(machine);
ATTACKS_COUNT(identity);
ATTACKS_COUNT(arguments);
