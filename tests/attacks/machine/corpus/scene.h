/*
 * One row of the corpus, staged and run:
 *
 *   1. scene_prepare lays out files, with the rights that one has at the time (root may plant what others cannot);
 *   2. scene_run runs the attack in a box and judges it, as often as wanted, also after root was given up;
 *   3. scene_release takes everything away again.
 *
 * Scenes are apart from each other: many may run at once, in threads of one process. Complaints are text that the
 * caller frees; NULL is none.
 */
#ifndef ASSAY_TESTS_SCENE_H
#define ASSAY_TESTS_SCENE_H

#include "attacks.h"

#include <pthread.h>

#define NOBODY 65534 /* the unprivileged user that tests become */
#define SCENE_MOUNTS 8
#define SCENE_WORDS 8

struct scene {
	const struct attack *attack;
	enum sandbox_profile profile;
	bool passed_over; /* nothing that holds this is to be had here, or it could not be staged: not judged */
	char *folder;	  /* ours, on the host */
	char *program;	  /* the attack's file in it; NULL for a compiler's source */
	char *target;	  /* the same inside, unlike any other scene's */
	char *words;	  /* storage of argv */
	char *addition;	  /* last argument, where the staging has one */
	const char *argv[SCENE_WORDS];
	const char *environment[3];
	char *mark; /* in the environment, so that what survives can be told */
	struct sandbox_mount mounts[SCENE_MOUNTS];
	size_t mount_count;
	struct buffer source; /* on standard input */
	struct sandbox_policy policy;
	struct sandbox_command command;
	struct sandbox_stream streams[3];
	struct sandbox_fetch fetch;
	struct sandbox_outcome outcome;
	/* the staging's own */
	const struct sandbox *sandbox; /* that it runs in */
	char *planted;		       /* folder that is mounted at /planted */
	int listener;
	pthread_t neighbour;
	char *complaint_of_neighbour;
	struct sandbox *own; /* with nobody else's boxes */
	char *first_output;  /* of the run before, in `own` */
	const char *seen_below;
	bool looked_below;
};

/* What a row needs besides its program. Each may be NULL; 0 is done. */
struct staging {
	int (*prepare)(struct scene *scene);   /* -1: cannot be staged by this user, the row is passed over */
	void (*begin)(struct scene *scene);    /* before each run */
	char *(*inspect)(struct scene *scene); /* after each run */
	void (*release)(struct scene *scene);
};

/* The layers of an ordinary box; 0 where there can be none. */
unsigned int scene_layers(const struct sandbox *sandbox);
char *scene_prepare(struct scene *scene, const struct attack *attack, enum sandbox_profile profile);
/*
 * `layers` are those that boxes have here (scene_layers): where none of them holds, nothing is run, or the attack would
 * be one on the machine.
 */
char *scene_run(struct scene *scene, const struct sandbox *sandbox, unsigned int layers, unsigned int without);
void scene_release(struct scene *scene);

/* Copies a program of the corpus. */
int scene_place(const char *program, const char *to, unsigned int mode);
/* An unprivileged user may by then have to remove what is in the scene's folder. */
void scene_give_away(const char *path);

extern const struct staging staging_set_uid, staging_capable, staging_device, staging_listens_inet,
	staging_listens_abstract, staging_listens_path, staging_shared_objects, staging_session_key, staging_neighbour,
	staging_left, staging_swapped, staging_private_pipe, staging_untouched, staging_no_core, staging_parentheses,
	staging_gone, staging_twice, staging_below_root;

#endif
