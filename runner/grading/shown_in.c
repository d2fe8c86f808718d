#include "grading/shown_in.h"

#include "base/memory.h"
#include "rust/tokens.h"
#include "submission/names.h"

#include <string.h>

enum { MOST_SHOWN = 3 };

static const char *const introducers[] = {"fn", "struct", "enum", "trait", "type", "const", "static", "mod", "union"};

/* What is given to each item of that name; returns how many there are. */
struct search {
	const char *name;
	struct criterion_verdict *verdict; /* NULL: count only */
};

static const char *introducer_before(const struct tokens *tokens, size_t index)
{
	for (size_t i = 0; index > 0 && i < ARRAY_LENGTH(introducers); i++)
		if (token_is_name(tokens, index - 1, introducers[i]))
			return introducers[i];
	return NULL;
}

static size_t search_file(const struct search *search, const struct submission_file *file)
{
	cleanup_tokens struct tokens tokens = {0};
	struct criterion_verdict *verdict = search->verdict;
	size_t found = 0;

	tokens_read(file->data, file->length, true, &tokens);
	for (size_t i = 0; i < tokens.count; i++) {
		const char *introducer = introducer_before(&tokens, i);
		struct counted_place *added;

		if (!introducer || !token_is_name(&tokens, i, search->name))
			continue;
		found++;
		if (!verdict || verdict->place_count >= MOST_SHOWN)
			continue;
		added = ARRAY_ADD(verdict->places, verdict->place_count);
		added->place = (struct place){
			.file = text_copy(file->path), .line = tokens.items[i].line, .column = tokens.items[i].column};
		added->says = text_format("would show in `%s %s`", introducer, search->name);
	}
	return found;
}

static size_t search_all(const struct search *search, const struct submission *submission)
{
	size_t found = 0;

	for (size_t i = 0; i < submission->file_count; i++)
		if (strncmp(submission->files[i].path, "src/", 4) == 0 && name_is_rust(submission->files[i].path))
			found += search_file(search, &submission->files[i]);
	return found;
}

void shown_in_add(const struct exercise *exercise, const struct submission *submission, struct verdict *verdict)
{
	for (size_t i = 0; i < exercise->criterion_count; i++) {
		const struct string_list *names = &exercise->criteria[i].shows_in;

		if (verdict->criteria[i].status != STATUS_FAILS || verdict->criteria[i].place_count > 0)
			continue;
		for (size_t j = 0; j < names->count; j++)
			search_all(&(struct search){names->items[j], &verdict->criteria[i]}, submission);
	}
}

const char *shown_in_missing(const struct exercise *exercise, const struct submission *submission)
{
	for (size_t i = 0; i < exercise->criterion_count; i++) {
		const struct string_list *names = &exercise->criteria[i].shows_in;

		for (size_t j = 0; j < names->count; j++)
			if (search_all(&(struct search){.name = names->items[j]}, submission) == 0)
				return names->items[j];
	}
	return NULL;
}
