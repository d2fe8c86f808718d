#include "rust/diagnostics.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "base/text.h"
#include "rust/withheld.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#define MOST_DIAGNOSTICS 50000

static const struct {
	const char *code, *concept;
} concepts[] = {
	{"E0072", "recursive type without indirection"},
	{"E0106", "missing lifetime"},
	{"E0107", "wrong number of generic arguments"},
	{"E0133", "unsafe operation"},
	{"E0261", "undeclared lifetime"},
	{"E0262", "invalid lifetime name"},
	{"E0267", "control flow out of a closure"},
	{"E0277", "missing trait"},
	{"E0282", "type not inferred"},
	{"E0283", "type not inferred"},
	{"E0297", "pattern not exhaustive"},
	{"E0004", "pattern not exhaustive"},
	{"E0005", "pattern not exhaustive"},
	{"E0023", "pattern of the wrong shape"},
	{"E0026", "pattern of the wrong shape"},
	{"E0027", "pattern of the wrong shape"},
	{"E0038", "trait not usable as an object"},
	{"E0040", "destructor called by hand"},
	{"E0046", "trait not fully implemented"},
	{"E0053", "signature does not match the trait"},
	{"E0061", "wrong number of arguments"},
	{"E0117", "orphan rule"},
	{"E0119", "conflicting implementations"},
	{"E0184", "Copy and Drop together"},
	{"E0195", "lifetimes do not match the trait"},
	{"E0204", "Copy of what is not Copy"},
	{"E0263", "undeclared lifetime"},
	{"E0308", "mismatched types"},
	{"E0310", "lifetime too short"},
	{"E0309", "lifetime too short"},
	{"E0369", "operator not defined"},
	{"E0373", "closure outlives what it borrows"},
	{"E0381", "use before initialisation"},
	{"E0382", "moved value"},
	{"E0383", "moved value"},
	{"E0384", "assignment to an immutable variable"},
	{"E0412", "name not found"},
	{"E0425", "name not found"},
	{"E0432", "name not found"},
	{"E0433", "name not found"},
	{"E0434", "function that captures"},
	{"E0491", "lifetime too short"},
	{"E0492", "interior mutability in a constant"},
	{"E0493", "destructor in a constant"},
	{"E0495", "lifetimes in conflict"},
	{"E0499", "conflicting borrows"},
	{"E0500", "conflicting borrows"},
	{"E0501", "conflicting borrows"},
	{"E0502", "conflicting borrows"},
	{"E0503", "use while borrowed"},
	{"E0505", "move while borrowed"},
	{"E0506", "assignment while borrowed"},
	{"E0507", "move out of a borrow"},
	{"E0508", "move out of an array"},
	{"E0509", "move out of a type with Drop"},
	{"E0510", "change while matched"},
	{"E0515", "dangling reference"},
	{"E0516", "type not written"},
	{"E0520", "specialisation"},
	{"E0521", "borrow escapes"},
	{"E0524", "conflicting borrows"},
	{"E0594", "change through a shared reference"},
	{"E0596", "mutable borrow of what is not mutable"},
	{"E0597", "dangling reference"},
	{"E0599", "method not found"},
	{"E0600", "operator not defined"},
	{"E0603", "private item"},
	{"E0614", "dereference of what is no reference"},
	{"E0616", "private field"},
	{"E0621", "lifetimes in conflict"},
	{"E0623", "lifetimes in conflict"},
	{"E0626", "borrow across a yield"},
	{"E0700", "hidden lifetime"},
	{"E0712", "dangling reference"},
	{"E0713", "borrow of what a destructor needs"},
	{"E0716", "dangling reference"},
	{"E0728", "await outside async"},
	{"E0733", "recursive async function"},
	{"E0744", "await in a constant"},
	{"E0759", "lifetime too short"},
	{"E0765", "string without an end"},
	{"unsafe_code", "unsafe code"},
};

const char *concept_of(const char *code)
{
	for (size_t i = 0; code && i < ARRAY_LENGTH(concepts); i++)
		if (strcmp(concepts[i].code, code) == 0)
	return concepts[i].concept;
	return NULL;
}

/* A string that is valid UTF-8: bytes that are not come out as \xNN. */
static char *string_of(const cJSON *object, const char *key)
{
	const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
	struct buffer out = {0};

	if (!text)
		return NULL;
	if (text_is_utf8(text, strlen(text)))
		return text_copy(text);
	text_printable(&out, text, strlen(text), TEXT_BLOCK);
	return buffer_steal(&out);
}

static unsigned int number_of(const cJSON *object, const char *key)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, key);

	return cJSON_IsNumber(item) && item->valuedouble > 0 && item->valuedouble < 1e9
		       ? (unsigned int)item->valuedouble
		       : 0;
}

static const cJSON *primary_span(const cJSON *diagnostic)
{
	const cJSON *spans = cJSON_GetObjectItemCaseSensitive(diagnostic, "spans"), *span;

	cJSON_ArrayForEach (span, spans)
		if (cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(span, "is_primary")))
			return span;
	return NULL;
}

/*
 * Text that no submission can have written: std's sources, the facade, our own configuration. An absolute path alone
 * says nothing, since a submission may name its own files by one (#[path], include!), nor does one with ".." in it.
 */
static bool is_library_file(const char *file, const char *library)
{
	const char *const places[] = {"<", "/rustc/", "/usr/", "/facade/", "/configuration/", library};

	if (strstr(file, "/../"))
		return false;
	for (size_t i = 0; i < ARRAY_LENGTH(places); i++)
		if (places[i] && strncmp(file, places[i], strlen(places[i])) == 0)
			return true;
	return false;
}

/* Walks from the text up through the macros that made it: a derive, or a macro of a library, makes it foreign. */
static bool is_foreign(const cJSON *span, const char *library)
{
	const cJSON *expansion;

	for (; span; span = cJSON_GetObjectItemCaseSensitive(expansion, "span")) {
		const char *file = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(span, "file_name"));
		const char *macro;

		if (file && is_library_file(file, library))
			return true;
		expansion = cJSON_GetObjectItemCaseSensitive(span, "expansion");
		if (!cJSON_IsObject(expansion))
			return false;
		macro = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(expansion, "macro_decl_name"));
		if (macro && strncmp(macro, "#[derive", 8) == 0)
			return true;
	}
	return false;
}

/*
 * disallowed-* entries carry our id as their reason, which clippy shows as a note. Only these lints': the words of
 * other notes can be a submission's (`#[must_use = "…"]`, `reason = "…"`).
 */
static char *find_reason(const cJSON *diagnostic, const char *code)
{
	const cJSON *children = cJSON_GetObjectItemCaseSensitive(diagnostic, "children"), *child;

	if (!code || strncmp(code, "clippy::disallowed_", 19) != 0)
		return NULL;
	cJSON_ArrayForEach (child, children) {
		const char *message = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(child, "message"));

		if (message && strncmp(message, "assay:", 6) == 0)
			return text_copy(message + 6);
	}
	return NULL;
}

static void add(const cJSON *line, const char *library, struct diagnostics *out)
{
	const char *level = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(line, "level"));
	const cJSON *span = primary_span(line);
	struct diagnostic *diagnostic;
	char *message;

	if (!level || (strncmp(level, "error", 5) != 0 && strcmp(level, "warning") != 0))
		return;
	message = string_of(line, "message");
	/* "aborting due to 2 previous errors", "3 warnings emitted": no place and no code, and they say nothing new */
	if (!message || (!span && (strstr(message, "aborting due to") || strstr(message, "warnings emitted") ||
				   strstr(message, "warning emitted")))) {
		free(message);
		return;
	}
	diagnostic = ARRAY_ADD(out->items, out->count);
	diagnostic->is_error = level[0] == 'e';
	diagnostic->message = message;
	diagnostic->code = string_of(cJSON_GetObjectItemCaseSensitive(line, "code"), "code");
	diagnostic->rendered = string_of(line, "rendered");
	diagnostic->reason = find_reason(line, diagnostic->code);
	if (diagnostic->is_error)
		withheld_mark(line, diagnostic);
	if (span) {
		diagnostic->is_foreign = is_foreign(span, library);
		diagnostic->in_macro = !diagnostic->is_foreign &&
				       cJSON_IsObject(cJSON_GetObjectItemCaseSensitive(span, "expansion"));
		diagnostic->place = (struct place){
			.file = string_of(span, "file_name"),
			.line = number_of(span, "line_start"),
			.column = number_of(span, "column_start"),
			.end_line = number_of(span, "line_end"),
			.end_column = number_of(span, "column_end"),
		};
	}
}

void diagnostics_parse(const char *text, size_t length, const char *library, struct diagnostics *out)
{
	const char *end = length ? text + length : text; /* nothing may be said, by nobody */

	while (text < end) {
		const char *newline = memchr(text, '\n', (size_t)(end - text));
		size_t size = (size_t)((newline ? newline : end) - text);

		if (size > 0 && text[0] == '{') {
			cJSON *line = out->count < MOST_DIAGNOSTICS ? cJSON_ParseWithLength(text, size) : NULL;

			/* nested deeper than cJSON goes, by macros in macros for example */
			if (!line)
				out->incomplete = true;
			else if (cJSON_GetObjectItemCaseSensitive(line, "message"))
				add(line, library, out);
			cJSON_Delete(line);
		}
		text += size + 1;
	}
}

void diagnostics_release(struct diagnostics *diagnostics)
{
	for (size_t i = 0; i < diagnostics->count; i++) {
		struct diagnostic *diagnostic = &diagnostics->items[i];

		free(diagnostic->code);
		free(diagnostic->message);
		free(diagnostic->withheld);
		free(diagnostic->rendered);
		free(diagnostic->reason);
		free(diagnostic->place.file);
	}
	free(diagnostics->items);
	*diagnostics = (struct diagnostics){0};
}

void place_copy(struct place *to, const struct place *from)
{
	*to = *from;
	to->file = text_copy(from->file);
}

size_t diagnostics_count_errors(const struct diagnostics *diagnostics)
{
	size_t errors = 0;

	for (size_t i = 0; i < diagnostics->count; i++)
		errors += diagnostics->items[i].is_error;
	return errors;
}
