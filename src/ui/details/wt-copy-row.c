/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-copy-row.h"

#include "wt-display-text.h"

#include <glib/gi18n-lib.h>

#define MOST_CHARACTERS 200

struct _WtCopyRow
{
  AdwActionRow parent_instance;

  /* owned */
  char *text;

  /* child */
  GtkWidget *button;
};

G_DEFINE_FINAL_TYPE (WtCopyRow, wt_copy_row, ADW_TYPE_ACTION_ROW)

static void
on_clicked (WtCopyRow *self)
{
  if (self->text == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->text);
  gtk_button_set_icon_name (GTK_BUTTON (self->button), "object-select-symbolic");
  gtk_widget_set_tooltip_text (self->button, _ ("Copied"));
}

/* Which of the buttons it is, for who does not see the row. */
static void
on_title (WtCopyRow *self)
{
  g_autofree char *label = g_strdup_printf (
      _ ("Copy: %s"), adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

static void
wt_copy_row_finalize (GObject *object)
{
  g_clear_pointer (&WT_COPY_ROW (object)->text, g_free);

  G_OBJECT_CLASS (wt_copy_row_parent_class)->finalize (object);
}

static void
wt_copy_row_class_init (WtCopyRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wt_copy_row_finalize;
}

static void
wt_copy_row_init (WtCopyRow *self)
{
  self->button = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->button, _ ("Copy"));
  gtk_widget_add_css_class (self->button, "flat");
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->button);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "property");
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (on_clicked), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::title", G_CALLBACK (on_title), NULL);
}

/**
 * wt_copy_row_set_text:
 * @self: a row
 * @text: (nullable): what is shown and copied; with nothing the row is hidden
 */
void
wt_copy_row_set_text (WtCopyRow *self, const char *text)
{
  g_return_if_fail (WT_IS_COPY_ROW (self));

  g_autofree char *shown = wt_display_text_line (text != NULL ? text : "", MOST_CHARACTERS);

  g_free (self->text);
  self->text = g_strdup (text);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), shown);
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL && *text != '\0');
  gtk_button_set_icon_name (GTK_BUTTON (self->button), "edit-copy-symbolic");
  gtk_widget_set_tooltip_text (self->button, _ ("Copy"));
}
