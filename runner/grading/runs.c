#include "grading/runs.h"

#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "grading/scratch.h"
#include "rust/step_box.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#define WRITTEN_LIMIT (1u << 20) /* bytes that a run may write to each of standard output and error */
#define RUNS_MOST 200u		 /* in a test */

struct run {
	struct buffer *arguments; /* each ends with a NUL of its buffer's */
	size_t argument_count;
	struct buffer input;
	struct run_file {
		char *name;
		struct buffer bytes;
	} * files;
	size_t file_count;
	bool any_words; /* what standard error says is the program's own affair */
};

static void run_release(struct run *run)
{
	for (size_t i = 0; i < run->argument_count; i++)
		buffer_release(&run->arguments[i]);
	for (size_t i = 0; i < run->file_count; i++) {
		free(run->files[i].name);
		buffer_release(&run->files[i].bytes);
	}
	free(run->arguments);
	free(run->files);
	buffer_release(&run->input);
}
#define cleanup_run __attribute__((cleanup(run_release)))

/* ---- what a test orders (harness/runs.rs) ---------------------------------- */

static void unescape(const char *text, size_t length, struct buffer *out)
{
	for (size_t i = 0; i < length; i++) {
		unsigned int byte;

		if (text[i] == '\\' && i + 3 < length && sscanf(text + i + 1, "x%2x", &byte) == 1) {
			buffer_add_char(out, (char)byte);
			i += 3;
		} else {
			buffer_add_char(out, text[i]);
		}
	}
}

static void take_argument(struct run *run, const char *text, size_t length)
{
	unescape(text, length, ARRAY_ADD(run->arguments, run->argument_count));
}

static void take_input(struct run *run, const char *text, size_t length)
{
	unescape(text, length, &run->input);
}

static void take_file(struct run *run, const char *text, size_t length)
{
	ARRAY_ADD(run->files, run->file_count)->name = text_copy_n(text, length);
}

static void take_bytes(struct run *run, const char *text, size_t length)
{
	if (run->file_count)
		unescape(text, length, &run->files[run->file_count - 1].bytes);
}

static void take_any_words(struct run *run, const char *text, size_t length)
{
	(void)text;
	(void)length;
	run->any_words = true;
}

static const struct order {
	const char *word;
	void (*take)(struct run *run, const char *text, size_t length);
} orders[] = {
	{"argument ", take_argument}, {"stdin ", take_input},	      {"file ", take_file},
	{"bytes ", take_bytes},	      {"any-words ", take_any_words},
};

static void read_orders(const char *text, struct run *run)
{
	while (*text) {
		size_t length = strcspn(text, "\n");

		for (size_t i = 0; i < ARRAY_LENGTH(orders); i++) {
			size_t word = strlen(orders[i].word);

			if (length >= word && strncmp(text, orders[i].word, word) == 0)
				orders[i].take(run, text + word, length - word);
		}
		text += length + (text[length] == '\n');
	}
}

/* ---- what comes of it -------------------------------------------------------- */

static void add_record(struct transcript *transcript, enum record_kind kind, char *label, char *value)
{
	struct record *record = ARRAY_ADD(transcript->items, transcript->count);

	*record = (struct record){.kind = kind, .label = label, .value = value};
}

/* Bytes that are no text have a label of their own, so that no text can be taken for them. */
static void add_bytes(struct transcript *transcript, enum record_kind kind, char *label, const struct buffer *bytes)
{
	const char *data = buffer_text(bytes);
	cleanup_free char *of = label;
	struct buffer out = {0};

	if (text_is_utf8(data, bytes->length) && !memchr(data, '\0', bytes->length)) {
		add_record(transcript, kind, STEAL(of), text_copy_n(data, bytes->length));
		return;
	}
	for (size_t i = 0; i < bytes->length; i++) {
		unsigned char byte = (unsigned char)data[i];

		if ((byte >= ' ' && byte <= '~' && byte != '\\') || byte == '\n')
			buffer_add_char(&out, (char)byte);
		else
			buffer_add_format(&out, "\\x%02x", byte);
	}
	add_record(transcript, kind, text_format("%s, which is not UTF-8", of), buffer_steal(&out));
}

static void add_inputs(struct transcript *transcript, const struct run *run, size_t number)
{
	cleanup_buffer struct buffer line = {0};

	for (size_t i = 0; i < run->argument_count; i++)
		buffer_add_format(&line, "%s'%s'", i ? " " : "", buffer_text(&run->arguments[i]));
	add_bytes(transcript, RECORD_INPUT, text_format("arguments of run %zu", number), &line);
	if (run->input.length)
		add_bytes(transcript, RECORD_INPUT, text_format("stdin of run %zu", number), &run->input);
	for (size_t i = 0; i < run->file_count; i++)
		add_bytes(transcript, RECORD_INPUT, text_format("file %s of run %zu", run->files[i].name, number),
			  &run->files[i].bytes);
}

static void add_observations(struct transcript *transcript, const struct run *run, size_t number,
			     const struct sandbox_outcome *outcome, const struct sandbox_stream *streams)
{
	add_record(transcript, RECORD_OBSERVE, text_format("end of run %zu", number),
		   outcome->signal ? text_format("signal %d (%s)", outcome->signal, strsignal(outcome->signal))
				   : text_format("exit code %d", outcome->exit_code));
	add_bytes(transcript, RECORD_OBSERVE, text_format("stdout of run %zu", number), &streams[0].data);
	if (run->any_words)
		add_record(transcript, RECORD_OBSERVE, text_format("whether run %zu wrote to stderr", number),
			   text_copy(streams[1].data.length ? "it did" : "it did not"));
	else
		add_bytes(transcript, RECORD_OBSERVE, text_format("stderr of run %zu", number), &streams[1].data);
}

/* ---- one run -------------------------------------------------------------------- */

static int lay_files(const struct run *run, const char *folder, struct error **err)
{
	if (file_make_folders(folder, err) < 0)
		return -1;
	for (size_t i = 0; i < run->file_count; i++) {
		cleanup_free char *path = file_join(folder, run->files[i].name);

		if (file_write(AT_FDCWD, path, run->files[i].bytes.data, run->files[i].bytes.length, 0644, err) < 0)
			return -1;
	}
	return 0;
}

static int run_in_box(const struct engine *engine, const char *program, const struct run *run, const char *folder,
		      const struct exercise_limits *limits, struct sandbox_stream *streams, size_t stream_count,
		      struct sandbox_outcome *outcome, struct error **err)
{
	cleanup_step_box struct step_box box = {0};
	struct sandbox_command command = {.folder = folder ? "/work" : NULL,
					  .input = run->input.data,
					  .input_length = run->input.length,
					  .streams = streams,
					  .stream_count = stream_count};

	step_box_limits(&box, SANDBOX_RUN, limits);
	step_box_mount(&box, "/lib", "/lib", true);
	step_box_mount(&box, "/lib64", "/lib64", true);
	step_box_mount(&box, program, "/program", false);
	if (folder)
		step_box_mount(&box, folder, "/work", false);
	step_box_argument(&box, "/program");
	for (size_t i = 0; i < run->argument_count; i++)
		step_box_argument(&box, buffer_text(&run->arguments[i]));
	return step_box_run(&box, engine, &command, outcome, err);
}

static int run_with_files(const struct engine *engine, const char *program, const struct run *run,
			  const struct exercise_limits *limits, struct sandbox_stream *streams, size_t stream_count,
			  struct sandbox_outcome *outcome, struct error **err)
{
	cleanup_free char *folder = NULL;
	struct scratch scratch;
	int failed;

	if (!run->file_count)
		return run_in_box(engine, program, run, NULL, limits, streams, stream_count, outcome, err);
	if (scratch_open(&scratch, err) < 0)
		return -1;
	folder = file_join(scratch.path, "work");
	failed = lay_files(run, folder, err) < 0 ||
		 run_in_box(engine, program, run, folder, limits, streams, stream_count, outcome, err) < 0;
	scratch_close(&scratch, false);
	return failed ? -1 : 0;
}

static bool is_over(const struct sandbox_outcome *outcome)
{
	return outcome->limit_hit != SANDBOX_LIMIT_NONE || outcome->violation.happened;
}

static void add_up(struct sandbox_outcome *all, const struct sandbox_outcome *one)
{
	struct sandbox_outcome sum = is_over(one) ? *one : *all;

	sum.wall_ms = all->wall_ms + one->wall_ms;
	sum.cpu_ms = all->cpu_ms + one->cpu_ms;
	sum.peak_kib = all->peak_kib > one->peak_kib ? all->peak_kib : one->peak_kib;
	sum.layers = all->layers & one->layers;
	*all = sum;
}

static int run_once(const struct engine *engine, const char *program, const char *ordered, size_t number,
		    const struct exercise_limits *limits, struct transcript *transcript, struct sandbox_outcome *all,
		    struct error **err)
{
	static const char *const floods[] = {"printed more than 1 MiB to standard output",
					     "printed more than 1 MiB to standard error"};
	cleanup_run struct run run = {0};
	struct sandbox_stream streams[] = {{.fd = 1, .limit_bytes = WRITTEN_LIMIT},
					   {.fd = 2, .limit_bytes = WRITTEN_LIMIT}};
	struct sandbox_outcome outcome;
	int failed;

	read_orders(ordered, &run);
	add_inputs(transcript, &run, number);
	failed = run_with_files(engine, program, &run, limits, streams, ARRAY_LENGTH(streams), &outcome, err);
	if (!failed) {
		add_up(all, &outcome);
		for (size_t i = 0; i < ARRAY_LENGTH(streams); i++)
			if (streams[i].truncated)
				transcript->flood = floods[i];
		if (!is_over(&outcome))
			add_observations(transcript, &run, number, &outcome, streams);
	}
	for (size_t i = 0; i < ARRAY_LENGTH(streams); i++)
		buffer_release(&streams[i].data);
	return failed;
}

/* ---- all of them ------------------------------------------------------------------ */

/* The test's own records as they are, what came of a run where it was ordered. */
static int follow(const struct engine *engine, const char *program, struct transcript *ordered,
		  const struct exercise_limits *limits, struct transcript *transcript, struct sandbox_outcome *outcome,
		  struct error **err)
{
	size_t number = 0;

	for (size_t i = 0; i < ordered->count; i++) {
		struct record *record = &ordered->items[i];

		if (record->kind != RECORD_RUN)
			add_record(transcript, record->kind, STEAL(record->label), STEAL(record->value));
		else if (number++ == RUNS_MOST)
			transcript->fault = text_format("it orders more than %u runs", RUNS_MOST);
		else if (run_once(engine, program, record->value, number, limits, transcript, outcome, err) < 0)
			return -1;
		if (transcript->fault || is_over(outcome))
			return 0;
	}
	if (!number)
		transcript->fault = text_copy("it orders no run of the program");
	transcript->ended = ordered->ended;
	transcript->panicked = ordered->panicked;
	return 0;
}

int runs_observe(const struct engine *engine, const char *test, const char *program, uint32_t index, uint64_t seed,
		 const struct exercise_limits *limits, struct transcript *transcript, struct sandbox_outcome *outcome,
		 struct error **err)
{
	struct transcript ordered = {0};
	int failed;

	if (step_observe(engine, test, index, seed, limits, &ordered, outcome, err) < 0)
		return -1;
	/* whose fault is the test's own: nothing of a submission was near it */
	if (ordered.fault || !ordered.ended || ordered.panicked || is_over(outcome)) {
		*transcript = ordered;
		return 0;
	}
	failed = follow(engine, program, &ordered, limits, transcript, outcome, err);
	transcript_release(&ordered);
	return failed;
}
