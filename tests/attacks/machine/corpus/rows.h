/* The words that rows are written in. For attacks_*.c only. */
#ifndef ASSAY_TESTS_ROWS_H
#define ASSAY_TESTS_ROWS_H

#include "attacks.h"

/* Layers, in the length that leaves a row on a line. */
#define USER_NS SANDBOX_LAYER_USER_NS
#define MOUNT_NS SANDBOX_LAYER_MOUNT_NS
#define PID_NS SANDBOX_LAYER_PID_NS
#define NET_NS SANDBOX_LAYER_NET_NS
#define IPC_NS SANDBOX_LAYER_IPC_NS
#define UTS_NS SANDBOX_LAYER_UTS_NS
#define UNPRIVILEGED SANDBOX_LAYER_UNPRIVILEGED_UID
#define NO_NEW_PRIVS SANDBOX_LAYER_NO_NEW_PRIVS
#define NO_CAPS SANDBOX_LAYER_NO_CAPABILITIES
#define SECCOMP SANDBOX_LAYER_SECCOMP
#define LANDLOCK SANDBOX_LAYER_LANDLOCK
#define RLIMITS SANDBOX_LAYER_RLIMITS
#define CGROUP_MEMORY SANDBOX_LAYER_CGROUP_MEMORY
#define CGROUP_PIDS SANDBOX_LAYER_CGROUP_PIDS
#define CGROUP_CPU SANDBOX_LAYER_CGROUP_CPU
#define CGROUP_KILL SANDBOX_LAYER_CGROUP_KILL
#define INIT HOLDER_INIT
#define SUPERVISOR HOLDER_SUPERVISOR
#define SCRATCH HOLDER_SCRATCH

/* Holds. */
#define BY_FILTER(seen)                                                                                                \
	{                                                                                                              \
		SECCOMP,                                                                                               \
		{                                                                                                      \
			VERDICT_VIOLATION, .call = (seen)                                                              \
		}                                                                                                      \
	}
#define HELD(holder)                                                                                                   \
	{                                                                                                              \
		holder,                                                                                                \
		{                                                                                                      \
			VERDICT_HELD                                                                                   \
		}                                                                                                      \
	}
#define REFUSED(holder, number)                                                                                        \
	{                                                                                                              \
		holder,                                                                                                \
		{                                                                                                      \
			VERDICT_HELD, .error = (number)                                                                \
		}                                                                                                      \
	}
#define REFUSED_FROM(holder, first_abi, number)                                                                        \
	{                                                                                                              \
		holder, {VERDICT_HELD, .error = (number)}, .abi = (first_abi)                                          \
	}
#define LIMITED(holder, which)                                                                                         \
	{                                                                                                              \
		holder,                                                                                                \
		{                                                                                                      \
			VERDICT_LIMIT, .limit = SANDBOX_LIMIT_##which                                                  \
		}                                                                                                      \
	}
/* Refused, and the outcome tells of the limit beside. */
#define USED_UP(holder, which, number)                                                                                 \
	{                                                                                                              \
		holder,                                                                                                \
		{                                                                                                      \
			VERDICT_HELD, .error = (number), .limit = SANDBOX_LIMIT_##which                                \
		}                                                                                                      \
	}
#define SIGNALLED(holder, number)                                                                                      \
	{                                                                                                              \
		holder,                                                                                                \
		{                                                                                                      \
			VERDICT_SIGNAL, .signal = (number)                                                             \
		}                                                                                                      \
	}
#define STOPPED(holder)                                                                                                \
	{                                                                                                              \
		holder,                                                                                                \
		{                                                                                                      \
			VERDICT_STOPPED                                                                                \
		}                                                                                                      \
	}

/* A chapter's rows, and how many. */
#define ATTACKS_COUNT(chapter) const size_t attacks_##chapter##_count = ARRAY_LENGTH(attacks_##chapter)
#define ATTACKS(chapter)                                                                                               \
	extern const struct attack attacks_##chapter[];                                                                \
	extern const size_t attacks_##chapter##_count

ATTACKS(resources);
ATTACKS(compiler);
ATTACKS(objects);
ATTACKS(processes);
ATTACKS(interfaces);
ATTACKS(programs);
ATTACKS(namespaces);
ATTACKS(machine);
ATTACKS(identity);
ATTACKS(arguments);
ATTACKS(network);
ATTACKS(escapes);
ATTACKS(leavings);
ATTACKS(host);

#endif
