#include "exercise/yaml_table.h"

#include "submission/names.h"

#include <ctype.h>
#include <string.h>

#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"

#define LONGEST_WORD 64

/* One character of `first`, then any of `rest`. */
static bool is_made_of(const char *word, const char *first, const char *rest)
{
	size_t length = strlen(word);

	return length > 0 && length <= LONGEST_WORD && strchr(first, word[0]) && strspn(word, rest) == length;
}

static bool fits_id(const char *word)
{
	/* `all` stands for every id of a list; "require: {probes: all}" must mean one thing */
	return is_made_of(word, LOWER DIGITS, LOWER DIGITS "-_") && strcmp(word, "all") != 0;
}

static bool fits_concept(const char *word)
{
	return is_made_of(word, LOWER, LOWER DIGITS "-");
}

static bool fits_identifier(const char *word)
{
	return is_made_of(word, LOWER, LOWER DIGITS "_") && strcmp(word, "all") != 0;
}

static bool fits_code(const char *word)
{
	return strlen(word) == 5 && word[0] == 'E' && strspn(word + 1, DIGITS) == 4;
}

static bool fits_path(const char *word)
{
	return name_check_path(word) == NAME_PLAIN;
}

static bool fits_definition(const char *word)
{
	size_t parts = 0;

	for (;;) {
		size_t length = strspn(word, LOWER UPPER DIGITS "_");

		if (length == 0 || isdigit((unsigned char)word[0]))
			return false;
		parts++;
		word += length;
		if (*word == '\0')
			return parts >= 2;
		if (strncmp(word, "::", 2) != 0)
			return false;
		word += 2;
	}
}

static bool fits_line(const char *word)
{
	return !strpbrk(word, "\n\r");
}

const struct word_form form_id = {fits_id, "an id: lower-case letters, digits, \"-\" and \"_\", and not \"all\""};
const struct word_form form_concept = {fits_concept, "a concept: lower-case letters, digits and \"-\""};
const struct word_form form_identifier = {
	fits_identifier, "a Rust name in snake_case: lower-case letters, digits and \"_\", and not \"all\""};
const struct word_form form_code = {fits_code, "an error code such as E0382"};
const struct word_form form_path = {
	fits_path,
	"a path below the folder: plain names (letters, digits, \".\", \"_\", \"-\"), no \"..\", not absolute"};
const struct word_form form_definition = {fits_definition, "a definition path such as core::clone::Clone::clone"};
const struct word_form form_line = {fits_line, "one line of text"};
