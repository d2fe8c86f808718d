#include "row.h"

const struct verdict_rows verdict_intent = {0};
