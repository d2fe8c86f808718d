/*
 * sandbox: run a program that nobody trusts, and say exactly how it ended.
 *
 * Order of calls:
 *   1. sandbox_open once a program: probes the kernel, chooses the control-group
 *      driver, builds the seccomp programs. The handle is const from then on
 *      and may be used by many threads at once.
 *   2. sandbox_run for each program to run: blocks until the box is gone. No
 *      process, mount or file of the box outlives the call. Or, where time is
 *      short later and not now: sandbox_prepare, then sandbox_run_prepared.
 *   3. sandbox_close, when every prepared box was run or discarded: with it go
 *      the empty namespaces and control groups that were kept for the next box
 *      (slot.h).
 *
 * A process that is forked while other threads run boxes opens a handle of its
 * own. Init is a copy of the caller: one of 128 MiB makes a cold box some ten
 * times as dear as a small one, and /dev/null, 48 descriptors and a /proc of its
 * own PID namespace are what it needs besides the kernel.
 *
 * The library knows nothing of Rust or grading. It fails closed: where a layer
 * that the policy requires cannot be set up, nothing runs and the error
 * (ERROR_SANDBOX) names the layer and the remedy. What a program did, however
 * vile, is never an error: it is an outcome.
 *
 * Units are in the names: ms, kib (1024 bytes), bytes.
 */
#ifndef ASSAY_SANDBOX_H
#define ASSAY_SANDBOX_H

#include "base/buffer.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- policy: what the program may see, call and use ------------------- */

/* Which system calls are allowed; see profiles.h for the tables. */
enum sandbox_profile {
	SANDBOX_COMPILE, /* what a compiler, a linter and a linker need */
	SANDBOX_RUN,     /* what a test needs: no exec of anything else, no sockets, no new files */
	SANDBOX_PROFILE_COUNT
};

/* A host file or folder shown inside, read-only, nosuid, nodev. */
struct sandbox_mount {
	const char *source; /* absolute host path; resolved with the caller's rights */
	const char *target; /* absolute path inside; folders above it are made */
	bool optional;      /* a source that does not exist is passed over */
};

struct sandbox_limits {
	unsigned int wall_ms;       /* from start to the deadline; 1..3,600,000 */
	unsigned int cpu_ms;        /* of all processes of the box together */
	unsigned int memory_kib;    /* of the box, its tmpfs included */
	unsigned int processes;     /* processes and threads at once, the target's own included */
	unsigned int open_files;    /* RLIMIT_NOFILE */
	unsigned int file_kib;      /* RLIMIT_FSIZE */
	unsigned int disk_kib;      /* size of the box's tmpfs */
	unsigned int disk_inodes;   /* files and folders in it */
	unsigned int stack_kib;     /* RLIMIT_STACK */
	unsigned int output_kib;    /* stdout and stderr each; a stream over it ends the box */
	bool reserves;              /* maps far more than it ever touches, as sanitizers do: no RLIMIT_DATA, which counts that */
};

struct sandbox_policy {
	enum sandbox_profile profile;
	struct sandbox_limits limits;
	const struct sandbox_mount *mounts; /* applied in order */
	size_t mount_count;
	unsigned int require; /* set of 1u << enum sandbox_layer; SANDBOX_REQUIRE_DEFAULT is meant for everybody */
	unsigned int without; /* layers left out on purpose, to see what the others hold; 0 but in tests. Of SANDBOX_OPTIONAL. */
};

/* Inside every box: a tmpfs root holding the mounts, a writable /tmp (also the
 * start folder), /dev/null, /dev/zero, /dev/urandom; /proc only for SANDBOX_COMPILE (its own
 * processes only, read-only). */

/* ---- the program ------------------------------------------------------ */

/*
 * A pipe whose write end is `fd` in the program (1 stdout, 2 stderr, 3 and up
 * private pipes). What comes out is kept in `data` up to the limit.
 * `on_data`, where set, is called from sandbox_run's thread with each piece
 * as it arrives, after it was kept, with a `struct sandbox_live`.
 */
struct sandbox_live;
struct sandbox_stream {
	int fd;
	size_t limit_bytes; /* 0 for limits.output_kib, which is also the most that 1 and 2 can have */
	void (*on_data)(struct sandbox_stream *stream, const char *bytes, size_t length, struct sandbox_live *live);
	void *context;
	struct buffer data; /* appended to; the caller releases it */
	bool truncated;     /* more came than the limit: SANDBOX_LIMIT_OUTPUT */
};

/* A regular file that the program left in /tmp, fetched when it has ended (or from on_data). */
struct sandbox_fetch {
	const char *name; /* relative to /tmp, no link is followed on the way */
	size_t limit_bytes;
	const char *into;   /* a host file, made anew with `mode`, that the bytes are written to instead of `data`; or NULL */
	unsigned int mode;  /* of that file, 0755 for example */
	struct buffer data; /* appended to; the caller releases it */
	bool found;         /* false: absent, not a regular file, or over the limit */
	int failure;        /* errno where it was the machine's fault, not the program's, a full disk for example; else 0 */
};

struct sandbox_command {
	const char *const *argv;        /* argv[0] an absolute path inside the box; ends with NULL */
	const char *const *environment; /* "NAME=value", ends with NULL; nothing is inherited */
	const char *folder;             /* start folder inside; NULL for /tmp */
	const void *input;              /* bytes on stdin (a sealed file, not a pipe), then end of file; NULL for none */
	size_t input_length;
	struct sandbox_stream *streams; /* 1 and 2 are /dev/null where not listed */
	size_t stream_count;
	struct sandbox_fetch *fetches;
	size_t fetch_count;
};

/* From inside on_data only: reads a file of the running box, as sandbox_fetch. 0, or -1 when it cannot be had. */
int sandbox_live_fetch(struct sandbox_live *live, struct sandbox_fetch *fetch);

/* ---- outcome: separate facts, none derived from another ---------------- */

enum sandbox_limit {
	SANDBOX_LIMIT_NONE,
	SANDBOX_LIMIT_WALL,
	SANDBOX_LIMIT_CPU,
	SANDBOX_LIMIT_MEMORY,    /* from the kernel's counter of out-of-memory kills */
	SANDBOX_LIMIT_PROCESSES, /* a fork was refused; the program may have gone on. Told by control groups only */
	SANDBOX_LIMIT_OUTPUT,
	SANDBOX_LIMIT_FILE_SIZE,
	/* Reached, seen at the end or some times a second; the program may have gone on. */
	SANDBOX_LIMIT_DISK,
	SANDBOX_LIMIT_INODES,
	SANDBOX_LIMIT_DESCRIPTORS,
	SANDBOX_LIMIT_COUNT
};

/* Each stops something on its own; an outcome says which were in force. */
enum sandbox_layer {
	SANDBOX_LAYER_USER_NS,
	SANDBOX_LAYER_MOUNT_NS, /* with pivot_root into a tmpfs */
	SANDBOX_LAYER_PID_NS,
	SANDBOX_LAYER_NET_NS,
	SANDBOX_LAYER_IPC_NS,
	SANDBOX_LAYER_UTS_NS,
	SANDBOX_LAYER_CGROUP_NS,
	SANDBOX_LAYER_UNPRIVILEGED_UID, /* the uid outside is neither 0 nor, when root starts it, a person's */
	SANDBOX_LAYER_NO_NEW_PRIVS,
	SANDBOX_LAYER_NO_CAPABILITIES,
	SANDBOX_LAYER_SECCOMP,
	SANDBOX_LAYER_LANDLOCK,
	SANDBOX_LAYER_RLIMITS,
	SANDBOX_LAYER_CGROUP_MEMORY,
	SANDBOX_LAYER_CGROUP_PIDS,
	SANDBOX_LAYER_CGROUP_CPU,
	SANDBOX_LAYER_CGROUP_KILL,
	SANDBOX_LAYER_COUNT
};

/* Every layer that any supported machine has without delegation of control groups. */
#define SANDBOX_REQUIRE_DEFAULT ((1u << (SANDBOX_LAYER_SECCOMP + 1)) - 1u)

/* What `without` may name: leaving out any other would hand the host to the program. */
#define SANDBOX_OPTIONAL                                                                                               \
	(1u << SANDBOX_LAYER_NET_NS | 1u << SANDBOX_LAYER_IPC_NS | 1u << SANDBOX_LAYER_UTS_NS |                        \
	 1u << SANDBOX_LAYER_CGROUP_NS | 1u << SANDBOX_LAYER_SECCOMP | 1u << SANDBOX_LAYER_LANDLOCK |                  \
	 1u << SANDBOX_LAYER_RLIMITS | 1u << SANDBOX_LAYER_NO_CAPABILITIES | 1u << SANDBOX_LAYER_NO_NEW_PRIVS |          \
	 SANDBOX_CGROUP_LAYERS)
/* Left out together only: they are one group. */
#define SANDBOX_CGROUP_LAYERS                                                                                          \
	(1u << SANDBOX_LAYER_CGROUP_MEMORY | 1u << SANDBOX_LAYER_CGROUP_PIDS | 1u << SANDBOX_LAYER_CGROUP_CPU |        \
	 1u << SANDBOX_LAYER_CGROUP_KILL)

struct sandbox_violation {
	bool happened;
	int syscall;          /* number on this architecture, -1 where not known (foreign ABI) */
	char name[32];        /* "openat", "i386 execve", "x32 getpid"; "" where the number has none */
	uint64_t arguments[6];
};

struct sandbox_outcome {
	bool exited;    /* the program called exit or returned from main … */
	int exit_code;  /* … with this code */
	int signal;     /* or it was ended by this signal; 0 where it was not */
	enum sandbox_limit limit_hit;
	struct sandbox_violation violation; /* the first one; untold where its caller died before it was heard */
	unsigned int layers;                /* set of 1u << enum sandbox_layer that were in force */
	/* measured */
	unsigned int wall_ms;
	unsigned int cpu_ms;
	unsigned int peak_kib;
	unsigned int setup_us; /* from the call to the program's exec */
};

/* ---- calls ------------------------------------------------------------ */

struct sandbox; /* opaque */

/* ERROR_SANDBOX where no box can be made at all on this machine. */
int sandbox_open(struct sandbox **sandbox, struct error **err);
void sandbox_close(struct sandbox *sandbox);

/*
 * Runs the command and fills the outcome. Returns -1 only for what is our side's fault or the
 * machine's: a layer that is missing, a mount that cannot be made, a program that cannot be executed.
 * Ends at once when sandbox_interrupt was called.
 */
int sandbox_run(const struct sandbox *sandbox, const struct sandbox_policy *policy, struct sandbox_command *command,
		struct sandbox_outcome *outcome, struct error **err);

/*
 * The same in two parts: a box that is set up and waits for its program: running it takes a third less than a cold one.
 * `policy` need not outlive the call. Prepared boxes may be run by another thread, but not after the thread that
 * prepared them has ended (they die with it), and not by a forked process. That a box could not be set up may only
 * show when it is run.
 */
struct sandbox_prepared; /* opaque */
int sandbox_prepare(const struct sandbox *sandbox, const struct sandbox_policy *policy,
		    struct sandbox_prepared **prepared, struct error **err);
/* Uses it up, whatever comes of it. */
int sandbox_run_prepared(struct sandbox_prepared *prepared, struct sandbox_command *command,
			 struct sandbox_outcome *outcome, struct error **err);
void sandbox_discard(struct sandbox_prepared *prepared); /* NULL is fine */

/*
 * For a signal handler, from the first sandbox_open on: makes every running and later sandbox_run return -1 soon
 * ("interrupted"), its box gone.
 */
void sandbox_interrupt(void);

/* Limits that suit most; callers change what they need. */
struct sandbox_limits sandbox_default_limits(enum sandbox_profile profile);

const char *sandbox_limit_name(enum sandbox_limit limit);       /* "wall", "cpu", …, "none" */
const char *sandbox_layer_name(enum sandbox_layer layer);       /* "user-namespace", … */
const char *sandbox_profile_name(enum sandbox_profile profile); /* "compile", "run" */

/* ---- what the machine offers (assay doctor) ---------------------------- */

enum sandbox_check_state { SANDBOX_CHECK_OK, SANDBOX_CHECK_WEAKER, SANDBOX_CHECK_MISSING };
struct sandbox_check {
	const char *id;   /* "user-namespaces": stays the same from version to version */
	const char *name; /* "user namespaces" */
	enum sandbox_check_state state;
	char *found;      /* one line: what was seen */
	char *remedy;     /* one line, or NULL where nothing is to be done */
};
#define SANDBOX_CHECK_BOX_RUN "box-run" /* a whole box of each profile, which is what counts */
#define SANDBOX_CHECK_BOX_COMPILE "box-compile"

/*
 * Tries each layer for real; one that an earlier one rules out is left out. The caller frees with
 * sandbox_checks_free.
 */
void sandbox_checks(struct sandbox_check **checks, size_t *count);
void sandbox_checks_free(struct sandbox_check *checks, size_t count);

#endif
