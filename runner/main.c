/* assay: grades Rust take-homes inside a sandbox. Everything begins in commands/. */
#include "commands/command.h"

int main(int argc, char **argv)
{
	return command_main(argc, argv);
}
