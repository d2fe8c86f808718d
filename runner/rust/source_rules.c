#include "rust/source_rules.h"

#include "base/memory.h"
#include "base/text.h"
#include "rust/tokens.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Beyond these a file's lints say little of it. Honest code with macros has a tenth, and few tokens in them. */
#define MACRO_TOKENS 200
#define MACRO_PERCENT 40

/* Where a token stands. */
enum {
	IN_ATTRIBUTE = 1 << 0, /* #[…] */
	IN_INNER = 1 << 1,     /* #![…] */
	IN_CFG = 1 << 2,       /* #[cfg(…)], cfg!(…) */
	IN_MACRO = 1 << 3,     /* arguments of a macro, or the rules of one */
	IN_RULES = 1 << 4,     /* macro_rules! name {…} */
	IN_BODY = 1 << 5,      /* what a rule expands to */
	/* of a row only: in macros too, in files where a macro makes an attribute of what it is given */
	OR_GIVEN = 1 << 6,
	ANYWHERE = 0,
};

struct scan {
	const struct source_file *file;
	struct tokens tokens;
	unsigned char *where;	     /* one a token */
	bool attribute_by_parameter; /* #[$attribute] stands in some macro */
	struct source_hits *hits;
};

/* ---- where a token stands --------------------------------------------------- */

static bool is_opening(const struct tokens *tokens, size_t index)
{
	return token_is_mark(tokens, index, '(') || token_is_mark(tokens, index, '[') ||
	       token_is_mark(tokens, index, '{');
}

static bool is_closing(const struct tokens *tokens, size_t index)
{
	return token_is_mark(tokens, index, ')') || token_is_mark(tokens, index, ']') ||
	       token_is_mark(tokens, index, '}');
}

/* What opens at `index`, by what stands before it. */
static unsigned char opens(const struct tokens *tokens, size_t index, unsigned char outer)
{
	const bool inner = index >= 2 && token_is_mark(tokens, index - 1, '!') && token_is_mark(tokens, index - 2, '#');

	if (token_is_mark(tokens, index, '[') && (inner || (index >= 1 && token_is_mark(tokens, index - 1, '#'))))
		return (unsigned char)(IN_ATTRIBUTE | (inner ? IN_INNER : 0) |
				       (token_is_name(tokens, index + 1, "cfg") ? IN_CFG : 0));
	if (index >= 2 && token_is_mark(tokens, index - 1, '!') && tokens->items[index - 2].kind == TOKEN_NAME)
		return (unsigned char)(IN_MACRO | (token_is_name(tokens, index - 2, "cfg") ? IN_CFG : 0));
	if (index >= 3 && token_is_mark(tokens, index - 2, '!') && token_is_name(tokens, index - 3, "macro_rules"))
		return IN_MACRO | IN_RULES;
	if ((outer & IN_RULES) && index >= 2 && token_is_mark(tokens, index - 1, '>') &&
	    token_is_mark(tokens, index - 2, '='))
		return IN_BODY;
	return 0;
}

static void place_tokens(struct scan *scan)
{
	const struct tokens *tokens = &scan->tokens;
	unsigned char *stack = NULL, now = 0;
	size_t depth = 0;

	scan->where = memory_new(tokens->count + 1, 1);
	for (size_t i = 0; i < tokens->count; i++) {
		if (is_closing(tokens, i) && depth > 0)
			now = stack[--depth];
		scan->where[i] = now;
		if (is_opening(tokens, i)) {
			*ARRAY_ADD(stack, depth) = now;
			now |= opens(tokens, i, now);
		}
		scan->attribute_by_parameter |=
			(now & IN_ATTRIBUTE) && (now & IN_MACRO) && token_is_mark(tokens, i, '$');
	}
	free(stack);
}

/* ---- what a name means where it stands ----------------------------------------- */

/* `extern "C" {`, and `extern $abi {` in a macro; not `extern crate`, nor the functions and types of that call. */
static bool opens_foreign_block(const struct scan *scan, size_t index)
{
	const struct tokens *tokens = &scan->tokens;

	if (token_is_name(tokens, index + 1, "crate") || token_is_name(tokens, index + 1, "fn"))
		return false;
	if (index + 1 < tokens->count && tokens->items[index + 1].kind == TOKEN_STRING)
		return !token_is_name(tokens, index + 2, "fn");
	if (token_is_mark(tokens, index + 1, '$'))
		return !token_is_name(tokens, index + 3, "fn");
	return true;
}

static bool has_arguments(const struct scan *scan, size_t index)
{
	return token_is_mark(&scan->tokens, index + 1, '(');
}

static bool is_assigned(const struct scan *scan, size_t index)
{
	return token_is_mark(&scan->tokens, index + 1, '=');
}

/* `asm!`, or the last part of a path: an ordinary name otherwise. */
static bool is_assembly(const struct scan *scan, size_t index)
{
	const struct tokens *tokens = &scan->tokens;

	if (token_is_mark(tokens, index + 1, '!'))
		return !token_is_mark(tokens, index + 2, '=');
	while (index > 0 && (tokens->items[index - 1].kind == TOKEN_NAME || token_is_mark(tokens, index - 1, ',') ||
			     token_is_mark(tokens, index - 1, '{')))
		index--;
	return index >= 3 && token_is_path(tokens, index - 2) && token_is_name(tokens, index - 3, "arch");
}

static bool follows_clippy(const struct scan *scan, size_t index)
{
	return index >= 3 && token_is_path(&scan->tokens, index - 2) &&
	       token_is_name(&scan->tokens, index - 3, "clippy");
}

/* `clippy` as a condition; not `clippy::lint`. */
static bool is_bare(const struct scan *scan, size_t index)
{
	return !token_is_path(&scan->tokens, index + 1) && !(index >= 2 && token_is_path(&scan->tokens, index - 2));
}

/* `doc` as a condition: not `doc = "…"`, `doc(hidden)`. */
static bool is_condition(const struct scan *scan, size_t index)
{
	return is_bare(scan, index) && !has_arguments(scan, index) && !is_assigned(scan, index);
}

static bool denies_test(const struct scan *scan, size_t index)
{
	return has_arguments(scan, index) && token_is_name(&scan->tokens, index + 2, "test");
}

/* Whether a path in a string leaves the submission, seen from the file. What has escapes in it hides something. */
static bool leaves(const struct scan *scan, const struct token *string)
{
	const char *at = memchr(string->text, '"', string->length), *end = string->text + string->length;
	long depth = 0;

	for (const char *slash = strchr(scan->file->path, '/'); slash; slash = strchr(slash + 1, '/'))
		depth++;
	if (!at || at + 1 >= end)
		return false;
	at++;
	if (*at == '/' || memchr(string->text, '\\', string->length))
		return true;
	while (at < end) {
		size_t length = strcspn(at, "/\"#");

		if (length == 2 && at[0] == '.' && at[1] == '.')
			depth--;
		else if (length > 0 && !(length == 1 && at[0] == '.'))
			depth++;
		if (depth < 0)
			return true;
		if (at[length] != '/')
			return false;
		at += length + 1;
	}
	return false;
}

static bool includes_outside(const struct scan *scan, size_t index)
{
	return token_is_mark(&scan->tokens, index + 1, '!') && is_opening(&scan->tokens, index + 2) &&
	       index + 3 < scan->tokens.count && scan->tokens.items[index + 3].kind == TOKEN_STRING &&
	       leaves(scan, &scan->tokens.items[index + 3]);
}

static bool names_outside(const struct scan *scan, size_t index)
{
	return is_assigned(scan, index) && index + 2 < scan->tokens.count &&
	       scan->tokens.items[index + 2].kind == TOKEN_STRING && leaves(scan, &scan->tokens.items[index + 2]);
}

/* env!, option_env!; what cargo sets is a habit of honest programs. */
static bool reads_environment(const struct scan *scan, size_t index)
{
	const struct tokens *tokens = &scan->tokens;

	return token_is_mark(tokens, index + 1, '!') && is_opening(tokens, index + 2) && index + 3 < tokens->count &&
	       !(tokens->items[index + 3].kind == TOKEN_STRING && tokens->items[index + 3].length > 8 &&
		 memcmp(tokens->items[index + 3].text, "\"CARGO_", 7) == 0);
}

/* Whether one of the attributes before the item at `index` is macro_export. */
static bool is_exported(const struct tokens *tokens, size_t index)
{
	while (index > 0 && token_is_mark(tokens, index - 1, ']')) {
		size_t depth = 0;

		do {
			index--;
			depth += is_closing(tokens, index);
			depth -= is_opening(tokens, index) && depth > 0;
			if (token_is_name(tokens, index, "macro_export"))
				return true;
		} while (depth > 0 && index > 0);
		if (index == 0 || !token_is_mark(tokens, index - 1, '#'))
			return false;
		index--;
	}
	return false;
}

static bool exports_std_name(const struct scan *scan, size_t index)
{
	static const char *const of_std[] = {
		"assert",	   "assert_eq",	  "assert_ne",	  "cfg",	  "column",
		"compile_error",   "concat",	  "dbg",	  "debug_assert", "debug_assert_eq",
		"debug_assert_ne", "env",	  "eprint",	  "eprintln",	  "file",
		"format",	   "format_args", "include",	  "include_str",  "line",
		"matches",	   "module_path", "option_env",	  "panic",	  "print",
		"println",	   "stringify",	  "thread_local", "todo",	  "try",
		"unimplemented",   "unreachable", "vec",	  "write",	  "writeln",
		"include_bytes",
	};
	const struct tokens *tokens = &scan->tokens;

	if (!token_is_mark(tokens, index + 1, '!') || !is_exported(tokens, index))
		return false;
	for (size_t i = 0; i < ARRAY_LENGTH(of_std); i++)
		if (token_is_name(tokens, index + 2, of_std[i]))
			return true;
	return false;
}

/* ---- the rules ------------------------------------------------------------------ */

static const struct {
	const char *id;
	const char *refusal; /* NULL: told, not refused */
} rules[] = {
	[SOURCE_FOREIGN_CODE] = {"foreign-code", "a submission calls no code but Rust's"},
	[SOURCE_ASSEMBLY] = {"assembly", "a submission holds no assembly"},
	[SOURCE_LINKER_SYMBOL] = {"linker-symbol", "a submission has no say in what is linked"},
	[SOURCE_OWN_ALLOCATOR] = {"own-allocator", "the allocator is the harness's, which counts"},
	[SOURCE_LANGUAGE_FEATURE] = {"language-feature", NULL},
	[SOURCE_OUTSIDE_FILE] = {"outside-file", "a submission holds all of its files"},
	[SOURCE_ENVIRONMENT_READ] = {"environment-read", NULL},
	[SOURCE_LINT_SHIELD] = {"lint-shield", NULL},
	[SOURCE_CLIPPY_ONLY] = {"clippy-only", NULL},
	[SOURCE_TEST_ONLY] = {"test-only", NULL},
	[SOURCE_STD_NAME_TAKEN] = {"std-name-taken", NULL},
	[SOURCE_CODE_IN_MACROS] = {"code-in-macros", NULL},
	[SOURCE_LIFETIME_HOLE] = {"lifetime-hole", NULL},
};
static_assert(ARRAY_LENGTH(rules) == SOURCE_RULE_COUNT, "a row for each rule");

/* clang-format off */
static const struct name_rule {
	const char *name;
	enum source_rule rule;
	unsigned char where;
	bool (*fits)(const struct scan *scan, size_t index); /* NULL: the name is enough */
} names[] = {
	{"extern",                SOURCE_FOREIGN_CODE,     ANYWHERE,                opens_foreign_block},
	{"link",                  SOURCE_FOREIGN_CODE,     IN_ATTRIBUTE,            has_arguments},
	{"asm",                   SOURCE_ASSEMBLY,         ANYWHERE,                is_assembly},
	{"naked",                 SOURCE_ASSEMBLY,         IN_ATTRIBUTE | OR_GIVEN, NULL},
	{"global_asm",            SOURCE_ASSEMBLY,         ANYWHERE,                NULL},
	{"naked_asm",             SOURCE_ASSEMBLY,         ANYWHERE,                NULL},
	{"no_mangle",             SOURCE_LINKER_SYMBOL,    IN_ATTRIBUTE | OR_GIVEN, NULL},
	{"export_name",           SOURCE_LINKER_SYMBOL,    IN_ATTRIBUTE | OR_GIVEN, NULL},
	{"link_name",             SOURCE_LINKER_SYMBOL,    IN_ATTRIBUTE | OR_GIVEN, NULL},
	{"link_ordinal",          SOURCE_LINKER_SYMBOL,    IN_ATTRIBUTE | OR_GIVEN, NULL},
	{"link_section",          SOURCE_LINKER_SYMBOL,    IN_ATTRIBUTE | OR_GIVEN, NULL},
	{"linkage",               SOURCE_LINKER_SYMBOL,    IN_ATTRIBUTE,            NULL},
	{"used",                  SOURCE_LINKER_SYMBOL,    IN_ATTRIBUTE,            NULL},
	{"global_allocator",      SOURCE_OWN_ALLOCATOR,    IN_ATTRIBUTE | OR_GIVEN, NULL},
	{"alloc_error_handler",   SOURCE_OWN_ALLOCATOR,    IN_ATTRIBUTE | OR_GIVEN, NULL},
	{"feature",               SOURCE_LANGUAGE_FEATURE, IN_INNER,                has_arguments},
	{"no_main",               SOURCE_LANGUAGE_FEATURE, IN_INNER,                NULL},
	{"no_core",               SOURCE_LANGUAGE_FEATURE, IN_INNER,                NULL},
	{"crate_type",            SOURCE_LANGUAGE_FEATURE, IN_INNER,                is_assigned},
	{"crate_name",            SOURCE_LANGUAGE_FEATURE, IN_INNER,                is_assigned},
	{"include",               SOURCE_OUTSIDE_FILE,     ANYWHERE,                includes_outside},
	{"include_str",           SOURCE_OUTSIDE_FILE,     ANYWHERE,                includes_outside},
	{"include_bytes",         SOURCE_OUTSIDE_FILE,     ANYWHERE,                includes_outside},
	{"path",                  SOURCE_OUTSIDE_FILE,     IN_ATTRIBUTE,            names_outside},
	{"env",                   SOURCE_ENVIRONMENT_READ, ANYWHERE,                reads_environment},
	{"option_env",            SOURCE_ENVIRONMENT_READ, ANYWHERE,                reads_environment},
	{"msrv",                  SOURCE_LINT_SHIELD,      IN_ATTRIBUTE | IN_MACRO, follows_clippy},
	{"automatically_derived", SOURCE_LINT_SHIELD,      IN_ATTRIBUTE | IN_MACRO, NULL},
	{"clippy",                SOURCE_CLIPPY_ONLY,      IN_ATTRIBUTE | IN_MACRO, is_bare},
	{"not",                   SOURCE_TEST_ONLY,        IN_CFG,                  denies_test},
	{"doc",                   SOURCE_TEST_ONLY,        IN_CFG,                  is_condition},
	{"doctest",               SOURCE_TEST_ONLY,        IN_CFG,                  is_condition},
	{"macro_rules",           SOURCE_STD_NAME_TAKEN,   ANYWHERE,                exports_std_name},
};
/* clang-format on */

static bool stands_right(const struct scan *scan, const struct name_rule *rule, size_t index)
{
	if (rule->where == ANYWHERE || (scan->where[index] & rule->where))
		return true;
	return (rule->where & OR_GIVEN) && scan->attribute_by_parameter && (scan->where[index] & IN_MACRO);
}

static void add_hit(const struct scan *scan, enum source_rule rule, size_t index)
{
	const struct token *token = &scan->tokens.items[index];
	struct source_hit *hit = ARRAY_ADD(scan->hits->items, scan->hits->count);

	*hit = (struct source_hit){
		.rule = rule,
		.what = text_copy_n(token->text, token->length),
		.place = {.file = text_copy(scan->file->path),
			  .line = token->line,
			  .column = token->column,
			  .end_line = token->line,
			  .end_column = token->column + (unsigned int)token->length},
	};
}

static void look_at_name(const struct scan *scan, size_t index)
{
	for (size_t i = 0; i < ARRAY_LENGTH(names); i++)
		if (token_is_name(&scan->tokens, index, names[i].name) && stands_right(scan, &names[i], index) &&
		    (!names[i].fits || names[i].fits(scan, index))) {
			add_hit(scan, names[i].rule, index);
			return;
		}
}

/* Told at the macro that holds most. */
static void weigh_macros(const struct scan *scan)
{
	size_t in_bodies = 0, in_this = 0, most = 0, first = 0, largest = 0;

	for (size_t i = 0; i < scan->tokens.count; i++) {
		if (token_is_name(&scan->tokens, i, "macro_rules")) {
			in_this = 0;
			first = i;
		}
		if (!(scan->where[i] & IN_BODY))
			continue;
		in_bodies++;
		if (++in_this > most) {
			most = in_this;
			largest = first;
		}
	}
	if (in_bodies >= MACRO_TOKENS && in_bodies * 100 >= scan->tokens.count * MACRO_PERCENT)
		add_hit(scan, SOURCE_CODE_IN_MACROS, largest);
}

/* ---- a hole in the language ------------------------------------------------------ */

/* `&'a &'b T`, `&'a Type<'b>`: from such a type the compiler concludes that 'b outlives 'a. The index is of 'a. */
static bool implies_bound(const struct tokens *tokens, size_t index)
{
	const struct token *outer = &tokens->items[index];

	if (index == 0 || !token_is_mark(tokens, index - 1, '&') || outer->kind != TOKEN_LIFETIME)
		return false;
	for (size_t i = index + 1; i < tokens->count && i < index + 8; i++) {
		const struct token *inner = &tokens->items[i];

		if (token_is_mark(tokens, i, ',') || token_is_mark(tokens, i, ')') || token_is_mark(tokens, i, ';') ||
		    token_is_mark(tokens, i, '{') || token_is_mark(tokens, i, '='))
			return false;
		if (inner->kind == TOKEN_LIFETIME)
			return inner->length != outer->length || memcmp(inner->text, outer->text, outer->length) != 0;
	}
	return false;
}

/* `for<'x> fn(…)`, `fn(_, …)`, `fn(…) -> _`: a pointer whose lifetimes are let loose, or left to be inferred. */
static bool loosens_pointer(const struct tokens *tokens, size_t index)
{
	size_t depth = 0;

	if (!token_is_name(tokens, index, "fn") || !token_is_mark(tokens, index + 1, '('))
		return false;
	if (index > 0 && token_is_mark(tokens, index - 1, '>'))
		return true;
	for (size_t i = index + 1; i < tokens->count; i++) {
		depth += is_opening(tokens, i);
		depth -= is_closing(tokens, i);
		if (token_is_name(tokens, i, "_"))
			return true;
		if (depth == 0)
			return token_is_mark(tokens, i + 1, '-') && token_is_name(tokens, i + 3, "_");
	}
	return false;
}

/*
 * rust-lang/rust#25860, open since 2015: a function that relies on an implied bound, made a pointer that forgets it,
 * turns any reference into one that never ends, and with that safe code does what unsafe code can. No flag forbids it. Each half is
 * rare in honest code, and both in one file are not seen there.
 */
static void look_for_hole(const struct scan *scan)
{
	size_t bound = SIZE_MAX, pointer = SIZE_MAX;

	for (size_t i = scan->tokens.count; i-- > 0;) {
		if (implies_bound(&scan->tokens, i))
			bound = i;
		if (loosens_pointer(&scan->tokens, i))
			pointer = i;
	}
	if (bound != SIZE_MAX && pointer != SIZE_MAX)
		add_hit(scan, SOURCE_LIFETIME_HOLE, pointer);
}

/* ---- the scan --------------------------------------------------------------------- */

static void begin(struct scan *scan, const char *data, size_t length, const char *edition)
{
	tokens_read(data, length, strcmp(edition, "2018") != 0, &scan->tokens);
	place_tokens(scan);
}

static void end(struct scan *scan)
{
	tokens_release(&scan->tokens);
	free(scan->where);
}

void source_scan(const struct source_file *file, struct source_hits *hits)
{
	struct scan scan = {.file = file, .hits = hits};

	begin(&scan, file->data, file->length, file->edition);
	for (size_t i = 0; i < scan.tokens.count; i++)
		if (scan.tokens.items[i].kind == TOKEN_NAME)
			look_at_name(&scan, i);
	weigh_macros(&scan);
	look_for_hole(&scan);
	end(&scan);
}

/* ---- what blinds lints -------------------------------------------------------------- */

/* Blanks what stands from one token to another, but for line ends, and writes `instead` where it began. */
static void replace(char *data, const struct token *first, const struct token *last, const char *instead)
{
	char *at = data + (first->text - data), *end = data + (last->text - data) + last->length;

	for (char *byte = at; byte < end; byte++)
		if (*byte != '\n')
			*byte = ' ';
	memcpy(at, instead, strlen(instead));
}

/*
 * Attributes that make lints look away whatever --force-warn says: clippy reads a minimal version of Rust from
 * clippy::msrv, and passes over what calls itself derived. What comes instead is as long at most, and without effect.
 */
void source_blank(char *data, size_t length, const char *edition)
{
	struct scan scan = {0};

	begin(&scan, data, length, edition);
	for (size_t i = 0; i < scan.tokens.count; i++) {
		const struct token *token = &scan.tokens.items[i];

		if (!(scan.where[i] & (IN_ATTRIBUTE | IN_MACRO)))
			continue;
		if (token_is_name(&scan.tokens, i, "msrv") && follows_clippy(&scan, i))
			replace(data, &scan.tokens.items[i - 3], token, "doc");
		else if (token_is_name(&scan.tokens, i, "automatically_derived"))
			replace(data, token, token, "warn(unused)");
	}
	end(&scan);
}

/* ---- what the compiler read --------------------------------------------------------------- */

const char *source_first_outside(const struct string_list *read)
{
	static const char ours[] = "/configuration/"; /* of clippy */

	for (size_t i = 0; i < read->count; i++)
		if ((read->items[i][0] == '/' && strncmp(read->items[i], ours, sizeof ours - 1) != 0) ||
		    strncmp(read->items[i], "../", 3) == 0)
			return read->items[i];
	return NULL;
}

static bool stays(const struct source_hit *hit, const struct string_list *read, bool none_outside)
{
	if (read->count == 0)
		return true;
	if (hit->rule == SOURCE_OUTSIDE_FILE && none_outside)
		return false;
	return string_list_find(read, hit->place.file) >= 0;
}

static void release_hit(struct source_hit *hit)
{
	free(hit->place.file);
	free(hit->what);
}

void source_confirm(struct source_hits *hits, const struct string_list *read, bool compiled)
{
	const bool none_outside = compiled && !source_first_outside(read);
	size_t kept = 0;

	for (size_t i = 0; i < hits->count; i++)
		if (stays(&hits->items[i], read, none_outside))
			hits->items[kept++] = hits->items[i];
		else
			release_hit(&hits->items[i]);
	hits->count = kept;
}

bool source_rule_refuses(enum source_rule rule)
{
	return rules[rule].refusal != NULL;
}

const char *source_rule_says(enum source_rule rule)
{
	return rules[rule].refusal;
}

const char *source_rule_id(enum source_rule rule)
{
	return rules[rule].id;
}

void source_hits_release(struct source_hits *hits)
{
	for (size_t i = 0; i < hits->count; i++)
		release_hit(&hits->items[i]);
	free(hits->items);
	*hits = (struct source_hits){0};
}
