/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-exporter.h"

#include <glib/gi18n-lib.h>

#include "wt-alert.h"
#include "wt-error-words.h"

/* What is over sooner needs no progress shown. */
#define PROGRESS_AFTER_MS 400

#define MOST_TITLE_CHARS 60

struct _WtExporter
{
  GObject parent_instance;

  /* Owned */
  WtProfile *profile;
  GPtrArray
      *conversations; /* of WtConversation, as the list to choose from has them after "All Chats" */
  WtConversation *conversation; /* (nullable): the one chosen */
  GtkFileChooserNative *chooser;
  GCancellable *cancellable;

  /* Borrowed */
  GtkWindow *parent; /* weak */
  AdwComboRow *what; /* in the question */
  AdwComboRow *format_row;
  GtkWindow *progress; /* weak: GTK's */
  GtkProgressBar *bar; /* in it */

  WtExportFormat format;
  gint64 total;
  guint timeout;
};

enum
{
  SIGNAL_SAID,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WtExporter, wt_exporter, G_TYPE_OBJECT)

static void
close_progress (WtExporter *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  if (self->progress != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->progress, self->cancellable);
      gtk_window_destroy (self->progress);
    }
  g_clear_weak_pointer (&self->progress);
  self->bar = NULL;
}

static void
wt_exporter_dispose (GObject *object)
{
  WtExporter *self = WT_EXPORTER (object);

  close_progress (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->chooser);
  g_clear_object (&self->conversation);
  g_clear_object (&self->profile);
  g_clear_weak_pointer (&self->parent);
  g_clear_pointer (&self->conversations, g_ptr_array_unref);

  G_OBJECT_CLASS (wt_exporter_parent_class)->dispose (object);
}

static void
wt_exporter_finalize (GObject *object)
{
  g_object_unref (WT_EXPORTER (object)->cancellable);

  G_OBJECT_CLASS (wt_exporter_parent_class)->finalize (object);
}

static void
wt_exporter_class_init (WtExporterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wt_exporter_dispose;
  G_OBJECT_CLASS (klass)->finalize = wt_exporter_finalize;

  signals[SIGNAL_SAID] = g_signal_new ("said", WT_TYPE_EXPORTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
wt_exporter_init (WtExporter *self)
{
  self->cancellable = g_cancellable_new ();
  self->conversations = g_ptr_array_new_with_free_func (g_object_unref);
}

static void
say (WtExporter *self, const char *words)
{
  g_signal_emit (self, signals[SIGNAL_SAID], 0, words);
}

/* Writing */

static void
on_progress (gint64 done, gpointer data)
{
  WtExporter *self = data;

  if (self->bar != NULL && self->total > 0)
    gtk_progress_bar_set_fraction (self->bar, CLAMP ((double) done / (double) self->total, 0, 1));
}

static char *
describe (const WtExportReport *report)
{
  g_autofree char *name = g_path_get_basename (report->path);
  g_autofree char *shown = g_filename_display_name (name);
  g_autofree char *missing = NULL;

  if (report->n_missing == 0)
    /* TRANSLATORS: %s is a file’s or folder’s name */
    return g_strdup_printf (_ ("Exported as “%s”"), shown);

  missing = g_strdup_printf (ngettext ("%u picture or file is not here any more and was left out",
                                       "%u pictures and files are not here any more and were left "
                                       "out",
                                       report->n_missing),
                             report->n_missing);
  /* TRANSLATORS: a file’s or folder’s name, and how many pictures are missing in it */
  return g_strdup_printf (_ ("Exported as “%s”. %s"), shown, missing);
}

static void
on_exported (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtExporter) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WtExportReport) report = wt_profile_export_finish (WT_PROFILE (source), result,
                                                                &error);
  g_autofree char *words = NULL;

  close_progress (self);
  if (report != NULL)
    words = describe (report);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    words = g_strdup (_ ("Export stopped"));
  else
    {
      g_autofree char *sentence = wt_error_words_sentence (error);

      words = g_strdup_printf (_ ("Not exported. %s"), sentence);
    }
  say (self, words);
}

static void
on_cancel (GCancellable *cancellable)
{
  g_cancellable_cancel (cancellable);
}

static gboolean
on_slow (gpointer data)
{
  WtExporter *self = data;
  GtkWidget *dialog = wt_alert_new (self->parent, _ ("Exporting…"), NULL);
  GtkWidget *bar = gtk_progress_bar_new ();

  self->timeout = 0;
  self->bar = GTK_PROGRESS_BAR (bar);
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("How much is exported"), -1);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"));
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), bar);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_cancel), self->cancellable,
                           G_CONNECT_SWAPPED);
  g_set_weak_pointer (&self->progress, GTK_WINDOW (dialog));
  gtk_window_present (GTK_WINDOW (dialog));
  return G_SOURCE_REMOVE;
}

/**
 * wt_exporter_write:
 * @self: an exporter
 * @conversation: (nullable): what to export; %NULL: all
 * @format: how
 * @folder: where to
 *
 * Writes it, and shows how far it is where that takes long. #WtExporter::said tells the end.
 */
void
wt_exporter_write (WtExporter *self,
                   WtConversation *conversation,
                   WtExportFormat format,
                   GFile *folder)
{
  g_return_if_fail (WT_IS_EXPORTER (self));
  g_return_if_fail (G_IS_FILE (folder));

  g_autofree char *path = g_file_get_path (folder);

  if (path == NULL)
    {
      say (self, _ ("Not exported. Choose a folder on this computer."));
      return;
    }
  self->total = wt_profile_count_exported (self->profile, conversation);
  self->timeout = g_timeout_add (PROGRESS_AFTER_MS, on_slow, self);
  wt_profile_export_async (self->profile, conversation, format, path, on_progress, self,
                           self->cancellable, on_exported, g_object_ref (self));
}

/* Asking */

static void
on_chosen (GtkNativeDialog *chooser, int response, WtExporter *self)
{
  g_autoptr (WtExporter) held = g_object_ref (self);
  g_autoptr (GFile) folder = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    folder = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  g_signal_handlers_disconnect_by_func (chooser, on_chosen, self);
  g_clear_object (&self->chooser);
  if (folder != NULL)
    wt_exporter_write (self, self->conversation, self->format, folder);
}

static void
choose_folder (WtExporter *self)
{
  self->chooser = gtk_file_chooser_native_new (_ ("Export To"), self->parent,
                                               GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Export"),
                                               _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  /* What is asked is kept by the question until it is answered. */
  g_signal_connect_data (self->chooser, "response", G_CALLBACK (on_chosen), g_object_ref (self),
                         (GClosureNotify) (void (*) (void)) g_object_unref, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
on_response (AdwMessageDialog *dialog, const char *response, WtExporter *self)
{
  guint chosen = adw_combo_row_get_selected (self->what);

  if (!g_str_equal (response, "choose"))
    return;
  if (chosen > 0 && chosen <= self->conversations->len)
    g_set_object (&self->conversation, g_ptr_array_index (self->conversations, chosen - 1));
  self->format = adw_combo_row_get_selected (self->format_row) == 0 ? WT_EXPORT_FORMAT_MARKDOWN
                                                                    : WT_EXPORT_FORMAT_JSONL;
  choose_folder (self);
}

static GtkWidget *
make_row (const char *title, const char *subtitle, GListModel *model)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), model);
  return row;
}

static GtkWidget *
make_what (WtExporter *self)
{
  GListModel *all = G_LIST_MODEL (wt_profile_get_conversations (self->profile));
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  gtk_string_list_append (titles, _ ("All Chats and Groups"));
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      WtConversation *conversation = g_list_model_get_item (all, i);
      g_autofree char *valid = g_utf8_make_valid (wt_conversation_get_title (conversation), -1);
      g_autofree char *title = g_utf8_strlen (valid, -1) > MOST_TITLE_CHARS
                                   ? g_utf8_substring (valid, 0, MOST_TITLE_CHARS)
                                   : g_strdup (valid);

      g_strdelimit (title, "\n\r\t", ' ');
      gtk_string_list_append (titles, title);
      g_ptr_array_add (self->conversations, conversation);
    }
  /* Translators: which chats are exported */
  return make_row (_ ("What"), NULL, G_LIST_MODEL (titles));
}

static GtkWidget *
make_form (WtExporter *self)
{
  const char *const formats[] = { _ ("To Read"), _ ("For Programs"), NULL };
  g_autoptr (GtkStringList) list = gtk_string_list_new (formats);
  GtkWidget *box = gtk_list_box_new ();
  GtkWidget *what = make_what (self);
  GtkWidget *format = make_row (_ ("Format"), _ ("Markdown, or a line of JSON for each message"),
                                G_LIST_MODEL (list));

  self->what = ADW_COMBO_ROW (what);
  self->format_row = ADW_COMBO_ROW (format);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (box), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (box, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (box), what);
  gtk_list_box_append (GTK_LIST_BOX (box), format);
  return box;
}

/**
 * wt_exporter_ask:
 * @self: an exporter
 *
 * Asks what to export, then where to, and does it.
 */
void
wt_exporter_ask (WtExporter *self)
{
  GtkWidget *dialog = NULL;

  g_return_if_fail (WT_IS_EXPORTER (self));

  dialog = wt_alert_new (
      self->parent, _ ("Export Messages"),
      _ ("One file for each chat, with its pictures and files in a folder beside it. Anybody who "
         "has the files can read them. No key is written."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "choose",
                                    _ ("Choose _Folder…"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "choose");
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "choose",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), make_form (self));
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), g_object_ref (self),
                         (GClosureNotify) (void (*) (void)) g_object_unref, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * wt_exporter_new:
 * @profile: an open profile
 * @parent: (nullable): the window the questions belong to
 *
 * Returns: (transfer full): an exporter, for one export
 */
WtExporter *
wt_exporter_new (WtProfile *profile, GtkWindow *parent)
{
  WtExporter *self = NULL;

  g_return_val_if_fail (WT_IS_PROFILE (profile), NULL);

  self = g_object_new (WT_TYPE_EXPORTER, NULL);
  self->profile = g_object_ref (profile);
  g_set_weak_pointer (&self->parent, parent);
  return self;
}
