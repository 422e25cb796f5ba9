/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-fetch.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "wt-download.h"
#include "wt-fetched.h"
#include "wt-message-store.h"

/* How often progress is told. */
#define TICK_MS 100

struct _WtFetch
{
  GObject parent_instance;

  /* owned */
  WtDatabase *database;
  WtBlobs *blobs;
  WtMessage *message;
  WtMedia *media; /* (nullable): as the message has it; NULL where it has none there */
  char *path;
  WtEndpoint *own;      /* nullable */
  WtDownload *download; /* while it is on its way */
  GCancellable *cancellable;
  GError *error;

  gint64 message_id;
  gint64 received;
  gint64 total;
  WtSegmentKind kind;
  WtFetchState state;
  guint position;
  guint ticker;
  gboolean again; /* to be started when what was cancelled has ended */
};

G_DEFINE_FINAL_TYPE (WtFetch, wt_fetch, G_TYPE_OBJECT)

typedef enum
{
  PROP_STATE = 1,
  PROP_RECEIVED,
  PROP_TOTAL,
} WtFetchProperty;

enum
{
  STORED,
  N_SIGNALS,
};

static GParamSpec *properties[PROP_TOTAL + 1];
static guint signals[N_SIGNALS];

static void run (WtFetch *self);

GType
wt_fetch_state_get_type (void)
{
  static gsize type;

  if (g_once_init_enter (&type))
    {
      static const GEnumValue values[] = {
        { WT_FETCH_RUNNING, "WT_FETCH_RUNNING", "running" },
        { WT_FETCH_DONE, "WT_FETCH_DONE", "done" },
        { WT_FETCH_FAILED, "WT_FETCH_FAILED", "failed" },
        { 0, NULL, NULL },
      };

      g_once_init_leave (&type, g_enum_register_static ("WtFetchState", values));
    }
  return type;
}

static void
set_state (WtFetch *self, WtFetchState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
set_progress (WtFetch *self, gint64 received, gint64 total)
{
  g_object_freeze_notify (G_OBJECT (self));
  if (self->received != received)
    {
      self->received = received;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECEIVED]);
    }
  if (self->total != total)
    {
      self->total = total;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOTAL]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

static gboolean
on_tick (gpointer data)
{
  WtFetch *self = data;

  set_progress (self, (gint64) wt_download_get_received (self->download),
                wt_download_get_total (self->download));
  return G_SOURCE_CONTINUE;
}

static void
stop_ticking (WtFetch *self)
{
  if (self->ticker != 0)
    g_source_remove (self->ticker);
  self->ticker = 0;
}

static void
end (WtFetch *self, GError *error)
{
  stop_ticking (self);
  g_clear_object (&self->download);
  if (error != NULL && self->again)
    {
      g_error_free (error);
      run (self);
      return;
    }
  self->again = FALSE;
  g_clear_error (&self->error);
  self->error = error;
  set_state (self, error != NULL ? WT_FETCH_FAILED : WT_FETCH_DONE);
}

/* What was downloaded is in the blob folder, and the message says so */

static void
on_stored (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtFetch) self = data;
  GError *error = NULL;
  g_autoptr (WtMessageRecord) record = wt_message_store_set_media_finish (WT_DATABASE (source),
                                                                          result, &error);

  if (record != NULL)
    {
      g_signal_emit (self, signals[STORED], 0, record);
      /* It may not be one of a timeline's. */
      wt_message_load (self->message, record);
    }
  end (self, error);
}

static void
on_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtFetch) self = data;
  GError *error = NULL;
  g_autoptr (WtMedia) media = wt_fetched_keep_finish (result, &error);

  if (media == NULL)
    {
      end (self, error);
      return;
    }
  wt_message_store_set_media_async (self->database, self->message_id, self->position, media,
                                    self->cancellable, on_stored, g_object_ref (self));
}

static void
on_downloaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtFetch) self = data;
  GError *error = NULL;
  g_autoptr (WtDownloadResult) downloaded = wt_download_start_finish (WT_DOWNLOAD (source), result,
                                                                      &error);

  stop_ticking (self);
  if (downloaded == NULL)
    {
      end (self, error);
      return;
    }
  set_progress (self, (gint64) downloaded->size, (gint64) downloaded->size);
  wt_fetched_keep_async (self->blobs, self->kind, self->media, downloaded->path,
                         downloaded->suggested_name, self->cancellable, on_kept,
                         g_object_ref (self));
}

static void
on_folder_made (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtFetch) self = data;
  GError *error = NULL;

  if (!wt_fetched_prepare_finish (result, &error))
    {
      end (self, error);
      return;
    }
  self->download = wt_download_new (self->media->url, self->path, self->own);
  self->ticker = g_timeout_add (TICK_MS, on_tick, self);
  wt_download_start_async (self->download, self->cancellable, on_downloaded, g_object_ref (self));
}

static void
run (WtFetch *self)
{
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->again = FALSE;
  g_clear_error (&self->error);
  set_state (self, WT_FETCH_RUNNING);
  wt_fetched_prepare_async (self->path, self->cancellable, on_folder_made, g_object_ref (self));
}

static void
wt_fetch_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WtFetch *self = WT_FETCH (object);

  switch ((WtFetchProperty) id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_RECEIVED:
      g_value_set_int64 (value, self->received);
      break;
    case PROP_TOTAL:
      g_value_set_int64 (value, self->total);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_fetch_finalize (GObject *object)
{
  WtFetch *self = WT_FETCH (object);

  stop_ticking (self);
  g_clear_object (&self->download);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->database);
  g_clear_object (&self->blobs);
  g_clear_object (&self->message);
  g_clear_pointer (&self->media, wt_media_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->own, wt_endpoint_unref);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (wt_fetch_parent_class)->finalize (object);
}

static void
wt_fetch_class_init (WtFetchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = wt_fetch_get_property;
  object_class->finalize = wt_fetch_finalize;

  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, WT_TYPE_FETCH_STATE,
                                              WT_FETCH_FAILED, flags);
  properties[PROP_RECEIVED] = g_param_spec_int64 ("received", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_TOTAL] = g_param_spec_int64 ("total", NULL, NULL, -1, G_MAXINT64, -1, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  /*< private >
   * WtFetch::stored:
   * @self: a fetch
   * @message: (type WtMessageRecord): the message as it is stored now; for this call only
   */
  signals[STORED] = g_signal_new ("stored", WT_TYPE_FETCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
wt_fetch_init (WtFetch *self)
{
  self->state = WT_FETCH_FAILED;
  self->total = -1;
}

typedef struct
{
  guint left;
  WtSegmentKind kind;
  WtMedia *media;
} Search;

static WtMedia *
find_media (WtSegmentKind kind, const WtMedia *media, gpointer data, GError **error)
{
  Search *search = data;

  if (search->left-- == 0)
    {
      search->kind = kind;
      search->media = wt_media_copy (media);
    }
  return wt_media_copy (media);
}

/*< private >
 * wt_fetch_new:
 * @database: where the message is
 * @blobs: where the contents go
 * @message: a loaded message
 * @position: which of its media, see wt_segment_count_media()
 *
 * Returns: (transfer full): a fetch that has not begun, or is done where the contents are here
 */
WtFetch *
wt_fetch_new (WtDatabase *database, WtBlobs *blobs, WtMessage *message, guint position)
{
  WtFetch *self = g_object_new (WT_TYPE_FETCH, NULL);
  WtSegment *segment = wt_message_get_segment (message);
  Search search = { .left = position, .kind = WT_SEGMENT_FILE };

  if (segment != NULL)
    {
      g_autoptr (WtSegment) mapped G_GNUC_UNUSED = wt_segment_map_media (segment, find_media,
                                                                         &search, NULL);
    }
  self->database = g_object_ref (database);
  self->blobs = g_object_ref (blobs);
  self->message = g_object_ref (message);
  self->message_id = wt_message_get_id (message);
  self->position = position;
  self->path = wt_fetch_dup_path (blobs, self->message_id, position);
  self->kind = search.kind;
  self->media = search.media;
  if (self->media != NULL && self->media->blob != NULL)
    self->state = WT_FETCH_DONE;
  return self;
}

/*< private >
 * wt_fetch_start:
 * @self: a fetch
 * @own: (nullable): the account's own server, see wt_download_new()
 *
 * Begins, or goes on where an earlier attempt ended; where it runs or is done, nothing.
 */
void
wt_fetch_start (WtFetch *self, WtEndpoint *own)
{
  g_return_if_fail (WT_IS_FETCH (self));

  if (self->state == WT_FETCH_DONE)
    return;
  if (self->state == WT_FETCH_RUNNING)
    {
      self->again = g_cancellable_is_cancelled (self->cancellable);
      return;
    }

  g_clear_pointer (&self->own, wt_endpoint_unref);
  self->own = own != NULL ? wt_endpoint_ref (own) : NULL;
  if (self->media != NULL && self->media->url != NULL)
    {
      run (self);
      return;
    }
  end (self, g_error_new_literal (WT_MEDIA_ERROR, WT_MEDIA_ERROR_NOT_FOUND,
                                  "The message does not say where its contents are"));
}

/*< private >
 * wt_fetch_dup_path:
 * @blobs: where the contents go in the end
 * @message_id: the message's row id
 * @position: which of its media
 *
 * Returns: (transfer full): where a part of it waits for the rest: beside the blob folder
 */
char *
wt_fetch_dup_path (WtBlobs *blobs, gint64 message_id, guint position)
{
  g_autofree char *blob_folder = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *name = g_strdup_printf ("%" G_GINT64_FORMAT "-%u", message_id, position);

  g_object_get (blobs, "folder", &blob_folder, NULL);
  folder = g_path_get_dirname (blob_folder);
  return g_build_filename (folder, "downloads", name, NULL);
}

/**
 * wt_fetch_get_state:
 * @self: a fetch
 *
 * Returns: #WtFetch:state
 */
WtFetchState
wt_fetch_get_state (WtFetch *self)
{
  g_return_val_if_fail (WT_IS_FETCH (self), WT_FETCH_FAILED);

  return self->state;
}

/**
 * wt_fetch_get_received:
 * @self: a fetch
 *
 * Returns: bytes that are here, of earlier attempts too; told ten times a second at most
 */
gint64
wt_fetch_get_received (WtFetch *self)
{
  g_return_val_if_fail (WT_IS_FETCH (self), 0);

  return self->received;
}

/**
 * wt_fetch_get_total:
 * @self: a fetch
 *
 * Returns: bytes that it will be, as the server says, or -1 where it does not say
 */
gint64
wt_fetch_get_total (WtFetch *self)
{
  g_return_val_if_fail (WT_IS_FETCH (self), -1);

  return self->total;
}

/**
 * wt_fetch_get_error:
 * @self: a fetch
 *
 * Returns: (transfer none) (nullable): why it failed: a #WtDownloadError, a #WtMediaError (%WT_MEDIA_ERROR_UNSUPPORTED:
 *   not a picture, say), a #WtDatabaseError (%WT_DATABASE_ERROR_NOT_FOUND: the message was deleted), %G_IO_ERROR_CANCELLED or
 *   another #GIOErrorEnum; %NULL unless it failed
 */
const GError *
wt_fetch_get_error (WtFetch *self)
{
  g_return_val_if_fail (WT_IS_FETCH (self), NULL);

  return self->error;
}

/**
 * wt_fetch_cancel:
 * @self: a fetch
 *
 * Ends it, with %G_IO_ERROR_CANCELLED, within moments; what came is kept for another attempt.
 */
void
wt_fetch_cancel (WtFetch *self)
{
  g_return_if_fail (WT_IS_FETCH (self));

  self->again = FALSE;
  if (self->state == WT_FETCH_RUNNING)
    g_cancellable_cancel (self->cancellable);
}
