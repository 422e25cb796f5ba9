/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-composer-private.h"

#include <string.h>

#include "wt-faces.h"
#include "wt-pill.h"

/* Longer than any name that is offered. */
#define MOST_MENTION 80

/* Deleted ones that are kept; undo does not go back much further. */
#define MOST_GONE 100

static gboolean
is_inside (const GtkTextIter *iter, GtkTextIter *start, GtkTextIter *end)
{
  return wt_pill_find_range (iter, start, end) != NULL && !gtk_text_iter_equal (iter, start);
}

/* A pill that was deleted. Undo knows its text only. */
typedef struct
{
  int offset;
  char *label;
  WtSegment *segment;
} GonePill;

static void
gone_pill_free (gpointer data)
{
  GonePill *gone = data;

  g_free (gone->label);
  wt_segment_unref (gone->segment);
  g_free (gone);
}

static void
remember_pills (WtComposer *self, const GtkTextIter *start, const GtkTextIter *end)
{
  GtkTextIter iter = *start;

  do
    {
      WtPill *pill = wt_pill_find (&iter);
      GtkTextIter from, to;
      GonePill *gone;

      if (pill == NULL || gtk_text_iter_compare (&iter, end) >= 0)
        continue;
      wt_pill_find_range (&iter, &from, &to);
      gone = g_new0 (GonePill, 1);
      gone->offset = gtk_text_iter_get_offset (&from);
      gone->label = gtk_text_iter_get_slice (&from, &to);
      gone->segment = wt_segment_ref (wt_pill_get_segment (pill));
      g_ptr_array_insert (self->gone_pills, 0, gone);
      iter = to;
      gtk_text_iter_backward_char (&iter);
    }
  while (gtk_text_iter_forward_to_tag_toggle (&iter, NULL)
         && gtk_text_iter_compare (&iter, end) < 0);

  if (self->gone_pills->len > MOST_GONE)
    g_ptr_array_set_size (self->gone_pills, MOST_GONE);
}

/* What is deleted of a pill is deleted of all of it. */
static void
on_delete_range (WtComposer *self, GtkTextIter *start, GtkTextIter *end)
{
  GtkTextIter last = *end;
  GtkTextIter from, to;

  if (gtk_text_iter_backward_char (&last) && wt_pill_find_range (&last, &from, &to) != NULL
      && gtk_text_iter_compare (end, &to) < 0)
    *end = to;
  if (is_inside (start, &from, &to))
    *start = from;
  remember_pills (self, start, end);
}

/* Nothing is written into one. */
static void
on_insert_text (WtComposer *self, GtkTextIter *location, const char *text, int length)
{
  GtkTextIter from, to;

  if (is_inside (location, &from, &to))
    *location = to;
}

/* The cursor steps over one. */
static void
on_cursor_moved (WtComposer *self)
{
  GtkTextMark *mark = gtk_text_buffer_get_insert (self->buffer);
  int before = self->cursor;
  GtkTextIter cursor, from, to;

  gtk_text_buffer_get_iter_at_mark (self->buffer, &cursor, mark);
  self->cursor = gtk_text_iter_get_offset (&cursor);
  if (is_inside (&cursor, &from, &to))
    {
      GtkTextIter *target = self->cursor > before ? &to : &from;

      if (gtk_text_buffer_get_has_selection (self->buffer))
        gtk_text_buffer_move_mark (self->buffer, mark, target);
      else
        gtk_text_buffer_place_cursor (self->buffer, target);
    }
  wt_composer_update_mentions (self);
}

static void
set_colours (WtComposer *self, WtPill *pill)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self->view));
  GdkRGBA text = { 0.2f, 0.5f, 0.9f, 1 };
  GdkRGBA background;

  gtk_style_context_lookup_color (context, "accent_color", &text);
  background = text;
  background.alpha = 0.15f;
  wt_pill_set_colours (pill, &text, &background);
}

static void
colour_tag (GtkTextTag *tag, gpointer data)
{
  if (WT_IS_PILL (tag))
    set_colours (data, WT_PILL (tag));
}

/* After the style changed. */
void
wt_composer_colour_pills (WtComposer *self)
{
  gtk_text_tag_table_foreach (gtk_text_buffer_get_tag_table (self->buffer), colour_tag, self);
}

static void
collect_tag (GtkTextTag *tag, gpointer data)
{
  if (WT_IS_PILL (tag))
    g_ptr_array_add (data, tag);
}

/* Of a text that is gone. */
void
wt_composer_forget_pills (WtComposer *self)
{
  GtkTextTagTable *table = gtk_text_buffer_get_tag_table (self->buffer);
  g_autoptr (GPtrArray) tags = g_ptr_array_new ();

  gtk_text_tag_table_foreach (table, collect_tag, tags);
  for (guint i = 0; i < tags->len; i++)
    gtk_text_tag_table_remove (table, tags->pdata[i]);
  g_ptr_array_set_size (self->gone_pills, 0);
}

static WtPill *
add_pill (WtComposer *self, WtSegment *segment)
{
  g_autoptr (WtPill) pill = wt_pill_new (segment);

  gtk_text_tag_table_add (gtk_text_buffer_get_tag_table (self->buffer), GTK_TEXT_TAG (pill));
  set_colours (self, pill);
  return pill; /* the table holds it */
}

/* Puts @segment in the place of what is between @start and @end, under the name of @label. */
void
wt_composer_insert_pill (WtComposer *self,
                         GtkTextIter *start,
                         GtkTextIter *end,
                         WtSegment *segment,
                         const char *label)
{
  WtPill *pill = add_pill (self, segment);
  gboolean spaced = wt_segment_get_kind (segment) == WT_SEGMENT_AT;

  gtk_text_buffer_begin_user_action (self->buffer);
  gtk_text_buffer_delete (self->buffer, start, end);
  gtk_text_buffer_insert_with_tags (self->buffer, start, label, -1, GTK_TEXT_TAG (pill), NULL);
  if (spaced && gtk_text_iter_get_char (start) == ' ')
    gtk_text_iter_forward_char (start);
  else if (spaced)
    gtk_text_buffer_insert (self->buffer, start, " ", -1);
  gtk_text_buffer_place_cursor (self->buffer, start);
  gtk_text_buffer_end_user_action (self->buffer);
}

/* Where one types. */
void
wt_composer_insert_face (WtComposer *self, const char *id)
{
  g_autoptr (WtSegment) segment = wt_segment_new_face (id);
  const char *emoji = wt_faces_get_emoji (id);
  GtkTextIter start, end;

  gtk_text_buffer_get_selection_bounds (self->buffer, &start, &end);
  wt_composer_insert_pill (self, &start, &end, segment, emoji != NULL ? emoji : "☺");
}

/* In a text that was stored plain: a name that only one member has is that member again. */
void
wt_composer_restore_pills (WtComposer *self)
{
  GtkTextIter iter;

  gtk_text_buffer_get_start_iter (self->buffer, &iter);
  do
    {
      GtkTextIter end = iter;
      g_autofree char *text = NULL;
      g_autoptr (WtSegment) segment = NULL;
      glong n_characters = 0;

      if (gtk_text_iter_get_char (&iter) != '@' || wt_pill_find (&iter) != NULL)
        continue;
      gtk_text_iter_forward_chars (&end, MOST_MENTION);
      text = gtk_text_iter_get_slice (&iter, &end);
      segment = wt_mention_popover_match (self->mentions, text, &n_characters);
      if (segment == NULL)
        continue;

      end = iter;
      gtk_text_iter_forward_chars (&end, (int) n_characters);
      gtk_text_buffer_apply_tag (self->buffer, GTK_TEXT_TAG (add_pill (self, segment)), &iter,
                                 &end);
      iter = end;
    }
  while (gtk_text_iter_forward_char (&iter));
}

static void
flush (GPtrArray *pieces, GString *text)
{
  if (text->len > 0)
    g_ptr_array_add (pieces, wt_segment_new_text (text->str));
  g_string_truncate (text, 0);
}

/* Blanks at the end that nobody typed on purpose. */
static void
chomp (GString *text)
{
  g_strchomp (text->str);
  g_string_truncate (text, strlen (text->str));
}

/* The text as it is sent: of WtSegment, without the blank lines around it; empty where nothing shows. */
GPtrArray *
wt_composer_make_pieces (WtComposer *self)
{
  g_autoptr (GPtrArray) pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) wt_segment_unref);
  g_autoptr (GString) text = g_string_new (NULL);
  GtkTextIter iter, end;

  gtk_text_buffer_get_start_iter (self->buffer, &iter);
  while (gtk_text_iter_get_char (&iter) == '\n' || gtk_text_iter_get_char (&iter) == '\r')
    gtk_text_iter_forward_char (&iter);

  while (!gtk_text_iter_is_end (&iter))
    {
      WtPill *pill = wt_pill_find (&iter);
      g_autofree char *slice = NULL;

      end = iter;
      if (!gtk_text_iter_forward_to_tag_toggle (&end, NULL))
        gtk_text_iter_forward_to_end (&end);
      if (pill != NULL)
        {
          flush (pieces, text);
          g_ptr_array_add (pieces, wt_segment_ref (wt_pill_get_segment (pill)));
        }
      else
        {
          slice = gtk_text_buffer_get_text (self->buffer, &iter, &end, FALSE);
          g_string_append (text, slice);
        }
      iter = end;
    }

  chomp (text);
  flush (pieces, text);
  return g_steal_pointer (&pieces);
}

/* Undoing brings back the text of a pill, at its place: the pill is put there again. */
static void
on_undone (WtComposer *self)
{
  for (guint i = 0; i < self->gone_pills->len;)
    {
      GonePill *gone = self->gone_pills->pdata[i];
      g_autofree char *text = NULL;
      GtkTextIter start, end;

      gtk_text_buffer_get_iter_at_offset (self->buffer, &start, gone->offset);
      end = start;
      gtk_text_iter_forward_chars (&end, (int) g_utf8_strlen (gone->label, -1));
      text = gtk_text_iter_get_slice (&start, &end);
      if (!g_str_equal (text, gone->label) || wt_pill_find (&start) != NULL)
        {
          i++;
          continue;
        }
      gtk_text_buffer_apply_tag (self->buffer, GTK_TEXT_TAG (add_pill (self, gone->segment)),
                                 &start, &end);
      g_ptr_array_remove_index (self->gone_pills, i);
    }
}

void
wt_composer_init_pills (WtComposer *self)
{
  self->gone_pills = g_ptr_array_new_with_free_func (gone_pill_free);
  g_signal_connect_object (self->buffer, "delete-range", G_CALLBACK (on_delete_range), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "insert-text", G_CALLBACK (on_insert_text), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "notify::cursor-position", G_CALLBACK (on_cursor_moved),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "undo", G_CALLBACK (on_undone), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->buffer, "redo", G_CALLBACK (on_undone), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}
