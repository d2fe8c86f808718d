#include "grading/settings.h"

#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"

#include <fcntl.h>
#include <string.h>

#define MANIFEST_LIMIT (1u << 20) /* bytes */

/* How lines begin that mean something to cargo. A table's name goes on with "]" or ".", a key's with "=" or ".". */
static const char *const tables[] = {
	"[profile",  "[lints", "[patch",     "[replace", "[[test",    "[[bin",	 "[[bench",
	"[[example", "[lib",   "[workspace", "[target",	 "[features", "[badges", "[build-dependencies",
};
static const char *const keys[] = {
	"build",	 "autolib",	"autobins",  "autotests",      "autoexamples", "autobenches", "links",
	"forced-target", "default-run", "workspace", "cargo-features", "profile",      "lints",	      "patch",
};

static bool begins(const char *line, const char *const *names, size_t count, const char *goes_on)
{
	for (size_t i = 0; i < count; i++) {
		size_t length = strlen(names[i]);

		if (strncmp(line, names[i], length) == 0 && line[length] && strchr(goes_on, line[length]))
			return true;
	}
	return false;
}

/* The line without blanks and without its comment. */
static void squeeze(const char *line, size_t length, struct buffer *out)
{
	for (size_t i = 0; i < length && line[i] != '#'; i++)
		if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r')
			buffer_add_char(out, line[i]);
}

static bool is_setting(const char *squeezed)
{
	return begins(squeezed, tables, ARRAY_LENGTH(tables), "].") || begins(squeezed, keys, ARRAY_LENGTH(keys), "=.");
}

static bool has_line(const char *text, const char *squeezed)
{
	while (*text) {
		cleanup_buffer struct buffer line = {0};
		size_t length = strcspn(text, "\n");

		squeeze(text, length, &line);
		if (strcmp(buffer_text(&line), squeezed) == 0)
			return true;
		text += length + (text[length] == '\n');
	}
	return false;
}

void settings_find(const struct submission *submission, const struct exercise *exercise, struct evidence *evidence)
{
	const struct submission_file *manifest = submission_find(submission, "Cargo.toml");
	cleanup_free char *path = file_join(exercise->folder, "starter/Cargo.toml");
	cleanup_buffer struct buffer starter = {0};
	cleanup_error struct error *none = NULL;
	unsigned int number = 1;

	if (!manifest)
		return;
	(void)file_read(AT_FDCWD, path, MANIFEST_LIMIT, &starter, &none);
	for (const char *at = manifest->data; *at; number++) {
		cleanup_buffer struct buffer line = {0};
		size_t length = strcspn(at, "\n");

		squeeze(at, length, &line);
		if (is_setting(buffer_text(&line)) && !has_line(buffer_text(&starter), buffer_text(&line))) {
			struct setting *setting = ARRAY_ADD(evidence->settings, evidence->setting_count);

			*setting = (struct setting){.text = text_printable_copy(buffer_text(&line)), .line = number};
		}
		at += length + (at[length] == '\n');
	}
}
