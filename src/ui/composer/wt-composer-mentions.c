/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-composer-private.h"

#include "wt-pill.h"

/* So far back from the cursor an “@” is looked for. */
#define MOST_TYPED 32

static gboolean
is_at (gunichar c)
{
  return c == '@' || c == 0xff20; /* the wide one, as Chinese input methods write it */
}

/* Not within an address: “me@example.org”. Between Chinese characters there are no blanks. */
static gboolean
begins_word (const GtkTextIter *at)
{
  GtkTextIter before = *at;
  gunichar c;

  if (!gtk_text_iter_backward_char (&before) || wt_pill_find (&before) != NULL)
    return TRUE;

  c = gtk_text_iter_get_char (&before);
  return c >= 0x80
         || !(g_ascii_isalnum ((char) c) || c == '.' || c == '_' || c == '-' || c == '+' || c == '%'
              || c == '@' || c == '/');
}

/* From the “@” to the cursor. */
static gboolean
find_typed (WtComposer *self, GtkTextIter *start, GtkTextIter *end)
{
  if (gtk_text_buffer_get_has_selection (self->buffer))
    return FALSE;

  gtk_text_buffer_get_iter_at_mark (self->buffer, end, gtk_text_buffer_get_insert (self->buffer));
  *start = *end;
  for (guint i = 0; i < MOST_TYPED && gtk_text_iter_backward_char (start); i++)
    {
      gunichar c = gtk_text_iter_get_char (start);

      if (wt_pill_find (start) != NULL || g_unichar_isspace (c) || c == 0xfffc)
        return FALSE;
      if (is_at (c))
        return begins_word (start);
    }
  return FALSE;
}

static gboolean
is_open (WtComposer *self)
{
  return self->mentions != NULL && gtk_widget_get_visible (GTK_WIDGET (self->mentions));
}

/* At the “@”, but above all of the text: none of it is covered. */
static void
point_to (WtComposer *self, const GtkTextIter *iter)
{
  GdkRectangle place;
  double x, y;

  gtk_text_view_get_iter_location (self->view, iter, &place);
  gtk_text_view_buffer_to_window_coords (self->view, GTK_TEXT_WINDOW_WIDGET, place.x, place.y,
                                         &place.x, &place.y);
  if (gtk_widget_translate_coordinates (self->scroller, GTK_WIDGET (self), place.x, 0, &x, &y))
    {
      place.x = (int) x;
      place.y = (int) y;
      place.width = 1;
      gtk_popover_set_pointing_to (GTK_POPOVER (self->mentions), &place);
    }
}

/* After the text, the cursor or the members changed. */
void
wt_composer_update_mentions (WtComposer *self)
{
  GtkTextIter start, end, name;
  g_autofree char *typed = NULL;

  if (self->mentions == NULL)
    return;
  if (!find_typed (self, &start, &end))
    {
      self->dismissed = -1;
      gtk_popover_popdown (GTK_POPOVER (self->mentions));
      return;
    }

  name = start;
  gtk_text_iter_forward_char (&name);
  typed = gtk_text_iter_get_slice (&name, &end);
  if (self->dismissed == gtk_text_iter_get_offset (&start)
      || !gtk_widget_get_mapped (GTK_WIDGET (self))
      || !gtk_widget_has_focus (GTK_WIDGET (self->view))
      || !wt_mention_popover_filter (self->mentions, typed))
    {
      gtk_popover_popdown (GTK_POPOVER (self->mentions));
      return;
    }

  point_to (self, &start);
  gtk_popover_popup (GTK_POPOVER (self->mentions));
}

static void
on_picked (WtComposer *self, WtSegment *segment, const char *label)
{
  GtkTextIter start, end;

  if (find_typed (self, &start, &end))
    wt_composer_insert_pill (self, &start, &end, segment, label);
  gtk_popover_popdown (GTK_POPOVER (self->mentions));
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
dismiss (WtComposer *self)
{
  GtkTextIter start, end;

  if (find_typed (self, &start, &end))
    self->dismissed = gtk_text_iter_get_offset (&start);
  gtk_popover_popdown (GTK_POPOVER (self->mentions));
}

/* Whether this key is for the list of members; the input method is asked first. */
gboolean
wt_composer_is_mention_key (WtComposer *self, guint keyval, GdkModifierType state)
{
  if (!is_open (self) || (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return FALSE;

  switch (keyval)
    {
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
    case GDK_KEY_Tab:
    case GDK_KEY_KP_Tab:
    case GDK_KEY_Escape:
      return TRUE;
    default:
      return FALSE;
    }
}

void
wt_composer_handle_mention_key (WtComposer *self, guint keyval)
{
  switch (keyval)
    {
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      wt_mention_popover_choose_next (self->mentions, -1);
      break;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      wt_mention_popover_choose_next (self->mentions, 1);
      break;
    case GDK_KEY_Escape:
      dismiss (self);
      break;
    default:
      wt_mention_popover_pick (self->mentions);
      break;
    }
}

static void
on_focus_left (WtComposer *self)
{
  if (self->mentions != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->mentions));
}

void
wt_composer_init_mentions (WtComposer *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->dismissed = -1;
  self->mentions = WT_MENTION_POPOVER (wt_mention_popover_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->mentions), GTK_WIDGET (self));
  g_signal_connect_object (self->mentions, "picked", G_CALLBACK (on_picked), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (wt_composer_update_mentions), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (on_focus_left), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), focus);
}

/**
 * wt_composer_mention:
 * @self: a composer
 * @member: somebody
 *
 * Mentions somebody where the cursor is, and puts the focus there.
 */
void
wt_composer_mention (WtComposer *self, WtMember *member)
{
  g_return_if_fail (WT_IS_COMPOSER (self));
  g_return_if_fail (WT_IS_MEMBER (member));

  g_autoptr (WtSegment) segment = wt_segment_new_mention (wt_member_get_user_id (member),
                                                          wt_member_get_nickname (member),
                                                          wt_member_get_cardname (member));
  g_autofree char *label = g_strconcat ("@", wt_member_get_name (member), NULL);
  GtkTextIter start, end;

  gtk_text_buffer_get_selection_bounds (self->buffer, &start, &end);
  wt_composer_insert_pill (self, &start, &end, segment, label);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}
