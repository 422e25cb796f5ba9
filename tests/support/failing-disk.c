/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Preloaded into a program, makes the disk under WHEATEAR_DISK_FOLDER fail while the file named by WHEATEAR_DISK_SWITCH exists: with
 * "full" in it nothing can be written there (ENOSPC), with "read-only" nothing can be changed there at all (EROFS), as if
 * it were mounted so. Only this program sees it, and no privilege is needed. */

/* Both names of each function are defined here, and one would be made the other. */
#undef _FILE_OFFSET_BITS
#define _GNU_SOURCE
#define _LARGEFILE64_SOURCE

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define EXPORT __attribute__ ((visibility ("default")))

/* The next one in the line: libc's. */
#define NEXT(name) ((__typeof__ (&name)) dlsym (RTLD_NEXT, #name))

static char
get_trouble (void)
{
  const char *path = getenv ("WHEATEAR_DISK_SWITCH");
  int saved = errno;
  char first = 0;
  int fd = path != NULL ? (int) syscall (SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0) : -1;

  if (fd >= 0)
    {
      if (syscall (SYS_read, fd, &first, (size_t) 1) != 1)
        first = 0;
      syscall (SYS_close, fd);
    }
  errno = saved;
  return first;
}

static int
is_below (const char *path)
{
  const char *folder = getenv ("WHEATEAR_DISK_FOLDER");
  size_t length = folder != NULL ? strlen (folder) : 0;

  return length > 0 && path != NULL && strncmp (path, folder, length) == 0
         && (path[length] == '/' || path[length] == '\0');
}

static int
is_file_below (int fd)
{
  char name[64];
  char path[4096];
  ssize_t length;

  snprintf (name, sizeof name, "/proc/self/fd/%d", fd);
  length = readlink (name, path, sizeof path - 1);
  if (length < 0)
    return 0;
  path[length] = '\0';
  return is_below (path);
}

/* 0, or the errno that writing to the file has. */
static int
check_write (int fd)
{
  char trouble = get_trouble ();
  int saved = errno;
  int below = trouble != 0 && is_file_below (fd);

  errno = saved;
  if (!below)
    return 0;
  return trouble == 'r' ? EROFS : ENOSPC;
}

/* 0, or the errno that changing what is at the path has. */
static int
check_change (const char *path)
{
  return is_below (path) && get_trouble () == 'r' ? EROFS : 0;
}

static int
check_open (const char *path, int flags)
{
  struct stat info;
  int saved = errno;
  int changes;

  if (!is_below (path) || get_trouble () != 'r')
    return 0;
  changes = (flags & O_ACCMODE) != O_RDONLY || (flags & O_TRUNC) != 0
            || ((flags & O_CREAT) != 0 && stat (path, &info) != 0);
  errno = saved;
  return changes ? EROFS : 0;
}

#define FAIL_WITH(error)                                                                           \
  do                                                                                               \
    {                                                                                              \
      int error_ = (error);                                                                        \
      if (error_ != 0)                                                                             \
        {                                                                                          \
          errno = error_;                                                                          \
          return -1;                                                                               \
        }                                                                                          \
    }                                                                                              \
  while (0)

EXPORT ssize_t
write (int fd, const void *data, size_t length)
{
  FAIL_WITH (check_write (fd));
  return NEXT (write) (fd, data, length);
}

EXPORT ssize_t
writev (int fd, const struct iovec *parts, int count)
{
  FAIL_WITH (check_write (fd));
  return NEXT (writev) (fd, parts, count);
}

EXPORT ssize_t
pwrite (int fd, const void *data, size_t length, off_t offset)
{
  FAIL_WITH (check_write (fd));
  return NEXT (pwrite) (fd, data, length, offset);
}

EXPORT ssize_t
pwrite64 (int fd, const void *data, size_t length, off64_t offset)
{
  FAIL_WITH (check_write (fd));
  return NEXT (pwrite64) (fd, data, length, offset);
}

/* A full disk lets a file become shorter. */
static int
check_truncate (int fd, off64_t length)
{
  struct stat info;
  int error = check_write (fd);

  if (error == ENOSPC && fstat (fd, &info) == 0 && (off64_t) info.st_size >= length)
    return 0;
  return error;
}

EXPORT int
ftruncate (int fd, off_t length)
{
  FAIL_WITH (check_truncate (fd, length));
  return NEXT (ftruncate) (fd, length);
}

EXPORT int
ftruncate64 (int fd, off64_t length)
{
  FAIL_WITH (check_truncate (fd, length));
  return NEXT (ftruncate64) (fd, length);
}

EXPORT int
posix_fallocate (int fd, off_t offset, off_t length)
{
  int error = check_write (fd);

  return error != 0 ? error : NEXT (posix_fallocate) (fd, offset, length);
}

EXPORT int
posix_fallocate64 (int fd, off64_t offset, off64_t length)
{
  int error = check_write (fd);

  return error != 0 ? error : NEXT (posix_fallocate64) (fd, offset, length);
}

#define READ_MODE(mode, flags)                                                                     \
  do                                                                                               \
    {                                                                                              \
      if (((flags) &O_CREAT) != 0 || ((flags) &O_TMPFILE) == O_TMPFILE)                            \
        {                                                                                          \
          va_list arguments;                                                                       \
          va_start (arguments, flags);                                                             \
          mode = va_arg (arguments, mode_t);                                                       \
          va_end (arguments);                                                                      \
        }                                                                                          \
    }                                                                                              \
  while (0)

EXPORT int
open (const char *path, int flags, ...)
{
  mode_t mode = 0;

  READ_MODE (mode, flags);
  FAIL_WITH (check_open (path, flags));
  return NEXT (open) (path, flags, mode);
}

EXPORT int
open64 (const char *path, int flags, ...)
{
  mode_t mode = 0;

  READ_MODE (mode, flags);
  FAIL_WITH (check_open (path, flags));
  return NEXT (open64) (path, flags, mode);
}

EXPORT int
mkdir (const char *path, mode_t mode)
{
  struct stat info;
  int error = check_change (path);

  FAIL_WITH (error != 0 && stat (path, &info) == 0 ? EEXIST : error);
  return NEXT (mkdir) (path, mode);
}

EXPORT int
rename (const char *from, const char *to)
{
  FAIL_WITH (check_change (to));
  return NEXT (rename) (from, to);
}

EXPORT int
unlink (const char *path)
{
  FAIL_WITH (check_change (path));
  return NEXT (unlink) (path);
}
