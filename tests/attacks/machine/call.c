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

static char memory[4096] __attribute__((aligned(4096)));
static const struct iovec reach = {.iov_base = memory, .iov_len = 8}; /* at both ends */
static struct clone_args new_user = {.flags = CLONE_NEWUSER, .exit_signal = 17};
static const struct {
	uint32_t magic, permitted, inheritable, permitted_high, inheritable_high;
} all_capabilities = {0x02000001, ~0u, 0, ~0u, 0}; /* of a file, effective at once */
static const uint32_t capability_header[2] = {0x20080522, 0}, capabilities[6] = {~0u, ~0u, 0, ~0u, ~0u, 0};
static const uint32_t root_handle[4] = {8, 1, 2, 0}; /* of a file system's root, usually */
static const int priority_one = 1;
static const uint64_t many[2] = {1 << 20, 1 << 20};

static const struct {
	const char *name;
	long number;
	uintptr_t arguments[6];
} calls[] = {
#define M (uintptr_t) memory
#define TEXT(text) (uintptr_t)(text)
#define ADDRESS(object) (uintptr_t) & (object)
	/* other processes */
	{"ptrace", SYS_ptrace, {0 /* TRACEME */}},
	{"ptrace-init", SYS_ptrace, {16 /* ATTACH */, 1}},
	{"process_vm_readv", SYS_process_vm_readv, {1, ADDRESS(reach), 1, ADDRESS(reach), 1}},
	{"process_vm_writev", SYS_process_vm_writev, {1, ADDRESS(reach), 1, ADDRESS(reach), 1}},
	{"kcmp", SYS_kcmp, {1, 1, 0, 0, 0}},
	{"get_robust_list", SYS_get_robust_list, {1, M, M}},
	{"move_pages", SYS_move_pages, {1, 0, M, M, M, 0}},
	{"pidfd_getfd", SYS_pidfd_getfd, {(uintptr_t)-1, 0, 0}},
	{"rt_sigqueueinfo", SYS_rt_sigqueueinfo, {1, 9, M}},
	{"sched_setscheduler", SYS_sched_setscheduler, {0, 1 /* FIFO */, ADDRESS(priority_one)}},
	{"setpriority", SYS_setpriority, {0, 0, (uintptr_t)-20}},
	{"ioprio_set", SYS_ioprio_set, {1, 0, 1 << 13 /* real time */}},
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
	{"quotactl", SYS_quotactl, {0x80000200 /* Q_QUOTAON */, TEXT("/dev/sda"), 0, TEXT("/tmp/x")}},
	{"fanotify_init", SYS_fanotify_init, {0}},
	{"timer_create", SYS_timer_create, {0, 0, M}},
	{"memfd_secret", 447, {0}},
	{"vmsplice", SYS_vmsplice, {1, ADDRESS(reach), 1, 8 /* GIFT */}},
	/* programs from nowhere */
	{"memfd_create", SYS_memfd_create, {TEXT("x"), 0}},
	{"execve", SYS_execve, {TEXT("/bin/true"), 0, 0}},
	{"execveat", SYS_execveat, {AT_FDCWD, TEXT("/bin/true"), 0, 0}},
	/* namespaces and mounts */
	{"unshare", SYS_unshare, {CLONE_NEWUSER}},
	{"unshare-mounts", SYS_unshare, {CLONE_NEWNS}},
	{"unshare-time", SYS_unshare, {CLONE_NEWTIME}},
	{"clone-newuser", SYS_clone, {CLONE_NEWUSER | 17, 0}},
	{"clone-newuser-thread", SYS_clone, {CLONE_NEWUSER | CLONE_VM | CLONE_SIGHAND | CLONE_THREAD, 0}},
	{"clone-newnet", SYS_clone, {CLONE_NEWNET | 17, 0}},
	{"clone-parent", SYS_clone, {CLONE_PARENT | 17, 0}},
	{"clone-ptrace", SYS_clone, {CLONE_PTRACE | 17, 0}},
	{"clone-untraced", SYS_clone, {CLONE_UNTRACED | 17, 0}},
	{"clone-silent", SYS_clone, {0}},
	{"clone-kills", SYS_clone, {9, 0}},
	{"setns", SYS_setns, {0, 0}},
	{"clone3", SYS_clone3, {ADDRESS(new_user), sizeof new_user}},
	{"mount", SYS_mount, {TEXT("x"), TEXT("/tmp"), TEXT("tmpfs"), 0, 0}},
	{"mount-cgroup", SYS_mount, {TEXT("x"), TEXT("/tmp"), TEXT("cgroup"), 0, TEXT("memory")}},
	{"mount-proc", SYS_mount, {TEXT("x"), TEXT("/tmp"), TEXT("proc"), 0, 0}},
	{"remount", SYS_mount, {TEXT("x"), TEXT("/"), 0, 0x20 /* REMOUNT */, 0}},
	{"umount2", SYS_umount2, {TEXT("/tmp"), 2}},
	{"open_tree", SYS_open_tree, {AT_FDCWD, TEXT("/"), 1}},
	{"move_mount", SYS_move_mount, {0, TEXT(""), AT_FDCWD, TEXT("/tmp"), 4}},
	{"fsopen", SYS_fsopen, {TEXT("tmpfs"), 0}},
	{"fspick", SYS_fspick, {AT_FDCWD, TEXT("/"), 0}},
	{"mount_setattr", SYS_mount_setattr, {AT_FDCWD, TEXT("/"), 0, M, 32}},
	{"pivot_root", SYS_pivot_root, {TEXT("."), TEXT(".")}},
	{"chroot", SYS_chroot, {TEXT("/tmp")}},
	/* the machine */
	{"personality", SYS_personality, {0x0400000 /* READ_IMPLIES_EXEC */}},
	{"open_by_handle_at", SYS_open_by_handle_at, {AT_FDCWD, ADDRESS(root_handle), 0}},
	{"name_to_handle_at", SYS_name_to_handle_at, {AT_FDCWD, TEXT("/"), M, M, 0}},
	{"kexec_load", SYS_kexec_load, {0, 0, 0, 0}},
	{"kexec_file_load", SYS_kexec_file_load, {0, 0, 0, 0, 0}},
	{"init_module", SYS_init_module, {M, 1, TEXT("")}},
	{"finit_module", SYS_finit_module, {0, TEXT(""), 0}},
	{"delete_module", SYS_delete_module, {TEXT("x"), 0}},
	{"reboot", SYS_reboot, {0xfee1dead, 672274793, 0}},
	{"swapon", SYS_swapon, {TEXT("/tmp/x"), 0}},
	{"swapoff", SYS_swapoff, {TEXT("/tmp/x")}},
	{"sethostname", SYS_sethostname, {TEXT("x"), 1}},
	{"setdomainname", SYS_setdomainname, {TEXT("x"), 1}},
	{"settimeofday", SYS_settimeofday, {M, 0}},
	{"clock_settime", SYS_clock_settime, {0, M}},
	{"acct", SYS_acct, {TEXT("/tmp/x")}},
	{"syslog", SYS_syslog, {3, M, 10}},
	{"vhangup", SYS_vhangup, {0}},
	{"hwpoison", SYS_madvise, {M, 4096, 100 /* MADV_HWPOISON */}},
#ifdef __x86_64__
	{"iopl", SYS_iopl, {3}},
	{"ioperm", SYS_ioperm, {0x80, 1, 1}},
	{"modify_ldt", SYS_modify_ldt, {0, M, 8}},
#endif
	/* POSIX objects */
	{"mq_open", SYS_mq_open, {TEXT("x"), O_CREAT | O_RDWR, 0600, 0}},
	/* identity, devices, limits */
	{"setuid", SYS_setuid, {0}},
	{"setgid", SYS_setgid, {0}},
	{"setresuid", SYS_setresuid, {0, 0, 0}},
	{"setgroups", SYS_setgroups, {0, 0}},
	{"capset", SYS_capset, {ADDRESS(capability_header), ADDRESS(capabilities)}},
	{"fchownat-root", SYS_fchownat, {AT_FDCWD, TEXT("/tmp"), 0, 0, 0}},
#ifdef __x86_64__
	{"chown-root", SYS_chown, {TEXT("/tmp"), 0, 0}},
	{"link", SYS_link, {TEXT("/dev/null"), TEXT("/tmp/x")}},
#endif
	{"file-capability",
	 SYS_setxattr,
	 {TEXT("/tmp"), TEXT("security.capability"), ADDRESS(all_capabilities), 20, 0}},
	{"mknod-device", SYS_mknodat, {AT_FDCWD, TEXT("/tmp/sda"), S_IFBLK | 0600, 0x0800}},
	{"ioctl-tiocsti", SYS_ioctl, {0, 0x5412 /* TIOCSTI */, M}},
	{"ioctl-tioclinux", SYS_ioctl, {0, 0x541c /* TIOCLINUX */, M}},
	{"prctl-mdwe", SYS_prctl, {65, 1}},
	{"prctl-dumpable", SYS_prctl, {4 /* PR_SET_DUMPABLE */, 1}},
	{"prctl-set-mm", SYS_prctl, {35 /* PR_SET_MM */, 8, M}},
	{"prctl-subreaper", SYS_prctl, {36, 1}},
	{"prctl-ambient", SYS_prctl, {47, 2, 21 /* CAP_SYS_ADMIN */}},
	{"prlimit-raise", SYS_prlimit64, {0, 7, ADDRESS(many), 0}},
	{"mlock", SYS_mlock, {M, 4096}},
	{"mlock2", SYS_mlock2, {M, 4096, 0}},
	{"mlockall", SYS_mlockall, {3}},
	{"fcntl-setown", SYS_fcntl, {0, F_SETOWN, 1}},
	{"fcntl-pipe-size", SYS_fcntl, {1, 1031 /* F_SETPIPE_SZ */, 1 << 30}},
	/* sockets */
	{"socket-inet", SYS_socket, {AF_INET, SOCK_STREAM, 0}},
	{"socket-inet6", SYS_socket, {AF_INET6, SOCK_DGRAM, 0}},
	{"socket-raw", SYS_socket, {AF_INET, SOCK_RAW, 255}},
	{"socket-packet", SYS_socket, {AF_PACKET, SOCK_RAW, 0}},
	{"socket-vsock", SYS_socket, {AF_VSOCK, SOCK_STREAM, 0}},
	{"socket-alg", SYS_socket, {AF_ALG, SOCK_SEQPACKET, 0}},
	/* high bits: the kernel takes an int, a 64-bit comparison in a filter does not */
	{"socket-vsock-high", SYS_socket, {0x100000000 | AF_VSOCK, SOCK_STREAM, 0}},
	{"socketpair-high", SYS_socketpair, {0x100000000 | AF_INET, SOCK_STREAM, 0, M}},
	{"prctl-high", SYS_prctl, {0x100000000 | 4, 1}},
	{"ioctl-high", SYS_ioctl, {0, 0x100000000 | 0x5412, M}},
	{"fcntl-high", SYS_fcntl, {0, 0x100000000 | F_SETOWN, 1}},
	{"personality-high", SYS_personality, {0x100000000 | 0x0400000}},
	{"clone-high", SYS_clone, {0x100000000 | CLONE_NEWUSER | 17, 0}},
	{"openat-high", SYS_openat, {AT_FDCWD, TEXT("/tmp/x"), 0x100000000 | O_CREAT | O_WRONLY, 0600}},
	/* files */
	{"openat-creat", SYS_openat, {AT_FDCWD, TEXT("/tmp/x"), O_CREAT | O_WRONLY, 0600}},
	{"openat-tmpfile", SYS_openat, {AT_FDCWD, TEXT("/tmp"), O_TMPFILE | O_WRONLY, 0600}},
	{"unlink", SYS_unlinkat, {AT_FDCWD, TEXT("/tmp/x"), 0}},
	{"symlink", SYS_symlinkat, {TEXT("/"), AT_FDCWD, TEXT("/tmp/x")}},
	{"mkdir", SYS_mkdirat, {AT_FDCWD, TEXT("/tmp/x"), 0700}},
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
		if (syscall(calls[i].number, a[0], a[1], a[2], a[3], a[4], a[5]) < 0)
			held_by("%s came back with %s", argv[1], strerror(errno));
		breach("%s was allowed", argv[1]);
	}
	breach("no such attack");
}
