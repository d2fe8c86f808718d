#include "grading/sightings.h"

#include "base/memory.h"
#include "grading/held_guard.h"
#include "rust/token_groups.h"
#include "rust/token_places.h"

#include <ctype.h>
#include <string.h>

/* Of one submission; an honest one has some hundreds. */
#define MOST 5000
#define MOST_LOOKS 20000
#define FARTHEST 200 /* tokens: how far a closer look goes */

struct scan {
	const struct sighted_file *file;
	const struct given_lines *given;
	struct tokens tokens;
	struct token_places places;
	struct token_groups groups;
	struct text_line *lines; /* of the file */
	size_t line_count;
	struct sightings *sightings;
};

/* ---- lines ------------------------------------------------------------------ */

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\r';
}

static struct text_line trimmed(const char *text, size_t length)
{
	while (length > 0 && is_blank(*text)) {
		text++;
		length--;
	}
	while (length > 0 && is_blank(text[length - 1]))
		length--;
	return (struct text_line){text, length};
}

/* Takes the first line off the text. */
static struct text_line take_line(const char **data, size_t *length)
{
	const char *end = memchr(*data, '\n', *length);
	const size_t size = end ? (size_t)(end - *data) : *length;
	const struct text_line line = trimmed(*data, size);

	*data += size + (end != NULL);
	*length -= size + (end != NULL);
	return line;
}

struct text_line text_line_at(const char *data, size_t length, unsigned int line)
{
	struct text_line taken = {"", 0};

	for (unsigned int i = 0; i < line; i++) {
		if (length == 0)
			return (struct text_line){"", 0};
		taken = take_line(&data, &length);
	}
	return taken;
}

/* Of a line that declares a function: "pub fn get(&self)". */
static void add_function(struct given_lines *given, const struct text_line *line)
{
	const char *at = memmem(line->text, line->length, "fn ", 3), *end = line->text + line->length;
	struct text_line name = {0};

	if (!at)
		return;
	name.text = at + 3;
	while (name.text + name.length < end &&
	       (isalnum((unsigned char)name.text[name.length]) || name.text[name.length] == '_'))
		name.length++;
	*ARRAY_ADD(given->functions, given->function_count) = name;
}

void given_lines_add(struct given_lines *given, const char *data, size_t length)
{
	while (length > 0) {
		const struct text_line line = take_line(&data, &length);

		*ARRAY_ADD(given->items, given->count) = line;
		add_function(given, &line);
	}
}

static int compare_lines(const void *left, const void *right)
{
	const struct text_line *one = left, *other = right;

	if (one->length != other->length)
		return one->length < other->length ? -1 : 1;
	return one->length ? memcmp(one->text, other->text, one->length) : 0;
}

static void sort(struct text_line *lines, size_t count)
{
	if (count)
		qsort(lines, count, sizeof *lines, compare_lines);
}

static bool have(const struct text_line *lines, size_t count, const struct text_line *line)
{
	return count && bsearch(line, lines, count, sizeof *lines, compare_lines);
}

void given_lines_sort(struct given_lines *given)
{
	sort(given->items, given->count);
	sort(given->functions, given->function_count);
}

bool given_lines_have(const struct given_lines *given, const struct text_line *line)
{
	return have(given->items, given->count, line);
}

void given_lines_release(struct given_lines *given)
{
	free(given->items);
	free(given->functions);
	*given = (struct given_lines){0};
}

/* ---- what words alone do not tell ------------------------------------------------ */

static bool is_one_of(const struct tokens *tokens, size_t index, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (token_is_name(tokens, index, names[i]))
			return true;
	return false;
}

/* `.lock().unwrap()` asks about the lock, `.join().unwrap()` hands a panic on. `index` is the dot of `.unwrap()`. */
static bool does_not_end_a_lock(const struct scan *scan, size_t index)
{
	static const char *const calls[] = {"lock", "read", "write", "join", "into_inner", "get_mut"};
	static const char *const waits[] = {"wait", "wait_while", "wait_timeout", "wait_timeout_while"};
	const struct tokens *tokens = &scan->tokens;
	size_t opener = index;

	if (index == 0 || !token_is_mark(tokens, index - 1, ')'))
		return true;
	while (opener > 0 && index - opener < FARTHEST && scan->groups.closer[opener] != index - 1)
		opener--;
	if (opener < 2 || !token_is_mark(tokens, opener - 2, '.'))
		return true;
	return !(opener == index - 2 && is_one_of(tokens, opener - 1, calls, ARRAY_LENGTH(calls))) &&
	       !is_one_of(tokens, opener - 1, waits, ARRAY_LENGTH(waits));
}

/* `stdout().lock()` */
static bool is_no_handle(const struct scan *scan, size_t index)
{
	static const char *const handles[] = {"stdin", "stdout", "stderr"};

	return !(index >= 3 && is_one_of(&scan->tokens, index - 3, handles, ARRAY_LENGTH(handles)));
}

static bool is_held_across_await(const struct scan *scan, size_t index)
{
	return is_no_handle(scan, index) && guard_held_across_await(&scan->tokens, &scan->groups, index);
}

/* `rows[i]`; not `[u8; 4]`, `let [a, b]`, `rows[..]`, which cannot fail. */
static bool is_index(const struct scan *scan, size_t index)
{
	static const char *const no_values[] = {"as",  "box",	 "break", "const", "dyn",   "else", "for",
						"if",  "impl",	 "in",	  "let",   "match", "move", "mut",
						"ref", "return", "where", "while", "yield"};
	const struct tokens *tokens = &scan->tokens;

	if (index == 0 || (token_is_mark(tokens, index + 1, '.') && token_is_mark(tokens, index + 2, '.') &&
			   token_is_mark(tokens, index + 3, ']')))
		return false;
	if (tokens->items[index - 1].kind == TOKEN_NAME)
		return !is_one_of(tokens, index - 1, no_values, ARRAY_LENGTH(no_values));
	return token_is_mark(tokens, index - 1, ')') || token_is_mark(tokens, index - 1, '?') ||
	       (token_is_mark(tokens, index - 1, ']') && !(scan->places.where[index - 2] & IN_ATTRIBUTE));
}

/* To an integer that is shorter than most, of what is not written there as a number. */
static bool may_cut(const struct scan *scan, size_t index)
{
	static const char *const integers[] = {"u8", "i8", "u16", "i16", "u32", "i32"};

	return index > 0 && scan->tokens.items[index - 1].kind != TOKEN_LITERAL &&
	       is_one_of(&scan->tokens, index + 1, integers, ARRAY_LENGTH(integers));
}

/* Behind `<…>` at `index`, whose arrows are none of its brackets. */
static size_t skip_generics(const struct tokens *tokens, size_t index)
{
	const size_t from = index;
	size_t depth = 0;

	if (!token_is_mark(tokens, index, '<'))
		return index;
	do {
		depth += token_is_mark(tokens, index, '<');
		depth -= token_is_mark(tokens, index, '>') && !token_is_mark(tokens, index - 1, '-');
		index++;
	} while (depth > 0 && index < tokens->count && index - from < FARTHEST);
	return index;
}

/* `.collect::<Vec<_>>()` whose result is walked over, or asked for its length, at once. */
static bool is_walked_again(const struct scan *scan, size_t index)
{
	static const char *const walks[] = {"iter",	"iter_mut", "into_iter", "len",
					    "is_empty", "first",    "last",	 "contains"};
	const struct tokens *tokens = &scan->tokens;
	size_t at = token_is_path(tokens, index + 2) ? skip_generics(tokens, index + 4) : index + 2;

	if (!token_is_mark(tokens, at, '(') || !token_is_mark(tokens, at + 1, ')'))
		return false;
	at += token_is_mark(tokens, at + 2, '?') ? 3 : 2;
	return token_is_mark(tokens, at, '.') && is_one_of(tokens, at + 1, walks, ARRAY_LENGTH(walks));
}

/* In `impl Trait for Type {…}`, where the trait says what is taken. */
static bool is_of_a_trait(const struct scan *scan, size_t index)
{
	const struct tokens *tokens = &scan->tokens;
	size_t opener = scan->groups.opener[index];
	const size_t from = opener;
	bool has_for = false;

	if (opener == TOKEN_NOWHERE)
		return false;
	while (opener-- > 0 && from - opener < FARTHEST && !token_is_mark(tokens, opener, '}') &&
	       !token_is_mark(tokens, opener, ';') && !token_is_mark(tokens, opener, '{')) {
		has_for |= token_is_name(tokens, opener, "for") && !token_is_mark(tokens, opener + 1, '<');
		if (token_is_name(tokens, opener, "impl") && has_for)
			return true;
	}
	return false;
}

/* One of its name was given: then the brief says what it takes, whatever the arguments are called. */
static bool is_given_function(const struct scan *scan, const struct token *name)
{
	const struct text_line line = {name->text, name->length};

	return have(scan->given->functions, scan->given->function_count, &line);
}

/* A function with an argument besides self; `index` is that of `fn`. */
static bool takes_something(const struct scan *scan, size_t index)
{
	const struct tokens *tokens = &scan->tokens;
	const size_t open = skip_generics(tokens, index + 2);

	if (!token_is_mark(tokens, open, '(') || is_of_a_trait(scan, index) ||
	    is_given_function(scan, &tokens->items[index + 1]))
		return false;
	for (size_t i = open + 1; i < scan->groups.closer[open] && i - open < FARTHEST; i++)
		if (token_is_mark(tokens, i, ':') && scan->groups.opener[i] == open && !token_is_path(tokens, i) &&
		    !token_is_path(tokens, i - 1) && !token_is_name(tokens, i - 1, "self"))
			return true;
	return false;
}

/* `fn name<'a>(…) -> … 'a …`: a borrow that goes on to the caller. */
static bool returns_lifetime(const struct scan *scan, size_t index)
{
	const struct tokens *tokens = &scan->tokens;
	const size_t open = skip_generics(tokens, index + 2);

	if (!token_is_mark(tokens, open, '('))
		return false;
	for (size_t i = scan->groups.closer[open] + 1; i < tokens->count && i - open < FARTHEST; i++) {
		if (token_is_mark(tokens, i, '{') || token_is_mark(tokens, i, ';'))
			return false;
		if (tokens->items[i].kind == TOKEN_LIFETIME)
			return true;
	}
	return false;
}

static bool pub_takes_something(const struct scan *scan, size_t index)
{
	return takes_something(scan, index + 1);
}

/* ---- the rows ------------------------------------------------------------------------ */

/*
 * Words of `tokens`: a name, a mark, "@" any name, "'" a lifetime, "\"" a string. The line is that of the word counted
 * by `at` from 0; `when` is asked with the index of the first.
 */
/* clang-format off */
static const struct row {
	enum about about;
	unsigned int rank;
	const char *tokens;
	size_t at;
	bool (*when)(const struct scan *scan, size_t index);
	bool given_too; /* also on lines that the candidate was given */
} rows[] = {
	{ABOUT_LOCK_ACROSS_AWAIT, 0, ". lock ( )", 1, is_held_across_await},
	{ABOUT_LOCK_ACROSS_AWAIT, 0, ". read ( )", 1, is_held_across_await},
	{ABOUT_LOCK_ACROSS_AWAIT, 0, ". write ( )", 1, is_held_across_await},
	{ABOUT_UNSAFE, 0, "unsafe {"},
	{ABOUT_UNSAFE, 0, "unsafe impl"},
	{ABOUT_UNSAFE, 1, "unsafe fn @"},
	{ABOUT_LEAK, 0, "mem : : forget (", 3},
	{ABOUT_LEAK, 0, "Box : : leak (", 3},
	{ABOUT_LEAK, 1, ". leak ( )", 1},
	{ABOUT_CLONE, 0, ". clone ( )", 1},
	{ABOUT_CLONE, 0, ". to_vec ( )", 1},
	{ABOUT_CLONE, 1, ". to_owned ( )", 1},
	{ABOUT_CLONE, 1, ". cloned ( )", 1},
	{ABOUT_PANIC, 0, ". unwrap ( )", 1, does_not_end_a_lock},
	{ABOUT_PANIC, 0, ". expect ( \"", 1, does_not_end_a_lock},
	{ABOUT_PANIC, 1, "panic ! ("},
	{ABOUT_PANIC, 1, "unreachable ! ("},
	{ABOUT_PANIC, 1, "todo ! ("},
	{ABOUT_PANIC, 1, "unimplemented ! ("},
	{ABOUT_PANIC, 2, "[", 0, is_index},
	{ABOUT_CAST, 0, "as @", 0, may_cut},
	{ABOUT_SHARED, 0, "Rc < RefCell"},
	{ABOUT_SHARED, 0, "Arc < Mutex"},
	{ABOUT_SHARED, 0, "Arc < RwLock"},
	{ABOUT_SHARED, 1, "Rc <"},
	{ABOUT_SHARED, 1, "RefCell <"},
	{ABOUT_SHARED, 2, "Rc : : new ("},
	{ABOUT_SHARED, 2, "RefCell : : new ("},
	{ABOUT_SHARED, 2, "Arc : : new ( Mutex"},
	{ABOUT_SHARED, 2, "Arc : : new ( RwLock"},
	{ABOUT_LOCK, 0, ". lock ( )", 1, is_no_handle},
	{ABOUT_LOCK, 0, ". read ( ) . unwrap", 1},
	{ABOUT_LOCK, 0, ". write ( ) . unwrap", 1},
	{ABOUT_LOCK, 1, "Mutex <"},
	{ABOUT_LOCK, 1, "RwLock <"},
	{ABOUT_THREADS, 0, "thread : : spawn (", 3},
	{ABOUT_THREADS, 0, ". spawn ( move", 1},
	{ABOUT_THREADS, 0, ". spawn ( |", 1},
	{ABOUT_AWAIT, 0, "fn poll ("},
	{ABOUT_AWAIT, 1, ". await", 1},
	{ABOUT_LIFETIME, 0, "fn @ < '", 3, returns_lifetime},
	{ABOUT_COLLECT, 0, ". collect", 1, is_walked_again},
	{ABOUT_DYN, 0, "Box < dyn", 2},
	{ABOUT_DYN, 0, "Arc < dyn", 2},
	{ABOUT_DYN, 1, "& dyn", 1},
	{ABOUT_DYN, 1, "& mut dyn", 2},
	{ABOUT_SIGNATURE, 0, "pub fn @", 1, pub_takes_something},
	{ABOUT_SIGNATURE, 1, "fn @", 0, takes_something},
	{ABOUT_UNTESTED, 0, "pub fn @", 1, .given_too = true},
};
/* clang-format on */

static bool is_word(const struct tokens *tokens, size_t index, const char *word, size_t length)
{
	static const struct {
		char word;
		enum token_kind kind;
	} any[] = {{'@', TOKEN_NAME}, {'\'', TOKEN_LIFETIME}, {'"', TOKEN_STRING}};
	const struct token *token = &tokens->items[index];

	for (size_t i = 0; i < ARRAY_LENGTH(any); i++)
		if (length == 1 && *word == any[i].word)
			return token->kind == any[i].kind;
	return (token->kind == TOKEN_NAME || token->kind == TOKEN_MARK) && token->length == length &&
	       memcmp(token->text, word, length) == 0;
}

static bool stands_at(const struct tokens *tokens, size_t index, const char *words)
{
	while (*words) {
		const size_t length = strcspn(words, " ");

		if (index >= tokens->count || !is_word(tokens, index, words, length))
			return false;
		index++;
		words += length + (words[length] == ' ');
	}
	return true;
}

/* ---- the walk -------------------------------------------------------------------------- */

static void see(struct scan *scan, const struct row *row, size_t index)
{
	const unsigned int line = scan->tokens.items[index + row->at].line;
	const struct text_line *code = &scan->lines[line - 1];

	if (!row->given_too && given_lines_have(scan->given, code))
		return;
	*ARRAY_ADD(scan->sightings->items, scan->sightings->count) = (struct sighting){
		.about = row->about, .rank = row->rank, .file = scan->file->path, .line = line, .code = *code};
}

/* `#[test]`, `#[cfg(test)]`, and `#![cfg(test)]` with its mark. */
static bool is_test_attribute(const struct tokens *tokens, size_t index)
{
	const size_t open = token_is_mark(tokens, index + 1, '!') ? index + 2 : index + 1;

	return token_is_mark(tokens, index, '#') &&
	       (stands_at(tokens, open, "[ test ]") || stands_at(tokens, open, "[ cfg ( test ) ]"));
}

static void note_test(struct scan *scan, size_t index)
{
	for (size_t i = index; i < scan->tokens.count && i - index < FARTHEST; i++)
		if (token_is_name(&scan->tokens, i, "fn")) {
			const struct text_line *code = &scan->lines[scan->tokens.items[i].line - 1];

			scan->sightings->has_own_test |= !given_lines_have(scan->given, code);
			return;
		}
}

/* Behind the item at `index` and the attributes before it. */
static size_t skip_item(struct scan *scan, size_t index)
{
	while (index < scan->tokens.count) {
		const bool ends = token_is_mark(&scan->tokens, index, ';') || token_is_mark(&scan->tokens, index, '{');

		index = token_groups_next(&scan->tokens, &scan->groups, index);
		if (ends)
			break;
	}
	return index;
}

/* Notes the tests among the tokens; true where no others are there to be asked about. */
static bool look_for_tests(struct scan *scan)
{
	static const char *const folders[] = {"tests/", "benches/", "examples/"};

	for (size_t i = 0; i < scan->tokens.count; i++)
		if (stands_at(&scan->tokens, i, "# [ test ]"))
			note_test(scan, i);
	for (size_t i = 0; i < ARRAY_LENGTH(folders); i++)
		if (strncmp(scan->file->path, folders[i], strlen(folders[i])) == 0)
			return true;
	return strstr(scan->file->path, "/tests/") || strstr(scan->file->path, "/tests.rs");
}

static bool has_seen_enough(const struct sightings *sightings)
{
	return sightings->count >= MOST || sightings->looks >= MOST_LOOKS;
}

static bool holds(struct scan *scan, const struct row *row, size_t index)
{
	scan->sightings->looks += row->when != NULL;
	return !row->when || row->when(scan, index);
}

static void look(struct scan *scan)
{
	size_t index = 0;

	while (index < scan->tokens.count && !has_seen_enough(scan->sightings)) {
		if (is_test_attribute(&scan->tokens, index)) {
			if (token_is_mark(&scan->tokens, index + 1, '!') && scan->groups.opener[index] == TOKEN_NOWHERE)
				return;
			index = skip_item(scan, index);
			continue;
		}
		for (size_t i = 0; i < ARRAY_LENGTH(rows); i++)
			if (!(scan->places.where[index] & (IN_ATTRIBUTE | IN_MACRO)) &&
			    stands_at(&scan->tokens, index, rows[i].tokens) && holds(scan, &rows[i], index))
				see(scan, &rows[i], index);
		index++;
	}
}

void sightings_find(const struct sighted_file *file, const struct given_lines *given, struct sightings *sightings)
{
	struct scan scan = {.file = file, .given = given, .sightings = sightings};
	const char *data = file->data;
	size_t length = file->length;

	while (length > 0)
		*ARRAY_ADD(scan.lines, scan.line_count) = take_line(&data, &length);
	tokens_read(file->data, file->length, strcmp(file->edition, "2018") != 0, &scan.tokens);
	token_places_find(&scan.tokens, &scan.places);
	token_groups_find(&scan.tokens, &scan.groups);
	if (!look_for_tests(&scan))
		look(&scan);
	token_groups_release(&scan.groups);
	token_places_release(&scan.places);
	tokens_release(&scan.tokens);
	free(scan.lines);
}

void sightings_release(struct sightings *sightings)
{
	free(sightings->items);
	*sightings = (struct sightings){0};
}
