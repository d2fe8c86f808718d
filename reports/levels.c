#include "levels.h"

const struct level levels[LEVEL_COUNT] = {
	{"Not yet shown", "no evidence of level 1 in this submission"},
	{"Rust learner", "junior work, where learning and an understanding of systems show"},
	{"Productive Rust developer", "most work in a team that writes Rust"},
	{"Rust expert", "senior work: design around ownership, lifetimes, unsafe code"},
};

const char *level_name(int level)
{
	return level >= 0 && level < LEVEL_COUNT ? levels[level].name : "unknown level";
}
