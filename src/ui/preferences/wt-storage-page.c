/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-storage-page.h"

#include <glib/gi18n-lib.h>

#include "wt-error-words.h"
#include "wt-exporter.h"
#include "wt-profile-upkeep.h"
#include "wt-storage-clear.h"

#define MOST_LARGEST 5

enum
{
  ROW_MESSAGES,
  ROW_PICTURES,
  ROW_STICKERS,
  ROW_VOICE,
  ROW_FILES,
  ROW_PARTS,
  ROW_UNUSED,
  ROW_BACKUPS,
  N_ROWS
};

struct _WtStoragePage
{
  AdwPreferencesPage parent_instance;

  /* Owned. */
  WtProfile *profile;
  WtUsage *usage;            /* (nullable): as it was measured last */
  GCancellable *cancellable; /* of what is measured */

  /* Template children. */
  AdwPreferencesGroup *sizes;
  AdwPreferencesGroup *largest;
  GtkSpinner *measuring;
  GtkSpinner *clearing;
  GtkSpinner *compacting;
  GtkWidget *clear;
  GtkWidget *compact;
  GtkWidget *export;

  /* Borrowed: in the groups. */
  AdwActionRow *rows[N_ROWS];
  GtkLabel *values[N_ROWS];
  GPtrArray *largest_rows;
};

G_DEFINE_FINAL_TYPE (WtStoragePage, wt_storage_page, ADW_TYPE_PREFERENCES_PAGE)

static void measure (WtStoragePage *self);

static void
say (WtStoragePage *self, const char *words)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *escaped = g_markup_escape_text (words, -1);

  if (ADW_IS_PREFERENCES_WINDOW (root))
    adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (root), adw_toast_new (escaped));
}

static void
say_failure (WtStoragePage *self, const char *what, const GError *error)
{
  g_autofree char *sentence = wt_error_words_sentence (error);
  g_autofree char *words = g_strdup_printf ("%s %s", what, sentence);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      && !g_error_matches (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_CLOSED))
    say (self, words);
}

/* Sizes */

static AdwActionRow *
add_row (AdwPreferencesGroup *group, const char *title, const char *subtitle, GtkLabel **value)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label = gtk_label_new (NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  adw_preferences_group_add (group, row);
  *value = GTK_LABEL (label);
  return ADW_ACTION_ROW (row);
}

/* The row reads as one: what, and how much. */
static void
set_size (AdwActionRow *row, GtkLabel *value, guint64 bytes)
{
  g_autofree char *size = g_format_size (bytes);
  g_autofree char *spoken = g_strdup_printf (
      "%s, %s", adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), size);

  gtk_label_set_label (value, size);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
add_rows (WtStoragePage *self)
{
  const struct
  {
    const char *title;
    const char *subtitle;
  } rows[N_ROWS] = {
    [ROW_MESSAGES] = { _ ("Messages"), _ ("With what finds them again") },
    [ROW_PICTURES] = { _ ("Pictures"), NULL },
    [ROW_STICKERS] = { _ ("Stickers"), NULL },
    [ROW_VOICE] = { _ ("Voice Messages"), NULL },
    [ROW_FILES] = { _ ("Files"), NULL },
    [ROW_PARTS] = { _ ("Unfinished Downloads"), NULL },
    [ROW_UNUSED] = { _ ("No Longer Used"), _ ("Goes by itself after some minutes") },
    [ROW_BACKUPS] = { _ ("Backups"), _ ("Made before an update of Wheatear changed the messages’ "
                                        "file") },
  };

  for (guint i = 0; i < N_ROWS; i++)
    self->rows[i] = add_row (self->sizes, rows[i].title, rows[i].subtitle, &self->values[i]);
}

static void
show_sizes (WtStoragePage *self)
{
  const WtUsage *usage = self->usage;
  const guint64 sizes[N_ROWS] = {
    [ROW_MESSAGES] = usage->database.bytes,
    [ROW_PICTURES] = usage->kinds[WT_USAGE_PICTURES].bytes,
    [ROW_STICKERS] = usage->kinds[WT_USAGE_STICKERS].bytes,
    [ROW_VOICE] = usage->kinds[WT_USAGE_VOICE].bytes,
    [ROW_FILES] = usage->kinds[WT_USAGE_FILES].bytes,
    [ROW_PARTS] = usage->parts.bytes,
    [ROW_UNUSED] = usage->unused.bytes,
    [ROW_BACKUPS] = usage->backups.bytes,
  };
  g_autofree char *total = g_format_size (wt_usage_get_total (usage));
  /* TRANSLATORS: %s is a size, as in “1.2 GB” */
  g_autofree char *words = g_strdup_printf (_ ("%s in all"), total);

  for (guint i = 0; i < N_ROWS; i++)
    {
      set_size (self->rows[i], self->values[i], sizes[i]);
      /* What is hardly ever there is shown when it is. */
      gtk_widget_set_visible (GTK_WIDGET (self->rows[i]), i < ROW_PARTS || sizes[i] > 0);
    }
  adw_preferences_group_set_description (self->sizes, words);
}

typedef struct
{
  gint64 id;
  guint64 bytes;
} Share;

static int
compare_shares (gconstpointer a, gconstpointer b)
{
  guint64 left = ((const Share *) a)->bytes, right = ((const Share *) b)->bytes;

  return left < right ? 1 : left > right ? -1 : 0;
}

static GArray *
sort_shares (GHashTable *conversations)
{
  GArray *shares = g_array_new (FALSE, FALSE, sizeof (Share));
  GHashTableIter iter;
  gpointer id, bytes;

  g_hash_table_iter_init (&iter, conversations);
  while (g_hash_table_iter_next (&iter, &id, &bytes))
    {
      Share share = { *(gint64 *) id, *(guint64 *) bytes };

      g_array_append_val (shares, share);
    }
  g_array_sort (shares, compare_shares);
  return shares;
}

static void
show_largest (WtStoragePage *self)
{
  WtConversationList *list = wt_profile_get_conversations (self->profile);
  g_autoptr (GArray) shares = sort_shares (self->usage->conversations);

  for (guint i = 0; i < self->largest_rows->len; i++)
    adw_preferences_group_remove (self->largest, g_ptr_array_index (self->largest_rows, i));
  g_ptr_array_set_size (self->largest_rows, 0);
  for (guint i = 0; i < shares->len && self->largest_rows->len < MOST_LARGEST; i++)
    {
      const Share *share = &g_array_index (shares, Share, i);
      WtConversation *conversation = wt_conversation_list_lookup (list, share->id);
      GtkLabel *value = NULL;
      AdwActionRow *row = NULL;

      if (conversation == NULL || share->bytes == 0)
        continue;
      row = add_row (self->largest, wt_conversation_get_title (conversation), NULL, &value);
      set_size (row, value, share->bytes);
      g_ptr_array_add (self->largest_rows, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->largest), self->largest_rows->len > 0);
}

static void
update_clear (WtStoragePage *self)
{
  gtk_widget_set_sensitive (self->clear,
                            self->usage != NULL && !gtk_spinner_get_spinning (self->clearing)
                                && (self->usage->holds[WT_BLOB_HOLD_REMOTE].count > 0
                                    || self->usage->holds[WT_BLOB_HOLD_CARRIED].count > 0));
}

static void
on_measured (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtStoragePage) self = data;
  g_autoptr (GError) error = NULL;
  WtUsage *usage = wt_profile_measure_finish (WT_PROFILE (source), result, &error);

  /* Another one has begun, or nobody looks any more. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  gtk_spinner_set_spinning (self->measuring, FALSE);
  if (usage == NULL)
    {
      say_failure (self, _ ("Not measured."), error);
      return;
    }
  g_clear_pointer (&self->usage, wt_usage_free);
  self->usage = usage;
  show_sizes (self);
  show_largest (self);
  update_clear (self);
}

static void
measure (WtStoragePage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  gtk_spinner_set_spinning (self->measuring, TRUE);
  wt_profile_measure_async (self->profile, self->cancellable, on_measured, g_object_ref (self));
}

/* Clearing */

static void
on_cleared (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtStoragePage) self = data;
  g_autoptr (GError) error = NULL;
  gssize n_messages = wt_profile_clear_media_finish (WT_PROFILE (source), result, &error);
  g_autofree char *words = NULL;

  gtk_spinner_set_spinning (self->clearing, FALSE);
  update_clear (self);
  if (n_messages < 0)
    say_failure (self, _ ("Not all of it was removed."), error);
  else
    {
      words = g_strdup_printf (
          ngettext ("Removed from %u message", "Removed from %u messages", (gulong) n_messages),
          (guint) n_messages);
      say (self, words);
    }
  measure (self);
}

static void
on_clear_answered (WtBlobHold least, gpointer data)
{
  WtStoragePage *self = data;

  gtk_spinner_set_spinning (self->clearing, TRUE);
  update_clear (self);
  wt_profile_clear_media_async (self->profile, least, NULL, on_cleared, g_object_ref (self));
}

static GtkWindow *
get_window (WtStoragePage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
on_clear (WtStoragePage *self)
{
  if (self->usage != NULL)
    wt_storage_clear_ask (get_window (self), self->usage, on_clear_answered, G_OBJECT (self));
}

/* Compacting */

static void
on_compacted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtStoragePage) self = data;
  g_autoptr (GError) error = NULL;
  gint64 freed = wt_database_compact_finish (WT_DATABASE (source), result, &error);

  gtk_spinner_set_spinning (self->compacting, FALSE);
  gtk_widget_set_sensitive (self->compact, TRUE);
  if (freed < 0)
    say_failure (self, _ ("Not compacted; nothing has changed."), error);
  else
    {
      g_autofree char *size = g_format_size ((guint64) freed);
      g_autofree char *words = g_strdup_printf (_ ("%s smaller now"), size);

      say (self, freed > 0 ? words : _ ("There was nothing to give back"));
    }
  measure (self);
}

static void
on_compact (WtStoragePage *self)
{
  gtk_spinner_set_spinning (self->compacting, TRUE);
  gtk_widget_set_sensitive (self->compact, FALSE);
  wt_database_compact_async (wt_profile_get_database (self->profile), NULL, on_compacted,
                             g_object_ref (self));
}

/* Exporting */

static void
on_export (WtStoragePage *self)
{
  g_autoptr (WtExporter) exporter = wt_exporter_new (self->profile, get_window (self));

  g_signal_connect_object (exporter, "said", G_CALLBACK (say), self, G_CONNECT_SWAPPED);
  wt_exporter_ask (exporter);
}

static void
wt_storage_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wt_storage_page_parent_class)->map (widget);
  measure (WT_STORAGE_PAGE (widget));
}

static void
wt_storage_page_unmap (GtkWidget *widget)
{
  WtStoragePage *self = WT_STORAGE_PAGE (widget);

  g_cancellable_cancel (self->cancellable);
  gtk_spinner_set_spinning (self->measuring, FALSE);
  GTK_WIDGET_CLASS (wt_storage_page_parent_class)->unmap (widget);
}

static void
wt_storage_page_dispose (GObject *object)
{
  WtStoragePage *self = WT_STORAGE_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->profile);

  G_OBJECT_CLASS (wt_storage_page_parent_class)->dispose (object);
}

static void
wt_storage_page_finalize (GObject *object)
{
  WtStoragePage *self = WT_STORAGE_PAGE (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->usage, wt_usage_free);
  g_clear_pointer (&self->largest_rows, g_ptr_array_unref);

  G_OBJECT_CLASS (wt_storage_page_parent_class)->finalize (object);
}

static void
wt_storage_page_class_init (WtStoragePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wt_storage_page_dispose;
  object_class->finalize = wt_storage_page_finalize;
  widget_class->map = wt_storage_page_map;
  widget_class->unmap = wt_storage_page_unmap;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/wheatear_im/Wheatear/preferences/wt-storage-page.ui");
  gtk_widget_class_bind_template_child (widget_class, WtStoragePage, sizes);
  gtk_widget_class_bind_template_child (widget_class, WtStoragePage, largest);
  gtk_widget_class_bind_template_child (widget_class, WtStoragePage, measuring);
  gtk_widget_class_bind_template_child (widget_class, WtStoragePage, clearing);
  gtk_widget_class_bind_template_child (widget_class, WtStoragePage, compacting);
  gtk_widget_class_bind_template_child (widget_class, WtStoragePage, clear);
  gtk_widget_class_bind_template_child (widget_class, WtStoragePage, compact);
  gtk_widget_class_bind_template_child (widget_class, WtStoragePage, export);
  gtk_widget_class_bind_template_callback (widget_class, on_clear);
  gtk_widget_class_bind_template_callback (widget_class, on_compact);
  gtk_widget_class_bind_template_callback (widget_class, on_export);
}

static void
wt_storage_page_init (WtStoragePage *self)
{
  self->cancellable = g_cancellable_new ();
  self->largest_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  add_rows (self);
}

/**
 * wt_storage_page_new:
 * @profile: an open profile
 *
 * Returns: (transfer floating): the page; it measures while it is shown
 */
GtkWidget *
wt_storage_page_new (WtProfile *profile)
{
  WtStoragePage *self = NULL;

  g_return_val_if_fail (WT_IS_PROFILE (profile), NULL);

  self = g_object_new (WT_TYPE_STORAGE_PAGE, NULL);
  self->profile = g_object_ref (profile);
  return GTK_WIDGET (self);
}
