/*
 * Kernel interfaces newer than the headers of the oldest distribution that
 * builds this (Debian 12: Linux 6.1, glibc 2.36). Numbers are the kernel's ABI
 * and never change; whether the running kernel has them is probed.
 */
#ifndef ASSAY_SANDBOX_KERNEL_H
#define ASSAY_SANDBOX_KERNEL_H

#include <stdint.h>
#include <linux/landlock.h>

/* Landlock, by the ABI that brought each. */
#ifndef LANDLOCK_ACCESS_FS_TRUNCATE
#define LANDLOCK_ACCESS_FS_TRUNCATE (1ULL << 14) /* 3 */
#endif
#ifndef LANDLOCK_ACCESS_NET_BIND_TCP
#define LANDLOCK_ACCESS_NET_BIND_TCP (1ULL << 0)    /* 4 */
#define LANDLOCK_ACCESS_NET_CONNECT_TCP (1ULL << 1) /* 4 */
#endif
#ifndef LANDLOCK_ACCESS_FS_IOCTL_DEV
#define LANDLOCK_ACCESS_FS_IOCTL_DEV (1ULL << 15) /* 5 */
#endif
#ifndef LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET
#define LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET (1ULL << 0) /* 6 */
#define LANDLOCK_SCOPE_SIGNAL (1ULL << 1)               /* 6 */
#endif

/* struct landlock_ruleset_attr as of ABI 6; older kernels take it while what they do not know is zero. */
struct landlock_ruleset {
	uint64_t handled_access_fs;
	uint64_t handled_access_net;
	uint64_t scoped;
};

#ifndef MFD_NOEXEC_SEAL
#define MFD_NOEXEC_SEAL 0x0008U /* Linux 6.3 */
#endif

#endif
