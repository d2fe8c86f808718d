/*
 * obstacle NAME PROGRAM ARGUMENT...: runs the program with system calls
 * refused as a container manager, a security module or an older kernel would.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define NAMESPACES                                                                                                     \
	(CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET)

struct refusal {
	const char *obstacle;
	int call, error;
	unsigned int flags; /* refused only with any of these in the first argument; 0 for always */
};

/* What Docker's own filter does to who has not CAP_SYS_ADMIN, as far as boxes are concerned. */
#define DOCKER(call, with, flags)                                                                                      \
	{                                                                                                              \
		"docker", SCMP_SYS(call), with, flags                                                                  \
	}

static const struct refusal refusals[] = {
	DOCKER(unshare, EPERM, 0),
	DOCKER(clone, EPERM, NAMESPACES),
	DOCKER(clone3, ENOSYS, 0),
	DOCKER(setns, EPERM, 0),
	DOCKER(mount, EPERM, 0),
	DOCKER(umount2, EPERM, 0),
	DOCKER(pivot_root, EPERM, 0),
	DOCKER(open_tree, EPERM, 0),
	DOCKER(move_mount, EPERM, 0),
	DOCKER(mount_setattr, EPERM, 0),
	DOCKER(fsopen, EPERM, 0),
	DOCKER(fsconfig, EPERM, 0),
	DOCKER(fsmount, EPERM, 0),
	DOCKER(keyctl, EPERM, 0),
	DOCKER(add_key, EPERM, 0),
	{"no-user-namespaces", SCMP_SYS(unshare), EPERM, CLONE_NEWUSER},
	{"no-user-namespaces", SCMP_SYS(clone3), EPERM, 0},
	{"no-rights", SCMP_SYS(unshare), EPERM, NAMESPACES & ~CLONE_NEWUSER},
	{"no-rights", SCMP_SYS(clone3), EPERM, 0},
	{"no-rights", SCMP_SYS(mount), EPERM, 0},
	{"no-clone3", SCMP_SYS(clone3), ENOSYS, 0},
	{"no-landlock", SCMP_SYS(landlock_create_ruleset), ENOSYS, 0},
	{"landlock-off", SCMP_SYS(landlock_create_ruleset), EOPNOTSUPP, 0},
};

static int refuse(const char *obstacle)
{
	scmp_filter_ctx context = seccomp_init(SCMP_ACT_ALLOW);
	int count = 0;

	for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
		const struct refusal *row = &refusals[i];
		uint32_t answer = SCMP_ACT_ERRNO((uint32_t)row->error);

		if (strcmp(row->obstacle, obstacle) != 0)
			continue;
		count++;
		if (row->flags == 0 && seccomp_rule_add(context, answer, row->call, 0) < 0)
			return -1;
		for (unsigned int flag = 1; flag; flag <<= 1)
			if (row->flags & flag && seccomp_rule_add(context, answer, row->call, 1,
								  SCMP_A0(SCMP_CMP_MASKED_EQ, flag, flag)) < 0)
				return -1;
	}
	return count > 0 ? seccomp_load(context) : -1;
}

/* There can be one in a process and its ancestors, for as long as its descriptor is open somewhere. */
static int listen_first(void)
{
	struct sock_filter allow = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	struct sock_fprog program = {.len = 1, .filter = &allow};
	long listener;

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return -1;
	listener = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
	return listener < 0 ? -1 : fcntl((int)listener, F_SETFD, 0);
}

int main(int argc, char **argv)
{
	if (argc < 3)
		return 99;
	if ((strcmp(argv[1], "listener") == 0 ? listen_first() : refuse(argv[1])) < 0) {
		fprintf(stderr, "obstacle: %s cannot be put up\n", argv[1]);
		return 99;
	}
	execvp(argv[2], argv + 2);
	perror(argv[2]);
	return 99;
}
