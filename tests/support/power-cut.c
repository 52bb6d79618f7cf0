#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * Loaded before the C library (LD_PRELOAD): whenever a process syncs a file, the file's bytes are copied into
 * a second folder, under the same path. What lies there is what a disk would hold if the power went now.
 * POWER_CUT_FOLDER names that folder; POWER_CUT_LIES lets files whose path holds that text say that they are
 * synced, and not be.
 */
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

static void make_parents(char *path) {
  for (char *at = path + 1; *at; at += 1)
    if (*at == '/') {
      *at = 0;
      mkdir(path, 0700);
      *at = '/';
    }
}

static void copy_bytes(int from, int to) {
  char block[1 << 16];
  off_t at = 0;
  for (;;) {
    ssize_t got = pread(from, block, sizeof block, at);
    if (got <= 0 || pwrite(to, block, got, at) != got) return;
    at += got;
  }
}

static void keep(int fd) {
  const char *folder = getenv("POWER_CUT_FOLDER");
  const char *lies = getenv("POWER_CUT_LIES");
  char link[64], path[PATH_MAX], copy[PATH_MAX], half[PATH_MAX];
  if (!folder) return;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length <= 0 || path[0] != '/') return;
  path[length] = 0;
  struct stat found;
  if (fstat(fd, &found) != 0 || !S_ISREG(found.st_mode)) return;
  if (lies && strstr(path, lies)) return;
  if (snprintf(copy, sizeof copy, "%s%s", folder, path) >= (int)sizeof copy) return;
  if (snprintf(half, sizeof half, "%s.half", copy) >= (int)sizeof half) return;
  pthread_mutex_lock(&one_at_a_time);
  make_parents(copy);
  int from = open(link, O_RDONLY | O_CLOEXEC);
  int to = open(half, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
  if (from >= 0 && to >= 0) copy_bytes(from, to);
  if (from >= 0) close(from);
  if (to >= 0) close(to);
  /* A process that is killed in the middle of the copy leaves the one before. */
  int (*real)(const char *, const char *) = dlsym(RTLD_NEXT, "rename");
  real(half, copy);
  pthread_mutex_unlock(&one_at_a_time);
}

static int sync_and_keep(const char *name, int fd) {
  int (*real)(int) = dlsym(RTLD_NEXT, name);
  int result = real(fd);
  int saved = errno;
  if (result == 0) keep(fd);
  errno = saved;
  return result;
}

/* What was synced under one name is synced under the other: a journal of the file system keeps their order. */
int rename(const char *from, const char *to) {
  int (*real)(const char *, const char *) = dlsym(RTLD_NEXT, "rename");
  const char *folder = getenv("POWER_CUT_FOLDER");
  char before[PATH_MAX], after[PATH_MAX];
  int result = real(from, to);
  int saved = errno;
  if (result == 0 && folder && from[0] == '/' && to[0] == '/' &&
      snprintf(before, sizeof before, "%s%s", folder, from) < (int)sizeof before &&
      snprintf(after, sizeof after, "%s%s", folder, to) < (int)sizeof after)
    real(before, after);
  errno = saved;
  return result;
}

int fsync(int fd) { return sync_and_keep("fsync", fd); }
int fdatasync(int fd) { return sync_and_keep("fdatasync", fd); }
