#include "scene.h"

#include "base/file.h"
#include "base/memory.h"

#include <fcntl.h>
#include <glob.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define OUTPUT_LIMIT (1u << 20)

/* ---- files ------------------------------------------------------------------ */

void scene_give_away(const char *path)
{
	if (geteuid() == 0 && chown(path, NOBODY, NOBODY) < 0)
		perror(path);
}

static int copy_file(const char *from, const char *to, unsigned int mode)
{
	cleanup_buffer struct buffer bytes = {0};
	cleanup_error struct error *err = NULL;

	if (file_read(AT_FDCWD, from, 1u << 26, &bytes, &err) < 0 ||
	    file_write(AT_FDCWD, to, bytes.data, bytes.length, 0755, &err) < 0)
		return -1;
	return chmod(to, mode);
}

int scene_place(const char *program, const char *to, unsigned int mode)
{
	cleanup_free char *from = file_join(ATTACK_PROGRAMS, program);

	return copy_file(from, to, mode);
}

static bool ends_with(const char *text, const char *end)
{
	size_t length = strlen(text), wanted = strlen(end);

	return length >= wanted && strcmp(text + length - wanted, end) == 0;
}

static void show(struct scene *scene, const char *source, const char *target)
{
	scene->mounts[scene->mount_count++] =
		(struct sandbox_mount){.source = source, .target = target, .optional = true};
}

static void show_system(struct scene *scene)
{
	static const char *const folders[] = {"/usr", "/bin", "/lib", "/lib64"};

	for (size_t i = 0; i < ARRAY_LENGTH(folders); i++)
		show(scene, folders[i], folders[i]);
	scene->environment[0] = "PATH=/usr/bin:/bin";
	scene->environment[1] = scene->mark;
}

/* ---- the three kinds of program ----------------------------------------------- */

/* A compiler that this user can reach, and its folder; NULL for none. The caller frees both. */
static char *find_rustc(char **folder)
{
	cleanup_free char *home =
		text_format("%s/.rustup/toolchains/*/bin/rustc", getenv("HOME") ? getenv("HOME") : "");
	const char *const patterns[] = {"/usr/bin/rustc", home};

	for (size_t i = 0; i < ARRAY_LENGTH(patterns); i++) {
		glob_t found = {0};
		char *rustc = NULL;

		if (glob(patterns[i], 0, NULL, &found) == 0)
			rustc = text_copy(found.gl_pathv[found.gl_pathc - 1]); /* "stable-…" comes last */
		globfree(&found);
		if (rustc) {
			*folder = text_copy_n(rustc, strlen(rustc) - strlen("/bin/rustc"));
			return rustc;
		}
	}
	return NULL;
}

static char *use_compiler(struct scene *scene, const char *name)
{
	static const char *const arguments[] = {"-", "--crate-name=attack", "--edition=2021", "-o", "/tmp/left"};
	cleanup_free char *file = text_format("%s/%s.rs", ATTACK_SOURCES, name);
	cleanup_error struct error *err = NULL;
	char *rustc = find_rustc(&scene->planted);

	if (!rustc && getenv("ATTACKS_WITHOUT_RUSTC")) { /* somebody knows that there is none: tests/vm */
		scene->passed_over = true;
		return NULL;
	}
	if (!rustc)
		return text_copy(
			"no rustc is to be found, in /usr/bin or in ~/.rustup/toolchains: install one (./dev packages)");
	scene->target = rustc;
	if (!scene->source.length && file_read(AT_FDCWD, file, 1u << 20, &scene->source, &err) < 0)
		return text_copy(err->message);
	show_system(scene);
	if (strcmp(scene->planted, "/usr") != 0)
		show(scene, scene->planted, scene->planted);
	scene->argv[0] = scene->target;
	for (size_t i = 0; i < ARRAY_LENGTH(arguments); i++)
		scene->argv[1 + i] = arguments[i];
	scene->command.input = scene->source.data;
	scene->command.input_length = scene->source.length;
	return NULL;
}

static char *use_script(struct scene *scene, const char *name)
{
	cleanup_free char *file = file_join(ATTACK_SCRIPTS, name);

	if (copy_file(file, scene->program, 0755) < 0)
		return text_format("%s cannot be placed", file);
	show_system(scene);
	show(scene, scene->program, scene->target);
	scene->argv[0] = "/bin/sh";
	scene->argv[1] = scene->target;
	return NULL;
}

static char *use_program(struct scene *scene, const char *name, char *rest)
{
	if (scene_place(name, scene->program, 0755) < 0)
		return text_format("%s/%s cannot be placed: was it built? (what is written in Rust needs a rustc then)",
				   ATTACK_PROGRAMS, name);
	show(scene, scene->program, scene->target);
	scene->argv[0] = scene->target;
	for (size_t i = 1; rest && i < SCENE_WORDS - 1; i++)
		scene->argv[i] = strsep(&rest, " ");
	return NULL;
}

static char *use(struct scene *scene)
{
	static atomic_int number;
	char *rest, *name;

	scene->words = text_copy(scene->attack->run);
	rest = scene->words;
	name = strsep(&rest, " ");
	if (strcmp(name, "rustc") == 0)
		return use_compiler(scene, rest);
	scene->target = text_format("/attack-%d-%d", (int)getpid(), atomic_fetch_add(&number, 1));
	scene->program = file_join(scene->folder, "program");
	return ends_with(name, ".sh") ? use_script(scene, name) : use_program(scene, name, rest);
}

/* ---- laying out ------------------------------------------------------------------ */

static void set_limits(struct scene *scene)
{
	const struct sandbox_limits *own = &scene->attack->limits;
	struct sandbox_limits *limits = &scene->policy.limits;
	const struct {
		unsigned int *field;
		unsigned int scene, row;
	} rows[] = {
		{&limits->wall_ms, 20000, own->wall_ms},
		{&limits->cpu_ms, 5000, own->cpu_ms},
		{&limits->memory_kib, 128 * 1024, own->memory_kib},
		{&limits->processes, limits->processes, own->processes},
		{&limits->file_kib, limits->file_kib, own->file_kib},
		{&limits->disk_kib, limits->disk_kib, own->disk_kib},
		{&limits->disk_inodes, limits->disk_inodes, own->disk_inodes},
		{&limits->stack_kib, limits->stack_kib, own->stack_kib},
		{&limits->output_kib, limits->output_kib, own->output_kib},
	};

	for (size_t i = 0; i < ARRAY_LENGTH(rows); i++)
		*rows[i].field = rows[i].row ? rows[i].row : rows[i].scene;
}

static void set_last_argument(struct scene *scene)
{
	size_t count = 0;

	while (scene->argv[count])
		count++;
	scene->argv[count] = scene->addition;
}

char *scene_prepare(struct scene *scene, const struct attack *attack, enum sandbox_profile profile)
{
	cleanup_error struct error *err = NULL;
	char *complaint;

	*scene = (struct scene){.attack = attack, .profile = profile, .listener = -1};
	scene->folder = file_make_scratch("assay-attack-", &err);
	if (!scene->folder)
		return text_copy(err->message);
	if (chmod(scene->folder, 0755) < 0)
		return text_copy("chmod");
	scene->mark = text_format("ASSAY_ATTACK=%d", (int)getpid());
	scene->policy = (struct sandbox_policy){.profile = profile, .limits = sandbox_default_limits(profile)};
	set_limits(scene);
	for (int fd = 1; fd <= 3; fd++)
		scene->streams[fd - 1] = (struct sandbox_stream){.fd = fd, .limit_bytes = OUTPUT_LIMIT};
	scene->command = (struct sandbox_command){
		.argv = scene->argv, .environment = scene->environment, .streams = scene->streams, .stream_count = 2};
	if (attack->staging && attack->staging->prepare && attack->staging->prepare(scene) < 0)
		scene->passed_over = true;
	complaint = use(scene);
	if (complaint)
		return complaint;
	if (scene->addition)
		set_last_argument(scene);
	scene_give_away(scene->folder);
	scene->policy.mounts = scene->mounts;
	scene->policy.mount_count = scene->mount_count;
	return NULL;
}

void scene_release(struct scene *scene)
{
	if (scene->attack->staging && scene->attack->staging->release)
		scene->attack->staging->release(scene);
	if (scene->listener >= 0)
		close(scene->listener);
	for (size_t i = 0; i < ARRAY_LENGTH(scene->streams); i++)
		buffer_release(&scene->streams[i].data);
	buffer_release(&scene->fetch.data);
	buffer_release(&scene->source);
	if (scene->folder)
		file_remove_tree(AT_FDCWD, scene->folder);
	free(scene->folder);
	free(scene->program);
	free(scene->target);
	free(scene->words);
	free(scene->addition);
	free(scene->mark);
	free(scene->planted);
	*scene = (struct scene){.attack = scene->attack, .listener = -1};
}

unsigned int scene_layers(const struct sandbox *sandbox)
{
	struct scene scene = {.mount_count = 0};
	const char *const argv[] = {"/usr/bin/true", NULL}, *const environment[] = {NULL};
	struct sandbox_policy policy = {.profile = SANDBOX_RUN, .limits = sandbox_default_limits(SANDBOX_RUN)};
	struct sandbox_command command = {.argv = argv, .environment = environment};
	struct sandbox_outcome outcome;
	struct error *err = NULL;

	show_system(&scene);
	policy.mounts = scene.mounts;
	policy.mount_count = scene.mount_count;
	if (sandbox_run(sandbox, &policy, &command, &outcome, &err) < 0) {
		fprintf(stderr, "%s\n", err->message);
		error_free(err);
		return 0;
	}
	return outcome.layers;
}

/* ---- judging ------------------------------------------------------------------------ */

static bool is_verdict(const struct verdict *verdict, const struct scene *scene)
{
	const struct sandbox_outcome *outcome = &scene->outcome;
	const char *said = buffer_text(&scene->streams[0].data);
	bool quiet =
		!outcome->violation.happened && outcome->limit_hit == verdict->limit; /* NONE but where it is told */

	switch (verdict->kind) {
	case VERDICT_HELD:
		return quiet && outcome->exited && outcome->exit_code == 0 && strstr(said, "HELD") &&
		       (!verdict->error || strstr(said, strerror(verdict->error)));
	case VERDICT_VIOLATION:
		return outcome->violation.happened && strcmp(outcome->violation.name, verdict->call) == 0;
	case VERDICT_LIMIT:
		return !outcome->violation.happened && outcome->limit_hit == verdict->limit;
	case VERDICT_SIGNAL:
		return quiet && outcome->signal == verdict->signal;
	case VERDICT_STOPPED:
		return !outcome->violation.happened && !(outcome->exited && outcome->exit_code == 0);
	case VERDICT_NONE:
		break;
	}
	return false;
}

static char *describe(const struct scene *scene, const char *trouble)
{
	const struct sandbox_outcome *outcome = &scene->outcome;

	return text_format("%s, %s: %s; exited %d with %d, signal %d, limit %s, violation %s\n%.300s\n%.300s",
			   scene->attack->run, sandbox_profile_name(scene->profile), trouble, outcome->exited,
			   outcome->exit_code, outcome->signal, sandbox_limit_name(outcome->limit_hit),
			   outcome->violation.happened ? outcome->violation.name : "none",
			   buffer_text(&scene->streams[0].data), buffer_text(&scene->streams[1].data));
}

static char *judge(struct scene *scene)
{
	const struct hold *hold = attack_verdict(scene->attack, scene->outcome.layers);
	cleanup_free char *wanted = NULL, *trouble = NULL;

	if (!hold)
		return describe(scene, "nothing holds");
	for (size_t i = 0; i < scene->command.stream_count; i++)
		if (strstr(buffer_text(&scene->streams[i].data), "BREACH") ||
		    strstr(buffer_text(&scene->streams[i].data), "root:x:0:"))
			return describe(scene, "a breach");
	if (is_verdict(&hold->verdict, scene))
		return NULL;
	wanted = verdict_text(&hold->verdict);
	trouble = text_format("not \"%s\" by %s", wanted, holder_name(hold->by));
	return describe(scene, trouble);
}

/* What the sandbox leaves out with those. */
static unsigned int all_that_goes(unsigned int without)
{
	if (without & 1u << SANDBOX_LAYER_NO_NEW_PRIVS)
		without |= 1u << SANDBOX_LAYER_SECCOMP | 1u << SANDBOX_LAYER_LANDLOCK;
	return without & SANDBOX_CGROUP_LAYERS ? without | SANDBOX_CGROUP_LAYERS : without;
}

char *scene_run(struct scene *scene, const struct sandbox *sandbox, unsigned int layers, unsigned int without)
{
	const struct staging *staging = scene->attack->staging;
	cleanup_error struct error *err = NULL;
	char *complaint = NULL, *found;

	if (!attack_verdict(scene->attack, layers & ~all_that_goes(without)))
		scene->passed_over = true;
	if (scene->passed_over)
		return NULL;
	scene->sandbox = sandbox;
	scene->policy.without = without;
	scene->policy.require = SANDBOX_REQUIRE_DEFAULT & ~all_that_goes(without);
	for (size_t i = 0; i < ARRAY_LENGTH(scene->streams); i++)
		buffer_release(&scene->streams[i].data);
	if (staging && staging->begin)
		staging->begin(scene);
	if (sandbox_run(scene->sandbox, &scene->policy, &scene->command, &scene->outcome, &err) < 0)
		complaint = text_format("%s: %s", scene->attack->run, err->message);
	else
		complaint = judge(scene);
	found = staging && staging->inspect ? staging->inspect(scene) : NULL;
	if (found && !complaint)
		complaint = describe(scene, found);
	free(found);
	return complaint;
}
