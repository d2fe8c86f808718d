/* Ways out: the network, other processes, the host's files, and what is left for who reads afterwards. */
#include "scene.h"

#include "corpus/rows.h"

#include "base/memory.h"

#include <errno.h>

static const char no_layer[] = "no namespace and no Landlock hold it";
static const char one_door[] =
	"the box may make it, and the supervisor alone opens it: without following, beneath /tmp";

/* clang-format off */
const struct attack attacks_network[] = {
	{"loopback", "connect inet", IN_BOTH, {BY_FILTER("socket"), REFUSED(NET_NS, ENETUNREACH), REFUSED_FROM(LANDLOCK, 4, EACCES)}, .staging = &staging_listens_inet},
	{"loopback, by Rust", "network connect", IN_RUN, {BY_FILTER("socket"), HELD(NET_NS), REFUSED_FROM(LANDLOCK, 4, EACCES)}},
	{"loopback, by the shell", "network.sh", IN_COMPILE, {BY_FILTER("socket"), HELD(NET_NS), {LANDLOCK, {VERDICT_HELD}, .abi = 4}}},
	{"datagrams, by Rust", "network datagram", IN_RUN, {BY_FILTER("socket"), HELD(NET_NS)}},
	{"IPv6", "call socket-inet6", IN_BOTH, {BY_FILTER("socket")}, .alone = "by itself a socket reaches nobody: see loopback"},
	{"the machine's interfaces, by netlink", "interfaces", IN_BOTH, {BY_FILTER("socket"), HELD(NET_NS)}},
	{"raw packets", "call socket-raw", IN_BOTH, {BY_FILTER("socket"), REFUSED(NO_CAPS, EPERM)}},
	{"frames", "call socket-packet", IN_BOTH, {BY_FILTER("socket"), REFUSED(NO_CAPS, EPERM)}},
	{"the virtual machine's host, by AF_VSOCK", "call socket-vsock", IN_BOTH, {BY_FILTER("socket")}, .alone = no_layer},
	{"the kernel's ciphers, by AF_ALG", "call socket-alg", IN_BOTH, {BY_FILTER("socket")}, .alone = no_layer},
	{"an abstract socket of the host's", "connect abstract", IN_RUN, {BY_FILTER("socket"), REFUSED(NET_NS, ECONNREFUSED), REFUSED_FROM(LANDLOCK, 6, EPERM)}, .staging = &staging_listens_abstract},
	{"an abstract socket of the host's", "connect abstract", IN_COMPILE, {REFUSED(SECCOMP, EACCES), REFUSED(NET_NS, ECONNREFUSED), REFUSED_FROM(LANDLOCK, 6, EPERM)}, .staging = &staging_listens_abstract},
	{"a socket of the host's, out of view", "network local", IN_RUN, {BY_FILTER("socket"), REFUSED(MOUNT_NS, ENOENT)}},
	{"a socket of the host's, in a mounted folder", "connect path", IN_RUN, {BY_FILTER("socket")}, .alone = "a read-only mount does not stop a connection", .staging = &staging_listens_path},
	{"a socket of the host's, in a mounted folder", "connect path", IN_COMPILE, {REFUSED(SECCOMP, EACCES)}, .alone = "a read-only mount does not stop a connection", .staging = &staging_listens_path},
};

const struct attack attacks_escapes[] = {
	{"everybody in reach, init first", "kill_all", IN_COMPILE, {HELD(PID_NS), {LANDLOCK, {VERDICT_HELD}, .abi = 6}, HELD(INIT)}},
	{"everybody in reach, by the shell", "kill.sh", IN_COMPILE, {HELD(PID_NS), {LANDLOCK, {VERDICT_HELD}, .abi = 6}, HELD(INIT)}},
	{"init, by a thread's signal", "thread_signals", IN_BOTH, {HELD(INIT), {LANDLOCK, {VERDICT_HELD}, .abi = 6}}},
	{"init, by a thread's signal, the old way", "thread_signals tkill", IN_BOTH, {BY_FILTER("tkill"), HELD(INIT), {LANDLOCK, {VERDICT_HELD}, .abi = 6}}},
	{"the box beside, by number", "kill_range", IN_COMPILE, {HELD(PID_NS), {LANDLOCK, {VERDICT_HELD}, .abi = 6}, HELD(UNPRIVILEGED)}, .staging = &staging_neighbour},
	{"the box beside, by using up what is shared", "fork_bomb", IN_COMPILE, {LIMITED(CGROUP_PIDS, PROCESSES), HELD(RLIMITS)}, .limits = {.processes = 40}, .staging = &staging_neighbour},
	{"descriptors that the caller left open", "descriptors inherited", IN_BOTH, {HELD(HOLDER_DESCRIPTORS)}, .alone = "what was opened outside is nobody else's to close"},
	{"one's own descriptors, with other rights", "reopen", IN_COMPILE, {HELD(MOUNT_NS), HELD(LANDLOCK)}, .staging = &staging_untouched},
	{"the program's file, by its length", "reopen truncate", IN_BOTH, {BY_FILTER("truncate"), HELD(MOUNT_NS), HELD(LANDLOCK)}, .staging = &staging_untouched},
	{"the old root, and the folder that one started in", "old_root", IN_BOTH, {HELD(MOUNT_NS), HELD(LANDLOCK)}},
	{"the old root, by links", "climb.sh", IN_COMPILE, {HELD(MOUNT_NS), HELD(LANDLOCK)}},
	{"init, by /proc", "proc_init", IN_COMPILE, {HELD(INIT), HELD(LANDLOCK)}},
	{"init, by /proc", "proc_init", IN_RUN, {HELD(MOUNT_NS), HELD(INIT), HELD(LANDLOCK)}},
	{"the kernel, by one's own files in /proc", "proc_self", IN_BOTH, {HELD(MOUNT_NS), HELD(LANDLOCK)}, .staging = &staging_untouched},
	{"one's own memory, by safe Rust", "patch_itself", IN_COMPILE, {REFUSED(MOUNT_NS, EROFS), REFUSED(LANDLOCK, EACCES)}},
	{"one's own memory, by safe Rust", "patch_itself", IN_RUN, {REFUSED(MOUNT_NS, ENOENT), REFUSED(LANDLOCK, EACCES)}},
	{"all files, away", "remove_all.sh", IN_COMPILE, {HELD(MOUNT_NS), HELD(LANDLOCK)}, .staging = &staging_untouched},
};

const struct attack attacks_leavings[] = {
	{"the grader, by a pipe", "leave pipe", IN_COMPILE, {BY_FILTER("mknodat"), REFUSED(LANDLOCK, EACCES), HELD(SUPERVISOR)}, .staging = &staging_left},
	{"the grader, by a pipe of the shell's", "pipe.sh", IN_COMPILE, {BY_FILTER("mknodat"), HELD(LANDLOCK)}, .staging = &staging_left},
	{"the grader, by a socket", "leave socket", IN_COMPILE, {REFUSED(SECCOMP, EACCES), REFUSED(LANDLOCK, EACCES), HELD(SUPERVISOR)}, .staging = &staging_left},
	{"the grader, by a device", "leave device", IN_COMPILE, {BY_FILTER("mknodat"), REFUSED(LANDLOCK, EACCES), REFUSED(USER_NS, EPERM)}, .staging = &staging_left},
	{"the grader, by a link", "leave link", IN_COMPILE, {HELD(SUPERVISOR)}, .alone = one_door, .staging = &staging_left},
	{"the grader, by a link to itself", "leave link-to-self", IN_COMPILE, {HELD(SUPERVISOR)}, .alone = one_door, .staging = &staging_left},
	{"the grader, by a folder", "leave folder", IN_COMPILE, {HELD(SUPERVISOR)}, .alone = one_door, .staging = &staging_left},
	{"the grader, by a hard link to the host's file", "leave hard-link", IN_COMPILE, {REFUSED(MOUNT_NS, EXDEV), HELD(LANDLOCK)}},
#ifdef __x86_64__
	{"the grader, by a hard link, the old way", "call link", IN_BOTH, {BY_FILTER("link"), REFUSED(MOUNT_NS, EXDEV)}},
#endif
	{"the grader, by changing a file for a link as it reads", "swap", IN_COMPILE, {HELD(SUPERVISOR)}, .alone = one_door, .staging = &staging_swapped},
	{"the grader's terminal, by names", "names", IN_COMPILE, {HELD(SUPERVISOR)}, .alone = "names are asked for, never listed"},
};

const struct attack attacks_host[] = {
	{"what can be learnt of the host", "surroundings", IN_BOTH, {HELD(MOUNT_NS), HELD(LANDLOCK)}},
	{"what can be changed of the host", "surroundings writes", IN_COMPILE, {HELD(MOUNT_NS), HELD(LANDLOCK)}},
	{"what can be learnt of the host, by Rust", "read_host", IN_RUN, {HELD(MOUNT_NS), HELD(LANDLOCK)}},
	{"what can be learnt of the host, by the shell", "read_host.sh", IN_COMPILE, {HELD(MOUNT_NS), HELD(LANDLOCK)}},
	{"other people's environments", "environments.sh", IN_COMPILE, {HELD(PID_NS), HELD(INIT)}},
};
/* clang-format on */

ATTACKS_COUNT(network);
ATTACKS_COUNT(escapes);
ATTACKS_COUNT(leavings);
ATTACKS_COUNT(host);
