/* gcc passes over it, clang dies of it. */
#pragma clang __debug crash
int main(void)
{
	return 0;
}
