/* What is passed over the control socket comes as a whole or not at all. */
#include "suite.h"

#include "message.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define WORD 0x5afe

START_TEST(a_message_with_descriptors)
{
	int ends[2], word = WORD, passed[3];

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends), 0);
	ck_assert_int_eq(message_receive(ends[1], &word, sizeof word, passed, 3, MESSAGE_NOW), -1);
	ck_assert_int_eq(errno, EAGAIN);
	ck_assert_int_eq(message_send(ends[0], &word, sizeof word, (const int[]){0, 1}, 2), 0);
	word = 0;
	ck_assert_int_eq(message_receive(ends[1], &word, sizeof word, passed, 3, MESSAGE_WAIT), sizeof word);
	ck_assert_int_eq(word, WORD);
	ck_assert_int_ge(fcntl(passed[0], F_GETFD), FD_CLOEXEC);
	ck_assert_int_ge(fcntl(passed[1], F_GETFD), FD_CLOEXEC);
	ck_assert_int_eq(passed[2], -1);
	close(ends[0]);
	ck_assert_int_eq(message_receive(ends[1], &word, sizeof word, passed, 3, MESSAGE_WAIT), 0);
}
END_TEST

/* A listener that was lost on the way would leave refused calls untold. */
START_TEST(no_room_for_what_is_passed_is_an_error)
{
	int ends[2], word = WORD, passed[2], next;
	struct rlimit limit;

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends), 0);
	ck_assert_int_eq(message_send(ends[0], &word, sizeof word, (const int[]){0, 1}, 2), 0);
	next = dup(0);
	close(next);
	ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
	limit.rlim_cur = (rlim_t)next + 1; /* for one of the two */
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
	ck_assert_int_eq(message_receive(ends[1], &word, sizeof word, passed, 2, MESSAGE_WAIT), -1);
	ck_assert_int_eq(errno, EMFILE);
	ck_assert_int_eq(passed[0], -1);
	ck_assert_int_eq(fcntl(next, F_GETFD), -1); /* nor is the one left open */
}
END_TEST

static const struct unit_test tests[] = {
	UNIT(a_message_with_descriptors),
	UNIT(no_room_for_what_is_passed_is_an_error),
};

UNIT_MAIN("message", tests)
