/* Any bytes as a source: the tokens lie in it in order, what is seen lies in its lines, and blanking changes no line
 * and is done once. */
#include "fuzz.h"

#include "base/memory.h"
#include "grading/sightings.h"
#include "rust/source_rules.h"
#include "rust/tokens.h"

#include <string.h>

static void check_tokens(const char *source, size_t length, bool c_strings)
{
	struct tokens tokens = {0};
	const char *end = source;

	tokens_read(source, length, c_strings, &tokens);
	for (size_t i = 0; i < tokens.count; i++) {
		const struct token *token = &tokens.items[i];

		HOLDS(token->text >= end && token->length > 0 && token->text + token->length <= source + length);
		HOLDS(token->line > 0 && token->column > 0);
		end = token->text + token->length;
	}
	tokens_release(&tokens);
}

static size_t count_lines(const char *text, size_t length)
{
	size_t lines = 0;

	for (size_t i = 0; i < length; i++)
		lines += text[i] == '\n';
	return lines;
}

static void check_sightings(const char *source, size_t length, const char *edition, size_t lines)
{
	const struct sighted_file file = {"src/lib.rs", source, length, edition};
	const struct given_lines none = {0};
	struct sightings sightings = {0};

	sightings_find(&file, &none, &sightings);
	for (size_t i = 0; i < sightings.count; i++) {
		const struct sighting *seen = &sightings.items[i];
		const struct text_line line = text_line_at(source, length, seen->line);

		HOLDS(seen->line > 0 && seen->line <= lines + 1);
		HOLDS(seen->code.length > 0 && seen->code.text == line.text && seen->code.length == line.length);
	}
	sightings_release(&sightings);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const editions[] = {"2018", "2021"};

	for (size_t i = 0; i < ARRAY_LENGTH(editions); i++) {
		/* a submission's text is followed by a NUL; the fuzzer's is not */
		cleanup_free char *source = text_copy_n((const char *)data, size);
		const struct source_file file = {"src/lib.rs", source, size, editions[i]};
		struct source_hits hits = {0};
		cleanup_free char *once = NULL;
		size_t lines = count_lines(source, size);

		check_tokens(source, size, i > 0);
		check_sightings(source, size, editions[i], lines);
		source_takes_text(source, size, editions[i]);
		source_scan(&file, &hits);
		source_finish(&hits);
		source_hits_release(&hits);
		source_blank(source, size, editions[i]);
		HOLDS(count_lines(source, size) == lines);
		once = text_copy_n(source, size);
		source_blank(source, size, editions[i]);
		HOLDS(memcmp(once, source, size) == 0);
	}
	return 0;
}
