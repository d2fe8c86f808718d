#include "levels.h"

const struct level levels[LEVEL_COUNT] = {
	{"Not yet shown", "no evidence of level 1 in this submission"},
	{"Rust learner", "junior work, where learning and an understanding of systems show"},
	{"Productive Rust developer", "most work in a team that writes Rust"},
	{"Rust expert", "senior work: design around ownership, lifetimes, unsafe code"},
};

const char *const level_rule[LEVEL_RULE_COUNT] = {
	"A level is held when everything that the exercise asks at it, and at the levels below, is met; the lowest asks that "
	"the code compiles and does what the brief says.",
	"Points tell how near the rest is, and never buy a level.",
	"What the code does and how it is designed has a level of its own, and so has its idiom, by the same rule, so that the "
	"one does not hide the other.",
};

const char *level_name(int level)
{
	return level >= 0 && level < LEVEL_COUNT ? levels[level].name : "unknown level";
}
