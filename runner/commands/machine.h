/*
 * What this machine offers for grading: what the sandbox finds, toolchains,
 * linkers, room for the cache. Each check is tried for real.
 */
#ifndef ASSAY_COMMANDS_MACHINE_H
#define ASSAY_COMMANDS_MACHINE_H

#include <stddef.h>

enum check_state {
	CHECK_OK,
	CHECK_WEAKER, /* grading works, with less */
	CHECK_MISSING /* grading does not work */
};

struct check {
	const char *group; /* "Sandbox"; checks of one group follow each other */
	char *id;	   /* "user-namespaces": unique, and the same from version to version */
	char *name;
	enum check_state state;
	char *found;  /* one line, printable */
	char *remedy; /* one line, or NULL */
};

struct machine {
	struct check *checks;
	size_t count;
};

void machine_inspect(struct machine *machine);
void machine_release(struct machine *machine);

/* The group whose checks are of boxes, whatever is done in them. */
#define MACHINE_SANDBOX "Sandbox"
/* How many checks of the group (NULL: of all) are in that state; *first is the first of them. */
size_t machine_count(const struct machine *machine, const char *group, enum check_state state,
		     const struct check **first);
/* One sentence: what can be done here, and what to do first where something cannot. The caller frees it. */
char *machine_verdict(const struct machine *machine);

const char *check_state_name(enum check_state state); /* "ok", "weaker", "missing" */

#define cleanup_machine __attribute__((cleanup(machine_release)))

#endif
