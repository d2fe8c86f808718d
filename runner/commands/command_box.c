/* box: any program in the sandbox, for benchmarks and for finding out what a box does to it. */
#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "commands/command.h"
#include "commands/outcome.h"
#include "sandbox.h"

#include <fcntl.h>
#include <limits.h>
#include <stddef.h>
#include <string.h>

#define INPUT_LIMIT (64u << 20)

/* Each limit is an option of the same name: the profile's own value holds where it is not given. */
static const struct {
	const char *option;
	size_t offset;
} limit_rows[] = {
	{"wall-ms", offsetof(struct sandbox_limits, wall_ms)},
	{"cpu-ms", offsetof(struct sandbox_limits, cpu_ms)},
	{"memory-kib", offsetof(struct sandbox_limits, memory_kib)},
	{"processes", offsetof(struct sandbox_limits, processes)},
	{"disk-kib", offsetof(struct sandbox_limits, disk_kib)},
	{"file-kib", offsetof(struct sandbox_limits, file_kib)},
	{"stack-kib", offsetof(struct sandbox_limits, stack_kib)},
	{"open-files", offsetof(struct sandbox_limits, open_files)},
	{"output-kib", offsetof(struct sandbox_limits, output_kib)},
};

/* What a dynamically linked program of the machine needs to start. */
static const struct sandbox_mount system_mounts[] = {
	{"/usr", "/usr", true},
	{"/lib", "/lib", true},
	{"/lib64", "/lib64", true},
	{"/bin", "/bin", true},
	{"/etc/alternatives", "/etc/alternatives", true},
	{"/etc/ld.so.cache", "/etc/ld.so.cache", true},
};

struct mounts {
	struct sandbox_mount *items;
	size_t count;
	char **owned; /* sources and targets that the user gave */
	size_t owned_count;
};

static void mounts_release(struct mounts *mounts)
{
	for (size_t i = 0; i < mounts->owned_count; i++)
		free(mounts->owned[i]);
	free(mounts->owned);
	free(mounts->items);
}

static char *own(struct mounts *mounts, char *text)
{
	return *ARRAY_ADD(mounts->owned, mounts->owned_count) = text;
}

/* SOURCE[:TARGET]; a source that is relative is relative to the current folder. */
static int add_mount(struct mounts *mounts, const char *given, struct error **err)
{
	const char *colon = strchr(given, ':');
	cleanup_free char *named = text_copy_n(given, colon ? (size_t)(colon - given) : strlen(given));
	cleanup_free char *shown = text_printable_copy(given);
	char *source = realpath(named, NULL);
	struct sandbox_mount *mount;

	if (!source)
		return error_set_errno(err, ERROR_USAGE, "option --mount: '%s'", shown);
	own(mounts, source);
	if (colon && colon[1] != '/')
		return error_set(err, ERROR_USAGE, "option --mount: '%s': the path inside is not absolute", shown);
	mount = ARRAY_ADD(mounts->items, mounts->count);
	*mount = (struct sandbox_mount){.source = source, .target = colon ? colon + 1 : source};
	return 0;
}

static int collect_mounts(const struct command_line *line, struct mounts *mounts, struct error **err)
{
	const char *given;
	size_t cursor = 0;

	for (size_t i = 0; i < ARRAY_LENGTH(system_mounts); i++)
		*ARRAY_ADD(mounts->items, mounts->count) = system_mounts[i];
	while ((given = command_line_next(line, "mount", &cursor)))
		if (add_mount(mounts, given, err) < 0)
			return -1;
	return 0;
}

static void choose_limits(const struct command_line *line, struct sandbox_limits *limits)
{
	for (size_t i = 0; i < ARRAY_LENGTH(limit_rows); i++) {
		unsigned int *limit = (unsigned int *)(void *)((char *)limits + limit_rows[i].offset);

		if (command_line_given(line, limit_rows[i].option))
			*limit = (unsigned int)command_line_number(line, limit_rows[i].option);
	}
}

/* A name without a slash is looked up where a shell inside would find it. */
static char *locate_program(const char *name)
{
	static const char *const folders[] = {"/usr/bin", "/bin", "/usr/sbin"};

	for (size_t i = 0; !strchr(name, '/') && i < ARRAY_LENGTH(folders); i++) {
		cleanup_free char *path = file_join(folders[i], name);

		if (file_exists(path))
			return STEAL(path);
	}
	return text_copy(name);
}

static int read_input(const struct command_line *line, struct buffer *input, struct error **err)
{
	const char *path = command_line_text(line, "input");

	if (strcmp(path, "-") != 0)
		return file_read(AT_FDCWD, path, INPUT_LIMIT, input, err);
	/* nobody means to type it: a program that reads gets end of file */
	if (isatty(STDIN_FILENO))
		return 0;
	if (file_read_all(STDIN_FILENO, INPUT_LIMIT, input, err) < 0)
		return error_wrap(err, "reading standard input");
	return 0;
}

/* A terminal obeys what a program prints, so it gets to see it escaped; a file or a pipe gets the bytes. */
static void replay(const struct buffer *data, FILE *stream)
{
	cleanup_buffer struct buffer shown = {0};

	if (isatty(fileno(stream)))
		text_printable(&shown, buffer_text(data), data->length, TEXT_BLOCK);
	else
		buffer_add(&shown, buffer_text(data), data->length);
	fwrite(buffer_text(&shown), 1, shown.length, stream);
}

/* ---- one run --------------------------------------------------------------- */

struct box {
	struct mounts mounts;
	char *program;
	const char **argv, **environment;
	struct buffer input;
	struct sandbox_policy policy;
	struct sandbox_stream streams[2];
	struct sandbox_command command;
	struct sandbox_outcome outcome;
};

static void box_release(struct box *box)
{
	for (size_t i = 0; i < ARRAY_LENGTH(box->streams); i++)
		buffer_release(&box->streams[i].data);
	buffer_release(&box->input);
	free(box->environment);
	free(box->argv);
	free(box->program);
	mounts_release(&box->mounts);
}

static int prepare_policy(struct box *box, const struct command_line *line, struct error **err)
{
	bool compile = strcmp(command_line_text(line, "profile"), "compile") == 0;

	box->policy.profile = compile ? SANDBOX_COMPILE : SANDBOX_RUN;
	box->policy.require = SANDBOX_REQUIRE_DEFAULT;
	box->policy.limits = sandbox_default_limits(box->policy.profile);
	choose_limits(line, &box->policy.limits);
	if (collect_mounts(line, &box->mounts, err) < 0)
		return -1;
	box->policy.mounts = box->mounts.items;
	box->policy.mount_count = box->mounts.count;
	return 0;
}

static int prepare_command(struct box *box, const struct command_line *line, struct error **err)
{
	size_t count = command_line_argument_count(line), variables = 0, cursor = 0;
	const char *variable = "PATH=/usr/bin:/bin";

	if (read_input(line, &box->input, err) < 0)
		return -1;
	box->program = locate_program(command_line_argument(line, 0));
	box->argv = memory_new(count + 1, sizeof *box->argv);
	box->argv[0] = box->program;
	for (size_t i = 1; i < count; i++)
		box->argv[i] = command_line_argument(line, i);
	do
		*ARRAY_ADD(box->environment, variables) = variable;
	while ((variable = command_line_next(line, "env", &cursor)));
	*ARRAY_ADD(box->environment, variables) = NULL;
	for (size_t i = 0; i < ARRAY_LENGTH(box->streams); i++)
		box->streams[i] = (struct sandbox_stream){
			.fd = (int)i + 1,
			.limit_bytes = (size_t)box->policy.limits.output_kib * 1024,
		};
	box->command = (struct sandbox_command){
		.argv = box->argv,
		.environment = box->environment,
		.folder = command_line_text(line, "folder"),
		.input = box->input.data,
		.input_length = box->input.length,
		.streams = box->streams,
		.stream_count = ARRAY_LENGTH(box->streams),
	};
	return 0;
}

static int execute(struct box *box, struct error **err)
{
	struct sandbox *sandbox = NULL;
	int result;

	if (sandbox_open(&sandbox, err) < 0)
		return -1;
	result = sandbox_run(sandbox, &box->policy, &box->command, &box->outcome, err);
	sandbox_close(sandbox);
	return result;
}

/* --json: all in one document on standard output. Else the program's output where it would have gone, and the outcome
   in the file, or in words at the end of standard error. */
static int tell(const struct box *box, const struct command_line *line, struct error **err)
{
	const struct outcome outcome = {box->argv, &box->policy, box->streams, &box->outcome};
	const char *path = command_line_text(line, "output");
	bool all_in_one = command_line_flag(line, "json");
	cleanup_buffer struct buffer text = {0};

	if (path || all_in_one)
		outcome_json(&text, &outcome, all_in_one);
	else
		outcome_words(&text, &outcome);
	if (!all_in_one) {
		replay(&box->streams[0].data, stdout);
		fflush(stdout);
		replay(&box->streams[1].data, stderr);
	}
	if (path)
		return file_write_atomic(path, text.data, text.length, err);
	if (all_in_one)
		fwrite(text.data, 1, text.length, stdout);
	else
		fprintf(stderr, "assay: box: %s\n", buffer_text(&text));
	return 0;
}

static int run(const struct command_line *line, struct error **err)
{
	__attribute__((cleanup(box_release))) struct box box = {0};

	if (prepare_policy(&box, line, err) < 0 || prepare_command(&box, line, err) < 0)
		return -1;
	if (execute(&box, err) < 0)
		return -1;
	return tell(&box, line, err);
}

/* ---- the rows -------------------------------------------------------------- */

static const char *const profiles[] = {"compile", "run", NULL};

#define LIMIT(name, maximum, help)                                                                                     \
	{                                                                                                              \
		name, 0, OPTION_NUMBER, "N", help, 1, maximum                                                          \
	}

static const struct command_option options[] = {
	{"profile", 'p', OPTION_CHOICE, "NAME", "which system calls are allowed", .choices = profiles,
	 .fallback = "compile"},
	{"mount", 'm', OPTION_TEXT, "SOURCE[:TARGET]",
	 "show a file or folder inside, read-only, at the same path or at TARGET", .repeats = true},
	{"env", 'e', OPTION_TEXT, "NAME=VALUE", "set a variable; nothing is inherited, and PATH is /usr/bin:/bin",
	 .repeats = true},
	{"folder", 'C', OPTION_TEXT, "PATH", "where the program starts, a path inside", .fallback = "/tmp"},
	{"input", 'i', OPTION_TEXT, "FILE",
	 "what the program reads on standard input; '-' passes this command's own, unless that is a terminal",
	 .fallback = "-"},
	{"output", 'o', OPTION_TEXT, "FILE", "write the outcome to this file as JSON"},
	{"json", 'j', OPTION_FLAG, NULL,
	 "print one JSON document, the outcome and what the program printed, and nothing else"},
	LIMIT("wall-ms", 3600000, "deadline, in milliseconds from the start"),
	LIMIT("cpu-ms", 3600000, "processor time of all its processes together"),
	LIMIT("memory-kib", 67108864, "memory, its files in /tmp included"),
	LIMIT("processes", 32768, "processes and threads at once"),
	LIMIT("disk-kib", 67108864, "size of /tmp"),
	LIMIT("file-kib", 67108864, "size of one file"),
	LIMIT("stack-kib", 67108864, "stack of the main thread"),
	LIMIT("open-files", 65536, "open descriptors a process"),
	LIMIT("output-kib", 1048576, "bytes on standard output and on standard error, each"),
	{0},
};

static const struct command_argument arguments[] = {
	{"PROGRAM", "an absolute path inside the box, or a name that is found in /usr/bin or /bin"},
	{"ARGUMENT", "what the program is given, options of its own included", .optional = true, .repeats = true},
	{0},
};

static const struct command_example examples[] = {
	{"assay box -- ls -l /", "what a program sees"},
	{"assay box --json --wall-ms 500 -- sleep 9 | jq .limit_hit", "\"wall\""},
	{"assay box --profile run -o outcome.json -- ./target/debug/tests",
	 "what a test may do: start nothing, make no files"},
	{0},
};

static const struct command_exit exits[] = {
	{0, "the outcome was written, however the program ended"},
	{5, "no sandbox could be had, or the program could not be started in it"},
	{0},
};

const struct command command_box = {
	.name = "box",
	.summary = "Run any program in the sandbox",
	.description =
		"Runs a program as submissions are run: in namespaces of its own, without network, as nobody, under a "
		"filter of system calls and under limits. Inside it sees, read-only, the machine's /usr, /lib, "
		"/lib64 and /bin, of /etc what the loader and Debian's alternatives need, and what --mount adds; and "
		"an empty /tmp to write to.\n\n"
		"What the program prints is kept until it ends and then printed, control characters escaped where "
		"that is a terminal. How it ended goes to standard error in words, or to a file as JSON (-o, for "
		"example "
		"/dev/fd/3 or outcome.json), or, with --json, to standard output with everything else. In JSON, "
		"exit_code, "
		"signal, limit_hit and violation are separate facts, null where they did not happen. The exit code "
		"of this command says only whether there is an outcome; it is never the program's.\n\n"
		"Limits that are not given are those of the profile.",
	.arguments = arguments,
	.options = options,
	.examples = examples,
	.exits = exits,
	.options_first = true,
	.run = run,
};
