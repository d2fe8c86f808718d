#include "row.h"

const struct verdict_rows verdict_process = {0};
