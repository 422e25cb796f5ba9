/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-chaos-steps.h"

#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

/* Counts what the program does to the disk, and ends it before a chosen step: SQLite's through a VFS
 * around the default one, the blobs' and the secrets' by wrapped calls (see meson.build). */

typedef struct
{
  sqlite3_file base;
  sqlite3_file *real; /* in the same allocation, behind this */
} File;

static int n_steps;
static gint64 last_step;
static gboolean tear;
static sqlite3_vfs *real_vfs;
static sqlite3_vfs vfs;
static sqlite3_io_methods methods;

/* Returns whether the step is to be torn: done in half, and then wt_chaos_die(). */
static gboolean
take_step (gboolean can_tear)
{
  int n = g_atomic_int_add (&n_steps, 1) + 1;

  if (last_step == 0 || n < last_step)
    return FALSE;
  if (n == last_step && can_tear && tear)
    return TRUE;
  _exit (WT_CHAOS_DEATH);
}

#define REAL(file) (((File *) (file))->real)

static int
on_write (sqlite3_file *file, const void *data, int length, sqlite3_int64 offset)
{
  if (take_step (TRUE))
    {
      REAL (file)->pMethods->xWrite (REAL (file), data, length / 2, offset);
      _exit (WT_CHAOS_DEATH);
    }
  return REAL (file)->pMethods->xWrite (REAL (file), data, length, offset);
}

static int
on_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  take_step (FALSE);
  return REAL (file)->pMethods->xTruncate (REAL (file), size);
}

static int
on_sync (sqlite3_file *file, int flags)
{
  take_step (FALSE);
  return REAL (file)->pMethods->xSync (REAL (file), flags);
}

static int
on_close (sqlite3_file *file)
{
  return REAL (file)->pMethods->xClose (REAL (file));
}

static int
on_read (sqlite3_file *file, void *data, int length, sqlite3_int64 offset)
{
  return REAL (file)->pMethods->xRead (REAL (file), data, length, offset);
}

static int
on_file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  return REAL (file)->pMethods->xFileSize (REAL (file), size);
}

static int
on_lock (sqlite3_file *file, int lock)
{
  return REAL (file)->pMethods->xLock (REAL (file), lock);
}

static int
on_unlock (sqlite3_file *file, int lock)
{
  return REAL (file)->pMethods->xUnlock (REAL (file), lock);
}

static int
on_check_lock (sqlite3_file *file, int *reserved)
{
  return REAL (file)->pMethods->xCheckReservedLock (REAL (file), reserved);
}

static int
on_control (sqlite3_file *file, int what, void *data)
{
  return REAL (file)->pMethods->xFileControl (REAL (file), what, data);
}

static int
on_sector_size (sqlite3_file *file)
{
  return REAL (file)->pMethods->xSectorSize (REAL (file));
}

static int
on_characteristics (sqlite3_file *file)
{
  return REAL (file)->pMethods->xDeviceCharacteristics (REAL (file));
}

static int
on_shm_map (sqlite3_file *file, int page, int size, int extend, void volatile **map)
{
  return REAL (file)->pMethods->xShmMap (REAL (file), page, size, extend, map);
}

static int
on_shm_lock (sqlite3_file *file, int offset, int n, int flags)
{
  return REAL (file)->pMethods->xShmLock (REAL (file), offset, n, flags);
}

static void
on_shm_barrier (sqlite3_file *file)
{
  REAL (file)->pMethods->xShmBarrier (REAL (file));
}

static int
on_shm_unmap (sqlite3_file *file, int delete)
{
  return REAL (file)->pMethods->xShmUnmap (REAL (file), delete);
}

static int
on_fetch (sqlite3_file *file, sqlite3_int64 offset, int length, void **page)
{
  return REAL (file)->pMethods->xFetch (REAL (file), offset, length, page);
}

static int
on_unfetch (sqlite3_file *file, sqlite3_int64 offset, void *page)
{
  return REAL (file)->pMethods->xUnfetch (REAL (file), offset, page);
}

static int
on_open (sqlite3_vfs *self, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
  File *opened = (File *) file;
  int code;

  opened->real = (sqlite3_file *) (opened + 1);
  code = real_vfs->xOpen (real_vfs, name, opened->real, flags, out_flags);
  opened->base.pMethods = opened->real->pMethods != NULL ? &methods : NULL;
  return code;
}

static int
on_delete (sqlite3_vfs *self, const char *name, int sync)
{
  take_step (FALSE);
  return real_vfs->xDelete (real_vfs, name, sync);
}

static void
fill_methods (void)
{
  methods.iVersion = 3;
  methods.xClose = on_close;
  methods.xRead = on_read;
  methods.xWrite = on_write;
  methods.xTruncate = on_truncate;
  methods.xSync = on_sync;
  methods.xFileSize = on_file_size;
  methods.xLock = on_lock;
  methods.xUnlock = on_unlock;
  methods.xCheckReservedLock = on_check_lock;
  methods.xFileControl = on_control;
  methods.xSectorSize = on_sector_size;
  methods.xDeviceCharacteristics = on_characteristics;
  methods.xShmMap = on_shm_map;
  methods.xShmLock = on_shm_lock;
  methods.xShmBarrier = on_shm_barrier;
  methods.xShmUnmap = on_shm_unmap;
  methods.xFetch = on_fetch;
  methods.xUnfetch = on_unfetch;
}

/* @last: the step before which the program ends, from 1, or 0; @torn: a write there is done in half. */
void
wt_chaos_steps_start (gint64 last, gboolean torn)
{
  last_step = last;
  tear = torn;
  real_vfs = sqlite3_vfs_find (NULL);
  fill_methods ();
  vfs = *real_vfs;
  vfs.zName = "chaos";
  vfs.szOsFile = (int) sizeof (File) + real_vfs->szOsFile;
  vfs.xOpen = on_open;
  vfs.xDelete = on_delete;
  g_assert_cmpint (sqlite3_vfs_register (&vfs, 1), ==, SQLITE_OK);
}

guint
wt_chaos_steps_get_n (void)
{
  return (guint) g_atomic_int_get (&n_steps);
}

gssize __real_write (int fd, const void *data, gsize length);
gssize __wrap_write (int fd, const void *data, gsize length);
int __real_fsync (int fd);
int __wrap_fsync (int fd);
int __real_rename (const char *from, const char *to);
int __wrap_rename (const char *from, const char *to);
int __real_unlink (const char *path);
int __wrap_unlink (const char *path);
gboolean __real_g_file_set_contents_full (const char *path,
                                          const char *contents,
                                          gssize length,
                                          GFileSetContentsFlags flags,
                                          int mode,
                                          GError **error);
gboolean __wrap_g_file_set_contents_full (const char *path,
                                          const char *contents,
                                          gssize length,
                                          GFileSetContentsFlags flags,
                                          int mode,
                                          GError **error);

gssize
__wrap_write (int fd, const void *data, gsize length)
{
  /* What is said to the test is no step. */
  if (fd <= STDERR_FILENO)
    return __real_write (fd, data, length);
  if (take_step (TRUE))
    {
      __real_write (fd, data, length / 2);
      _exit (WT_CHAOS_DEATH);
    }
  return __real_write (fd, data, length);
}

int
__wrap_fsync (int fd)
{
  take_step (FALSE);
  return __real_fsync (fd);
}

int
__wrap_rename (const char *from, const char *to)
{
  take_step (FALSE);
  return __real_rename (from, to);
}

int
__wrap_unlink (const char *path)
{
  take_step (FALSE);
  return __real_unlink (path);
}

gboolean
__wrap_g_file_set_contents_full (const char *path,
                                 const char *contents,
                                 gssize length,
                                 GFileSetContentsFlags flags,
                                 int mode,
                                 GError **error)
{
  take_step (FALSE);
  return __real_g_file_set_contents_full (path, contents, length, flags, mode, error);
}
