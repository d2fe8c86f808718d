/* One system call that a box must refuse, chosen by name. */
#include "attack.h"

#include <fcntl.h>
#include <linux/sched.h>
#include <sched.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>

static char memory[256];
static const struct iovec reach = {.iov_base = memory, .iov_len = 8}; /* at both ends */

static const struct {
	const char *name;
	long number;
	uintptr_t arguments[5];
} calls[] = {
#define M (uintptr_t)memory
#define TEXT(text) (uintptr_t)(text)
	/* other processes */
	{"ptrace", SYS_ptrace, {0 /* TRACEME */}},
	{"ptrace-init", SYS_ptrace, {16 /* ATTACH */, 1}},
	{"process_vm_readv", SYS_process_vm_readv, {1, (uintptr_t)&reach, 1, (uintptr_t)&reach, 1}},
	{"process_vm_writev", SYS_process_vm_writev, {1, (uintptr_t)&reach, 1, (uintptr_t)&reach, 1}},
	{"pidfd_getfd", SYS_pidfd_getfd, {3, 0, 0}},
	{"kcmp", SYS_kcmp, {1, 1, 0, 0, 0}},
	/* large kernel interfaces */
	{"io_uring_setup", SYS_io_uring_setup, {8, M}},
	{"userfaultfd", SYS_userfaultfd, {0}},
	{"bpf", SYS_bpf, {0, M, 64}},
	{"perf_event_open", SYS_perf_event_open, {M, 0, -1, -1, 0}},
	{"keyctl", SYS_keyctl, {0, -3, 1}},
	{"add_key", SYS_add_key, {TEXT("user"), TEXT("x"), TEXT("y"), 1, -3}},
	{"request_key", SYS_request_key, {TEXT("user"), TEXT("x"), 0, -3}},
	{"seccomp", SYS_seccomp, {0, 0, 0}},
	{"landlock", 444 /* landlock_create_ruleset */, {0, 0, 1}},
	{"quotactl", SYS_quotactl, {0}},
	{"fanotify_init", SYS_fanotify_init, {0}},
	/* programs from nowhere */
	{"memfd_create", SYS_memfd_create, {TEXT("x"), 0}},
	{"execve", SYS_execve, {TEXT("/bin/true"), 0, 0}},
	{"execveat", SYS_execveat, {AT_FDCWD, TEXT("/bin/true"), 0, 0}},
	/* namespaces and mounts */
	{"unshare", SYS_unshare, {CLONE_NEWUSER}},
	{"setns", SYS_setns, {0, 0}},
	{"clone-newuser", SYS_clone, {CLONE_NEWUSER | 17, 0}},
	{"clone-newuser-thread", SYS_clone, {CLONE_NEWUSER | CLONE_VM | CLONE_SIGHAND | CLONE_THREAD, 0}},
	{"mount", SYS_mount, {TEXT("x"), TEXT("/tmp"), TEXT("tmpfs"), 0, 0}},
	{"umount2", SYS_umount2, {TEXT("/tmp"), 2}},
	{"open_tree", SYS_open_tree, {AT_FDCWD, TEXT("/"), 1}},
	{"move_mount", SYS_move_mount, {0, TEXT(""), AT_FDCWD, TEXT("/tmp"), 4}},
	{"fsopen", SYS_fsopen, {TEXT("tmpfs"), 0}},
	{"mount_setattr", SYS_mount_setattr, {AT_FDCWD, TEXT("/"), 0, M, 32}},
	{"pivot_root", SYS_pivot_root, {TEXT("."), TEXT(".")}},
	{"chroot", SYS_chroot, {TEXT("/tmp")}},
	/* the machine */
	{"personality", SYS_personality, {0x0400000 /* READ_IMPLIES_EXEC */}},
	{"open_by_handle_at", SYS_open_by_handle_at, {AT_FDCWD, M, 0}},
	{"name_to_handle_at", SYS_name_to_handle_at, {AT_FDCWD, TEXT("/"), M, M, 0}},
	{"kexec_load", SYS_kexec_load, {0, 0, 0, 0}},
	{"init_module", SYS_init_module, {M, 1, TEXT("")}},
	{"finit_module", SYS_finit_module, {0, TEXT(""), 0}},
	{"delete_module", SYS_delete_module, {TEXT("x"), 0}},
	{"reboot", SYS_reboot, {0xfee1dead, 672274793, 0}},
	{"swapon", SYS_swapon, {TEXT("/tmp/x"), 0}},
	{"sethostname", SYS_sethostname, {TEXT("x"), 1}},
	{"settimeofday", SYS_settimeofday, {M, 0}},
	{"clock_settime", SYS_clock_settime, {0, M}},
	{"acct", SYS_acct, {TEXT("/tmp/x")}},
	{"syslog", SYS_syslog, {3, M, 10}},
	/* System V and POSIX objects */
	{"shmget", SYS_shmget, {0, 4096, 01600}},
	{"msgget", SYS_msgget, {0, 01600}},
	{"semget", SYS_semget, {0, 1, 01600}},
	{"mq_open", SYS_mq_open, {TEXT("x"), O_CREAT | O_RDWR, 0600, 0}},
	/* identity and devices */
	{"setuid", SYS_setuid, {0}},
	{"setgroups", SYS_setgroups, {0, 0}},
	{"capset", SYS_capset, {M, M}},
	{"mknod-device", SYS_mknodat, {AT_FDCWD, TEXT("/tmp/sda"), S_IFBLK | 0600, 0x0800}},
	{"ioctl-tiocsti", SYS_ioctl, {0, 0x5412 /* TIOCSTI */, M}},
	{"ioctl-tioclinux", SYS_ioctl, {0, 0x541c /* TIOCLINUX */, M}},
	{"prctl-mdwe", SYS_prctl, {65, 1}},
	{"prctl-dumpable", SYS_prctl, {4 /* PR_SET_DUMPABLE */, 1}},
	{"prlimit-other", SYS_prlimit64, {1, 7, 0, M}},
	/* sockets */
	{"socket-inet", SYS_socket, {AF_INET, SOCK_STREAM, 0}},
	{"socket-inet6", SYS_socket, {AF_INET6, SOCK_DGRAM, 0}},
	{"socket-netlink", SYS_socket, {AF_NETLINK, SOCK_RAW, 0}},
	{"socket-packet", SYS_socket, {AF_PACKET, SOCK_RAW, 0}},
	{"socket-vsock", SYS_socket, {AF_VSOCK, SOCK_STREAM, 0}},
	{"socket-alg", SYS_socket, {AF_ALG, SOCK_SEQPACKET, 0}},
	/* high bits: the kernel takes an int, a 64-bit comparison in a filter does not */
	{"socket-vsock-high", SYS_socket, {0x100000000 | AF_VSOCK, SOCK_STREAM, 0}},
	{"socketpair-high", SYS_socketpair, {0x100000000 | AF_INET, SOCK_STREAM, 0, M}},
	{"prctl-high", SYS_prctl, {0x100000000 | 4, 1}},
	{"ioctl-high", SYS_ioctl, {0, 0x100000000 | 0x5412, M}},
	{"clone-high", SYS_clone, {0x100000000 | CLONE_NEWUSER | 17, 0}},
	/* files */
	{"openat-creat", SYS_openat, {AT_FDCWD, TEXT("/tmp/x"), O_CREAT | O_WRONLY, 0600}},
	{"openat-tmpfile", SYS_openat, {AT_FDCWD, TEXT("/tmp"), O_TMPFILE | O_WRONLY, 0600}},
	{"unlink", SYS_unlinkat, {AT_FDCWD, TEXT("/tmp/x"), 0}},
	/* beyond all numbers */
	{"no-such-call", 100000, {0}},
	{"fork", SYS_clone, {17, 0}},
};

int main(int argc, char **argv)
{
	for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
		const uintptr_t *a = calls[i].arguments;

		if (argc != 2 || strcmp(argv[1], calls[i].name) != 0)
			continue;
		if (syscall(calls[i].number, a[0], a[1], a[2], a[3], a[4], 0L) < 0)
			breach("%s came back with %s", argv[1], strerror(errno));
		breach("%s was allowed", argv[1]);
	}
	breach("no such attack");
}
