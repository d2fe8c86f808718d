#include "grading/tasks.h"

#include "base/memory.h"

#include <pthread.h>
#include <signal.h>

struct task {
	struct task *next;
	task_function *run;
	void *context;
};

struct queue {
	struct task *first, **last;
};

struct tasks {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct queue urgent, others;
	size_t open; /* queued or running */
	bool closing;
	struct error *error; /* the first one */
	pthread_t *threads;
	unsigned int thread_count;
};

static struct task *queue_take(struct queue *queue)
{
	struct task *task = queue->first;

	if (!task)
		return NULL;
	queue->first = task->next;
	if (!queue->first)
		queue->last = &queue->first;
	return task;
}

static struct task *take(struct tasks *tasks)
{
	struct task *task = queue_take(&tasks->urgent);

	return task ? task : queue_take(&tasks->others);
}

static void finish(struct tasks *tasks)
{
	if (--tasks->open == 0)
		pthread_cond_broadcast(&tasks->changed);
}

static void drop_queued(struct tasks *tasks)
{
	struct task *task;

	while ((task = take(tasks))) {
		free(task);
		finish(tasks);
	}
}

static void *work(void *argument)
{
	struct tasks *tasks = argument;

	pthread_mutex_lock(&tasks->lock);
	for (;;) {
		struct task *task = take(tasks);
		struct error *error = NULL;

		if (!task && tasks->closing)
			break;
		if (!task) {
			pthread_cond_wait(&tasks->changed, &tasks->lock);
			continue;
		}
		pthread_mutex_unlock(&tasks->lock);
		task->run(task->context, &error);
		free(task);
		pthread_mutex_lock(&tasks->lock);
		if (error && !tasks->error) {
			tasks->error = error;
			drop_queued(tasks);
		} else {
			error_free(error);
		}
		finish(tasks);
	}
	pthread_mutex_unlock(&tasks->lock);
	return NULL;
}

struct tasks *tasks_new(unsigned int threads)
{
	struct tasks *tasks = memory_new(1, sizeof *tasks);
	sigset_t all, before;

	pthread_mutex_init(&tasks->lock, NULL);
	pthread_cond_init(&tasks->changed, NULL);
	tasks->urgent.last = &tasks->urgent.first;
	tasks->others.last = &tasks->others.first;
	tasks->threads = memory_new(threads, sizeof *tasks->threads);
	/* signals are the main thread's business */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	for (; tasks->thread_count < threads; tasks->thread_count++)
		if (pthread_create(&tasks->threads[tasks->thread_count], NULL, work, tasks) != 0)
			break;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return tasks;
}

void tasks_add(struct tasks *tasks, task_function *run, void *context, bool urgent)
{
	struct queue *queue = urgent ? &tasks->urgent : &tasks->others;
	struct task *task = memory_new(1, sizeof *task);

	*task = (struct task){.run = run, .context = context};
	pthread_mutex_lock(&tasks->lock);
	if (tasks->error) {
		free(task);
	} else {
		*queue->last = task;
		queue->last = &task->next;
		tasks->open++;
		/* a signal might wake tasks_wait instead of a thread */
		pthread_cond_broadcast(&tasks->changed);
	}
	pthread_mutex_unlock(&tasks->lock);
}

int tasks_wait(struct tasks *tasks, struct error **err)
{
	if (tasks->thread_count == 0)
		return error_set(err, ERROR_OTHER, "cannot start a thread");
	pthread_mutex_lock(&tasks->lock);
	while (tasks->open > 0)
		pthread_cond_wait(&tasks->changed, &tasks->lock);
	*err = tasks->error;
	tasks->error = NULL;
	pthread_mutex_unlock(&tasks->lock);
	return *err ? -1 : 0;
}

void tasks_free(struct tasks *tasks)
{
	pthread_mutex_lock(&tasks->lock);
	tasks->closing = true;
	pthread_cond_broadcast(&tasks->changed);
	pthread_mutex_unlock(&tasks->lock);
	for (unsigned int i = 0; i < tasks->thread_count; i++)
		pthread_join(tasks->threads[i], NULL);
	pthread_cond_destroy(&tasks->changed);
	pthread_mutex_destroy(&tasks->lock);
	free(tasks->threads);
	free(tasks);
}
