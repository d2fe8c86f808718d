#include "row.h"

const struct verdict_rows verdict_build = {0};
