#include "grading/project_files.h"

#include "base/file.h"
#include "base/memory.h"
#include "submission/names.h"

#include <ctype.h>
#include <fcntl.h>
#include <string.h>
#include <yaml.h>

#define GIVEN_LIMIT ((size_t)1 << 20) /* bytes of the exercise's own README */
#define LONG_LINE 100		      /* a paragraph on one line counts as so many of these */
#define CI_BYTES ((size_t)256 << 10)
#define CI_EVENTS 20000
#define CI_DEPTH 64

/* ---- README.md ------------------------------------------------------------------ */

struct line {
	const char *start;
	size_t length; /* without blanks at either end */
};

/* The next line, trimmed; false at the end. */
static bool next_line(const char **at, struct line *line)
{
	size_t length = strcspn(*at, "\n");

	if (!**at)
		return false;
	*line = (struct line){*at, length};
	*at += length + ((*at)[length] == '\n');
	while (line->length && isspace((unsigned char)*line->start)) {
		line->start++;
		line->length--;
	}
	while (line->length && isspace((unsigned char)line->start[line->length - 1]))
		line->length--;
	return true;
}

static bool has_line(const char *text, const struct line *wanted)
{
	struct line line;

	while (next_line(&text, &line))
		if (line.length == wanted->length && memcmp(line.start, wanted->start, line.length) == 0)
			return true;
	return false;
}

/* Three words or more, and no heading, row of a table, badge or markup. */
static bool is_prose(const struct line *line)
{
	size_t words = 0;

	if (!line->length || strchr("#|<![", line->start[0]))
		return false;
	for (size_t i = 0; i < line->length; i++)
		words += isalpha((unsigned char)line->start[i]) &&
			 (i == 0 || isspace((unsigned char)line->start[i - 1]));
	return words >= 3;
}

static size_t count_prose(const char *text, const char *brief, const char *starter)
{
	struct line line;
	bool fenced = false;
	size_t count = 0;

	while (next_line(&text, &line)) {
		const bool fence = line.length >= 3 && strncmp(line.start, "```", 3) == 0;

		fenced ^= fence;
		if (!fenced && !fence && is_prose(&line) && !has_line(brief, &line) && !has_line(starter, &line))
			count += (line.length + LONG_LINE - 1) / LONG_LINE;
	}
	return count;
}

/* "" where it cannot be read: a starter need not have one. */
static char *read_given(const struct exercise *exercise, const char *path)
{
	cleanup_free char *whole = file_join(exercise->folder, path);
	cleanup_error struct error *ignored = NULL;
	struct buffer text = {0};

	if (file_read(AT_FDCWD, whole, GIVEN_LIMIT, &text, &ignored) < 0) {
		buffer_release(&text);
		return text_copy("");
	}
	buffer_add_text(&text, "");
	return text.data ? buffer_steal(&text) : text_copy("");
}

static void look_at_readme(const struct exercise *exercise, const struct submission *submission,
			   struct project_evidence *project)
{
	const struct submission_file *readme = submission_find(submission, "README.md");
	cleanup_free char *brief = NULL, *starter = NULL;

	if (!readme)
		return;
	brief = read_given(exercise, "README.md");
	starter = read_given(exercise, "starter/README.md");
	project->has_readme = true;
	project->prose_lines = count_prose(readme->data, brief, starter);
}

/* ---- continuous integration -------------------------------------------------------- */

static const struct {
	const char *name;
	unsigned int bit;
} commands[] = {{"clippy", CI_CLIPPY}, {"fmt", CI_FMT}, {"test", CI_TEST}};

unsigned int project_ci_command(const char *name)
{
	for (size_t i = 0; i < ARRAY_LENGTH(commands); i++)
		if (strcmp(commands[i].name, name) == 0)
			return commands[i].bit;
	return 0;
}

static size_t word_length(const char *at)
{
	return strcspn(at, " \t\n;&|");
}

/* The word after the one at `at`, in the same command; the end of the command where there is none. */
static const char *next_word(const char *at)
{
	at += word_length(at);
	return at + strspn(at, " \t");
}

static bool is_word(const char *at, const char *word)
{
	return word_length(at) == strlen(word) && strncmp(at, word, strlen(word)) == 0;
}

/* `cargo clippy`, `cargo +stable fmt --check`: where a command begins, past variables that are set for it. */
static unsigned int command_at(const char *at)
{
	while (word_length(at) && memchr(at, '=', word_length(at)))
		at = next_word(at);
	if (!is_word(at, "cargo"))
		return 0;
	at = next_word(at);
	if (*at == '+')
		at = next_word(at);
	for (size_t i = 0; i < ARRAY_LENGTH(commands); i++)
		if (is_word(at, commands[i].name))
			return commands[i].bit;
	return 0;
}

/* The commands of a piece of shell script; a comment is none. */
static unsigned int commands_in(const char *script)
{
	unsigned int found = 0;

	while (*script) {
		script += strspn(script, " \t\n;&|");
		if (*script == '#') {
			script += strcspn(script, "\n");
			continue;
		}
		found |= command_at(script);
		script += strcspn(script, "\n;&|");
	}
	return found;
}

/* What is only called so is not run. */
static bool is_run(const char *key)
{
	static const char *const said[] = {"name", "description", "if", "uses", "key"};

	for (size_t i = 0; i < ARRAY_LENGTH(said); i++)
		if (strcmp(said[i], key) == 0)
			return false;
	return true;
}

/* Where the parser stands: in a mapping, scalars are keys and values by turns. */
struct nesting {
	bool is_mapping[CI_DEPTH], at_value[CI_DEPTH];
	size_t depth;
	char key[32]; /* the last one; of a longer one, the beginning */
};

static void take_scalar(struct nesting *nesting, const char *text, unsigned int *found)
{
	const size_t at = nesting->depth - 1;
	const bool is_key = nesting->depth && nesting->is_mapping[at] && !nesting->at_value[at];

	if (is_key)
		snprintf(nesting->key, sizeof nesting->key, "%s", text);
	else if (is_run(nesting->key))
		*found |= commands_in(text);
}

/* After a scalar, an alias or a whole collection. */
static void finish_node(struct nesting *nesting)
{
	if (nesting->depth && nesting->is_mapping[nesting->depth - 1])
		nesting->at_value[nesting->depth - 1] ^= true;
}

/* False where it nests too deeply. */
static bool take_event(struct nesting *nesting, const yaml_event_t *event, unsigned int *found)
{
	switch (event->type) {
	case YAML_SCALAR_EVENT:
		take_scalar(nesting, (const char *)event->data.scalar.value, found);
		finish_node(nesting);
		return true;
	case YAML_ALIAS_EVENT:
		finish_node(nesting);
		return true;
	case YAML_MAPPING_START_EVENT:
	case YAML_SEQUENCE_START_EVENT:
		if (nesting->depth == CI_DEPTH)
			return false;
		nesting->is_mapping[nesting->depth] = event->type == YAML_MAPPING_START_EVENT;
		nesting->at_value[nesting->depth++] = false;
		return true;
	case YAML_MAPPING_END_EVENT:
	case YAML_SEQUENCE_END_EVENT:
		nesting->depth--;
		finish_node(nesting);
		return true;
	case YAML_NO_EVENT:
	case YAML_STREAM_START_EVENT:
	case YAML_STREAM_END_EVENT:
	case YAML_DOCUMENT_START_EVENT:
	case YAML_DOCUMENT_END_EVENT:
		break;
	}
	return true;
}

/* False where it is no YAML, holds no mapping, or is too large to be looked at. */
static bool read_ci(const struct submission_file *file, unsigned int *found)
{
	struct nesting nesting = {0};
	yaml_parser_t parser;
	bool going = file->length <= CI_BYTES, ended = false, mapping = false;

	if (!going || !yaml_parser_initialize(&parser))
		return false;
	yaml_parser_set_input_string(&parser, (const unsigned char *)file->data, file->length);
	for (size_t i = 0; going && !ended && i < CI_EVENTS; i++) {
		yaml_event_t event;

		if (!yaml_parser_parse(&parser, &event))
			break;
		going = take_event(&nesting, &event, found);
		mapping |= event.type == YAML_MAPPING_START_EVENT;
		ended = event.type == YAML_STREAM_END_EVENT;
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&parser);
	return going && ended && mapping;
}

static void look_at_ci(const struct submission *submission, struct project_evidence *project)
{
	for (size_t i = 0; i < submission->file_count; i++) {
		const struct submission_file *file = &submission->files[i];
		unsigned int found = 0;
		char **seen;

		if (!name_is_ci(file->path))
			continue;
		seen = read_ci(file, &found) ? &project->ci_file : &project->ci_damaged;
		if (seen == &project->ci_file)
			project->ci_commands |= found;
		if (!*seen)
			*seen = text_copy(file->path);
	}
}

void project_files_look_at(const struct exercise *exercise, const struct submission *submission,
			   struct evidence *evidence)
{
	if (exercise_requires(exercise, REQUIRE_README))
		look_at_readme(exercise, submission, &evidence->project);
	if (exercise_requires(exercise, REQUIRE_CI))
		look_at_ci(submission, &evidence->project);
}
