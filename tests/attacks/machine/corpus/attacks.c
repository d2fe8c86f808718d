#include "attacks.h"

#include "corpus/rows.h"
#include "landlock.h"

#include "base/buffer.h"
#include "base/memory.h"

#include <assert.h>
#include <string.h>

#define CHAPTER(words, rows)                                                                                           \
	{                                                                                                              \
		words, attacks_##rows, &attacks_##rows##_count                                                         \
	}

const struct attack_chapter attack_chapters[] = {
	CHAPTER("Resources", resources),
	CHAPTER("Resources: compiles that never end", compiler),
	CHAPTER("Resources: objects that outlive a process", objects),
	CHAPTER("Kernel surface: other processes", processes),
	CHAPTER("Kernel surface: large interfaces", interfaces),
	CHAPTER("Kernel surface: programs and foreign doors", programs),
	CHAPTER("Kernel surface: namespaces and mounts", namespaces),
	CHAPTER("Kernel surface: the machine", machine),
	CHAPTER("Kernel surface: identity and devices", identity),
	CHAPTER("Kernel surface: arguments", arguments),
	CHAPTER("Ways out: the network", network),
	CHAPTER("Ways out: processes and roots", escapes),
	CHAPTER("Ways out: what is left for the grader", leavings),
	CHAPTER("Ways out: reading the host", host),
};
const size_t attack_chapter_count = ARRAY_LENGTH(attack_chapters);

#define HOLDER(holder) [(holder)-SANDBOX_LAYER_COUNT]

static const char *const holder_names[] = {
	HOLDER(HOLDER_SUPERVISOR) = "supervisor",
	HOLDER(HOLDER_SCRATCH) = "scratch size",
	HOLDER(HOLDER_DESCRIPTORS) = "closed descriptors",
	HOLDER(HOLDER_SESSION) = "own session",
	HOLDER(HOLDER_INIT) = "init's own protection",
	HOLDER(HOLDER_NO_NESTING) = "no nested namespaces",
	HOLDER(HOLDER_KEYRING) = "own keyring",
	HOLDER(HOLDER_KERNEL) = "kernel",
};
static_assert(ARRAY_LENGTH(holder_names) == HOLDER_END - SANDBOX_LAYER_COUNT, "a name for each holder");

const char *holder_name(int holder)
{
	if (holder < SANDBOX_LAYER_COUNT)
		return sandbox_layer_name((enum sandbox_layer)holder);
	return holder_names[holder - SANDBOX_LAYER_COUNT];
}

size_t attack_count(void)
{
	size_t count = 0;

	for (size_t i = 0; i < attack_chapter_count; i++)
		count += *attack_chapters[i].count;
	return count;
}

const struct attack *attack_at(size_t index)
{
	for (size_t i = 0; i < attack_chapter_count; i++) {
		if (index < *attack_chapters[i].count)
			return &attack_chapters[i].attacks[index];
		index -= *attack_chapters[i].count;
	}
	return NULL;
}

static bool is_in_force(const struct hold *hold, unsigned int layers)
{
	if (hold->by >= SANDBOX_LAYER_COUNT)
		return true;
	return layers & 1u << hold->by && (!hold->abi || landlock_probe() >= hold->abi);
}

const struct hold *attack_verdict(const struct attack *attack, unsigned int layers)
{
	for (size_t i = 0; i < ATTACK_HOLDS; i++)
		if (attack->holds[i].verdict.kind != VERDICT_NONE && is_in_force(&attack->holds[i], layers))
			return &attack->holds[i];
	return NULL;
}

unsigned int attack_others(const struct attack *attack, size_t hold)
{
	unsigned int others = 0;

	for (size_t i = 0; i < ATTACK_HOLDS; i++)
		if (i != hold && attack->holds[i].verdict.kind != VERDICT_NONE &&
		    attack->holds[i].by < SANDBOX_LAYER_COUNT)
			others |= 1u << attack->holds[i].by;
	/* control groups can be left out together only: where one is to hold, so do the others */
	if (attack->holds[hold].by < SANDBOX_LAYER_COUNT && SANDBOX_CGROUP_LAYERS & 1u << attack->holds[hold].by)
		others &= ~SANDBOX_CGROUP_LAYERS;
	return others & SANDBOX_OPTIONAL;
}

bool attack_is_shown(const struct attack *attack, size_t hold)
{
	for (size_t i = 0; i < hold; i++)
		if (attack->holds[i].by >= SANDBOX_LAYER_COUNT || !(SANDBOX_OPTIONAL & 1u << attack->holds[i].by))
			return false;
	return true;
}

char *verdict_text(const struct verdict *verdict)
{
	bool told = verdict->limit != SANDBOX_LIMIT_NONE;

	switch (verdict->kind) {
	case VERDICT_HELD:
		return text_format("refused%s%s%s%s", verdict->error ? ": " : "",
				   verdict->error ? strerror(verdict->error) : "", told ? "; limit: " : "",
				   told ? sandbox_limit_name(verdict->limit) : "");
	case VERDICT_VIOLATION:
		return text_format("violation: %s", *verdict->call ? verdict->call : "a call without a name");
	case VERDICT_LIMIT:
		return text_format("limit: %s", sandbox_limit_name(verdict->limit));
	case VERDICT_SIGNAL:
		return text_format("signal: %s", strsignal(verdict->signal));
	case VERDICT_STOPPED:
		return text_copy("compiler stopped");
	case VERDICT_NONE:
		break;
	}
	return text_copy("");
}

/* ---- the table ------------------------------------------------------------ */

static void add_hold(struct buffer *out, const struct attack *attack, size_t i)
{
	const struct hold *hold = &attack->holds[i];
	cleanup_free char *verdict = verdict_text(&hold->verdict);

	buffer_add_text(out, " | ");
	if (i == 1 && attack->alone)
		buffer_add_format(out, "*alone: %s*", attack->alone);
	if (hold->verdict.kind == VERDICT_NONE)
		return;
	buffer_add_format(out, "%s%s", holder_name(hold->by), attack_is_shown(attack, i) ? "" : " †");
	if (i > 0)
		buffer_add_format(out, " (%s)", verdict);
}

static void add_row(struct buffer *out, const struct attack *attack)
{
	static const char *const places[] = {[IN_RUN] = "run", [IN_COMPILE] = "compile", [IN_BOTH] = "both"};
	cleanup_free char *verdict = verdict_text(&attack->holds[0].verdict);

	buffer_add_format(out, "| %s | `%s` | %s | %s", attack->name, attack->run, places[attack->profiles], verdict);
	for (size_t i = 0; i < ATTACK_HOLDS; i++)
		add_hold(out, attack, i);
	buffer_add_text(out, " |\n");
}

static const char head[] =
	"<!-- Written by `u-attacks --table` from the rows in corpus/attacks_*.c; a test compares the two. -->\n\n"
	"# What is attacked, and what holds\n\n"
	"%zu attacks; for %zu of them one thing alone holds, and the row says why. The verdict is that of the whole policy,\n"
	"given by layer 1. In brackets is what is seen when the layers before that one are switched off, as the tests do\n"
	"(`u-attacks each_layer_alone`); † marks those that are not seen, since what acts before them cannot be switched off.\n";

char *attack_table(void)
{
	cleanup_buffer struct buffer out = {0};
	size_t alone = 0, count = attack_count();

	for (size_t i = 0; i < count; i++)
		alone += attack_at(i)->alone != NULL;
	buffer_add_format(&out, head, count, alone);
	for (size_t i = 0; i < attack_chapter_count; i++) {
		buffer_add_format(&out,
				  "\n## %s\n\n| attack | program | profile | verdict | layer 1 | layer 2 | layer 3 |\n"
				  "|---|---|---|---|---|---|---|\n",
				  attack_chapters[i].title);
		for (size_t j = 0; j < *attack_chapters[i].count; j++)
			add_row(&out, &attack_chapters[i].attacks[j]);
	}
	return buffer_steal(&out);
}
