#include "rust/source_rules.h"

#include "base/memory.h"
#include "base/text.h"
#include "rust/compiler_hole.h"
#include "rust/lint_shield.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Beyond these lints say little of a submission. Honest ones with macros have a tenth of their tokens in them. */
#define MOST_HITS 100 /* of one rule in one file: what a reader looks at */
#define FARTHEST 512  /* tokens that are looked at around one */
#define MACRO_TOKENS 200
#define MACRO_PERCENT 40

/* Where a row's name counts, besides enum token_place. */
enum {
	OR_GIVEN = 1 << 6, /* in arguments of macros too, where a macro makes an attribute of what it is given */
	ANYWHERE = 0,
};

struct scan {
	const struct source_file *file;
	struct tokens tokens;
	struct token_places places;
	unsigned int *counted; /* hits of each rule in this file */
	struct source_hits *hits;
};

/* ---- what a name means where it stands ----------------------------------------- */

static bool is_name(const struct tokens *tokens, size_t index)
{
	return index < tokens->count && tokens->items[index].kind == TOKEN_NAME;
}

/* `$extern` in a rule that declares it: what it stands for is seen where it is given. */
static bool is_parameter(const struct scan *scan, size_t index)
{
	const struct tokens *tokens = &scan->tokens;
	size_t body = index;

	if (index == 0 || !token_is_mark(tokens, index - 1, '$'))
		return false;
	while (body > 0 && index - body < FARTHEST && (scan->places.where[body] & IN_BODY))
		body--;
	/* `($extern:tt) => {`, read backwards */
	for (size_t i = body < 3 ? 0 : body - 3, first = token_enclosing(tokens, i); i > first; i--)
		if (token_is_mark(tokens, i - 1, '$') && token_is_name(tokens, i, "extern") &&
		    token_is_mark(tokens, i + 1, ':'))
			return true;
	return false;
}

/* `extern "C" {`, and `extern $abi {` in a macro; not `extern crate`, nor the functions and types of that call. */
static bool opens_foreign_block(const struct scan *scan, size_t index)
{
	const struct tokens *tokens = &scan->tokens;
	size_t at = index + 1;

	/* what a rule of a macro's matches is no code yet */
	if ((scan->places.where[index] & IN_RULES) &&
	    (!(scan->places.where[index] & IN_BODY) || is_parameter(scan, index)))
		return false;
	if (token_is_name(tokens, index + 1, "crate"))
		return !is_name(tokens, index + 2);
	if (index + 1 < tokens->count && tokens->items[index + 1].kind == TOKEN_STRING)
		at = index + 2;
	else if (token_is_mark(tokens, index + 1, '$'))
		at = index + 3;
	if ((scan->places.where[index] & IN_BODY) && token_is_mark(tokens, index + 1, '$') &&
	    token_is_mark(tokens, index + 2, '('))
		return false;
	/* a macro may drop a lone `fn` that it is given */
	return !token_is_name(tokens, at, "fn") ||
	       !(is_name(tokens, at + 1) || token_is_mark(tokens, at + 1, '(') || token_is_mark(tokens, at + 1, '$'));
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

static bool is_shield(const struct scan *scan, size_t index)
{
	return lint_shield_at(&scan->tokens, &scan->places, index).tokens > 0;
}

/* `clippy` as a condition: neither `clippy::lint` nor `deny(clippy)`, as it once was written. */
static bool is_condition(const struct scan *scan, size_t index)
{
	static const char *const levels[] = {"allow", "warn", "deny", "forbid", "expect"};
	const struct tokens *tokens = &scan->tokens;
	const size_t at = token_enclosing(tokens, index);

	if (token_is_path(tokens, index + 1) || (index >= 2 && token_is_path(tokens, index - 2)))
		return false;
	for (size_t i = 0; at > 0 && i < ARRAY_LENGTH(levels); i++)
		if (token_is_name(tokens, at - 1, levels[i]))
			return false;
	return true;
}

/* `#[cfg(not(test))]` before what others can see; before a `use` or `fn main` it is a habit. */
static bool hides_from_tests(const struct scan *scan, size_t index)
{
	static const char *const seen[] = {"pub", "mod", "impl"};
	const struct tokens *tokens = &scan->tokens;
	const size_t end = index + FARTHEST < tokens->count ? index + FARTHEST : tokens->count;
	size_t at = index;

	if (!token_is_mark(tokens, index + 1, '(') || !token_is_name(tokens, index + 2, "test"))
		return false;
	while (at < end && (scan->places.where[at] & IN_ATTRIBUTE))
		at++;
	/* behind it and behind further attributes */
	for (at++; at < end && token_is_mark(tokens, at, '#'); at += 2)
		for (at++; at + 1 < end && (scan->places.where[at + 1] & IN_ATTRIBUTE);)
			at++;
	for (size_t i = 0; i < ARRAY_LENGTH(seen); i++)
		if (token_is_name(tokens, at, seen[i]))
			return true;
	return false;
}

/* `cfg(not(debug_assertions))`, `cfg!(not(…))`: what is there in a release build only. */
static bool hides_from_debug(const struct scan *scan, size_t index)
{
	return token_is_mark(&scan->tokens, index + 1, '(') &&
	       token_is_name(&scan->tokens, index + 2, "debug_assertions");
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
	return token_is_mark(&scan->tokens, index + 1, '!') && token_is_opening(&scan->tokens, index + 2) &&
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
	static const char *const of_cargo[] = {"\"CARGO_", "\"CARGO\"", "\"OUT_DIR\""};
	const struct tokens *tokens = &scan->tokens;
	const struct token *name = &tokens->items[index + 3];

	if (!token_is_mark(tokens, index + 1, '!') || !token_is_opening(tokens, index + 2) ||
	    index + 3 >= tokens->count)
		return false;
	for (size_t i = 0; i < ARRAY_LENGTH(of_cargo); i++)
		if (name->length >= strlen(of_cargo[i]) && memcmp(name->text, of_cargo[i], strlen(of_cargo[i])) == 0)
			return false;
	return true;
}

/* `Location::caller`, by whatever name: the last part of a path, or what a macro makes that of. */
static bool ends_path(const struct scan *scan, size_t index)
{
	return (scan->places.where[index] & IN_MACRO) || (index >= 2 && token_is_path(&scan->tokens, index - 2));
}

/* Whether one of the attributes before the item at `index` is macro_export. */
static bool is_exported(const struct tokens *tokens, size_t index)
{
	while (index > 0 && token_is_mark(tokens, index - 1, ']')) {
		size_t depth = 0;

		do {
			index--;
			depth += token_is_closing(tokens, index);
			depth -= token_is_opening(tokens, index) && depth > 0;
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
	/* those by which tests judge and speak; a `vec` of one's own is a habit of libraries */
	static const char *const of_std[] = {"assert",		"assert_eq",	   "assert_ne", "debug_assert",
					     "debug_assert_eq", "debug_assert_ne", "matches",	"panic",
					     "print",		"println",	   "eprint",	"eprintln"};
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
	[SOURCE_BUILD_ONLY] = {"build-only", NULL},
	[SOURCE_CALLER] = {"caller-asked", NULL},
	[SOURCE_STD_NAME_TAKEN] = {"std-name-taken", NULL},
	[SOURCE_CODE_IN_MACROS] = {"code-in-macros", NULL},
	[SOURCE_COMPILER_HOLE] = {"compiler-hole", NULL},
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
	{"no_main",               SOURCE_LANGUAGE_FEATURE, IN_INNER,                NULL},
	{"no_core",               SOURCE_LANGUAGE_FEATURE, IN_INNER,                NULL},
	{"crate_type",            SOURCE_LANGUAGE_FEATURE, IN_INNER,                is_assigned},
	{"include",               SOURCE_OUTSIDE_FILE,     ANYWHERE,                includes_outside},
	{"include_str",           SOURCE_OUTSIDE_FILE,     ANYWHERE,                includes_outside},
	{"include_bytes",         SOURCE_OUTSIDE_FILE,     ANYWHERE,                includes_outside},
	{"path",                  SOURCE_OUTSIDE_FILE,     IN_ATTRIBUTE,            names_outside},
	{"env",                   SOURCE_ENVIRONMENT_READ, ANYWHERE,                reads_environment},
	{"option_env",            SOURCE_ENVIRONMENT_READ, ANYWHERE,                reads_environment},
	{"clippy",                SOURCE_LINT_SHIELD,      ANYWHERE,                is_shield},
	{"automatically_derived", SOURCE_LINT_SHIELD,      ANYWHERE,                is_shield},
	{"clippy",                SOURCE_CLIPPY_ONLY,      IN_ATTRIBUTE | IN_CFG | OR_GIVEN, is_condition},
	{"not",                   SOURCE_TEST_ONLY,        IN_CFG,                  hides_from_tests},
	{"not",                   SOURCE_BUILD_ONLY,       IN_CFG,                  hides_from_debug},
	{"caller",                SOURCE_CALLER,           ANYWHERE,                ends_path},
	{"macro_rules",           SOURCE_STD_NAME_TAKEN,   ANYWHERE,                exports_std_name},
};
/* clang-format on */

static bool stands_right(const struct scan *scan, const struct name_rule *rule, size_t index)
{
	if (rule->where == ANYWHERE || (scan->places.where[index] & rule->where))
		return true;
	return (rule->where & OR_GIVEN) && scan->places.attribute_by_parameter &&
	       (scan->places.where[index] & IN_MACRO);
}

static void add_hit(const struct scan *scan, enum source_rule rule, size_t index)
{
	const struct token *token = &scan->tokens.items[index];
	struct source_hit *hit;

	if (scan->counted[rule] == MOST_HITS)
		return;
	scan->counted[rule]++;
	hit = ARRAY_ADD(scan->hits->items, scan->hits->count);
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

/* Every macro's weight is a hit for the time being; source_finish leaves the heaviest or none. */
static void weigh_macros(const struct scan *scan)
{
	const struct tokens *tokens = &scan->tokens;

	scan->hits->tokens += tokens->count;
	for (size_t i = 0; i < tokens->count; i++) {
		if (token_is_name(tokens, i, "macro_rules") && token_is_mark(tokens, i + 1, '!'))
			add_hit(scan, SOURCE_CODE_IN_MACROS, i);
		/* a macro in the body of another counts as the other's */
		if ((scan->places.where[i] & IN_BODY) && scan->hits->count > 0)
			scan->hits->items[scan->hits->count - 1].weight++;
	}
}

/* ---- the scan --------------------------------------------------------------------- */

static void begin(struct scan *scan, const char *data, size_t length, const char *edition)
{
	tokens_read(data, length, strcmp(edition, "2018") != 0, &scan->tokens);
	token_places_find(&scan->tokens, &scan->places);
}

static void end(struct scan *scan)
{
	tokens_release(&scan->tokens);
	token_places_release(&scan->places);
}

void source_scan(const struct source_file *file, struct source_hits *hits)
{
	unsigned int counted[SOURCE_RULE_COUNT] = {0};
	struct scan scan = {.file = file, .counted = counted, .hits = hits};
	unsigned int halves;
	size_t at = 0;

	begin(&scan, file->data, file->length, file->edition);
	for (size_t i = 0; i < scan.tokens.count; i++)
		if (scan.tokens.items[i].kind == TOKEN_NAME)
			look_at_name(&scan, i);
	if (strncmp(file->path, "tests/", 6) != 0 && strncmp(file->path, "benches/", 8) != 0)
		weigh_macros(&scan);
	halves = compiler_hole_halves(&scan.tokens, &at);
	if (halves & (HOLE_TIED_POINTER | HOLE_NAMED_OBJECT))
		add_hit(&scan, SOURCE_COMPILER_HOLE, at);
	hits->hole_halves |= halves;
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

static bool is_borne_out(const struct source_hits *hits, const struct source_hit *hit, size_t heaviest)
{
	if (hit->rule == SOURCE_CODE_IN_MACROS)
		return hit->weight == heaviest;
	return hit->rule != SOURCE_COMPILER_HOLE || compiler_hole_is_whole(hits->hole_halves);
}

void source_finish(struct source_hits *hits)
{
	size_t all = 0, most = 0, kept = 0;

	for (size_t i = 0; i < hits->count; i++) {
		all += hits->items[i].weight;
		most = hits->items[i].weight > most ? hits->items[i].weight : most;
	}
	if (all < MACRO_TOKENS || all * 100 < hits->tokens * MACRO_PERCENT)
		most = SIZE_MAX;
	for (size_t i = 0; i < hits->count; i++)
		if (is_borne_out(hits, &hits->items[i], most))
			hits->items[kept++] = hits->items[i];
		else
			release_hit(&hits->items[i]);
	hits->count = kept;
}

/* `path = "words.rs"`, which names a file that is looked at anyway. */
static bool names_rust(const struct tokens *tokens, size_t index)
{
	static const char end[] = ".rs\"";
	const struct token *value = index + 2 < tokens->count ? &tokens->items[index + 2] : NULL;

	return token_is_mark(tokens, index + 1, '=') && value && value->kind == TOKEN_STRING &&
	       value->length >= sizeof end && memcmp(value->text + value->length - strlen(end), end, strlen(end)) == 0;
}

unsigned int source_takes_text(const char *data, size_t length, const char *edition)
{
	struct scan scan = {0};
	unsigned int takes = 0;

	begin(&scan, data, length, edition);
	for (size_t i = 0; i < scan.tokens.count; i++) {
		bool is_path = token_is_name(&scan.tokens, i, "path");

		if (token_is_name(&scan.tokens, i, "include") ||
		    (is_path && (scan.places.where[i] & IN_ATTRIBUTE) && !names_rust(&scan.tokens, i)))
			takes |= TEXT_TAKEN;
		else if (is_path && (scan.places.where[i] & IN_MACRO))
			takes |= TEXT_GIVEN;
		else if (token_is_name(&scan.tokens, i, "macro_rules"))
			takes |= TEXT_BY_RULE;
	}
	end(&scan);
	return takes;
}

bool source_hits_have(const struct source_hits *hits, enum source_rule rule)
{
	for (size_t i = 0; i < hits->count; i++)
		if (hits->items[i].rule == rule)
			return true;
	return false;
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
