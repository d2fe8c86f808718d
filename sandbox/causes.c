#include "causes.h"

#include "surroundings.h"

#include "base/buffer.h"
#include "base/memory.h"

#include <assert.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

/* ---- what to tell a container manager --------------------------------------- */

static const struct {
	const char *words, *separator;
} managers[] = {
	[CONTAINER_DOCKER] = {"docker run", " "},
	[CONTAINER_PODMAN] = {"podman run", " "},
	[CONTAINER_KUBERNETES] = {"in the container's securityContext:", ", "},
	[CONTAINER_COUNT] = {0},
};

static const struct {
	enum container container;
	const char *option;
	bool (*is_needed)(void);
} options[] = {
	{CONTAINER_DOCKER, "--security-opt seccomp=unconfined", surroundings_is_filtered},
	{CONTAINER_DOCKER, "--security-opt systempaths=unconfined", surroundings_covers_proc},
	{CONTAINER_DOCKER, "--security-opt apparmor=unconfined", surroundings_is_apparmor_confined},
	{CONTAINER_DOCKER, "--security-opt label=disable", surroundings_is_selinux_container},
	{CONTAINER_PODMAN, "--security-opt seccomp=unconfined", surroundings_is_filtered},
	{CONTAINER_PODMAN, "--security-opt unmask=ALL", surroundings_covers_proc},
	{CONTAINER_PODMAN, "--security-opt apparmor=unconfined", surroundings_is_apparmor_confined},
	{CONTAINER_PODMAN, "--security-opt label=disable", surroundings_is_selinux_container},
	{CONTAINER_KUBERNETES, "seccompProfile: {type: Unconfined}", surroundings_is_filtered},
	{CONTAINER_KUBERNETES, "procMount: Unmasked", surroundings_covers_proc},
	{CONTAINER_KUBERNETES, "appArmorProfile: {type: Unconfined}", surroundings_is_apparmor_confined},
};

/* All that this container is in need of, so that one remedy is enough; NULL where nothing can be seen that is. */
static char *container_options(void)
{
	enum container container = surroundings_container();
	cleanup_buffer struct buffer line = {0};
	size_t count = 0;

	for (size_t i = 0; i < ARRAY_LENGTH(options); i++) {
		if (options[i].container != container || !options[i].is_needed())
			continue;
		buffer_add_format(&line, "%s%s", count++ ? managers[container].separator : " ", options[i].option);
	}
	return count ? text_format("%s%s", managers[container].words, buffer_text(&line)) : NULL;
}

/* Settings of the kernel are the host's to change. */
static char *set(const char *setting)
{
	const char *who = surroundings_container() != CONTAINER_NONE ? "on the host: sudo "
			  : geteuid() != 0			     ? "sudo "
								     : "";

	return text_format("%ssysctl -w %s", who, setting);
}

/* ---- remedies ----------------------------------------------------------------- */

static char *mount_proc(void)
{
	return text_copy("mount -t proc proc /proc");
}

static char *raise_limit(void)
{
	return set("user.max_user_namespaces=15000");
}

static char *raise_limits(void)
{
	return set("user.max_{mnt,pid,net,ipc,uts,cgroup}_namespaces=15000");
}

static char *allow_users(void)
{
	return set("kernel.unprivileged_userns_clone=1");
}

static char *leave_chroot(void)
{
	return text_copy(
		"in a chroot the kernel makes no user namespaces; enter the folder so instead: bwrap --dev-bind "
		"FOLDER / --dev-bind /dev /dev --dev-bind /proc /proc assay doctor");
}

/* A profile that takes nothing away and gives the program a name, to which the restriction then does not apply. */
static char *allow_by_apparmor(void)
{
	char path[4096];
	ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);

	if (surroundings_container() != CONTAINER_NONE)
		return set("kernel.apparmor_restrict_unprivileged_userns=0");
	path[length < 0 ? 0 : length] = '\0';
	return text_format("echo 'abi <abi/4.0>, profile assay \"%s\" flags=(unconfined) { userns, }' | sudo tee "
			   "/etc/apparmor.d/assay && sudo apparmor_parser -r /etc/apparmor.d/assay",
			   path);
}

static char *nest_in_lxc(void)
{
	return text_copy(
		"in the container's configuration: lxc.include = /usr/share/lxc/config/nesting.conf (Incus and LXD: "
		"security.nesting=true)");
}

static char *show_whole_proc(void)
{
	return text_copy("as root in the container: mkdir -p /run/proc && mount -t proc proc /run/proc");
}

static char *widen_nspawn(void)
{
	return text_copy(
		"systemd-nspawn --system-call-filter='@mount @process landlock_create_ruleset landlock_add_rule "
		"landlock_restrict_self'");
}

static char *uncover_proc(void)
{
	return text_copy(
		"as root: mkdir -p /run/proc && mount -t proc proc /run/proc (the kernel wants one proc in sight that "
		"nothing is mounted over)");
}

static char *switch_root(void)
{
	return text_copy(
		"the root is the initramfs, which pivot_root cannot exchange: switch_root to a mounted file system");
}

static char *leave_listener(void)
{
	return text_copy(
		"a container manager or a tracer already listens to this program's system calls, and the kernel "
		"allows one listener: start assay outside of it");
}

static char *leave_filter(void)
{
	return text_copy(
		"a seccomp filter around this program refuses it (grep Seccomp /proc/self/status): start assay "
		"outside of it");
}

static char *newer_kernel(void)
{
	return text_copy(
		"Linux 5.12 or later is needed, with CONFIG_USER_NS, CONFIG_SECCOMP_FILTER and all namespaces");
}

static char *start_landlock(void)
{
	return text_copy(
		"start the kernel with landlock in its list of modules: lsm=landlock,… (cat /sys/kernel/security/lsm)");
}

static char *newer_for_landlock(void)
{
	return text_copy("Linux 6.12 or later, with CONFIG_SECURITY_LANDLOCK, confines files a second time");
}

static char *look_closer(void)
{
	return text_copy(
		"strace -f assay box -- /bin/true shows the call; a security module or a container manager forbids it");
}

/* ---- causes -------------------------------------------------------------------- */

static bool has_no_proc(void)
{
	return !surroundings_has_proc();
}

static bool has_no_user_namespaces(void)
{
	return surroundings_setting("user/max_user_namespaces", 1) == 0;
}

static bool are_users_forbidden(void)
{
	return !surroundings_may_administer() && surroundings_setting("kernel/unprivileged_userns_clone", 1) == 0;
}

static bool is_apparmor_restricted(void)
{
	return surroundings_has_apparmor_restriction() && !surroundings_may_administer();
}

/* Before it comes to that, a filter may have refused the namespace. */
static bool is_apparmor_alone(void)
{
	return is_apparmor_restricted() && !surroundings_is_filtered();
}

static bool is_lxc(void)
{
	return surroundings_container() == CONTAINER_LXC;
}

static bool is_nspawn(void)
{
	return surroundings_container() == CONTAINER_NSPAWN;
}

#define REFUSED_ANYTHING 0xffff
#define ANY_ERROR 0

/* The first that holds is the cause. What cannot be mistaken stands before what is only likely. */
static const struct cause {
	unsigned int refusals;
	int error;
	bool (*holds)(void);
	char *(*remedy)(void); /* NULL, or returning NULL, where another cause is to be looked for */
} causes[] = {
	{REFUSED_ANYTHING & ~REFUSED_LANDLOCK, ANY_ERROR, has_no_proc, mount_proc},
	{REFUSED_USER_NAMESPACE, ANY_ERROR, has_no_user_namespaces, raise_limit},
	{REFUSED_USER_NAMESPACE, ENOSPC, NULL, raise_limit},
	{REFUSED_NAMESPACE | REFUSED_RIGHTS, ENOSPC, NULL, raise_limits},
	{REFUSED_LISTENER, EBUSY, NULL, leave_listener},
	{REFUSED_USER_NAMESPACE, EPERM, are_users_forbidden, allow_users},
	{REFUSED_USER_NAMESPACE, EPERM, surroundings_is_chroot, leave_chroot},
	{REFUSED_ROOT, EINVAL, surroundings_is_initramfs, switch_root},
	{REFUSED_RIGHTS, EPERM, is_apparmor_restricted, allow_by_apparmor},
	{REFUSED_RIGHTS, EACCES, is_apparmor_restricted, allow_by_apparmor},
	{REFUSED_USER_NAMESPACE, EPERM, is_apparmor_alone, allow_by_apparmor},
	{REFUSED_USER_NAMESPACE, EACCES, is_apparmor_alone, allow_by_apparmor},
	{REFUSED_LANDLOCK, EOPNOTSUPP, NULL, start_landlock},
	{REFUSED_ANYTHING, ANY_ERROR, NULL, container_options},
	{REFUSED_ANYTHING & ~REFUSED_LANDLOCK, ANY_ERROR, is_lxc, nest_in_lxc},
	{REFUSED_PROC, EPERM, is_nspawn, show_whole_proc},
	{REFUSED_ANYTHING, ANY_ERROR, is_nspawn, widen_nspawn},
	{REFUSED_PROC, EPERM, surroundings_covers_proc, uncover_proc},
	{REFUSED_ANYTHING, ANY_ERROR, surroundings_is_filtered, leave_filter},
	{REFUSED_LANDLOCK, ANY_ERROR, NULL, newer_for_landlock},
	{REFUSED_ANYTHING, ENOSYS, NULL, newer_kernel},
	{REFUSED_ANYTHING, EINVAL, NULL, newer_kernel},
	{REFUSED_ANYTHING, ANY_ERROR, NULL, look_closer},
};

char *cause_remedy(enum refusal refusal, int error)
{
	char *remedy = NULL;

	for (size_t i = 0; !remedy; i++) { /* the last row is for all */
		const struct cause *cause = &causes[i];

		if (cause->refusals & refusal && (cause->error == ANY_ERROR || cause->error == error) &&
		    (!cause->holds || cause->holds()))
			remedy = cause->remedy();
	}
	return remedy;
}

/* ---- control groups -------------------------------------------------------------- */

static const char *const writable_cgroups[CONTAINER_COUNT] = {
	[CONTAINER_DOCKER] = "docker run --security-opt writable-cgroups=true (from Docker 28 on)",
	[CONTAINER_PODMAN] = "podman run --security-opt unmask=ALL",
};

static char *delegate_by_systemd(bool some)
{
	if (geteuid() == 0)
		return text_copy("systemd-run --scope -p Delegate=yes assay …");
	if (!surroundings_has_user_manager())
		return text_copy("loginctl enable-linger && systemd-run --user --scope -p Delegate=yes assay …");
	if (some) /* the group is ours, but a controller was not handed on to this user */
		return text_copy(
			"Delegate=yes below [Service] in /etc/systemd/system/user@.service.d/delegate.conf, systemctl "
			"daemon-reload, log in again");
	return text_copy("systemd-run --user --scope -p Delegate=yes assay …");
}

char *cause_no_cgroup(enum sandbox_layer layer, bool some)
{
	struct cgroup_mounts mounts = surroundings_cgroups();
	enum container container = surroundings_container();

	if (layer == SANDBOX_LAYER_CGROUP_MEMORY && surroundings_has_memory_disabled())
		return text_copy(
			"take cgroup_disable=memory off the kernel's command line (Debian, Ubuntu: /etc/default/grub, "
			"update-grub)");
	if (!mounts.version_1 && !mounts.version_2)
		return text_copy("as root: mount -t cgroup2 none /sys/fs/cgroup");
	if (mounts.read_only && mounts.version_1)
		return text_copy(
			"use a host with version 2: groups of version 1 are read-only here, and not safe to give away");
	if (mounts.read_only && writable_cgroups[container])
		return text_copy(writable_cgroups[container]);
	if (mounts.read_only)
		return text_copy("have the container's manager mount /sys/fs/cgroup writable");
	if (mounts.version_1)
		return text_copy(geteuid() == 0
					 ? "mount the controller: mount -t cgroup -o NAME none /sys/fs/cgroup/NAME"
					 : "start as root: groups of version 1 are not handed to users");
	if (surroundings_has_systemd())
		return delegate_by_systemd(some);
	return text_copy("start as root, or in a group that root gave to this user");
}

/* ---- Landlock --------------------------------------------------------------------- */

static const struct {
	int abi;
	const char *adds;
} landlock_abis[] = {
	{2, "moves between folders"},	     {3, "truncation"}, {4, "TCP"}, {5, "ioctl on devices"},
	{6, "signals and abstract sockets"},
};

char *cause_landlock_lacks(int abi)
{
	cleanup_buffer struct buffer list = {0};

	for (size_t i = 0; i < ARRAY_LENGTH(landlock_abis); i++)
		if (landlock_abis[i].abi > abi)
			buffer_add_format(&list, "%s%s (%d)", list.length ? ", " : "", landlock_abis[i].adds,
					  landlock_abis[i].abi);
	return list.length ? buffer_steal(&list) : NULL;
}
