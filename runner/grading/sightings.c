#include "grading/sightings.h"

#include "base/memory.h"
#include "rust/tokens.h"
#include "submission/names.h"

#include <string.h>

enum { LONGEST_CODE = 120 };

/* What stands around a name that makes a sighting of it. */
enum shape {
	SHAPE_METHOD, /* .name( */
	SHAPE_PATH,   /* ::name( */
	SHAPE_CALL,   /* name(, after whatever */
	SHAPE_TYPE,   /* name< or name:: */
	SHAPE_MACRO,  /* name! */
	SHAPE_WORD,   /* name */
};

/* clang-format off */
static const struct {
	const char *name;
	enum shape shape;
	enum about about;
} names[] = {
	{"unsafe",      SHAPE_WORD,   ABOUT_UNSAFE},
	{"leak",        SHAPE_METHOD, ABOUT_LEAK},
	{"leak",        SHAPE_PATH,   ABOUT_LEAK},
	{"forget",      SHAPE_PATH,   ABOUT_LEAK},
	{"clone",       SHAPE_METHOD, ABOUT_CLONE},
	{"cloned",      SHAPE_METHOD, ABOUT_CLONE},
	{"to_owned",    SHAPE_METHOD, ABOUT_CLONE},
	{"to_string",   SHAPE_METHOD, ABOUT_CLONE},
	{"to_vec",      SHAPE_METHOD, ABOUT_CLONE},
	{"unwrap",      SHAPE_METHOD, ABOUT_PANIC},
	{"expect",      SHAPE_METHOD, ABOUT_PANIC},
	{"panic",       SHAPE_MACRO,  ABOUT_PANIC},
	{"unreachable", SHAPE_MACRO,  ABOUT_PANIC},
	{"Rc",          SHAPE_TYPE,   ABOUT_SHARED},
	{"Arc",         SHAPE_TYPE,   ABOUT_SHARED},
	{"RefCell",     SHAPE_TYPE,   ABOUT_SHARED},
	{"Mutex",       SHAPE_TYPE,   ABOUT_LOCK},
	{"RwLock",      SHAPE_TYPE,   ABOUT_LOCK},
	{"spawn",       SHAPE_CALL,   ABOUT_THREADS},
	{"poll",        SHAPE_CALL,   ABOUT_AWAIT},
};
/* clang-format on */

struct reading {
	const struct submission_file *file, *given; /* the starter's file of that name, or NULL */
	struct tokens tokens;
	struct sightings *sightings;
};

/* ---- lines ---------------------------------------------------------------------- */

/* The line that `at` stands in, without the spaces around it. */
static const char *line_around(const struct submission_file *file, const char *at, size_t *length)
{
	const char *start = at, *end = at;

	while (start > file->data && start[-1] != '\n')
		start--;
	while (end < file->data + file->length && *end != '\n')
		end++;
	while (start < end && (*start == ' ' || *start == '\t'))
		start++;
	while (end > start && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\r'))
		end--;
	*length = (size_t)(end - start);
	return start;
}

/* Cut where it is long, between two characters. */
static char *copy_line(const char *line, size_t length)
{
	if (length > LONGEST_CODE)
		for (length = LONGEST_CODE; length > 0 && ((unsigned char)line[length] & 0xc0) == 0x80;)
			length--;
	return text_copy_n(line, length);
}

char *sighting_line(const struct submission_file *file, unsigned int line)
{
	const char *at = file->data, *end = file->data + file->length;
	size_t length;

	for (; line > 1 && at; line--) {
		at = memchr(at, '\n', (size_t)(end - at));
		at = at && at + 1 < end ? at + 1 : NULL;
	}
	if (!at || line == 0)
		return NULL;
	at = line_around(file, at, &length);
	return copy_line(at, length);
}

static bool was_given(const struct submission_file *given, const char *line, size_t length)
{
	return given && length > 0 && memmem(given->data, given->length, line, length);
}

static void see(const struct reading *reading, size_t index, enum about about)
{
	const struct token *token = &reading->tokens.items[index];
	size_t length;
	const char *line = line_around(reading->file, token->text, &length);
	struct sighting *added;

	if (was_given(reading->given, line, length))
		return;
	if (length > LONGEST_CODE)
		for (length = LONGEST_CODE; length > 0 && ((unsigned char)line[length] & 0xc0) == 0x80;)
			length--;
	added = ARRAY_ADD(reading->sightings->items, reading->sightings->count);
	*added = (struct sighting){.about = about,
				   .file = reading->file->path,
				   .line = token->line,
				   .column = token->column,
				   .code = copy_line(line, length)};
}

/* ---- names ----------------------------------------------------------------------- */

static bool is_in_path(const struct tokens *tokens, size_t index)
{
	return index >= 2 && token_is_path(tokens, index - 2);
}

static bool has_shape(const struct tokens *tokens, size_t index, enum shape shape)
{
	const bool is_called = token_is_mark(tokens, index + 1, '(') ||
			       (token_is_path(tokens, index + 1) && token_is_mark(tokens, index + 3, '<'));

	switch (shape) {
	case SHAPE_METHOD:
		return is_called && index > 0 && token_is_mark(tokens, index - 1, '.');
	case SHAPE_PATH:
		return is_called && is_in_path(tokens, index);
	case SHAPE_CALL:
		return is_called;
	case SHAPE_TYPE:
		return token_is_mark(tokens, index + 1, '<') || token_is_path(tokens, index + 1);
	case SHAPE_MACRO:
		return token_is_mark(tokens, index + 1, '!');
	case SHAPE_WORD:
		return true;
	}
	return false;
}

static void see_names(const struct reading *reading, size_t index)
{
	for (size_t i = 0; i < ARRAY_LENGTH(names); i++)
		if (token_is_name(&reading->tokens, index, names[i].name) &&
		    has_shape(&reading->tokens, index, names[i].shape))
			see(reading, index, names[i].about);
}

/* ---- what is more than a name ----------------------------------------------------- */

/* `values[at]`: a bracket behind what can be indexed; behind a keyword, an array begins. */
static void see_indexing(const struct reading *reading, size_t index)
{
	static const char *const keywords[] = {"in",	"return", "mut",   "if",   "else", "match", "as",  "break",
					       "while", "for",	  "const", "move", "ref",  "dyn",   "let", "where"};
	const struct tokens *tokens = &reading->tokens;

	if (!token_is_mark(tokens, index, '[') || index == 0)
		return;
	if (tokens->items[index - 1].kind == TOKEN_NAME) {
		for (size_t i = 0; i < ARRAY_LENGTH(keywords); i++)
			if (token_is_name(tokens, index - 1, keywords[i]))
				return;
		see(reading, index, ABOUT_PANIC);
	} else if (token_is_mark(tokens, index - 1, ')') || token_is_mark(tokens, index - 1, ']')) {
		/* not an attribute behind another: `#[a] [` is none that compiles */
		see(reading, index, ABOUT_PANIC);
	}
}

/* Between `fn` and what its body begins with: a field has no caller whom a lifetime could tie. */
static bool is_in_signature(const struct tokens *tokens, size_t index)
{
	for (size_t i = index; i > 0; i--) {
		if (token_is_mark(tokens, i, ';') || token_is_mark(tokens, i, '{') || token_is_mark(tokens, i, '}'))
			return false;
		if (token_is_name(tokens, i, "fn"))
			return true;
	}
	return token_is_name(tokens, 0, "fn");
}

static void see_lifetime(const struct reading *reading, size_t index)
{
	const struct token *token = &reading->tokens.items[index];
	const bool has_name = token->kind == TOKEN_LIFETIME && !(token->length == 2 && token->text[1] == '_') &&
			      !(token->length == 7 && memcmp(token->text, "'static", 7) == 0);

	if (has_name && index > 0 && token_is_mark(&reading->tokens, index - 1, '&') &&
	    is_in_signature(&reading->tokens, index))
		see(reading, index, ABOUT_LIFETIME);
}

static void see_signature(const struct reading *reading, size_t index)
{
	const struct tokens *tokens = &reading->tokens;

	size_t open = index;

	if (index == 0 || !token_is_name(tokens, index, "fn") || !token_is_name(tokens, index - 1, "pub"))
		return;
	while (open < tokens->count && !token_is_mark(tokens, open, '('))
		open++;
	/* of no argument there is nothing to ask */
	if (!token_is_mark(tokens, open + 1, ')'))
		see(reading, index, ABOUT_SIGNATURE);
}

/* The name that `let` binds in the statement that `index` stands in; NULL where it is another statement. */
static const struct token *bound_by_let(const struct tokens *tokens, size_t index)
{
	for (size_t i = index; i > 0; i--) {
		if (token_is_mark(tokens, i, ';') || token_is_mark(tokens, i, '{') || token_is_mark(tokens, i, '}'))
			return NULL;
		if (token_is_name(tokens, i, "let")) {
			size_t name = token_is_name(tokens, i + 1, "mut") ? i + 2 : i + 1;

			return name < index && tokens->items[name].kind == TOKEN_NAME ? &tokens->items[name] : NULL;
		}
	}
	return NULL;
}

static bool is_same(const struct tokens *tokens, size_t index, const struct token *name)
{
	return index < tokens->count && tokens->items[index].length == name->length &&
	       memcmp(tokens->items[index].text, name->text, name->length) == 0;
}

/* A guard that is bound, and something awaited later in its block, before it is dropped. */
static void see_lock_across_await(const struct reading *reading, size_t index)
{
	const struct tokens *tokens = &reading->tokens;
	const struct token *guard = NULL;
	bool is_over = false; /* the statement that takes the lock */

	if (token_is_name(tokens, index, "lock") && has_shape(tokens, index, SHAPE_METHOD))
		guard = bound_by_let(tokens, index);
	for (size_t i = index, depth = 0; guard && i < tokens->count; i++) {
		if (token_is_mark(tokens, i, '{'))
			depth++;
		if (token_is_mark(tokens, i, '}') && depth-- == 0)
			return;
		is_over |= token_is_mark(tokens, i, ';');
		if (token_is_name(tokens, i, "drop") && token_is_mark(tokens, i + 1, '(') &&
		    is_same(tokens, i + 2, guard))
			return;
		if (is_over && token_is_name(tokens, i, "await") && token_is_mark(tokens, i - 1, '.')) {
			see(reading, index, ABOUT_LOCK_ACROSS_AWAIT);
			return;
		}
	}
}

/* Of a mutex; the standard streams have a lock as well, that nobody poisons. */
static void see_lock(const struct reading *reading, size_t index)
{
	static const char *const streams[] = {"stdin", "stdout", "stderr"};
	const struct tokens *tokens = &reading->tokens;

	if (!token_is_name(tokens, index, "lock") || !has_shape(tokens, index, SHAPE_METHOD))
		return;
	for (size_t i = 0; i < ARRAY_LENGTH(streams); i++)
		if (index >= 4 && token_is_name(tokens, index - 4, streams[i]))
			return;
	see(reading, index, ABOUT_LOCK);
}

static void see_await(const struct reading *reading, size_t index)
{
	if (index > 0 && token_is_name(&reading->tokens, index, "await") &&
	    token_is_mark(&reading->tokens, index - 1, '.'))
		see(reading, index, ABOUT_AWAIT);
}

/* ---- files ------------------------------------------------------------------------ */

/* Behind `#[cfg(test)] mod name { … }` that begins at `index`; `index` where none does. */
static size_t behind_tests(const struct tokens *tokens, size_t index)
{
	static const char *const words[] = {"#", "[", "cfg", "(", "test", ")", "]", "mod"};
	size_t depth = 0;

	for (size_t i = 0; i < ARRAY_LENGTH(words); i++)
		if (index + i >= tokens->count || tokens->items[index + i].length != strlen(words[i]) ||
		    memcmp(tokens->items[index + i].text, words[i], strlen(words[i])) != 0)
			return index;
	for (size_t i = index + ARRAY_LENGTH(words); i < tokens->count; i++) {
		if (depth == 0 && token_is_mark(tokens, i, ';'))
			return i + 1;
		depth += token_is_mark(tokens, i, '{');
		if (token_is_mark(tokens, i, '}') && --depth == 0)
			return i + 1;
	}
	return tokens->count;
}

static void read_file(struct reading *reading)
{
	static void (*const see_all[])(const struct reading *, size_t) = {
		see_lock_across_await, see_names, see_lock, see_indexing, see_lifetime, see_signature, see_await,
	};

	tokens_read(reading->file->data, reading->file->length, true, &reading->tokens);
	for (size_t i = 0; i < reading->tokens.count; i++) {
		i = behind_tests(&reading->tokens, i);
		for (size_t j = 0; i < reading->tokens.count && j < ARRAY_LENGTH(see_all); j++)
			see_all[j](reading, i);
	}
	tokens_release(&reading->tokens);
}

void sightings_read(const struct submission *submission, const struct submission *starter, struct sightings *sightings)
{
	for (size_t i = 0; i < submission->file_count; i++) {
		const struct submission_file *file = &submission->files[i];
		struct reading reading = {.file = file, .sightings = sightings};

		if (strncmp(file->path, "src/", 4) != 0 || !name_is_rust(file->path))
			continue;
		reading.given = starter ? submission_find(starter, file->path) : NULL;
		read_file(&reading);
	}
}

void sightings_release(struct sightings *sightings)
{
	for (size_t i = 0; i < sightings->count; i++)
		free(sightings->items[i].code);
	free(sightings->items);
	*sightings = (struct sightings){0};
}
