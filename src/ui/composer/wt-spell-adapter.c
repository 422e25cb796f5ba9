/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-spell-adapter.h"

#include "wt-pill.h"
#include "wt-spell-words.h"

/* Characters that are looked at in one go: some hundred words. */
#define PIECE 1000

/* A line that is longer than two pieces is cut at a blank near the end, if there is one. */
#define CUT 100

/* What is longer was not typed by anybody. */
#define MOST_CHARACTERS 200000

struct _WtSpellAdapter
{
  GObject parent_instance;

  /* owned */
  WtSpellChecker *checker;
  GtkTextBuffer *buffer;
  GtkTextTag *tag;
  GPtrArray *words;          /* that are being looked up */
  GCancellable *cancellable; /* while they are */

  /* borrowed */
  GtkTextView *view;  /* weak */
  GtkTextMark *start; /* of what is to be checked */
  GtkTextMark *end;
  GtkTextMark *piece_start; /* of what is being looked up */
  GtkTextMark *piece_end;
  GtkTextMark *edited; /* where something was written last */
  GtkTextMark *held;   /* the word that is being typed */

  gboolean dirty;
  gboolean editing;
  gboolean holding;
  guint n_fences;
  guint source;
};

G_DEFINE_FINAL_TYPE (WtSpellAdapter, wt_spell_adapter, G_TYPE_OBJECT)

static void check_next (WtSpellAdapter *self);

static gboolean
on_idle (gpointer data)
{
  WtSpellAdapter *self = data;

  self->source = 0;
  check_next (self);
  return G_SOURCE_REMOVE;
}

static void
schedule (WtSpellAdapter *self)
{
  if (self->source == 0 && self->cancellable == NULL)
    self->source = g_idle_add_full (G_PRIORITY_LOW, on_idle, self, NULL);
}

static void
get_place (WtSpellAdapter *self, GtkTextMark *mark, GtkTextIter *iter)
{
  gtk_text_buffer_get_iter_at_mark (self->buffer, iter, mark);
}

static void
add_range (WtSpellAdapter *self, const GtkTextIter *start, const GtkTextIter *end)
{
  GtkTextIter from, to;

  get_place (self, self->start, &from);
  get_place (self, self->end, &to);
  if (!self->dirty || gtk_text_iter_compare (start, &from) < 0)
    gtk_text_buffer_move_mark (self->buffer, self->start, start);
  if (!self->dirty || gtk_text_iter_compare (end, &to) > 0)
    gtk_text_buffer_move_mark (self->buffer, self->end, end);
  self->dirty = TRUE;
  schedule (self);
}

static void
add_all (WtSpellAdapter *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  add_range (self, &start, &end);
}

/* What is being looked up is not there any more as it was: it is looked up again. */
static void
drop_answer (WtSpellAdapter *self)
{
  GtkTextIter start, end;

  if (self->cancellable == NULL)
    return;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->words, g_ptr_array_unref);
  get_place (self, self->piece_start, &start);
  get_place (self, self->piece_end, &end);
  add_range (self, &start, &end);
}

static void
note_edit (WtSpellAdapter *self, const GtkTextIter *place)
{
  drop_answer (self);
  gtk_text_buffer_move_mark (self->buffer, self->edited, place);
  self->editing = TRUE;
}

static void
on_inserted (WtSpellAdapter *self, GtkTextIter *end, const char *text, int length)
{
  GtkTextIter start = *end;

  gtk_text_iter_backward_chars (&start, (int) g_utf8_strlen (text, length));
  note_edit (self, end);
  add_range (self, &start, end);
}

static void
on_deleted (WtSpellAdapter *self, GtkTextIter *start, GtkTextIter *end)
{
  note_edit (self, start);
  add_range (self, start, end);
}

/* The word that was being typed is finished, perhaps. */
static void
on_cursor_moved (WtSpellAdapter *self)
{
  GtkTextIter held;

  if (!self->holding)
    return;

  self->holding = FALSE;
  get_place (self, self->held, &held);
  drop_answer (self);
  add_range (self, &held, &held);
}

static void
on_checker_changed (WtSpellAdapter *self)
{
  drop_answer (self);
  add_all (self);
}

/* Blocks of code begin and end with the same mark: one more or less changes what all below is. */
static guint
count_fences (WtSpellAdapter *self, const GtkTextIter *until)
{
  guint n_fences = 0;
  GtkTextIter line;

  gtk_text_buffer_get_start_iter (self->buffer, &line);
  while (gtk_text_iter_compare (&line, until) < 0)
    {
      if (gtk_text_iter_get_char (&line) == '`')
        {
          GtkTextIter end = line;
          g_autofree char *mark = NULL;

          gtk_text_iter_forward_chars (&end, 3);
          mark = gtk_text_iter_get_slice (&line, &end);
          n_fences += wt_spell_words_is_fence (mark);
        }
      if (!gtk_text_iter_forward_line (&line))
        break;
    }
  return n_fences;
}

/* Whole lines, or, of a long one, whole words. */
static void
find_piece (WtSpellAdapter *self, GtkTextIter *start, GtkTextIter *end)
{
  GtkTextIter line;

  get_place (self, self->start, start);
  line = *start;
  gtk_text_iter_set_line_offset (&line, 0);
  if (gtk_text_iter_get_offset (start) - gtk_text_iter_get_offset (&line) > PIECE)
    for (guint i = 0; i < CUT && !g_unichar_isspace (gtk_text_iter_get_char (start)); i++)
      gtk_text_iter_backward_char (start);
  else
    *start = line;

  *end = *start;
  gtk_text_iter_forward_chars (end, PIECE);
  line = *end;
  if (!gtk_text_iter_ends_line (&line))
    gtk_text_iter_forward_to_line_end (&line);
  if (gtk_text_iter_get_offset (&line) - gtk_text_iter_get_offset (end) > PIECE)
    for (guint i = 0; i < CUT && !g_unichar_isspace (gtk_text_iter_get_char (end)); i++)
      gtk_text_iter_forward_char (end);
  else
    *end = line;
}

static gboolean
has_pill (const GtkTextIter *start, const GtkTextIter *end)
{
  GtkTextIter iter = *start;

  for (; gtk_text_iter_compare (&iter, end) < 0; gtk_text_iter_forward_char (&iter))
    if (wt_pill_find (&iter) != NULL)
      return TRUE;

  return FALSE;
}

static gboolean
is_within (const GtkTextIter *place, const GtkTextIter *start, const GtkTextIter *end)
{
  return gtk_text_iter_compare (start, place) <= 0 && gtk_text_iter_compare (place, end) <= 0;
}

/* It was changed, and the cursor has not left it. */
static gboolean
is_typed (WtSpellAdapter *self, const GtkTextIter *start, const GtkTextIter *end)
{
  GtkTextIter cursor, edited;

  if (!self->editing || self->view == NULL || !gtk_widget_has_focus (GTK_WIDGET (self->view)))
    return FALSE;

  get_place (self, gtk_text_buffer_get_insert (self->buffer), &cursor);
  get_place (self, self->edited, &edited);
  return is_within (&edited, start, end) && is_within (&cursor, start, end)
         && !gtk_text_iter_equal (&cursor, start);
}

static void
get_range (const GtkTextIter *piece, const WtSpellWord *word, GtkTextIter *start, GtkTextIter *end)
{
  *start = *end = *piece;
  gtk_text_iter_forward_chars (start, (int) word->start);
  gtk_text_iter_forward_chars (end, (int) word->end);
}

static GPtrArray *
find_words (WtSpellAdapter *self, const GtkTextIter *start, const GtkTextIter *end)
{
  g_autofree char *text = gtk_text_iter_get_slice (start, end);
  g_autoptr (GPtrArray) words = wt_spell_words_find (text, count_fences (self, start) % 2 != 0);
  GtkTextIter edited, from, to;

  get_place (self, self->edited, &edited);
  for (guint i = words->len; i > 0; i--)
    {
      get_range (start, words->pdata[i - 1], &from, &to);
      if (is_typed (self, &from, &to))
        {
          gtk_text_buffer_move_mark (self->buffer, self->held, &from);
          self->holding = TRUE;
          g_ptr_array_remove_index (words, i - 1);
        }
      else if (has_pill (&from, &to))
        {
          g_ptr_array_remove_index (words, i - 1);
        }
    }
  if (is_within (&edited, start, end) && !self->holding)
    self->editing = FALSE;
  return g_steal_pointer (&words);
}

static void
show_answer (WtSpellAdapter *self, GByteArray *right)
{
  GtkTextIter piece, end;

  get_place (self, self->piece_start, &piece);
  get_place (self, self->piece_end, &end);
  gtk_text_buffer_remove_tag (self->buffer, self->tag, &piece, &end);
  for (guint i = 0; i < self->words->len && i < right->len; i++)
    {
      GtkTextIter from, to;

      if (right->data[i] != 0)
        continue;
      get_range (&piece, self->words->pdata[i], &from, &to);
      gtk_text_buffer_apply_tag (self->buffer, self->tag, &from, &to);
    }
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtSpellAdapter) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) right = wt_spell_checker_check_finish (WT_SPELL_CHECKER (source), result,
                                                                &error);

  /* Where it is cancelled, something else is being looked up by now. */
  if (right == NULL)
    return;

  g_clear_object (&self->cancellable);
  show_answer (self, right);
  g_clear_pointer (&self->words, g_ptr_array_unref);
  if (self->dirty)
    schedule (self);
}

static void
ask (WtSpellAdapter *self, const GtkTextIter *start, const GtkTextIter *end)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  self->words = find_words (self, start, end);
  for (guint i = 0; i < self->words->len; i++)
    g_ptr_array_add (texts, ((WtSpellWord *) self->words->pdata[i])->word);
  g_ptr_array_add (texts, NULL);

  gtk_text_buffer_move_mark (self->buffer, self->piece_start, start);
  gtk_text_buffer_move_mark (self->buffer, self->piece_end, end);
  self->cancellable = g_cancellable_new ();
  wt_spell_checker_check_async (self->checker, (const char *const *) texts->pdata,
                                self->cancellable, on_checked, g_object_ref (self));
}

static void
check_next (WtSpellAdapter *self)
{
  int n_characters = gtk_text_buffer_get_char_count (self->buffer);
  GtkTextIter start, end, last;
  guint n_fences;

  if (!self->dirty)
    return;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  /* The first question loads the dictionaries: not before there is something to ask. */
  if (!wt_spell_checker_get_enabled (self->checker) || n_characters == 0
      || n_characters > MOST_CHARACTERS)
    {
      gtk_text_buffer_remove_tag (self->buffer, self->tag, &start, &end);
      self->dirty = FALSE;
      return;
    }

  n_fences = count_fences (self, &end);
  if (n_fences != self->n_fences)
    add_all (self);
  self->n_fences = n_fences;

  find_piece (self, &start, &end);
  get_place (self, self->end, &last);
  self->dirty = gtk_text_iter_compare (&end, &last) < 0;
  gtk_text_buffer_move_mark (self->buffer, self->start, &end);
  ask (self, &start, &end);
}

static void
wt_spell_adapter_dispose (GObject *object)
{
  WtSpellAdapter *self = WT_SPELL_ADAPTER (object);

  g_clear_handle_id (&self->source, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_weak_pointer (&self->view);
  g_clear_object (&self->checker);
  g_clear_object (&self->buffer);
  g_clear_object (&self->tag);
  g_clear_pointer (&self->words, g_ptr_array_unref);

  G_OBJECT_CLASS (wt_spell_adapter_parent_class)->dispose (object);
}

static void
wt_spell_adapter_class_init (WtSpellAdapterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wt_spell_adapter_dispose;
}

static void
wt_spell_adapter_init (WtSpellAdapter *self)
{
}

static void
make_marks (WtSpellAdapter *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  self->start = gtk_text_buffer_create_mark (self->buffer, NULL, &start, TRUE);
  self->end = gtk_text_buffer_create_mark (self->buffer, NULL, &end, FALSE);
  self->piece_start = gtk_text_buffer_create_mark (self->buffer, NULL, &start, TRUE);
  self->piece_end = gtk_text_buffer_create_mark (self->buffer, NULL, &end, FALSE);
  self->edited = gtk_text_buffer_create_mark (self->buffer, NULL, &start, TRUE);
  self->held = gtk_text_buffer_create_mark (self->buffer, NULL, &start, TRUE);
}

static void
watch (WtSpellAdapter *self)
{
  g_signal_connect_object (self->buffer, "insert-text", G_CALLBACK (on_inserted), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->buffer, "delete-range", G_CALLBACK (on_deleted), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->buffer, "notify::cursor-position", G_CALLBACK (on_cursor_moved),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "notify::has-focus", G_CALLBACK (on_cursor_moved), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->checker, "changed", G_CALLBACK (on_checker_changed), self,
                           G_CONNECT_SWAPPED);
}

/**
 * wt_spell_adapter_new:
 * @checker: looks words up
 * @view: a text view with pills in its text, perhaps
 *
 * Returns: (transfer full): watches the view's buffer until it is let go
 */
WtSpellAdapter *
wt_spell_adapter_new (WtSpellChecker *checker, GtkTextView *view)
{
  g_return_val_if_fail (WT_IS_SPELL_CHECKER (checker), NULL);
  g_return_val_if_fail (GTK_IS_TEXT_VIEW (view), NULL);

  WtSpellAdapter *self = g_object_new (WT_TYPE_SPELL_ADAPTER, NULL);

  self->checker = g_object_ref (checker);
  g_set_weak_pointer (&self->view, view);
  self->buffer = g_object_ref (gtk_text_view_get_buffer (view));
  self->tag = g_object_ref (
      gtk_text_buffer_create_tag (self->buffer, NULL, "underline", PANGO_UNDERLINE_ERROR, NULL));
  make_marks (self);
  watch (self);
  add_all (self);
  return self;
}

/**
 * wt_spell_adapter_find_misspelt:
 * @self: an adapter
 * @place: somewhere in the text
 * @start: (out): where the word begins
 * @end: (out): where it ends
 *
 * Returns: whether there is a misspelt word there, or one that ends there
 */
gboolean
wt_spell_adapter_find_misspelt (WtSpellAdapter *self,
                                const GtkTextIter *place,
                                GtkTextIter *start,
                                GtkTextIter *end)
{
  g_return_val_if_fail (WT_IS_SPELL_ADAPTER (self), FALSE);

  *start = *end = *place;
  if (!gtk_text_iter_has_tag (start, self->tag) && !gtk_text_iter_ends_tag (start, self->tag))
    return FALSE;

  if (!gtk_text_iter_starts_tag (start, self->tag))
    gtk_text_iter_backward_to_tag_toggle (start, self->tag);
  if (!gtk_text_iter_ends_tag (end, self->tag))
    gtk_text_iter_forward_to_tag_toggle (end, self->tag);
  return TRUE;
}

/**
 * wt_spell_adapter_is_busy:
 * @self: an adapter
 *
 * Returns: whether something is still to be checked
 */
gboolean
wt_spell_adapter_is_busy (WtSpellAdapter *self)
{
  g_return_val_if_fail (WT_IS_SPELL_ADAPTER (self), FALSE);

  return self->dirty || self->cancellable != NULL;
}
