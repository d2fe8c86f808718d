/*
 * Rust's tokens, as far as the source rules need them: where names, literals
 * and marks stand, and that comments and strings are none of these.
 *
 *     tokens_read → struct tokens → tokens_release
 *
 * This is a lexer, not a parser, and it accepts everything: what it cannot make
 * sense of becomes marks of one character, and the compiler says what is wrong with it. What it
 * must never do is to take text for a comment or a string that the compiler takes for
 * code. The rules are those of the Rust Reference, chapter "Lexical structure".
 * Positions count as rustc's diagnostics do: lines and characters from 1.
 */
#ifndef ASSAY_TOKENS_H
#define ASSAY_TOKENS_H

#include <stdbool.h>
#include <stddef.h>

enum token_kind {
	TOKEN_NAME,     /* identifier or keyword; of a raw one (r#name) the part behind the mark */
	TOKEN_LIFETIME, /* 'a */
	TOKEN_STRING,   /* any kind of string, with its prefix and quotes, without a suffix */
	TOKEN_LITERAL,  /* number with its suffix; character, byte, without one */
	TOKEN_MARK,     /* one character of punctuation; "::" are two */
};

struct token {
	enum token_kind kind;
	const char *text; /* into the source, which must outlive the tokens */
	size_t length;	  /* bytes */
	unsigned int line, column;
};

struct tokens {
	struct token *items;
	size_t count;
};

/* `c_strings`: c"…" and cr"…" are strings, as from edition 2021 on. */
void tokens_read(const char *source, size_t length, bool c_strings, struct tokens *tokens);
void tokens_release(struct tokens *tokens);

/* Whether the token at `index` is there and is this name, or this mark. Any index may be asked for. */
bool token_is_name(const struct tokens *tokens, size_t index, const char *name);
bool token_is_mark(const struct tokens *tokens, size_t index, char mark);
/* Whether "::" stands at `index`. */
bool token_is_path(const struct tokens *tokens, size_t index);
/* Whether it is one of ( [ {, or of ) ] }. */
bool token_is_opening(const struct tokens *tokens, size_t index);
bool token_is_closing(const struct tokens *tokens, size_t index);
/* The bracket that the token at `index` stands in; 0 where there is none; some token far before it where that is too far. */
size_t token_enclosing(const struct tokens *tokens, size_t index);

#define cleanup_tokens __attribute__((cleanup(tokens_release)))

#endif
