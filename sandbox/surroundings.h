/*
 * Where this program runs: what settings, mounts and marks tell of a container,
 * a chroot, a filter. Nothing is concluded from it about what works (trials.h
 * does that by trying); it only tells why something was refused.
 */
#ifndef ASSAY_SANDBOX_SURROUNDINGS_H
#define ASSAY_SANDBOX_SURROUNDINGS_H

#include <stdbool.h>

enum container {
	CONTAINER_NONE,
	CONTAINER_DOCKER,
	CONTAINER_PODMAN,
	CONTAINER_KUBERNETES,
	CONTAINER_LXC, /* Incus and LXD too */
	CONTAINER_NSPAWN,
	CONTAINER_OTHER,
	CONTAINER_COUNT
};

/* By the marks that managers leave in a container; one that leaves none is not seen. */
enum container surroundings_container(void);

/* A setting below /proc/sys, or `missing` where the kernel has no such setting. */
long surroundings_setting(const char *name, long missing);
bool surroundings_has_proc(void);
/* Is something mounted over a part of /proc? The kernel then refuses a new proc to who cannot see all of one. */
bool surroundings_covers_proc(void);
/* True also where the root is a mount of its own, but then only root can tell. */
bool surroundings_is_chroot(void);
/* Is the root the initramfs, which has nothing around it that pivot_root could exchange? */
bool surroundings_is_initramfs(void);
/* Does a seccomp filter sit on this program already? */
bool surroundings_is_filtered(void);
bool surroundings_is_apparmor_confined(void);
bool surroundings_is_selinux_container(void);
/* Ubuntu's setting by which user namespaces of ordinary programs are without rights. */
bool surroundings_has_apparmor_restriction(void);
/* CAP_SYS_ADMIN, before which some of the kernel's restrictions fall. */
bool surroundings_may_administer(void);

/* ---- control groups ----------------------------------------------------- */

struct cgroup_mounts {
	bool version_1, version_2; /* where anything of it is mounted; version 1 only with controllers */
	bool read_only;		   /* all of it */
};
struct cgroup_mounts surroundings_cgroups(void);
/* By cgroup_disable= on the kernel's command line. */
bool surroundings_has_memory_disabled(void);
bool surroundings_has_systemd(void);
/* Does systemd run a manager of this user's own, which systemd-run --user talks to? */
bool surroundings_has_user_manager(void);
/* Is there swap, and does the kernel not count it? A memory limit then lets a box have swap besides. */
bool surroundings_has_uncounted_swap(void);

#endif
