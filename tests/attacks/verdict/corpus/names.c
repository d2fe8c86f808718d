#include "row.h"

const struct verdict_rows verdict_names = {0};
