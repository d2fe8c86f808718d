/* The tables of exercise.yaml. FORMAT.md in exercises/ describes the same keys to authors. */
#include "exercise/exercise_parts.h"

#include "base/memory.h"
#include "exercise/capabilities.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

static const char *const kind_names[] = {"fix", "build", "design", "explain", NULL};
static const char *const type_names[] = {"lib", "bin", NULL};
static const char *const feedback_names[] = {"none", "names", "inputs", "full", NULL};
static const char *const style_names[] = {"observe", "plain", NULL};
static_assert(ARRAY_LENGTH(kind_names) == EXERCISE_EXPLAIN + 2, "a name for each kind");
static_assert(ARRAY_LENGTH(type_names) == TYPE_BIN + 2, "a name for each type");
static_assert(ARRAY_LENGTH(feedback_names) == FEEDBACK_FULL + 2, "a name for each feedback");
static_assert(ARRAY_LENGTH(style_names) == STYLE_PLAIN + 2, "a name for each style");
static_assert(sizeof(enum exercise_kind) == sizeof(int), "READ_CHOICE stores an int");

const char *exercise_root(const struct exercise *exercise)
{
	return exercise->type == TYPE_BIN ? "src/main.rs" : "src/lib.rs";
}

const char *exercise_kind_name(enum exercise_kind kind)
{
	return kind_names[kind];
}

const char *exercise_feedback_name(enum exercise_feedback feedback)
{
	return feedback_names[feedback];
}

static bool fits_format(const char *word)
{
	return strcmp(word, "assay-exercise/1") == 0;
}

static bool fits_edition(const char *word)
{
	return strcmp(word, "2018") == 0 || strcmp(word, "2021") == 0 || strcmp(word, "2024") == 0;
}

/* Names that a hidden test needs for itself, that the compiler gives a meaning, or that are words of the language. */
static bool fits_crate(const char *word)
{
	static const char *const taken[] = {
		"std",	    "core",  "alloc",	 "test",  "proc_macro", "assay",  "crate",   "self",   "super",
		"abstract", "as",    "async",	 "await", "become",	"box",	  "break",   "const",  "continue",
		"do",	    "dyn",   "else",	 "enum",  "extern",	"false",  "final",   "fn",     "for",
		"gen",	    "if",    "impl",	 "in",	  "let",	"loop",	  "macro",   "match",  "mod",
		"move",	    "mut",   "override", "priv",  "pub",	"ref",	  "return",  "static", "struct",
		"trait",    "true",  "try",	 "type",  "typeof",	"unsafe", "unsized", "use",    "virtual",
		"where",    "while", "yield",
	};

	for (size_t i = 0; i < ARRAY_LENGTH(taken); i++)
		if (strcmp(word, taken[i]) == 0)
			return false;
	return form_identifier.fits(word);
}

/* What a candidate must not see is in one folder, which no starter and no compile of theirs is shown. */
static bool fits_hidden(const char *word)
{
	return strncmp(word, "hidden/", 7) == 0 && form_path.fits(word);
}

static const struct word_form form_hidden = {fits_hidden, "a path below hidden/, such as hidden/tests.rs"};
static const struct word_form form_format = {fits_format, "a format known here; this assay reads assay-exercise/1"};
static const struct word_form form_edition = {fits_edition, "an edition known here: 2018, 2021 or 2024"};
const struct word_form form_crate = {
	fits_crate, "a free crate name: lower-case letters, digits and \"_\", none of the compiler's own crates, no keyword"};

/* `format` and `kind` are looked at before the rest; the table must know them all the same. */
static int accept_format(const struct table_reader *reader, const struct node *node, void *field, struct error **err)
{
	cleanup_free char *format = NULL;

	(void)field;
	return table_read_text(reader, node, &form_format, &format, err);
}

/* {a: "…", b: "…"}: the author's ids are the keys. */
static int read_choices(const struct table_reader *reader, const struct node *node, void *field, struct error **err)
{
	struct exercise_question *question = field;

	if (node->kind != NODE_MAPPING)
		return table_expected(reader, node, "a mapping of choices, {a: \"…\", b: \"…\"}", err);
	if (node->count < 2)
		return node_error(&reader->source, node, err, "fewer than two choices");
	for (size_t i = 0; i < node->count; i++) {
		struct exercise_choice *choice = ARRAY_ADD(question->choices, question->choice_count);

		if (table_read_text(reader, node->keys[i], &form_id, &choice->id, err) < 0 ||
		    table_read_text(reader, node->items[i], &form_line, &choice->says, err) < 0)
			return -1;
	}
	return 0;
}

/* clang-format off */
static const struct table_key limit_keys[] = {
	{"wall_ms",    READ_NUMBER, AT(exercise_limits, wall_ms),    .minimum = 10,   .maximum = 600000 },
	{"cpu_ms",     READ_NUMBER, AT(exercise_limits, cpu_ms),     .minimum = 10,   .maximum = 600000 },
	{"memory_kib", READ_NUMBER, AT(exercise_limits, memory_kib), .minimum = 4096, .maximum = 8388608},
};
static const struct table limit_table = TABLE(limit_keys, exercise_limits, NULL);

static const struct table_key stage_keys[] = {
	{"compile", READ_MAPPING, AT(exercise, compile_limits), .table = &limit_table},
	{"test",    READ_MAPPING, AT(exercise, test_limits),    .table = &limit_table, .only = KINDS_OF_CODE},
};
static const struct table stage_table = TABLE(stage_keys, exercise, NULL);

static const struct table_key allow_keys[] = {
	{"unsafe", READ_FLAG,  AT(exercise, allow_unsafe)},
	{"std",    READ_TEXTS, AT(exercise, allow_std), .names = capability_names},
};
static const struct table allow_table = TABLE(allow_keys, exercise, NULL);

static const struct table_key starter_keys[] = {
	{"codes", READ_TEXTS, AT(exercise, starter_codes), .required = ALWAYS, .form = &form_code},
};
static const struct table starter_table = TABLE(starter_keys, exercise, NULL);

static const struct table_key unit_keys[] = {
	{"id",      READ_TEXT,   AT(exercise_unit, id),      .required = ALWAYS, .form = &form_crate},
	{"file",    READ_TEXT,   AT(exercise_unit, file),    .required = ALWAYS, .form = &form_path},
	{"title",   READ_TEXT,   AT(exercise_unit, title),   .required = ALWAYS, .form = &form_line},
	{"concept", READ_TEXT,   AT(exercise_unit, concept), .required = ALWAYS, .form = &form_concept},
	{"codes",   READ_TEXTS,  AT(exercise_unit, codes),   .required = ALWAYS, .form = &form_code},
	{"level",   READ_NUMBER, AT(exercise_unit, level),   .required = ALWAYS, .minimum = 1, .maximum = LEVEL_HIGHEST},
};
static const struct table unit_table = TABLE(unit_keys, exercise_unit, "id");

static const struct table_key group_keys[] = {
	{"group",    READ_TEXT,   AT(exercise_group, id),       .required = ALWAYS, .form = &form_id},
	{"file",     READ_TEXT,   AT(exercise_group, file),     .required = ALWAYS, .form = &form_hidden},
	{"unit",     READ_TEXT,   AT(exercise_group, unit),     .required = KIND(FIX), .only = KIND(FIX)},
	{"feedback", READ_CHOICE, AT(exercise_group, feedback), .names = feedback_names, .otherwise = FEEDBACK_NAMES},
	{"style",    READ_CHOICE, AT(exercise_group, style),    .names = style_names, .otherwise = STYLE_OBSERVE},
	{"tests",    READ_TEXTS,  AT(exercise_group, tests),    .required = ALWAYS, .form = &form_identifier, .minimum = 1},
	{"essential", READ_TEXTS, AT(exercise_group, essential), .form = &form_identifier},
};
static const struct table group_table = TABLE(group_keys, exercise_group, "group");

static const struct table_key use_keys[] = {
	{"id",      READ_TEXT,  AT(exercise_use, id),      .required = ALWAYS, .form = &form_id},
	{"says",    READ_TEXT,  AT(exercise_use, says),    .required = ALWAYS, .form = &form_line},
	{"methods", READ_TEXTS, AT(exercise_use, methods), .form = &form_definition},
	{"types",   READ_TEXTS, AT(exercise_use, types),   .form = &form_definition},
	{"macros",  READ_TEXTS, AT(exercise_use, macros),  .form = &form_definition},
};
static const struct table use_table = TABLE(use_keys, exercise_use, "id");

static const struct table_key metric_keys[] = {
	{"id",   READ_TEXT, AT(exercise_metric, id),   .required = ALWAYS, .form = &form_id},
	{"test", READ_TEXT, AT(exercise_metric, test), .required = ALWAYS, .form = &form_identifier},
	{"says", READ_TEXT, AT(exercise_metric, says), .required = ALWAYS, .form = &form_line},
};
static const struct table metric_table = TABLE(metric_keys, exercise_metric, "id");

static const struct table_key probe_keys[] = {
	{"id",   READ_TEXT, AT(exercise_probe, id),   .required = ALWAYS, .form = &form_id},
	{"says", READ_TEXT, AT(exercise_probe, says), .required = ALWAYS, .form = &form_line},
	{"file", READ_TEXT, AT(exercise_probe, file), .required = ALWAYS, .form = &form_hidden},
	{"twin", READ_TEXT, AT(exercise_probe, twin), .required = ALWAYS, .form = &form_hidden},
};
static const struct table probe_table = TABLE(probe_keys, exercise_probe, "id");

static const struct table_key question_keys[] = {
	{"id",         READ_TEXT,   AT(exercise_question, id),         .required = ALWAYS, .form = &form_id},
	{"title",      READ_TEXT,   AT(exercise_question, title),      .required = ALWAYS, .form = &form_line},
	{"concept",    READ_TEXT,   AT(exercise_question, concept),    .required = ALWAYS, .form = &form_concept},
	{"level",      READ_NUMBER, AT(exercise_question, level),      .required = ALWAYS, .minimum = 1, .maximum = LEVEL_HIGHEST},
	{"file",       READ_TEXT,   AT(exercise_question, file),       .required = ALWAYS, .form = &form_path},
	{"key",        READ_TEXT,   AT(exercise_question, key),        .required = ALWAYS, .form = &form_hidden},
	{"choices",    READ_OWN,    .required = ALWAYS, .read = read_choices},
	{"choice",     READ_TEXT,   AT(exercise_question, choice),     .required = ALWAYS, .form = &form_id},
	{"listen_for", READ_TEXT,   AT(exercise_question, listen_for), .required = ALWAYS},
};
static const struct table question_table = TABLE(question_keys, exercise_question, "id");

static const struct table_key criterion_keys[] = {
	{"id",      READ_TEXT,   AT(exercise_criterion, id),      .required = ALWAYS, .form = &form_id},
	{"level",   READ_NUMBER, AT(exercise_criterion, level),   .required = ALWAYS, .minimum = 1, .maximum = LEVEL_HIGHEST},
	{"concept", READ_TEXT,   AT(exercise_criterion, concept), .required = ALWAYS, .form = &form_concept},
	{"says",    READ_TEXT,   AT(exercise_criterion, says),    .required = ALWAYS, .form = &form_line},
	{"require", READ_OWN,    .required = ALWAYS, .read = exercise_read_require},
	{"points",  READ_NUMBER, AT(exercise_criterion, points),  .minimum = 1, .maximum = 100, .otherwise = 1},
	{"learn",   READ_TEXT,   AT(exercise_criterion, learn)},
	{"skill",   READ_TEXT,   AT(exercise_criterion, skill),   .form = &form_line},
	{"shows_in", READ_TEXTS, AT(exercise_criterion, shows_in), .form = &form_line},
};
static const struct table criterion_table = TABLE(criterion_keys, exercise_criterion, "id");

static const struct table_key mutant_keys[] = {
	{"name",      READ_TEXT, AT(exercise_mutant, name), .required = ALWAYS, .form = &form_id},
	{"says",      READ_TEXT, AT(exercise_mutant, says), .required = ALWAYS, .form = &form_line},
	{"caught_by", READ_OWN,  .required = ALWAYS, .read = exercise_read_caught_by},
};
static const struct table mutant_table = TABLE(mutant_keys, exercise_mutant, "name");

static const struct table_key sample_keys[] = {
	{"name",   READ_TEXT,   AT(exercise_sample, name),   .required = ALWAYS, .form = &form_id},
	{"level",  READ_NUMBER, AT(exercise_sample, level),  .required = ALWAYS, .minimum = 0, .maximum = LEVEL_HIGHEST},
	{"design", READ_NUMBER, AT(exercise_sample, design), .minimum = 0, .maximum = LEVEL_HIGHEST, .otherwise = SAMPLE_ANY},
	{"idiom",  READ_NUMBER, AT(exercise_sample, idiom),  .minimum = 0, .maximum = LEVEL_HIGHEST, .otherwise = SAMPLE_ANY},
};
static const struct table sample_table = TABLE(sample_keys, exercise_sample, "name");

/* The keys `starter`, `allow` and `limits` are folders for fields of the exercise itself: hence no offset. */
static const struct table_key exercise_keys[] = {
	{"format",    READ_OWN,     .required = ALWAYS, .read = accept_format},
	{"id",        READ_TEXT,    AT(exercise, id),      .required = ALWAYS, .form = &form_id},
	{"title",     READ_TEXT,    AT(exercise, title),   .required = ALWAYS, .form = &form_line},
	{"system",    READ_TEXT,    AT(exercise, system),  .required = ALWAYS, .form = &form_line},
	{"kind",      READ_CHOICE,  AT(exercise, kind),    .required = ALWAYS, .names = kind_names},
	{"type",      READ_CHOICE,  AT(exercise, type),    .only = KIND(BUILD), .names = type_names, .otherwise = TYPE_LIB},
	{"level",     READ_NUMBER,  AT(exercise, level),   .required = ALWAYS, .minimum = 1, .maximum = LEVEL_HIGHEST},
	{"summary",   READ_TEXT,    AT(exercise, summary), .required = ALWAYS},
	{"concepts",  READ_TEXTS,   AT(exercise, concepts), .required = ALWAYS, .form = &form_concept, .minimum = 1},
	{"edition",   READ_TEXT,    AT(exercise, edition), .required = KINDS_OF_CODE, .only = KINDS_OF_CODE, .form = &form_edition},
	{"crate",     READ_TEXT,    AT(exercise, crate),   .required = KIND(BUILD) | KIND(DESIGN), .only = KIND(BUILD) | KIND(DESIGN), .form = &form_crate},
	{"allow",     READ_MAPPING, .table = &allow_table, .only = KINDS_OF_CODE},
	{"limits",    READ_MAPPING, .table = &stage_table},
	{"starter",   READ_MAPPING, .table = &starter_table, .only = KINDS_OF_CODE},
	{"units",     READ_ROWS,    AT_ROWS(exercise, units, unit_count),           .table = &unit_table, .required = KIND(FIX), .only = KIND(FIX), .minimum = 1},
	{"tests",     READ_ROWS,    AT_ROWS(exercise, groups, group_count),         .table = &group_table, .required = KINDS_OF_CODE, .only = KINDS_OF_CODE, .minimum = 1},
	{"uses",      READ_ROWS,    AT_ROWS(exercise, uses, use_count),             .table = &use_table, .only = KINDS_OF_CODE},
	{"metrics",   READ_ROWS,    AT_ROWS(exercise, metrics, metric_count),       .table = &metric_table, .only = KINDS_OF_CODE},
	{"probes",    READ_ROWS,    AT_ROWS(exercise, probes, probe_count),         .table = &probe_table, .only = KIND(BUILD) | KIND(DESIGN)},
	{"questions", READ_ROWS,    AT_ROWS(exercise, questions, question_count),   .table = &question_table, .required = KIND(EXPLAIN), .only = KIND(EXPLAIN), .minimum = 1},
	{"criteria",  READ_ROWS,    AT_ROWS(exercise, criteria, criterion_count),   .table = &criterion_table, .required = ALWAYS, .minimum = 1},
	{"mutants",   READ_ROWS,    AT_ROWS(exercise, mutants, mutant_count),       .table = &mutant_table},
	{"samples",   READ_ROWS,    AT_ROWS(exercise, samples, sample_count),       .table = &sample_table},
};
static const struct table exercise_table = TABLE(exercise_keys, exercise, NULL);
/* clang-format on */

struct table_reader manifest_reader(const char *name, enum exercise_kind kind)
{
	return (struct table_reader){
		.source = {.name = name, .kind = ERROR_EXERCISE},
		.variant = 1u << kind,
		.variants = kind_names,
		.variant_key = "kind",
	};
}

/*
 * Two keys are looked at before the rest: a manifest of another version is told
 * so before its keys are called unknown, and the kind decides what keys there are.
 */
int exercise_read(const char *name, const struct node *manifest, struct exercise *exercise, struct error **err)
{
	struct table_reader reader = manifest_reader(name, EXERCISE_FIX);
	const struct node *format = node_get(manifest, "format"), *kind = node_get(manifest, "kind");
	int chosen = 0;

	if (manifest->kind != NODE_MAPPING)
		return table_expected(&reader, manifest, "a mapping", err);
	if (format && accept_format(&reader, format, NULL, err) < 0)
		return -1;
	if (!kind)
		return node_error(&reader.source, manifest, err, "missing key \"kind\"");
	if (table_read_choice(&reader, kind, "kind", kind_names, &chosen, err) < 0)
		return -1;
	reader.variant = 1u << chosen;
	return table_read(&reader, &exercise_table, manifest, exercise, err);
}
