/* What the host lays out for single rows, and what it looks at afterwards. */
#include "scene.h"

#include "base/file.h"
#include "base/memory.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <sys/xattr.h>
#include <unistd.h>

/* ---- a folder of the host's, at /planted -------------------------------------- */

static int plant(struct scene *scene)
{
	scene->planted = file_join(scene->folder, "planted");
	if (mkdir(scene->planted, 0755) < 0)
		return -1;
	scene_give_away(scene->planted);
	scene->mounts[scene->mount_count++] = (struct sandbox_mount){.source = scene->planted, .target = "/planted"};
	return 0;
}

static int plant_set_uid(struct scene *scene)
{
	cleanup_free char *program = NULL;

	if (geteuid() != 0 || plant(scene) < 0)
		return -1;
	program = file_join(scene->planted, "program");
	return scene_place("planted", program, 06755);
}

const struct staging staging_set_uid = {.prepare = plant_set_uid};

static int plant_capable(struct scene *scene)
{
	static const uint32_t all[] = {0x02000001 /* version 2, effective */, ~0u, 0, ~0u, 0};
	cleanup_free char *program = NULL;

	if (geteuid() != 0 || plant(scene) < 0)
		return -1;
	program = file_join(scene->planted, "program");
	if (scene_place("planted", program, 0755) < 0)
		return -1;
	return setxattr(program, "security.capability", all, sizeof all, 0);
}

const struct staging staging_capable = {.prepare = plant_capable};

static int plant_device(struct scene *scene)
{
	cleanup_free char *device = NULL;

	if (geteuid() != 0 || plant(scene) < 0)
		return -1;
	device = file_join(scene->planted, "device");
	if (mknod(device, S_IFCHR | 0666, makedev(1, 11)) < 0) /* the kernel's log */
		return -1;
	return chmod(device, 0666);
}

const struct staging staging_device = {.prepare = plant_device};

/* ---- somebody who listens ------------------------------------------------------- */

static int listen_at(struct scene *scene, const void *address, socklen_t length)
{
	int family = ((const struct sockaddr *)address)->sa_family;

	scene->listener = socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (scene->listener < 0 || bind(scene->listener, address, length) < 0)
		return -1;
	return listen(scene->listener, 4);
}

static int listen_inet(struct scene *scene)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t length = sizeof address;

	if (listen_at(scene, &address, sizeof address) < 0 ||
	    getsockname(scene->listener, (struct sockaddr *)&address, &length) < 0)
		return -1;
	scene->addition = text_format("%d", ntohs(address.sin_port));
	return 0;
}

static int listen_abstract(struct scene *scene)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};

	scene->addition = text_copy(strrchr(scene->folder, '/') + 1);
	snprintf(address.sun_path + 1, sizeof address.sun_path - 1, "%s", scene->addition);
	return listen_at(scene, &address,
			 (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + strlen(scene->addition)));
}

static int listen_path(struct scene *scene)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};

	if (plant(scene) < 0)
		return -1;
	scene->addition = text_copy("/planted/socket");
	snprintf(address.sun_path, sizeof address.sun_path, "%s/socket", scene->planted);
	if (listen_at(scene, &address, sizeof address) < 0)
		return -1;
	return chmod(address.sun_path, 0777);
}

static char *nobody_called(struct scene *scene)
{
	int caller = accept4(scene->listener, NULL, NULL, SOCK_CLOEXEC);

	if (caller < 0)
		return NULL;
	close(caller);
	return text_copy("a connection came out of the box");
}

const struct staging staging_listens_inet = {.prepare = listen_inet, .inspect = nobody_called};
const struct staging staging_listens_abstract = {.prepare = listen_abstract, .inspect = nobody_called};
const struct staging staging_listens_path = {.prepare = listen_path, .inspect = nobody_called};

/* ---- objects of the kernel's that are in no file system --------------------------- */

#define KEY_OF_HOST 0x61737361
#define KEY_OF_BOX 0x61737362

static int share_objects(struct scene *scene)
{
	struct shmid_ds status;
	int shared = shmget(KEY_OF_HOST, 4096, IPC_CREAT | 0666);

	(void)scene;
	if (shared < 0 || shmctl(shared, IPC_STAT, &status) < 0)
		return -1;
	if (geteuid() == 0) /* an unprivileged user may by then have to remove it */
		status.shm_perm.uid = NOBODY;
	return shmctl(shared, IPC_SET, &status);
}

static char *nothing_stayed(struct scene *scene)
{
	(void)scene;
	if (shmget(KEY_OF_BOX, 0, 0) >= 0 || msgget(KEY_OF_BOX, 0) >= 0 || semget(KEY_OF_BOX, 0, 0) >= 0)
		return text_copy("an object of the box's is the host's");
	return NULL;
}

static void unshare_objects(struct scene *scene)
{
	int shared = shmget(KEY_OF_HOST, 0, 0);

	(void)scene;
	if (shared >= 0)
		shmctl(shared, IPC_RMID, NULL);
}

const struct staging staging_shared_objects = {
	.prepare = share_objects, .inspect = nothing_stayed, .release = unshare_objects};

/* In a session's keyring of our own, which the caller of the box then has. */
static int keep_secret(struct scene *scene)
{
	(void)scene;
	if (syscall(SYS_keyctl, 1 /* JOIN_SESSION_KEYRING */, NULL) < 0)
		return -1;
	return syscall(SYS_add_key, "user", "assay-secret", "secret", 6, -3 /* the session's */) < 0 ? -1 : 0;
}

const struct staging staging_session_key = {.prepare = keep_secret};

/* ---- a box beside ------------------------------------------------------------------ */

static void *live_beside(void *argument)
{
	struct scene *scene = argument;
	cleanup_free char *program = file_join(scene->folder, "neighbour");
	struct sandbox_mount mount = {.source = program, .target = "/neighbour"};
	const char *const argv[] = {"/neighbour", NULL}, *const environment[] = {NULL};
	struct sandbox_stream stream = {.fd = 1};
	struct sandbox_command command = {
		.argv = argv, .environment = environment, .streams = &stream, .stream_count = 1};
	struct sandbox_policy policy = {.profile = SANDBOX_RUN,
					.limits = sandbox_default_limits(SANDBOX_RUN),
					.mounts = &mount,
					.mount_count = 1};
	struct sandbox_outcome outcome;
	struct error *err = NULL;

	policy.limits.wall_ms = 20000;
	if (sandbox_run(scene->sandbox, &policy, &command, &outcome, &err) < 0)
		scene->complaint_of_neighbour = text_format("the neighbour: %s", err->message);
	else if (!outcome.exited || outcome.exit_code != 0 || !strstr(buffer_text(&stream.data), "ALIVE"))
		scene->complaint_of_neighbour =
			text_format("the neighbour ended with %d, signal %d, limit %s", outcome.exit_code,
				    outcome.signal, sandbox_limit_name(outcome.limit_hit));
	error_free(err);
	buffer_release(&stream.data);
	return NULL;
}

static int place_neighbour(struct scene *scene)
{
	cleanup_free char *program = file_join(scene->folder, "neighbour");

	return scene_place("neighbour", program, 0755);
}

static void begin_neighbour(struct scene *scene)
{
	if (pthread_create(&scene->neighbour, NULL, live_beside, scene) != 0)
		scene->complaint_of_neighbour = text_copy("the neighbour could not be started");
	else
		usleep(100000); /* it is to be there when the attack begins */
}

static char *ask_neighbour(struct scene *scene)
{
	char *complaint;

	pthread_join(scene->neighbour, NULL);
	complaint = scene->complaint_of_neighbour;
	scene->complaint_of_neighbour = NULL;
	return complaint;
}

const struct staging staging_neighbour = {
	.prepare = place_neighbour, .begin = begin_neighbour, .inspect = ask_neighbour};

/* ---- what is left in the scratch folder ---------------------------------------------- */

static int fetch_left(struct scene *scene)
{
	scene->fetch = (struct sandbox_fetch){.name = "left", .limit_bytes = 1 << 20};
	scene->command.fetches = &scene->fetch;
	scene->command.fetch_count = 1;
	return 0;
}

static char *nothing_was_fetched(struct scene *scene)
{
	return scene->fetch.data.length ? text_copy("what was left was taken for a file") : NULL;
}

const struct staging staging_left = {.prepare = fetch_left, .inspect = nothing_was_fetched};

/* While the program runs. The file is empty: whatever comes is somebody else's. */
static void read_meanwhile(struct sandbox_stream *stream, const char *bytes, size_t length, struct sandbox_live *live)
{
	struct scene *scene = stream->context;

	(void)bytes;
	(void)length;
	sandbox_live_fetch(live, &scene->fetch);
}

static int fetch_meanwhile(struct scene *scene)
{
	scene->streams[0].on_data = read_meanwhile;
	scene->streams[0].context = scene;
	return fetch_left(scene);
}

static char *nothing_was_read(struct scene *scene)
{
	return scene->fetch.data.length ? text_copy("a link was followed") : NULL;
}

const struct staging staging_swapped = {.prepare = fetch_meanwhile, .inspect = nothing_was_read};

static int add_private_pipe(struct scene *scene)
{
	scene->command.stream_count = 3;
	return 0;
}

const struct staging staging_private_pipe = {.prepare = add_private_pipe};

/* The program's own file on the host is what it was when it was placed. */
static char *program_is_untouched(struct scene *scene)
{
	cleanup_free char *name = text_copy_n(scene->attack->run, strcspn(scene->attack->run, " "));
	cleanup_free char *original = file_join(strstr(name, ".sh") ? ATTACK_SCRIPTS : ATTACK_PROGRAMS, name);
	cleanup_buffer struct buffer before = {0}, after = {0};
	cleanup_error struct error *err = NULL;
	struct stat status;

	if (file_read(AT_FDCWD, original, 1u << 26, &before, &err) < 0)
		return NULL; /* out of the user's reach */
	if (file_read(AT_FDCWD, scene->program, 1u << 26, &after, &err) < 0 || stat(scene->program, &status) < 0)
		return text_copy("the program is gone from the host");
	if (before.length != after.length || memcmp(before.data, after.data, before.length) != 0 ||
	    status.st_mode & 07022)
		return text_copy("the program was changed on the host");
	return NULL;
}

const struct staging staging_untouched = {.inspect = program_is_untouched};

static int fetch_core(struct scene *scene)
{
	scene->fetch = (struct sandbox_fetch){.name = "core", .limit_bytes = 1 << 26};
	scene->command.fetches = &scene->fetch;
	scene->command.fetch_count = 1;
	return 0;
}

static char *no_core_was_dumped(struct scene *scene)
{
	return scene->fetch.found || access("core", F_OK) == 0 ? text_copy("a core was dumped") : NULL;
}

const struct staging staging_no_core = {.prepare = fetch_core, .inspect = no_core_was_dumped};

/* ---- a source too large to be kept --------------------------------------------------- */

static void add_many(struct buffer *buffer, char byte, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buffer_add_char(buffer, byte);
}

static int write_parentheses(struct scene *scene)
{
	buffer_add_text(&scene->source, "fn main() { let _ = ");
	add_many(&scene->source, '(', 1000000);
	add_many(&scene->source, ')', 1000000);
	buffer_add_text(&scene->source, "; }\n");
	return 0;
}

const struct staging staging_parentheses = {.prepare = write_parentheses};
