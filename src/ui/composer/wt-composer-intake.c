/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-composer-private.h"

#include <glib/gi18n-lib.h>

/* What a browser calls a file, when a link is copied or dropped, is none. */
static gboolean
is_web (GFile *file)
{
  return g_file_has_uri_scheme (file, "http") || g_file_has_uri_scheme (file, "https")
         || g_file_has_uri_scheme (file, "mailto") || g_file_has_uri_scheme (file, "about");
}

static gboolean
take_file (WtComposer *self, GFile *file)
{
  if (is_web (file))
    return FALSE;

  wt_composition_add_file (self->composition, file, self->scale_pictures);
  return TRUE;
}

static gboolean
take_files (WtComposer *self, GSList *files)
{
  gboolean taken = FALSE;

  for (GSList *l = files; l != NULL; l = l->next)
    taken |= take_file (self, l->data);

  return taken;
}

static gboolean
can_attach (WtComposer *self)
{
  return gtk_widget_is_sensitive (GTK_WIDGET (self))
         && !wt_composition_get_waiting (self->composition);
}

/**
 * wt_composer_take_value:
 * @self: a composer
 * @value: a #GdkFileList, #GFile or #GdkTexture, dropped or pasted
 *
 * Attaches what it holds.
 *
 * Returns: whether that was anything
 */
gboolean
wt_composer_take_value (WtComposer *self, const GValue *value)
{
  g_return_val_if_fail (WT_IS_COMPOSER (self), FALSE);
  g_return_val_if_fail (G_IS_VALUE (value), FALSE);

  if (!can_attach (self))
    return FALSE;
  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    {
      GdkFileList *list = g_value_get_boxed (value);
      g_autoptr (GSList) files = list != NULL ? gdk_file_list_get_files (list) : NULL;

      return take_files (self, files);
    }
  if (G_VALUE_HOLDS (value, G_TYPE_FILE) && g_value_get_object (value) != NULL)
    return take_file (self, g_value_get_object (value));
  if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE) && g_value_get_object (value) != NULL)
    {
      wt_composition_add_texture (self->composition, g_value_get_object (value),
                                  self->scale_pictures);
      return TRUE;
    }

  return FALSE;
}

/* As the text view would paste by itself. */
void
wt_composer_paste_text (WtComposer *self)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));

  gtk_text_buffer_paste_clipboard (self->buffer, clipboard, NULL,
                                   gtk_text_view_get_editable (self->view));
}

/* What the clipboard is asked for: it may be meant for another conversation by the time it answers. */
typedef struct
{
  WtComposer *self;
  WtComposition *composition;
} Pasting;

static Pasting *
pasting_new (WtComposer *self)
{
  Pasting *pasting = g_new0 (Pasting, 1);

  pasting->self = g_object_ref (self);
  pasting->composition = g_object_ref (self->composition);
  return pasting;
}

static void
pasting_free (Pasting *pasting)
{
  g_clear_object (&pasting->self);
  g_clear_object (&pasting->composition);
  g_free (pasting);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pasting, pasting_free)

static void
on_pasted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Pasting) pasting = data;
  g_autoptr (GError) error = NULL;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, &error);
  WtComposer *self = pasting->self;

  if (self->composition != pasting->composition
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (value == NULL)
    wt_composer_report (self, _ ("What was copied cannot be read any more. Copy it again."));
  else if (!wt_composer_take_value (self, value))
    wt_composer_paste_text (self);
}

/* Files first; a picture only where there is no text: a spreadsheet's cells are both. */
static GType
find_pasted_type (GdkClipboard *clipboard)
{
  g_autoptr (GdkContentFormats) formats = gdk_content_formats_union_deserialize_gtypes (
      gdk_content_formats_ref (gdk_clipboard_get_formats (clipboard)));

  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST))
    return GDK_TYPE_FILE_LIST;
  if (gdk_content_formats_contain_gtype (formats, G_TYPE_FILE))
    return G_TYPE_FILE;
  if (!gdk_content_formats_contain_gtype (formats, G_TYPE_STRING)
      && !gdk_content_formats_contain_gtype (formats, GTK_TYPE_TEXT_BUFFER)
      && gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE))
    return GDK_TYPE_TEXTURE;

  return G_TYPE_INVALID;
}

/* By the keys and by the menu. */
static void
on_paste (GtkTextView *view, WtComposer *self)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  GType type = find_pasted_type (clipboard);

  if (type == G_TYPE_INVALID || !can_attach (self))
    return;

  g_signal_stop_emission_by_name (view, "paste-clipboard");
  gdk_clipboard_read_value_async (clipboard, type, G_PRIORITY_DEFAULT, self->cancellable, on_pasted,
                                  pasting_new (self));
}

static void
on_chosen (WtComposer *self, int response)
{
  g_autoptr (GListModel) files = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (self->chooser));
  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      take_file (self, file);
    }

  g_clear_object (&self->chooser);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* Through the portal where there is one: files only, no paths. */
void
wt_composer_choose_files (WtComposer *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->chooser != NULL || !can_attach (self))
    return;

  self->chooser = gtk_file_chooser_native_new (_ ("Attach Files"),
                                               GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Attach"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_chosen), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

void
wt_composer_init_intake (WtComposer *self)
{
  self->cancellable = g_cancellable_new ();
  g_signal_connect_object (self->view, "paste-clipboard", G_CALLBACK (on_paste), self, 0);
}
