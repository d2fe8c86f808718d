#include "sandbox-fixture.h"
START_TEST(placeholder)
{
}
END_TEST
static const struct unit_test tests[] = {UNIT(placeholder)};
UNIT_MAIN("sandbox", tests)
