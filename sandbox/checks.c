/*
 * What the machine offers (assay doctor). Each layer is tried for real
 * (trials.h) rather than concluded from settings; what stands in the way is
 * looked for only where something was refused (causes.h).
 */
#include "box.h"

#include "causes.h"
#include "landlock.h"
#include "surroundings.h"
#include "trials.h"

#include "base/clock.h"
#include "base/memory.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/utsname.h>

/* A box of the doctor's holds about fifty at once. */
#define FILES_A_BOX_NEEDS 64

struct check_list {
	struct sandbox_check *checks;
	size_t count;
};

/* Takes over `found` and `remedy`. */
static void add(struct check_list *list, const char *id, const char *name, enum sandbox_check_state state, char *found,
		char *remedy)
{
	*ARRAY_ADD(list->checks, list->count) =
		(struct sandbox_check){.id = id, .name = name, .state = state, .found = found, .remedy = remedy};
}

static void check_kernel(struct check_list *list)
{
	struct utsname host;
	unsigned int major = 0, minor = 0;
	bool enough;

	uname(&host);
	enough = sscanf(host.release, "%u.%u", &major, &minor) == 2 && (major > 5 || (major == 5 && minor >= 12));
	add(list, "kernel", "kernel", enough ? SANDBOX_CHECK_OK : SANDBOX_CHECK_MISSING,
	    text_format("Linux %s", host.release), enough ? NULL : text_copy("Linux 5.12 or later is needed"));
}

static void check_trials(struct check_list *list)
{
	bool is_inside_possible = true;

	for (size_t i = 0; i < trial_count; i++) {
		const struct trial *trial = &trials[i];
		int error;

		if (trial->is_inside && !is_inside_possible)
			continue;
		error = trial_run(trial);
		if (error == 0) {
			add(list, trial->id, trial->name, SANDBOX_CHECK_OK, text_copy(trial->works), NULL);
			continue;
		}
		add(list, trial->id, trial->name, SANDBOX_CHECK_MISSING, text_format("refused: %s", strerror(error)),
		    cause_remedy(trial->refusal, error));
		if (trial->is_gate)
			is_inside_possible = false;
	}
}

static void check_landlock(struct check_list *list)
{
	int abi = landlock_probe(), error = errno;
	char *lacks = cause_landlock_lacks(abi);

	if (abi == 0)
		add(list, "landlock", "Landlock", SANDBOX_CHECK_WEAKER,
		    text_format("not there (%s); the mount view holds files without it", strerror(error)),
		    cause_remedy(REFUSED_LANDLOCK, error));
	else if (lacks)
		add(list, "landlock", "Landlock", SANDBOX_CHECK_WEAKER, text_format("ABI %d, without %s", abi, lacks),
		    text_copy("Linux 6.12 or later"));
	else
		add(list, "landlock", "Landlock", SANDBOX_CHECK_OK, text_format("ABI %d", abi), NULL);
	free(lacks);
}

static void check_identity(struct check_list *list)
{
	struct identity_range range;

	identity_probe(&range);
	if (!range.own)
		add(list, "user-ids", "user ids for boxes", SANDBOX_CHECK_OK,
		    text_format("%u, from %u on, one a box", range.count, range.first_uid), NULL);
	else if (range.outside != 0)
		add(list, "user-ids", "user ids for boxes", SANDBOX_CHECK_WEAKER,
		    text_format("the caller's own, %u", range.outside),
		    text_copy("started by root, each box gets an id of its own"));
	else
		add(list, "user-ids", "user ids for boxes", SANDBOX_CHECK_MISSING,
		    text_copy("this user namespace has a single id, root's outside too"),
		    text_copy("start as an ordinary user, or make the namespace with a range: unshare --map-auto "
			      "--map-root-user"));
}

static void check_cgroups(struct check_list *list)
{
	static const struct {
		const char *id, *name;
		enum sandbox_layer layer;
		const char *without;
	} rows[] = {
		{"cgroup-memory", "cgroup memory limit", SANDBOX_LAYER_CGROUP_MEMORY,
		 "only RLIMIT_DATA of each process"},
		{"cgroup-pids", "cgroup process limit", SANDBOX_LAYER_CGROUP_PIDS, "only RLIMIT_NPROC"},
		{"cgroup-cpu", "cgroup CPU time", SANDBOX_LAYER_CGROUP_CPU, "only RLIMIT_CPU of each process"},
		{"cgroup-kill", "cgroup kill", SANDBOX_LAYER_CGROUP_KILL,
		 "only the PID namespace, slow against a bomb"},
	};
	struct cgroup_host host;

	cgroup_probe(&host);
	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		bool has = host.layers & 1u << rows[i].layer;

		add(list, rows[i].id, rows[i].name, has ? SANDBOX_CHECK_OK : SANDBOX_CHECK_WEAKER,
		    has ? text_format("by cgroup %s", host.driver->name) : text_copy(rows[i].without),
		    has ? NULL : cause_no_cgroup(rows[i].layer, host.layers != 0));
	}
	if (host.layers & 1u << SANDBOX_LAYER_CGROUP_MEMORY) {
		bool uncounted = surroundings_has_uncounted_swap();

		add(list, "cgroup-swap", "cgroup swap limit", uncounted ? SANDBOX_CHECK_WEAKER : SANDBOX_CHECK_OK,
		    text_copy(uncounted ? "the kernel does not count swap, which a box can fill"
					: "no swap beyond the memory limit"),
		    uncounted ? text_copy("as root: swapoff -a, or start the kernel with swapaccount=1") : NULL);
	}
	cgroup_release_host(&host);
}

/* ---- whole boxes --------------------------------------------------------------- */

static bool has_missing(const struct check_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->checks[i].state == SANDBOX_CHECK_MISSING)
			return true;
	return false;
}

/* Where all layers are there and a box still cannot be made, it is for the want of descriptors or for no known reason.
 */
static char *box_remedy(const struct check_list *list)
{
	struct rlimit files;

	if (has_missing(list))
		return text_copy("see the first line above that says missing");
	if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < FILES_A_BOX_NEEDS)
		return text_copy(files.rlim_max < FILES_A_BOX_NEEDS ? "sudo prlimit --pid $$ --nofile=1024:1024"
								    : "ulimit -n 1024");
	return cause_remedy(REFUSED_MOUNT, 0);
}

static int make_box(enum sandbox_profile profile, struct sandbox_outcome *outcome, struct error **err)
{
	static const struct sandbox_mount mounts[] = {
		{"/usr", "/usr", false}, {"/bin", "/bin", true}, {"/lib", "/lib", true}, {"/lib64", "/lib64", true}};
	static const char *const argv[] = {"/bin/true", NULL}, *const environment[] = {NULL};
	const struct sandbox_policy policy = {
		.profile = profile,
		.limits = sandbox_default_limits(profile),
		.mounts = mounts,
		.mount_count = ARRAY_LENGTH(mounts),
		.require = SANDBOX_REQUIRE_DEFAULT,
	};
	struct sandbox_command command = {.argv = argv, .environment = environment};
	struct sandbox *sandbox = NULL;
	int result = sandbox_open(&sandbox, err);

	if (result == 0)
		result = sandbox_run(sandbox, &policy, &command, outcome, err);
	sandbox_close(sandbox);
	return result;
}

/* All of it together, which is what counts. */
static void check_boxes(struct check_list *list)
{
	static const struct {
		const char *id, *name;
		enum sandbox_profile profile;
	} rows[] = {
		{SANDBOX_CHECK_BOX_RUN, "a box that runs", SANDBOX_RUN},
		{SANDBOX_CHECK_BOX_COMPILE, "a box that compiles", SANDBOX_COMPILE},
	};
	static_assert(ARRAY_LENGTH(rows) == SANDBOX_PROFILE_COUNT, "a box of each profile");

	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
		cleanup_error struct error *err = NULL;
		struct sandbox_outcome outcome;
		int64_t began = clock_us();
		bool made = make_box(rows[i].profile, &outcome, &err) == 0;
		double took_ms = (double)(clock_us() - began) / 1000.0;

		if (!made)
			add(list, rows[i].id, rows[i].name, SANDBOX_CHECK_MISSING, text_copy(err->message),
			    box_remedy(list));
		else if (outcome.violation.happened)
			add(list, rows[i].id, rows[i].name, SANDBOX_CHECK_MISSING,
			    text_format("/bin/true was refused %s", outcome.violation.name),
			    text_copy("report it: this machine's C library needs a call that the profile lacks"));
		else
			add(list, rows[i].id, rows[i].name, SANDBOX_CHECK_OK,
			    text_format("/bin/true ended with %d after %.1f ms", outcome.exit_code, took_ms), NULL);
	}
}

void sandbox_checks(struct sandbox_check **checks, size_t *count)
{
	struct check_list list = {0};

	check_kernel(&list);
	check_trials(&list);
	check_landlock(&list);
	check_identity(&list);
	check_cgroups(&list);
	check_boxes(&list);
	*checks = list.checks;
	*count = list.count;
}

void sandbox_checks_free(struct sandbox_check *checks, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		free(checks[i].found);
		free(checks[i].remedy);
	}
	free(checks);
}
