#include "rust/pins.h"

#include "base/memory.h"
#include "rust/tokens.h"

#include <string.h>

static const char *const pinned[] = {
	/* macros */
	"assert", "assert_eq", "assert_ne", "cfg", "column", "compile_error", "concat", "dbg", "debug_assert",
	"debug_assert_eq", "debug_assert_ne", "env", "eprint", "eprintln", "file", "format", "format_args", "include",
	"include_bytes", "include_str", "line", "matches", "module_path", "option_env", "panic", "print", "println",
	"stringify", "thread_local", "todo", "unimplemented", "unreachable", "vec", "write", "writeln",
	/* what stands in the prelude of every edition */
	"AsMut", "AsRef", "Box", "Clone", "Copy", "Debug", "Default", "DoubleEndedIterator", "Drop", "Eq", "Err",
	"ExactSizeIterator", "Extend", "Fn", "FnMut", "FnOnce", "From", "Hash", "Into", "IntoIterator", "Iterator",
	"None", "Ok", "Option", "Ord", "PartialEq", "PartialOrd", "Result", "Send", "Sized", "Some", "String", "Sync",
	"ToOwned", "ToString", "Unpin", "Vec", "align_of", "align_of_val", "derive", "drop", "size_of", "size_of_val",
	"test",
	/* types of the language */
	"bool", "char", "f32", "f64", "i128", "i16", "i32", "i64", "i8", "isize", "str", "u128", "u16", "u32", "u64",
	"u8", "usize"};
/* Crates of the toolchain, which a module of the submission's could be called like. */
static const char *const crates[] = {"core", "std"};

/* Which names a module must be left: they are its own. */
struct own_names {
	bool pinned[ARRAY_LENGTH(pinned)], crates[ARRAY_LENGTH(crates)];
};

struct pinning {
	const char *source;
	struct tokens tokens;
	size_t copied; /* bytes of the source that are in `out` */
	struct buffer *out;
	struct string_list *modules;
};

static bool is_name(const struct pinning *pinning, size_t at)
{
	return at < pinning->tokens.count && pinning->tokens.items[at].kind == TOKEN_NAME;
}

static bool is_one_of(const struct pinning *pinning, size_t at, const char *const *names)
{
	for (; *names; names++)
		if (token_is_name(&pinning->tokens, at, *names))
			return true;
	return false;
}

static bool is_mark_of(const struct pinning *pinning, size_t at, const char *marks)
{
	return at < pinning->tokens.count && pinning->tokens.items[at].kind == TOKEN_MARK &&
	       memchr(marks, *pinning->tokens.items[at].text, strlen(marks));
}

/* ---- what is a module's own ------------------------------------------------------ */

static void own(const struct pinning *pinning, size_t at, struct own_names *names)
{
	for (size_t i = 0; i < ARRAY_LENGTH(pinned); i++)
		names->pinned[i] |= token_is_name(&pinning->tokens, at, pinned[i]);
	for (size_t i = 0; i < ARRAY_LENGTH(crates); i++)
		names->crates[i] |= token_is_name(&pinning->tokens, at, crates[i]);
}

/* Behind the bracket that closes the one at `at`, or the end. */
static size_t skip_brackets(const struct pinning *pinning, size_t at)
{
	size_t depth = 0;

	for (; at < pinning->tokens.count; at++) {
		if (is_mark_of(pinning, at, "([{"))
			depth++;
		else if (is_mark_of(pinning, at, ")]}") && --depth == 0)
			return at + 1;
	}
	return at;
}

/* Whether `self` is one of what stands in the braces at `at`, and goes by no other name. */
static bool brings_self(const struct pinning *pinning, size_t at)
{
	size_t end = skip_brackets(pinning, at);

	for (at++; at < end; at++) {
		if (is_mark_of(pinning, at, "{"))
			at = skip_brackets(pinning, at) - 1;
		else if (token_is_name(&pinning->tokens, at, "self") && is_mark_of(pinning, at + 1, ",}"))
			return true;
	}
	return false;
}

/* The names that `use a::{b, c as d, e::{self, f}};` brings: b, d, e, f. Returns where the item ends. */
static size_t own_imports(const struct pinning *pinning, size_t at, struct own_names *names)
{
	const struct tokens *tokens = &pinning->tokens;

	for (; at < tokens->count && !token_is_mark(tokens, at, ';'); at++)
		if (is_mark_of(pinning, at + 1, ",;}") ||
		    (token_is_path(tokens, at + 1) && token_is_mark(tokens, at + 3, '{') &&
		     brings_self(pinning, at + 3)))
			own(pinning, at, names);
	return at;
}

/* Imports and definitions that stand in the module itself, not in what it holds; until `end`, its bracket. */
static void own_items(const struct pinning *pinning, size_t at, size_t end, struct own_names *names)
{
	static const char *const definers[] = {"struct", "enum",  "union",  "type",  "trait", "mod",
					       "fn",	 "const", "static", "crate", NULL};

	while (at < end) {
		if (is_mark_of(pinning, at, "([{")) {
			at = skip_brackets(pinning, at);
		} else if (token_is_name(&pinning->tokens, at, "use") &&
			   !token_is_mark(&pinning->tokens, at + 1, '<')) {
			at = own_imports(pinning, at, names);
		} else {
			if (is_one_of(pinning, at, definers))
				own(pinning, at + 1, names);
			/* extern crate alloc as std; */
			if (token_is_name(&pinning->tokens, at, "crate") &&
			    token_is_name(&pinning->tokens, at + 2, "as"))
				own(pinning, at + 3, names);
			at++;
		}
	}
}

/* A macro is known by its name in all that follows, in modules too. */
static void own_macros(const struct pinning *pinning, struct own_names *names)
{
	for (size_t i = 0; i < pinning->tokens.count; i++)
		if (token_is_name(&pinning->tokens, i, "macro_rules") && token_is_mark(&pinning->tokens, i + 1, '!'))
			own(pinning, i + 2, names);
}

/* ---- writing --------------------------------------------------------------------- */

static void copy_until(struct pinning *pinning, size_t token)
{
	const struct tokens *tokens = &pinning->tokens;
	size_t until = (size_t)(tokens->items[token].text - pinning->source);

	/* of a raw name, the token is what stands behind the mark */
	if (tokens->items[token].kind == TOKEN_NAME && until >= 2 && memcmp(pinning->source + until - 2, "r#", 2) == 0)
		until -= 2;
	buffer_add(pinning->out, pinning->source + pinning->copied, until - pinning->copied);
	pinning->copied = until;
}

static void add_import(struct buffer *out, const char *path, const char *const *names, const bool *left, size_t count)
{
	buffer_add_format(out, "use %s::{", path);
	for (size_t i = 0; i < count; i++)
		if (!left[i])
			buffer_add_format(out, "%s,", names[i]);
	buffer_add_text(out, "}; ");
}

/* Whether `use a::*;` stands in the block itself: inside it, that wins over what the module imports by name. */
static bool holds_glob(const struct pinning *pinning, size_t at, size_t end)
{
	bool in_use = false;

	while (at < end) {
		if (in_use && is_mark_of(pinning, at, "*"))
			return true;
		if (!in_use && is_mark_of(pinning, at, "([{")) {
			at = skip_brackets(pinning, at);
			continue;
		}
		in_use = (in_use && !is_mark_of(pinning, at, ";")) ||
			 (token_is_name(&pinning->tokens, at, "use") && !token_is_mark(&pinning->tokens, at + 1, '<'));
		at++;
	}
	return false;
}

static void pin_module(struct pinning *pinning, size_t begin, size_t end, const struct own_names *around);

/* `mod name;`, whose file #[path] may have named before, in the string at `path`. */
static void note_module(struct pinning *pinning, size_t name, size_t path)
{
	const struct token *token = &pinning->tokens.items[path ? path : name];
	size_t quotes = path ? 1 : 0;

	*ARRAY_ADD(pinning->modules->items, pinning->modules->count) =
		text_copy_n(token->text + quotes, token->length - 2 * quotes);
}

/* What begins in the range and has pins of its own: modules, and blocks with a glob. */
static void pin_inner(struct pinning *pinning, size_t at, size_t end, const struct own_names *names)
{
	const struct tokens *tokens = &pinning->tokens;
	size_t path = 0; /* no string stands there */

	while (at < end) {
		bool is_module = token_is_name(tokens, at, "mod") && is_name(pinning, at + 1);
		size_t opening = is_module ? at + 2 : at, behind = opening;

		if (token_is_name(tokens, at, "macro_rules")) {
			at = skip_brackets(pinning, at + 3); /* what it writes is not known */
			continue;
		}
		if (token_is_mark(tokens, opening, '{'))
			behind = skip_brackets(pinning, opening);
		if (behind > end)
			behind = end; /* a bracket is missing: the compiler says where */
		if (behind > opening && (is_module || holds_glob(pinning, opening + 1, behind - 1))) {
			pin_module(pinning, opening + 1, behind - 1, names);
			at = behind;
			path = 0;
			continue;
		}
		if (is_module && token_is_mark(tokens, at + 2, ';'))
			note_module(pinning, at + 1, path);
		if (token_is_name(tokens, at, "path") && token_is_mark(tokens, at + 1, '=') && at + 2 < end &&
		    tokens->items[at + 2].kind == TOKEN_STRING && tokens->items[at + 2].length >= 2)
			path = at + 2;
		else if (is_mark_of(pinning, at, ";{}"))
			path = 0;
		at++;
	}
}

/* `end` is the token that closes the module; behind the last one for the file itself. */
static void pin_module(struct pinning *pinning, size_t begin, size_t end, const struct own_names *around)
{
	struct own_names names = *around;

	while (token_is_mark(&pinning->tokens, begin, '#') && token_is_mark(&pinning->tokens, begin + 1, '!') &&
	       token_is_mark(&pinning->tokens, begin + 2, '['))
		begin = skip_brackets(pinning, begin + 2);
	if (begin >= end)
		return; /* nothing in it */
	own_items(pinning, begin, end, &names);
	copy_until(pinning, begin);
	add_import(pinning->out, "", crates, names.crates, ARRAY_LENGTH(crates));
	add_import(pinning->out, "::assay::plain::pins", pinned, names.pinned, ARRAY_LENGTH(pinned));
	pin_inner(pinning, begin, end, &names);
}

void pins_insert(const char *source, size_t length, const char *edition, struct buffer *out,
		 struct string_list *modules)
{
	struct pinning pinning = {.source = source, .out = out, .modules = modules};
	struct own_names names = {0};

	tokens_read(source, length, strcmp(edition, "2018") != 0, &pinning.tokens);
	own_macros(&pinning, &names);
	pin_module(&pinning, 0, pinning.tokens.count, &names);
	buffer_add(out, source + pinning.copied, length - pinning.copied);
	tokens_release(&pinning.tokens);
}
