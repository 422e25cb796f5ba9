/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-spell-menu.h"

#include <glib/gi18n-lib.h>

struct _WtSpellMenu
{
  GObject parent_instance;

  /* owned */
  WtSpellChecker *checker;
  WtSpellAdapter *adapter;
  GMenu *menu;
  char *word;                /* nullable */
  GCancellable *cancellable; /* while suggestions are looked for */

  /* borrowed */
  GtkTextView *view;  /* weak */
  GtkTextMark *start; /* of the word */
  GtkTextMark *end;
};

G_DEFINE_FINAL_TYPE (WtSpellMenu, wt_spell_menu, G_TYPE_OBJECT)

static void
clear (WtSpellMenu *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->word, g_free);
  g_menu_remove_all (self->menu);
}

static void
fill (WtSpellMenu *self, const char *const *suggestions)
{
  g_autoptr (GMenu) words = g_menu_new ();
  g_autoptr (GMenu) more = g_menu_new ();

  for (guint i = 0; suggestions[i] != NULL; i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (suggestions[i], NULL);

      g_menu_item_set_action_and_target (item, "spell.correct", "s", suggestions[i]);
      g_menu_append_item (words, item);
    }
  if (suggestions[0] == NULL)
    g_menu_append (words, _ ("No Suggestions"), "spell.none");
  g_menu_append (more, _ ("_Add to Dictionary"), "spell.add");
  g_menu_append (more, _ ("_Ignore"), "spell.ignore");
  g_menu_append_section (self->menu, NULL, G_MENU_MODEL (words));
  g_menu_append_section (self->menu, NULL, G_MENU_MODEL (more));
}

static void
on_suggested (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtSpellMenu) self = data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) suggestions = wt_spell_checker_suggest_finish (WT_SPELL_CHECKER (source), result,
                                                                &error);

  /* Cancelled: something else was chosen meanwhile. */
  if (suggestions == NULL)
    return;

  g_clear_object (&self->cancellable);
  if (self->view == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self->view)))
    return;

  fill (self, (const char *const *) suggestions);
  gtk_widget_activate_action (GTK_WIDGET (self->view), "menu.popup", NULL);
}

/* Returns: whether there is a misspelt word, whose menu opens in a moment */
static gboolean
open_at (WtSpellMenu *self, const GtkTextIter *place)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter start, end;

  clear (self);
  if (!gtk_text_view_get_editable (self->view)
      || !wt_spell_adapter_find_misspelt (self->adapter, place, &start, &end))
    return FALSE;

  self->word = gtk_text_iter_get_slice (&start, &end);
  gtk_text_buffer_move_mark (buffer, self->start, &start);
  gtk_text_buffer_move_mark (buffer, self->end, &end);
  gtk_text_buffer_place_cursor (buffer, place);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  self->cancellable = g_cancellable_new ();
  wt_spell_checker_suggest_async (self->checker, self->word, self->cancellable, on_suggested,
                                  g_object_ref (self));
  return TRUE;
}

static gboolean
on_key_pressed (WtSpellMenu *self, guint keyval, guint keycode, GdkModifierType state)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();
  GtkTextIter cursor;

  if (!(keyval == GDK_KEY_Menu && modifiers == 0)
      && !(keyval == GDK_KEY_F10 && modifiers == GDK_SHIFT_MASK))
    return GDK_EVENT_PROPAGATE;

  clear (self);
  if (gtk_text_buffer_get_has_selection (buffer))
    return GDK_EVENT_PROPAGATE;

  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  return open_at (self, &cursor);
}

static gboolean
is_selected (GtkTextBuffer *buffer, const GtkTextIter *place)
{
  GtkTextIter start, end;

  return gtk_text_buffer_get_selection_bounds (buffer, &start, &end)
         && gtk_text_iter_in_range (place, &start, &end);
}

static void
on_pressed (WtSpellMenu *self, int n_presses, double x, double y, GtkGesture *gesture)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter place;
  int buffer_x, buffer_y;

  clear (self);
  gtk_text_view_window_to_buffer_coords (self->view, GTK_TEXT_WINDOW_WIDGET, (int) x, (int) y,
                                         &buffer_x, &buffer_y);
  if (!gtk_text_view_get_iter_at_location (self->view, &place, buffer_x, buffer_y)
      || is_selected (buffer, &place))
    return;
  if (open_at (self, &place))
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
on_correct (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  WtSpellMenu *self = data;
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter start, end;
  g_autofree char *now = NULL;

  gtk_text_buffer_get_iter_at_mark (buffer, &start, self->start);
  gtk_text_buffer_get_iter_at_mark (buffer, &end, self->end);
  now = gtk_text_iter_get_slice (&start, &end);
  if (g_strcmp0 (now, self->word) != 0 || !gtk_text_view_get_editable (self->view))
    return;

  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, g_variant_get_string (parameter, NULL), -1);
  gtk_text_buffer_place_cursor (buffer, &start);
  gtk_text_buffer_end_user_action (buffer);
}

static void
on_add (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  WtSpellMenu *self = data;

  if (self->word != NULL)
    wt_spell_checker_add (self->checker, self->word);
}

static void
on_ignore (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  WtSpellMenu *self = data;

  if (self->word != NULL)
    wt_spell_checker_ignore (self->checker, self->word);
}

static void
wt_spell_menu_dispose (GObject *object)
{
  WtSpellMenu *self = WT_SPELL_MENU (object);

  if (self->menu != NULL)
    clear (self);
  if (self->view != NULL)
    gtk_widget_insert_action_group (GTK_WIDGET (self->view), "spell", NULL);
  g_clear_weak_pointer (&self->view);
  g_clear_object (&self->menu);
  g_clear_object (&self->adapter);
  g_clear_object (&self->checker);

  G_OBJECT_CLASS (wt_spell_menu_parent_class)->dispose (object);
}

static void
wt_spell_menu_class_init (WtSpellMenuClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wt_spell_menu_dispose;
}

static void
wt_spell_menu_init (WtSpellMenu *self)
{
  self->menu = g_menu_new ();
}

/* The group keeps @self as plain data: they are taken away with it. */
static void
add_actions (WtSpellMenu *self)
{
  const GActionEntry entries[] = {
    { .name = "correct", .activate = on_correct, .parameter_type = "s" },
    { .name = "add", .activate = on_add },
    { .name = "ignore", .activate = on_ignore },
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self->view), "spell", G_ACTION_GROUP (group));
}

static void
add_controllers (WtSpellMenu *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_pressed), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_object (click, "pressed", G_CALLBACK (on_pressed), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), GTK_EVENT_CONTROLLER (click));
}

/**
 * wt_spell_menu_new:
 * @checker: makes suggestions
 * @adapter: knows what is misspelt
 * @view: has it
 *
 * Returns: (transfer full): to be held as long as the view is used
 */
WtSpellMenu *
wt_spell_menu_new (WtSpellChecker *checker, WtSpellAdapter *adapter, GtkTextView *view)
{
  g_return_val_if_fail (WT_IS_SPELL_CHECKER (checker), NULL);
  g_return_val_if_fail (WT_IS_SPELL_ADAPTER (adapter), NULL);
  g_return_val_if_fail (GTK_IS_TEXT_VIEW (view), NULL);

  WtSpellMenu *self = g_object_new (WT_TYPE_SPELL_MENU, NULL);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextIter start;

  self->checker = g_object_ref (checker);
  self->adapter = g_object_ref (adapter);
  g_set_weak_pointer (&self->view, view);
  gtk_text_buffer_get_start_iter (buffer, &start);
  self->start = gtk_text_buffer_create_mark (buffer, NULL, &start, TRUE);
  self->end = gtk_text_buffer_create_mark (buffer, NULL, &start, FALSE);
  add_actions (self);
  add_controllers (self);
  gtk_text_view_set_extra_menu (view, G_MENU_MODEL (self->menu));
  return self;
}
