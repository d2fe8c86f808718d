/*
 * An archive from a stranger, unpacked into memory and nowhere else.
 *
 * libarchive is asked for four filters and two formats only: every other
 * decoder in it is code that a stranger could reach for no one's benefit. What
 * an entry says of its size is not believed: bytes are counted as they come
 * out, those that are passed over too, so that a bomb costs what the caps allow.
 */
#include "submission/intake.h"

#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>
#include <sys/stat.h>

struct unpacking {
	struct intake *intake;
	struct archive *archive;
	size_t unpacked; /* bytes that came out so far */
};

static int (*const decoders[])(struct archive *) = {
	archive_read_support_filter_gzip, archive_read_support_filter_xz, archive_read_support_filter_zstd,
	archive_read_support_format_tar,
	/* the directory at the end is the archive: without it a zip is cut short */
	archive_read_support_format_zip_seekable,
};

static void archive_cleanup(struct archive **archive)
{
	archive_read_free(*archive);
}

static int damaged(struct archive *archive, struct error **err)
{
	const char *words = archive_error_string(archive);
	cleanup_free char *shown = text_printable_copy(words ? words : "no more is known");

	return error_set(err, ERROR_SUBMISSION, "the archive is damaged or cut short: %s", shown);
}

static enum entry_type type_of(struct archive_entry *entry)
{
	if (archive_entry_hardlink(entry) || archive_entry_filetype(entry) == AE_IFLNK)
		return ENTRY_LINK;
	if (archive_entry_filetype(entry) == AE_IFDIR)
		return ENTRY_FOLDER;
	return archive_entry_filetype(entry) == AE_IFREG ? ENTRY_FILE : ENTRY_SPECIAL;
}

/* The entry's name without what archivers put around it: "./src/" is "src". */
static char *name_of(struct archive_entry *entry)
{
	/* a name that the locale cannot express is there as UTF-8 only */
	const char *name = archive_entry_pathname(entry);
	size_t length;

	if (!name)
		name = archive_entry_pathname_utf8(entry);
	if (!name)
		return text_copy("(a name in no known encoding)");
	while (strncmp(name, "./", 2) == 0)
		name += 2;
	length = strlen(name);
	if (length > 1 && name[length - 1] == '/')
		length--;
	return text_copy_n(name, length);
}

/*
 * Reads an entry to its end. What it holds goes into `data` as long as that is
 * wanted (NULL: never) and not larger than the cap; *too_large says if it was.
 */
static int read_data(struct unpacking *unpacking, struct buffer *data, bool *too_large, struct error **err)
{
	const struct submission_caps *caps = unpacking->intake->caps;

	for (;;) {
		const void *block;
		size_t length;
		la_int64_t offset;
		int result = archive_read_data_block(unpacking->archive, &block, &length, &offset);

		if (result == ARCHIVE_EOF)
			return 0;
		if (result != ARCHIVE_OK)
			return damaged(unpacking->archive, err);
		unpacking->unpacked += length;
		if (unpacking->unpacked > caps->passed_bytes)
			return error_set(err, ERROR_SUBMISSION, "unpacks to more than %zu MiB", caps->passed_bytes >> 20);
		if (!data || *too_large)
			continue;
		if (offset < 0 || (size_t)offset > caps->file_bytes || length > caps->file_bytes - (size_t)offset) {
			*too_large = true;
			continue;
		}
		/* a sparse file's hole */
		while (data->length < (size_t)offset)
			buffer_add_char(data, '\0');
		buffer_add(data, block, length);
	}
}

static int take_entry(struct unpacking *unpacking, struct archive_entry *entry, struct error **err)
{
	struct intake *intake = unpacking->intake;
	cleanup_free char *path = name_of(entry);
	cleanup_buffer struct buffer data = {0};
	enum entry_type type = type_of(entry);
	enum intake_answer answer;
	bool too_large = false;

	if (archive_entry_is_encrypted(entry))
		return error_set(err, ERROR_SUBMISSION, "the archive is encrypted; hand in a plain one");
	/* the archive's own root: "./" */
	if (type == ENTRY_FOLDER && (*path == '\0' || strcmp(path, ".") == 0))
		return 0;
	answer = intake_offer(intake, path, type, err);
	if (answer == INTAKE_FAILED)
		return -1;
	if (type == ENTRY_FOLDER)
		answer = INTAKE_PASSED;
	if (read_data(unpacking, answer == INTAKE_WANTED ? &data : NULL, &too_large, err) < 0)
		return -1;
	if (answer == INTAKE_PASSED)
		return 0;
	if (too_large) {
		intake_refuse(intake, path, REFUSED_TOO_LARGE);
		return 0;
	}
	return intake_keep(intake, path, &data, err);
}

static int take_entries(struct unpacking *unpacking, struct error **err)
{
	for (;;) {
		struct archive_entry *entry;
		int result = archive_read_next_header(unpacking->archive, &entry);

		if (result == ARCHIVE_EOF)
			return 0;
		/* a warning is about a name or a time that this locale cannot express */
		if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
			return damaged(unpacking->archive, err);
		if (take_entry(unpacking, entry, err) < 0)
			return -1;
	}
}

/* Whole into memory, since a zip's directory is at its end; this is what the cap on packed bytes is for. */
static int read_packed(int fd, size_t most, struct buffer *packed, struct error **err)
{
	cleanup_error struct error *failure = NULL;
	struct stat status;

	if (fstat(fd, &status) == 0 && (size_t)status.st_size > most)
		return error_set(err, ERROR_SUBMISSION, "larger than the %zu MiB allowed", most >> 20);
	if (file_read_all(fd, most, packed, &failure) < 0)
		return error_set(err, ERROR_SUBMISSION, "%s", failure->message);
	if (packed->length == 0)
		return error_set(err, ERROR_SUBMISSION, "is empty");
	return 0;
}

int intake_archive(struct intake *intake, int fd, struct error **err)
{
	__attribute__((cleanup(archive_cleanup))) struct archive *archive = archive_read_new();
	cleanup_buffer struct buffer packed = {0};
	struct unpacking unpacking = {.intake = intake, .archive = archive};

	if (read_packed(fd, intake->caps->archive_bytes, &packed, err) < 0)
		return -1;
	for (size_t i = 0; i < ARRAY_LENGTH(decoders); i++)
		decoders[i](archive);
	if (archive_read_open_memory(archive, packed.data, packed.length) != ARCHIVE_OK)
		return damaged(archive, err);
	return take_entries(&unpacking, err);
}
