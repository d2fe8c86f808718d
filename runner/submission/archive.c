/*
 * An archive from a stranger, unpacked into memory and nowhere else.
 *
 * libarchive is asked for what a submission needs and no more: every other
 * decoder in it is code that a stranger could reach for no one's benefit. The
 * first bytes say whether it is a zip; whatever is not one is read as a tar, in
 * at most one layer of compression (stream.h). What an entry says of its size
 * is not believed: bytes are counted as they go in and come out, those that
 * are passed over too, so that a bomb costs what the caps allow.
 */
#include "submission/intake.h"

#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "submission/stream.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

struct unpacking {
	struct intake *intake;
	struct archive *archive; /* the format's reader */
	struct stream stream;	 /* of a tar: what the reader is given */
	const struct buffer *packed;
	size_t passed;	     /* bytes that went in or came out so far, whichever were more */
	la_int64_t position; /* of the reader, in what it is given */
};

static void unpacking_release(struct unpacking *unpacking)
{
	archive_read_free(unpacking->archive);
	stream_release(&unpacking->stream);
}

struct beginning {
	const char *bytes;
	size_t length;
};

/* With entries, and without any. */
static const struct beginning zips[] = {{"PK\x03\x04", 4}, {"PK\x05\x06", 4}};
static const struct beginning compressions[] = {{"\x1f\x8b", 2}, {"\xfd\x37zXZ", 5}, {"\x28\xb5\x2f\xfd", 4}};

static bool begins_with_one_of(const struct buffer *packed, const struct beginning *beginnings, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (packed->length >= beginnings[i].length &&
		    memcmp(packed->data, beginnings[i].bytes, beginnings[i].length) == 0)
			return true;
	return false;
}

#define BEGINS_WITH_ONE_OF(packed, beginnings) begins_with_one_of(packed, beginnings, ARRAY_LENGTH(beginnings))

/* What libarchive could not go on with, and at its first block whether that ever was an archive. */
static int trouble(const struct unpacking *unpacking, struct archive *archive, struct error **err)
{
	const char *words = archive_error_string(archive) ? archive_error_string(archive) : "no more is known";
	/* some of its messages end with a line break */
	cleanup_free char *line = text_copy_n(words, strcspn(words, "\n"));
	cleanup_free char *shown = text_printable_copy(line);
	/* EILSEQ is libarchive's "wrong file format" where there is no EFTYPE */
	bool no_format = archive_format(archive) == 0 && archive_errno(archive) == EILSEQ;

	if (no_format && stream_is_compressed(&unpacking->stream))
		return error_set(err, ERROR_SUBMISSION, "is compressed, but what it holds is not a tar archive");
	/* a tar has no mark at its beginning in all of its forms; libarchive knows one by its sums */
	if (no_format && !BEGINS_WITH_ONE_OF(unpacking->packed, zips) &&
	    !BEGINS_WITH_ONE_OF(unpacking->packed, compressions))
		return error_set(err, ERROR_SUBMISSION,
				 "is not an archive that is known here: .tar, .tar.gz, .tar.xz, .tar.zst or .zip");
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
 * Counts a step of the reader. What goes in counts as well: the entries of a zip may share their packed bytes, and
 * those may unpack to nothing.
 */
static int count_step(struct unpacking *unpacking, size_t came_out, struct error **err)
{
	size_t most = unpacking->intake->caps->passed_bytes;
	la_int64_t position = archive_filter_bytes(unpacking->archive, 0);
	size_t went_in = position > unpacking->position ? (size_t)(position - unpacking->position) : 0;

	unpacking->position = position;
	unpacking->passed += went_in > came_out ? went_in : came_out;
	if (unpacking->passed > most)
		return error_set(err, ERROR_SUBMISSION, "unpacks to more than %zu MiB", most >> 20);
	return 0;
}

/* A hole in a sparse file, up to an offset that is within the cap. */
static void fill_hole(struct buffer *data, size_t end)
{
	while (data->length < end)
		buffer_add_char(data, '\0');
}

/*
 * Reads an entry to its end. What it holds goes into `data` as long as that is
 * wanted (NULL: never) and not larger than the cap; *too_large says if it was.
 */
static int read_data(struct unpacking *unpacking, struct buffer *data, bool *too_large, struct error **err)
{
	size_t most = unpacking->intake->caps->file_bytes;

	for (;;) {
		const void *block;
		size_t length;
		la_int64_t offset;
		int result = archive_read_data_block(unpacking->archive, &block, &length, &offset);

		if (result == ARCHIVE_EOF)
			return 0;
		if (result != ARCHIVE_OK)
			return trouble(unpacking, unpacking->archive, err);
		if (count_step(unpacking, length, err) < 0)
			return -1;
		if (!data || *too_large)
			continue;
		if (offset < 0 || (size_t)offset > most || length > most - (size_t)offset) {
			*too_large = true;
			continue;
		}
		/* a map may send a reader back, and again and again over the same place */
		if ((size_t)offset < data->length)
			return error_set(err, ERROR_SUBMISSION,
					 "the archive is damaged: the pieces of a sparse file overlap");
		fill_hole(data, (size_t)offset);
		buffer_add(data, block, length);
	}
}

/* The methods that every archiver packs by. Decoders of the others ask for gigabytes where the stranger says so. */
static bool is_packed_as_usual(struct archive *archive)
{
	const char *method = strchr(archive_format_name(archive), '(');

	return (archive_format(archive) & ARCHIVE_FORMAT_BASE_MASK) != ARCHIVE_FORMAT_ZIP ||
	       (method && (strcmp(method, "(uncompressed)") == 0 || strcmp(method, "(deflation)") == 0));
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
	if (!is_packed_as_usual(unpacking->archive))
		return error_set(err, ERROR_SUBMISSION,
				 "the zip is packed by a method that is not taken; hand in one packed by deflate");
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
	/* a hole at the end has no block after it: only the size tells of it */
	if (archive_entry_size(entry) > (la_int64_t)intake->caps->file_bytes)
		too_large = true;
	else if (archive_entry_size(entry) > 0)
		fill_hole(&data, (size_t)archive_entry_size(entry));
	if (too_large) {
		intake_refuse(intake, path, REFUSED_TOO_LARGE);
		return 0;
	}
	return intake_keep(intake, path, &data, err);
}

static int next_entry(struct unpacking *unpacking, struct archive_entry **entry)
{
	int result;

	stream_begin_header(&unpacking->stream);
	result = archive_read_next_header(unpacking->archive, entry);
	stream_end_header(&unpacking->stream);
	return result;
}

static int take_entries(struct unpacking *unpacking, struct error **err)
{
	for (;;) {
		struct archive_entry *entry;
		int result = next_entry(unpacking, &entry);

		if (result == ARCHIVE_EOF)
			return 0;
		/* a warning is about a name or a time that this locale cannot express */
		if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
			return trouble(unpacking, unpacking->archive, err);
		if (count_step(unpacking, 0, err) < 0 || take_entry(unpacking, entry, err) < 0)
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

/* libarchive takes in all of a zip's directory before it gives out the first entry. */
static int check_directory(const struct unpacking *unpacking, struct error **err)
{
	const char *at = unpacking->packed->data, *end = at + unpacking->packed->length;
	size_t most = unpacking->intake->caps->entries, count = 0;

	while ((at = memmem(at, (size_t)(end - at), "PK\x01\x02", 4))) {
		if (++count > most)
			return error_set(err, ERROR_SUBMISSION, "more than %zu entries", most);
		at += 4;
	}
	return 0;
}

static int open_zip(struct unpacking *unpacking, struct error **err)
{
	const struct buffer *packed = unpacking->packed;

	/* the directory at the end is the archive: without it a zip is cut short */
	archive_read_support_format_zip_seekable(unpacking->archive);
	if (check_directory(unpacking, err) < 0)
		return -1;
	if (archive_read_open_memory(unpacking->archive, packed->data, packed->length) != ARCHIVE_OK)
		return trouble(unpacking, unpacking->archive, err);
	return 0;
}

static int open_tar(struct unpacking *unpacking, struct error **err)
{
	struct stream *stream = &unpacking->stream;

	archive_read_support_format_tar(unpacking->archive);
	if (stream_open(stream, unpacking->packed) != ARCHIVE_OK)
		return trouble(unpacking, stream->layers, err);
	if (stream_is_compressed_again(stream))
		return error_set(err, ERROR_SUBMISSION, "is compressed more than once");
	if (archive_read_open(unpacking->archive, stream, NULL, stream_read, NULL) != ARCHIVE_OK)
		return trouble(unpacking, unpacking->archive, err);
	return 0;
}

int intake_archive(struct intake *intake, int fd, struct error **err)
{
	cleanup_buffer struct buffer packed = {0};
	__attribute__((cleanup(unpacking_release))) struct unpacking unpacking = {.intake = intake, .packed = &packed};
	bool is_zip;

	if (read_packed(fd, intake->caps->archive_bytes, &packed, err) < 0)
		return -1;
	unpacking.archive = archive_read_new();
	is_zip = BEGINS_WITH_ONE_OF(&packed, zips);
	if ((is_zip ? open_zip(&unpacking, err) : open_tar(&unpacking, err)) < 0)
		return -1;
	return take_entries(&unpacking, err);
}
