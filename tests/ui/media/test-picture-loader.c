/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "wt-picture-loader.h"
#include "wt-picture-samples.h"
#include "wt-picture-texture.h"
#include "wt-ui-test.h"

typedef struct
{
  char *folder;
  WtPictureLoader *loader;
} Fixture;

typedef struct
{
  GdkTexture *texture;
  WtPictureInfo info;
  GError *error;
  gboolean done;
  guint *order; /* counts who is done */
  guint place;
} Outcome;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = wt_picture_samples_make_folder ();
  fixture->loader = wt_picture_loader_new (100 * 100 * 4 * 3);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->loader);
  wt_test_remove_folder (fixture->folder);
  g_clear_pointer (&fixture->folder, g_free);
}

static void
clear (Outcome *outcome)
{
  g_clear_object (&outcome->texture);
  g_clear_error (&outcome->error);
  outcome->done = FALSE;
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;

  outcome->texture = wt_picture_loader_load_finish (WT_PICTURE_LOADER (source), result,
                                                    &outcome->info, &outcome->error);
  if (outcome->order != NULL)
    outcome->place = (*outcome->order)++;
  outcome->done = TRUE;
}

static void
ask (Fixture *fixture, const char *path, int size, GCancellable *cancellable, Outcome *outcome)
{
  wt_picture_loader_load_async (fixture->loader, path, size, size, cancellable, on_loaded, outcome);
}

static void
load (Fixture *fixture, const char *path, int size, Outcome *outcome)
{
  clear (outcome);
  ask (fixture, path, size, NULL, outcome);
  wt_test_wait_until (outcome->done);
}

static void
test_size (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = wt_picture_samples_png (fixture->folder, "a", 400, 200);
  Outcome outcome = { 0 };

  load (fixture, path, 100, &outcome);
  g_assert_no_error (outcome.error);
  g_assert_cmpint (gdk_texture_get_width (outcome.texture), ==, 100);
  g_assert_cmpint (gdk_texture_get_height (outcome.texture), ==, 50);
  g_assert_cmpint (outcome.info.width, ==, 400);
  g_assert_cmpint (outcome.info.height, ==, 200);
  g_assert_cmpstr (outcome.info.mime_type, ==, "image/png");
  g_assert_false (outcome.info.animated);

  /* Never enlarged. */
  load (fixture, path, 1000, &outcome);
  g_assert_cmpint (gdk_texture_get_width (outcome.texture), ==, 400);
  clear (&outcome);
}

static void
test_colours (Fixture *fixture, gconstpointer data)
{
  static const guint8 rgba[] = { 255, 0, 0, 255, 0, 200, 100, 128 };
  g_autoptr (GBytes) bytes = g_bytes_new_static (rgba, sizeof rgba);
  g_autoptr (WtPixels) pixels = wt_pixels_new (bytes, 2, 1, 8, TRUE);
  g_autoptr (GdkTexture) texture = wt_picture_texture_new (pixels);
  guint32 argb[2];

  gdk_texture_download (texture, (guchar *) argb, sizeof argb);
  g_assert_cmphex (argb[0], ==, 0xffff0000);
  g_assert_cmphex (argb[1], ==, 0x80006432);
}

static void
test_shared (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = wt_picture_samples_png (fixture->folder, "a", 90, 90);
  Outcome outcomes[5] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    ask (fixture, path, 90, NULL, &outcomes[i]);
  g_assert_cmpuint (wt_picture_loader_get_n_loading (fixture->loader), ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      wt_test_wait_until (outcomes[i].done);
      g_assert_true (outcomes[i].texture == outcomes[0].texture);
    }
  g_assert_cmpuint (wt_picture_loader_get_n_decoded (fixture->loader), ==, 1);

  /* And later from what is kept; another size is another picture. */
  clear (&outcomes[1]);
  load (fixture, path, 90, &outcomes[1]);
  g_assert_true (outcomes[1].texture == outcomes[0].texture);
  g_assert_cmpint (outcomes[1].info.width, ==, 90);
  g_assert_cmpuint (wt_picture_loader_get_n_decoded (fixture->loader), ==, 1);
  load (fixture, path, 45, &outcomes[1]);
  g_assert_cmpuint (wt_picture_loader_get_n_decoded (fixture->loader), ==, 2);
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    clear (&outcomes[i]);
}

static gboolean
is_kept (Fixture *fixture, const char *path)
{
  g_autoptr (GdkTexture) texture = wt_picture_loader_peek (fixture->loader, path, 100, 100, NULL);

  return texture != NULL;
}

static void
test_bounded (Fixture *fixture, gconstpointer data)
{
  WtPictureCache *cache = wt_picture_loader_get_cache (fixture->loader);
  char *paths[5];
  Outcome outcome = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);

      paths[i] = wt_picture_samples_png (fixture->folder, name, 100, 100);
    }
  for (guint i = 0; i < 3; i++)
    load (fixture, paths[i], 100, &outcome);
  g_assert_cmpuint (wt_picture_cache_get_memory (cache), ==, 3 * 100 * 100 * 4);

  /* The one that was used last stays. */
  g_assert_true (is_kept (fixture, paths[0]));
  load (fixture, paths[3], 100, &outcome);
  g_assert_true (is_kept (fixture, paths[0]));
  g_assert_false (is_kept (fixture, paths[1]));
  g_assert_cmpuint (wt_picture_cache_get_memory (cache), ==, 3 * 100 * 100 * 4);
  g_assert_cmpuint (wt_picture_cache_get_n_pictures (cache), ==, 3);

  /* One that is larger than everything is shown, but not kept, and nothing goes for it. */
  g_autofree char *large = wt_picture_samples_png (fixture->folder, "large", 400, 400);

  load (fixture, large, 400, &outcome);
  g_assert_nonnull (outcome.texture);
  g_assert_cmpuint (wt_picture_cache_get_n_pictures (cache), ==, 3);
  clear (&outcome);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    g_free (paths[i]);
}

static void
test_five_hundred (Fixture *fixture, gconstpointer data)
{
  WtPictureCache *cache = wt_picture_loader_get_cache (fixture->loader);
  Outcome outcome = { 0 };
  gsize most = 0;

  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);
      g_autofree char *path = wt_picture_samples_png (fixture->folder, name, 20 + (int) i % 80, 50);

      load (fixture, path, 100, &outcome);
      most = MAX (most, wt_picture_cache_get_memory (cache));
    }
  g_assert_cmpuint (most, <=, 100 * 100 * 4 * 3);
  g_assert_cmpuint (most, >, 100 * 100 * 4 * 2);
  clear (&outcome);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = wt_picture_samples_png (fixture->folder, "a", 90, 90);
  g_autoptr (GCancellable) first = g_cancellable_new ();
  g_autoptr (GCancellable) second = g_cancellable_new ();
  Outcome outcomes[3] = { 0 };

  /* Somebody else still waits. */
  ask (fixture, path, 90, first, &outcomes[0]);
  ask (fixture, path, 90, second, &outcomes[1]);
  g_cancellable_cancel (first);
  wt_test_wait_until (outcomes[0].done && outcomes[1].done);
  g_assert_error (outcomes[0].error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_nonnull (outcomes[1].texture);

  /* Nobody waits any more; then somebody asks anew. */
  clear (&outcomes[1]);
  ask (fixture, path, 45, second, &outcomes[1]);
  g_cancellable_cancel (second);
  g_assert_cmpuint (wt_picture_loader_get_n_loading (fixture->loader), ==, 0);
  ask (fixture, path, 45, NULL, &outcomes[2]);
  wt_test_wait_until (outcomes[1].done && outcomes[2].done);
  g_assert_error (outcomes[1].error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_no_error (outcomes[2].error);
  g_assert_nonnull (outcomes[2].texture);

  /* Cancelled from the beginning. */
  clear (&outcomes[1]);
  ask (fixture, path, 20, second, &outcomes[1]);
  wt_test_wait_until (outcomes[1].done);
  g_assert_error (outcomes[1].error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    clear (&outcomes[i]);
}

/* What scrolled by is not decoded, and what is wanted now does not wait for it. */
static void
test_newest_first (Fixture *fixture, gconstpointer data)
{
  enum
  {
    N = 40
  };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Outcome outcomes[N] = { 0 };
  Outcome wanted = { 0 };
  guint order = 0;

  g_autofree char *path = wt_picture_samples_png (fixture->folder, "wanted", 100, 100);
  char *paths[N];

  for (guint i = 0; i < N; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);

      paths[i] = wt_picture_samples_png (fixture->folder, name, 600, 400);
    }
  for (guint i = 0; i < N; i++)
    {
      outcomes[i].order = &order;
      ask (fixture, paths[i], 100, i % 2 == 0 ? cancellable : NULL, &outcomes[i]);
    }
  wanted.order = &order;
  ask (fixture, path, 100, NULL, &wanted);
  wt_test_wait_until (wanted.done);
  /* Some were in work by then; most were not. */
  g_assert_cmpuint (wanted.place, <, N / 2);
  g_cancellable_cancel (cancellable);
  for (guint i = 0; i < N; i++)
    wt_test_wait_until (outcomes[i].done);
  g_assert_cmpuint (wt_picture_loader_get_n_loading (fixture->loader), ==, 0);
  for (guint i = 0; i < N; i++)
    {
      clear (&outcomes[i]);
      g_free (paths[i]);
    }
  clear (&wanted);
}

static void
test_failures (Fixture *fixture, gconstpointer data)
{
  g_autofree char *broken = wt_picture_samples_broken (fixture->folder, "broken");
  g_autofree char *vanished = wt_picture_samples_png (fixture->folder, "vanished", 10, 10);
  g_autofree char *text = g_build_filename (fixture->folder, "text", NULL);
  Outcome outcome = { 0 };

  load (fixture, broken, 100, &outcome);
  g_assert_error (outcome.error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_BROKEN);
  g_assert_null (outcome.texture);

  g_unlink (vanished);
  load (fixture, vanished, 100, &outcome);
  g_assert_error (outcome.error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_NOT_FOUND);
  g_assert_cmpint (outcome.info.width, ==, 0);

  g_assert_true (g_file_set_contents (text, "<svg/>", -1, NULL));
  load (fixture, text, 100, &outcome);
  g_assert_error (outcome.error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_UNSUPPORTED);
  clear (&outcome);
}

/* The window closes while pictures load. */
static void
test_left (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  WtPictureLoader *loader = wt_picture_loader_new (1000);
  Outcome outcomes[10] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);
      g_autofree char *path = wt_picture_samples_png (fixture->folder, name, 300, 300);

      wt_picture_loader_load_async (loader, path, 100, 100, cancellable, on_loaded, &outcomes[i]);
    }
  g_cancellable_cancel (cancellable);
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    wt_test_wait_until (outcomes[i].done);
  g_assert_finalize_object (loader);
  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++)
    clear (&outcomes[i]);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/ui/picture-loader/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  if (!wt_ui_test_init (&argc, &argv))
    return 77;

  ADD ("size", test_size);
  ADD ("colours", test_colours);
  ADD ("shared", test_shared);
  ADD ("bounded", test_bounded);
  ADD ("five-hundred", test_five_hundred);
  ADD ("cancelled", test_cancelled);
  ADD ("newest-first", test_newest_first);
  ADD ("failures", test_failures);
  ADD ("left", test_left);
  return g_test_run ();
}
