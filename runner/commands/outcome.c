#include "commands/outcome.h"

#include "base/memory.h"
#include "base/text.h"

#include <cJSON.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

/* ---- JSON ---------------------------------------------------------------- */

static void add_text(cJSON *object, const char *key, const char *bytes, size_t length)
{
	cleanup_buffer struct buffer printable = {0};

	text_printable(&printable, bytes, length, TEXT_BLOCK);
	cJSON_AddStringToObject(object, key, buffer_text(&printable));
}

static void add_number_or_null(cJSON *object, const char *key, bool given, double number)
{
	if (given)
		cJSON_AddNumberToObject(object, key, number);
	else
		cJSON_AddNullToObject(object, key);
}

static void add_violation(cJSON *object, const struct sandbox_violation *violation)
{
	cJSON *node, *arguments;

	if (!violation->happened) {
		cJSON_AddNullToObject(object, "violation");
		return;
	}
	node = cJSON_AddObjectToObject(object, "violation");
	cJSON_AddNumberToObject(node, "syscall", violation->syscall);
	cJSON_AddStringToObject(node, "name", violation->name);
	arguments = cJSON_AddArrayToObject(node, "arguments");
	for (size_t i = 0; i < ARRAY_LENGTH(violation->arguments); i++) {
		char hex[24]; /* as text: a double does not hold 64 bits */

		snprintf(hex, sizeof hex, "0x%llx", (unsigned long long)violation->arguments[i]);
		cJSON_AddItemToArray(arguments, cJSON_CreateString(hex));
	}
}

static void add_stream(cJSON *object, const char *key, const struct sandbox_stream *stream, bool with_output)
{
	cJSON *node = cJSON_AddObjectToObject(object, key);

	cJSON_AddNumberToObject(node, "bytes", (double)stream->data.length);
	cJSON_AddBoolToObject(node, "truncated", stream->truncated);
	if (with_output)
		add_text(node, "text", buffer_text(&stream->data), stream->data.length);
}

void outcome_json(struct buffer *out, const struct outcome *outcome, bool with_output)
{
	const struct sandbox_outcome *box = outcome->box;
	cJSON *root = cJSON_CreateObject(), *program, *layers, *measured;
	char *text;

	cJSON_AddStringToObject(root, "schema", "assay-box/1");
	program = cJSON_AddArrayToObject(root, "program");
	for (const char *const *argument = outcome->argv; *argument; argument++) {
		cleanup_free char *printable = text_printable_copy(*argument);

		cJSON_AddItemToArray(program, cJSON_CreateString(printable));
	}
	cJSON_AddStringToObject(root, "profile", sandbox_profile_name(outcome->policy->profile));
	add_number_or_null(root, "exit_code", box->exited, box->exit_code);
	add_number_or_null(root, "signal", box->signal != 0, box->signal);
	if (box->limit_hit == SANDBOX_LIMIT_NONE)
		cJSON_AddNullToObject(root, "limit_hit");
	else
		cJSON_AddStringToObject(root, "limit_hit", sandbox_limit_name(box->limit_hit));
	add_violation(root, &box->violation);
	layers = cJSON_AddArrayToObject(root, "layers");
	for (int layer = 0; layer < SANDBOX_LAYER_COUNT; layer++)
		if (box->layers & 1u << layer)
			cJSON_AddItemToArray(layers, cJSON_CreateString(sandbox_layer_name((enum sandbox_layer)layer)));
	add_stream(root, "stdout", &outcome->streams[0], with_output);
	add_stream(root, "stderr", &outcome->streams[1], with_output);
	measured = cJSON_AddObjectToObject(root, "measured");
	cJSON_AddNumberToObject(measured, "wall_ms", box->wall_ms);
	cJSON_AddNumberToObject(measured, "cpu_ms", box->cpu_ms);
	cJSON_AddNumberToObject(measured, "peak_kib", box->peak_kib);
	cJSON_AddNumberToObject(measured, "setup_us", box->setup_us);
	text = cJSON_Print(root);
	buffer_add_text(out, text);
	buffer_add_char(out, '\n');
	cJSON_free(text);
	cJSON_Delete(root);
}

/* ---- words --------------------------------------------------------------- */

void outcome_words(struct buffer *out, const struct outcome *outcome)
{
	const struct sandbox_outcome *box = outcome->box;

	if (box->exited) {
		buffer_add_format(out, "exited with %d", box->exit_code);
	} else if (box->signal) {
		const char *name = sigabbrev_np(box->signal);

		buffer_add_format(out, "ended by signal %d (SIG%s)", box->signal, name ? name : "?");
	} else {
		buffer_add_text(out, "ended");
	}
	if (box->limit_hit != SANDBOX_LIMIT_NONE)
		buffer_add_format(out, "; over the %s limit", sandbox_limit_name(box->limit_hit));
	if (box->violation.happened)
		buffer_add_format(out, "; forbidden system call %d%s%s", box->violation.syscall,
				  *box->violation.name ? " " : "", box->violation.name);
	buffer_add_format(out, "; %u ms, %u ms CPU, %u KiB at most", box->wall_ms, box->cpu_ms, box->peak_kib);
}
