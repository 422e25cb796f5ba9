/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

#include "wt-blobs.h"
#include "wt-test-folder.h"

/* "foobar" and its name. */
#define FOOBAR "c3ab8ff13720e8ad9047dd39466b3c8974e592c2fa383d4a3960714caef0c4f2"

typedef struct
{
  char *folder; /* holds the blobs' folder and whatever else a test makes */
  WtBlobs *blobs;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *inner = NULL;

  fixture->folder = g_dir_make_tmp ("wheatear-blobs-XXXXXX", NULL);
  inner = g_build_filename (fixture->folder, "deep", "blobs", NULL);
  fixture->blobs = wt_blobs_new (inner);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->blobs);
  wt_test_remove_folder (fixture->folder);
  g_clear_pointer (&fixture->folder, g_free);
}

static GBytes *
text_bytes (const char *text)
{
  return g_bytes_new_static (text, strlen (text));
}

/* As if it had been added long ago. */
static void
make_old (Fixture *fixture, const char *blob)
{
  g_autofree char *path = wt_blobs_get_path (fixture->blobs, blob);
  time_t then = (time_t) (g_get_real_time () / G_USEC_PER_SEC) - WT_BLOBS_GUARD_SECONDS;
  struct utimbuf times = { then, then };

  g_assert_cmpint (g_utime (path, &times), ==, 0);
}

static char *
get_path (Fixture *fixture, const char *relative)
{
  return g_build_filename (fixture->folder, relative, NULL);
}

/* The number of files in the blobs' folder itself, which holds only shelves when nothing is going on. */
static guint
count_temporary (Fixture *fixture)
{
  g_autofree char *path = get_path (fixture, "deep/blobs");
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;
  guint count = 0;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    if (name[0] == '.')
      count++;

  return count;
}

static void
assert_foobar (Fixture *fixture, const char *blob)
{
  g_autofree char *path = wt_blobs_get_path (fixture->blobs, blob);
  g_autofree char *expected = get_path (fixture, "deep/blobs/c3/" FOOBAR);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (blob, ==, FOOBAR);
  g_assert_cmpstr (path, ==, expected);
  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (contents, ==, "foobar");
  g_assert_cmpuint (count_temporary (fixture), ==, 0);
}

static void
test_new_destroy (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = get_path (fixture, "deep");

  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_add_base64 (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) base64 = text_bytes ("Zm9v\r\nYmFy");
  g_autoptr (GError) error = NULL;
  gint64 size = 0;
  g_autofree char *blob = wt_blobs_add_base64 (fixture->blobs, base64, &size, &error);

  g_assert_no_error (error);
  g_assert_cmpint (size, ==, 6);
  assert_foobar (fixture, blob);
}

static void
test_add_bytes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = text_bytes ("foobar");
  g_autoptr (GError) error = NULL;
  g_autofree char *blob = wt_blobs_add_bytes (fixture->blobs, bytes, &error);

  g_assert_no_error (error);
  assert_foobar (fixture, blob);
}

static void
test_add_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = get_path (fixture, "source");
  g_autoptr (GError) error = NULL;
  g_autofree char *blob = NULL;
  gint64 size = 0;

  g_file_set_contents (path, "foobar", 6, &error);
  g_assert_no_error (error);
  blob = wt_blobs_add_file (fixture->blobs, path, &size, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (size, ==, 6);
  assert_foobar (fixture, blob);
}

static void
test_modes (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *path;
    mode_t mode;
  } expected[] = {
    { "deep", 0700 },
    { "deep/blobs", 0700 },
    { "deep/blobs/c3", 0700 },
    { "deep/blobs/c3/" FOOBAR, 0600 },
  };
  g_autoptr (GBytes) bytes = text_bytes ("foobar");
  g_autofree char *blob = wt_blobs_add_bytes (fixture->blobs, bytes, NULL);

  g_assert_nonnull (blob);
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *path = get_path (fixture, expected[i].path);
      struct stat info;

      g_assert_cmpint (stat (path, &info), ==, 0);
      g_assert_cmpuint (info.st_mode & 0777, ==, expected[i].mode);
    }
}

static ino_t
get_inode (Fixture *fixture)
{
  g_autofree char *path = wt_blobs_get_path (fixture->blobs, FOOBAR);
  struct stat info;

  g_assert_cmpint (stat (path, &info), ==, 0);
  return info.st_ino;
}

static void
test_repeat (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = text_bytes ("foobar");
  g_autoptr (GBytes) base64 = text_bytes ("Zm9vYmFy");
  g_autofree char *source = get_path (fixture, "source");
  g_autofree char *first = wt_blobs_add_bytes (fixture->blobs, bytes, NULL);
  ino_t inode = get_inode (fixture);
  g_autofree char *second = wt_blobs_add_base64 (fixture->blobs, base64, NULL, NULL);
  g_autofree char *third = wt_blobs_add_bytes (fixture->blobs, bytes, NULL);
  g_autofree char *fourth = NULL;

  g_file_set_contents (source, "foobar", 6, NULL);
  fourth = wt_blobs_add_file (fixture->blobs, source, NULL, NULL, NULL);

  assert_foobar (fixture, first);
  assert_foobar (fixture, second);
  assert_foobar (fixture, third);
  assert_foobar (fixture, fourth);
  g_assert_cmpuint (get_inode (fixture), ==, inode);
}

/* What stands in the blob's place but is not it is replaced: a cut file, a link that leads elsewhere. */
static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = text_bytes ("foobar");
  g_autofree char *first = wt_blobs_add_bytes (fixture->blobs, bytes, NULL);
  g_autofree char *path = wt_blobs_get_path (fixture->blobs, first);
  g_autofree char *victim = get_path (fixture, "victim");
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  g_autofree char *contents = NULL;

  g_assert_cmpint (truncate (path, 3), ==, 0);
  second = wt_blobs_add_bytes (fixture->blobs, bytes, NULL);
  assert_foobar (fixture, second);

  g_unlink (path);
  g_file_set_contents (victim, "victim", 6, NULL);
  g_assert_cmpint (symlink (victim, path), ==, 0);
  third = wt_blobs_add_bytes (fixture->blobs, bytes, NULL);
  assert_foobar (fixture, third);
  g_assert_false (g_file_test (path, G_FILE_TEST_IS_SYMLINK));
  g_file_get_contents (victim, &contents, NULL, NULL);
  g_assert_cmpstr (contents, ==, "victim");
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) nonsense = text_bytes ("not base64!");
  g_autoptr (GBytes) empty = text_bytes ("");
  g_autofree char *missing = get_path (fixture, "missing");
  g_autofree char *inner = get_path (fixture, "deep");
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (wt_blobs_add_base64 (fixture->blobs, nonsense, NULL, &error));
  g_assert_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_NOT_BASE64);
  g_clear_error (&error);
  g_assert_null (wt_blobs_add_base64 (fixture->blobs, empty, NULL, &error));
  g_assert_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_EMPTY);
  g_clear_error (&error);
  g_assert_null (wt_blobs_add_bytes (fixture->blobs, empty, &error));
  g_assert_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_EMPTY);
  g_clear_error (&error);
  g_assert_null (wt_blobs_add_file (fixture->blobs, missing, NULL, NULL, &error));
  g_assert_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (wt_blobs_add_file (fixture->blobs, fixture->folder, NULL, NULL, &error));
  g_assert_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_UNSUPPORTED);
  g_clear_error (&error);
  /* None of them made the folder. */
  g_assert_false (g_file_test (inner, G_FILE_TEST_EXISTS));

  g_cancellable_cancel (cancelled);
  g_file_set_contents (missing, "foobar", 6, NULL);
  g_assert_null (wt_blobs_add_file (fixture->blobs, missing, NULL, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_temporary (fixture), ==, 0);
}

/* The folder cannot be made: an error, and nothing left behind. */
static void
test_in_the_way (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = text_bytes ("foobar");
  g_autofree char *shelf = get_path (fixture, "deep/blobs/c3");
  g_autofree char *outer = get_path (fixture, "deep");
  g_autofree char *inner = get_path (fixture, "deep/blobs");
  g_autoptr (GError) error = NULL;

  g_file_set_contents (outer, "", 0, NULL);
  g_assert_null (wt_blobs_add_bytes (fixture->blobs, bytes, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_unlink (outer);

  g_mkdir_with_parents (inner, 0700);
  g_file_set_contents (shelf, "", 0, NULL);
  g_assert_null (wt_blobs_add_bytes (fixture->blobs, bytes, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (count_temporary (fixture), ==, 0);
}

static void
test_hostile_names (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = {
    "",
    "..",
    "../../victim",
    "/etc/passwd",
    "C3AB8FF13720E8AD9047DD39466B3C8974E592C2FA383D4A3960714CAEF0C4F2",
    "c3ab8ff13720e8ad9047dd39466b3c8974e592c2fa383d4a3960714caef0c4f",
    "c3ab8ff13720e8ad9047dd39466b3c8974e592c2fa383d4a3960714caef0c4f22",
    "../ab8ff13720e8ad9047dd39466b3c8974e592c2fa383d4a3960714caef0c4f",
    "c3ab8ff13720e8ad9047dd39466b3c8974e592c2fa383d4a3960714caef0c4f\n",
    "c3ab8ff13720e8ad9047dd39466b3c8974e592c2fa383d4a3960714caef0c4f2/../../victim",
    "g3ab8ff13720e8ad9047dd39466b3c8974e592c2fa383d4a3960714caef0c4f2",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names) + 1; i++)
    {
      const char *name = i < G_N_ELEMENTS (names) ? names[i] : NULL;
      g_autoptr (GError) error = NULL;

      g_assert_null (wt_blobs_get_path (fixture->blobs, name));
      g_assert_false (wt_blobs_remove (fixture->blobs, name, &error));
      g_assert_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_NOT_FOUND);
      g_clear_error (&error);
      g_assert_null (wt_blobs_load_base64 (fixture->blobs, name, G_MAXSIZE, &error));
      g_assert_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_NOT_FOUND);
    }
}

static void
test_load_and_remove (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = text_bytes ("foobar");
  g_autofree char *blob = wt_blobs_add_bytes (fixture->blobs, bytes, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) base64 = wt_blobs_load_base64 (fixture->blobs, blob, 8, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (base64, NULL), g_bytes_get_size (base64), "Zm9vYmFy", 8);
  g_assert_null (wt_blobs_load_base64 (fixture->blobs, blob, 7, &error));
  g_assert_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_TOO_LARGE);
  g_clear_error (&error);

  make_old (fixture, blob);
  g_assert_true (wt_blobs_remove (fixture->blobs, blob, &error));
  g_assert_no_error (error);
  g_assert_false (wt_blobs_remove (fixture->blobs, blob, &error));
  g_assert_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (wt_blobs_load_base64 (fixture->blobs, blob, 8, &error));
  g_assert_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_NOT_FOUND);
}

/* What a killed process left is cleared away; what may still be written is not. */
static void
test_stale (Fixture *fixture, gconstpointer data)
{
  g_autofree char *inner = get_path (fixture, "deep/blobs");
  g_autofree char *stale = get_path (fixture, "deep/blobs/.new-stale1");
  g_autofree char *fresh = get_path (fixture, "deep/blobs/.new-fresh1");
  g_autofree char *other = get_path (fixture, "deep/blobs/other");
  struct utimbuf old = { 1000000, 1000000 };

  g_assert_cmpuint (wt_blobs_remove_temporaries (fixture->blobs), ==, 0);
  g_mkdir_with_parents (inner, 0700);
  g_file_set_contents (stale, "x", 1, NULL);
  g_file_set_contents (fresh, "x", 1, NULL);
  g_file_set_contents (other, "x", 1, NULL);
  g_assert_cmpint (g_utime (stale, &old), ==, 0);
  g_assert_cmpint (g_utime (other, &old), ==, 0);

  g_assert_cmpuint (wt_blobs_remove_temporaries (fixture->blobs), ==, 1);
  g_assert_false (g_file_test (stale, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (fresh, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
}

static gboolean
exists (Fixture *fixture, const char *blob)
{
  g_autofree char *path = wt_blobs_get_path (fixture->blobs, blob);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* The message that a blob was just added for may not be stored yet, be it that the blob was there before. */
static void
test_guard (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = text_bytes ("foobar");
  g_autofree char *blob = wt_blobs_add_bytes (fixture->blobs, bytes, NULL);
  g_autofree char *again = NULL;
  g_auto (GStrv) left = NULL;
  g_auto (GStrv) none = NULL;
  g_autoptr (GError) error = NULL;

  make_old (fixture, blob);
  again = wt_blobs_add_bytes (fixture->blobs, bytes, NULL);
  g_assert_cmpstr (again, ==, blob);
  g_assert_true (wt_blobs_remove (fixture->blobs, blob, &error));
  g_assert_no_error (error);
  g_assert_true (wt_blobs_remove (fixture->blobs, blob, &error));
  g_assert_true (exists (fixture, blob));

  left = wt_blobs_take_left (fixture->blobs);
  g_assert_cmpuint (g_strv_length (left), ==, 1);
  g_assert_cmpstr (left[0], ==, FOOBAR);
  none = wt_blobs_take_left (fixture->blobs);
  g_assert_cmpuint (g_strv_length (none), ==, 0);

  make_old (fixture, blob);
  g_assert_true (wt_blobs_remove (fixture->blobs, blob, &error));
  g_assert_false (exists (fixture, blob));
}

static void
assert_listed (Fixture *fixture, guint n_expected)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) names = wt_blobs_list_old (fixture->blobs, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (names), ==, n_expected);
  for (guint i = 0; i < n_expected; i++)
    g_assert_cmpuint (strlen (names[i]), ==, 64);
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = text_bytes ("foobar");
  g_autoptr (GBytes) others = text_bytes ("barfoo");
  g_autofree char *misplaced = get_path (fixture, "deep/blobs/00");
  g_autofree char *foreign = get_path (fixture, "deep/blobs/00/" FOOBAR);
  g_autofree char *old = NULL;
  g_autofree char *young = NULL;
  struct utimbuf ages = { 1000000, 1000000 };
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  assert_listed (fixture, 0);
  g_assert_true (wt_blobs_keep_present (fixture->blobs, NULL));
  old = wt_blobs_add_bytes (fixture->blobs, bytes, NULL);
  young = wt_blobs_add_bytes (fixture->blobs, others, NULL);
  g_mkdir_with_parents (misplaced, 0700);
  g_file_set_contents (foreign, "x", 1, NULL);
  g_assert_cmpint (g_utime (foreign, &ages), ==, 0);
  make_old (fixture, old);
  assert_listed (fixture, 1);

  g_cancellable_cancel (cancelled);
  g_assert_null (wt_blobs_list_old (fixture->blobs, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  /* Its database is gone, and may come back. */
  g_assert_true (wt_blobs_keep_present (fixture->blobs, NULL));
  make_old (fixture, young);
  assert_listed (fixture, 0);
}

static gpointer
remove_one (gpointer data)
{
  wt_blobs_remove (data, FOOBAR, NULL);
  return NULL;
}

/* The last message that uses a blob was deleted, and the removal is on its way: just then the same bytes come
 * with another message. The lock is held for as long, so that the removal finds them young whenever it goes on. */
static void
test_race (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = get_path (fixture, "deep/blobs");
  g_autoptr (GBytes) bytes = text_bytes ("foobar");
  g_autofree char *blob = wt_blobs_add_bytes (fixture->blobs, bytes, NULL);
  g_autofree char *again = NULL;
  GThread *remover;
  int lock = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  g_assert_cmpint (lock, >=, 0);
  g_assert_cmpint (flock (lock, LOCK_SH), ==, 0);
  make_old (fixture, blob);
  remover = g_thread_new ("remover", remove_one, fixture->blobs);
  again = wt_blobs_add_bytes (fixture->blobs, bytes, NULL);
  g_assert_cmpstr (again, ==, blob);
  close (lock);
  g_thread_join (remover);
  g_assert_true (exists (fixture, blob));
}

static void
test_probe (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (wt_blobs_probe (fixture->blobs, 4096, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_temporary (fixture), ==, 0);
}

static gpointer
add_many (gpointer data)
{
  WtBlobs *blobs = data;

  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *text = g_strdup_printf ("blob %u", i);
      g_autoptr (GBytes) bytes = text_bytes (text);
      g_autofree char *blob = wt_blobs_add_bytes (blobs, bytes, NULL);
      g_autofree char *path = wt_blobs_get_path (blobs, blob);
      g_autofree char *contents = NULL;

      g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
      g_assert_cmpstr (contents, ==, text);
    }

  return NULL;
}

static void
test_threads (Fixture *fixture, gconstpointer data)
{
  GThread *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("adder", add_many, fixture->blobs);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpuint (count_temporary (fixture), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) g_test_add ("/blobs/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("new-destroy", test_new_destroy);
  ADD ("add-base64", test_add_base64);
  ADD ("add-bytes", test_add_bytes);
  ADD ("add-file", test_add_file);
  ADD ("modes", test_modes);
  ADD ("repeat", test_repeat);
  ADD ("damaged", test_damaged);
  ADD ("refused", test_refused);
  ADD ("in-the-way", test_in_the_way);
  ADD ("hostile-names", test_hostile_names);
  ADD ("load-and-remove", test_load_and_remove);
  ADD ("stale", test_stale);
  ADD ("guard", test_guard);
  ADD ("list", test_list);
  ADD ("race", test_race);
  ADD ("probe", test_probe);
  ADD ("threads", test_threads);
#undef ADD

  return g_test_run ();
}
