/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-form-keys.h"

static gboolean
focus_sibling (GtkWidget *row, GtkDirectionType direction)
{
  gboolean forward = direction == GTK_DIR_TAB_FORWARD;
  GtkWidget *sibling = row;

  for (;;)
    {
      sibling = forward ? gtk_widget_get_next_sibling (sibling)
                        : gtk_widget_get_prev_sibling (sibling);
      if (sibling == NULL)
        return FALSE;
      if (gtk_widget_get_visible (sibling) && gtk_widget_is_sensitive (sibling)
          && gtk_widget_child_focus (sibling, direction))
        return TRUE;
    }
}

static gboolean
move (GtkWidget *focus, GtkDirectionType direction)
{
  GtkWidget *row = gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_BOX_ROW);

  /* What else is in the row, then the rows beside it; of an expanded row's rows, those beside that. */
  for (; row != NULL;
       row = gtk_widget_get_ancestor (gtk_widget_get_parent (row), GTK_TYPE_LIST_BOX_ROW))
    if (gtk_widget_child_focus (row, direction) || focus_sibling (row, direction))
      return TRUE;
  return FALSE;
}

static gboolean
on_key_pressed (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state)
{
  GtkWidget *form = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (keys));
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (form));

  if (focus == NULL || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_ISO_Left_Tab || (key == GDK_KEY_Tab && (state & GDK_SHIFT_MASK) != 0))
    return move (focus, GTK_DIR_TAB_BACKWARD);
  if (key == GDK_KEY_Tab || key == GDK_KEY_KP_Tab)
    return move (focus, GTK_DIR_TAB_FORWARD);
  return GDK_EVENT_PROPAGATE;
}

/**
 * wt_form_keys_attach:
 * @form: a widget with list boxes whose rows are fields
 *
 * Lets Tab go from field to field, as in any form; of itself a list box is left with Tab after its first.
 */
void
wt_form_keys_attach (GtkWidget *form)
{
  g_return_if_fail (GTK_IS_WIDGET (form));

  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), NULL);
  gtk_widget_add_controller (form, keys);
}
