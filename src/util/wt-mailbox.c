/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-mailbox.h"

/**
 * WtMailbox:
 *
 * Carries values from any thread to one main context, many at a time: a burst of posts becomes a few calls
 * of bounded length, so that the context's other work (painting) gets its turn in between.
 */
struct _WtMailbox
{
  gatomicrefcount ref_count;
  GMainContext *context;
  guint most;
  GDestroyNotify free_letter;
  WtMailboxFunc func;
  gpointer data;

  GMutex mutex;
  GQueue letters;  /* under the mutex */
  GSource *source; /* under the mutex: set while a delivery is due */
  gboolean closed; /* under the mutex */
};

static gboolean
deliver (gpointer data)
{
  WtMailbox *self = data;
  g_autoptr (WtMailbox) keep G_GNUC_UNUSED = wt_mailbox_ref (self);
  g_autoptr (GPtrArray) letters = g_ptr_array_new_with_free_func (self->free_letter);
  gboolean more;

  g_mutex_lock (&self->mutex);
  while (letters->len < self->most && !g_queue_is_empty (&self->letters))
    g_ptr_array_add (letters, g_queue_pop_head (&self->letters));
  g_mutex_unlock (&self->mutex);

  if (letters->len > 0)
    self->func (letters, self->data);

  g_mutex_lock (&self->mutex);
  more = !self->closed && !g_queue_is_empty (&self->letters);
  if (!more)
    g_clear_pointer (&self->source, g_source_unref);
  g_mutex_unlock (&self->mutex);

  return more ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/**
 * wt_mailbox_new:
 * @context: (nullable): where @func is called; %NULL: the thread-default one
 * @most: the most letters handed over in one call, at least 1
 * @free_letter: frees a letter; %NULL where there is nothing to free
 * @func: receives the letters
 * @data: for @func; not owned: call wt_mailbox_close() before it goes
 *
 * Returns: (transfer full): an empty mailbox
 */
WtMailbox *
wt_mailbox_new (GMainContext *context,
                guint most,
                GDestroyNotify free_letter,
                WtMailboxFunc func,
                gpointer data)
{
  WtMailbox *self = g_new0 (WtMailbox, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->context = context != NULL ? g_main_context_ref (context)
                                  : g_main_context_ref_thread_default ();
  self->most = MAX (most, 1);
  self->free_letter = free_letter;
  self->func = func;
  self->data = data;
  g_mutex_init (&self->mutex);
  g_queue_init (&self->letters);
  return self;
}

/**
 * wt_mailbox_ref:
 * @self: a mailbox
 *
 * Returns: (transfer full): @self. Thread-safe.
 */
WtMailbox *
wt_mailbox_ref (WtMailbox *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
clear_letters (WtMailbox *self)
{
  gpointer letter;

  while ((letter = g_queue_pop_head (&self->letters)) != NULL)
    {
      if (self->free_letter != NULL)
        self->free_letter (letter);
    }
}

/**
 * wt_mailbox_unref:
 * @self: (transfer full): a mailbox
 *
 * Thread-safe.
 */
void
wt_mailbox_unref (WtMailbox *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  clear_letters (self);
  g_mutex_clear (&self->mutex);
  g_clear_pointer (&self->source, g_source_unref);
  g_main_context_unref (self->context);
  g_free (self);
}

/* Wakes the context up. */
static void
attach (gpointer data)
{
  WtMailbox *self = data;

  g_mutex_lock (&self->mutex);
  if (self->source != NULL)
    g_source_attach (self->source, self->context);
  g_mutex_unlock (&self->mutex);
  wt_mailbox_unref (self);
}

static gboolean
end_turn (gpointer data)
{
  return G_SOURCE_REMOVE;
}

/* What a turn of the poster's own loop posts arrives together: to wake the other thread up for each of a hundred letters
 * takes longer than to make them. Where that loop ends before, its sources go, and this one attaches all the same. */
static void
attach_after_turn (WtMailbox *self, GMainContext *own)
{
  g_autoptr (GSource) turn = g_idle_source_new ();

  g_source_set_priority (turn, G_PRIORITY_DEFAULT);
  g_source_set_callback (turn, end_turn, self, attach);
  g_source_attach (turn, own);
}

/**
 * wt_mailbox_post:
 * @self: a mailbox
 * @letter: (transfer full) (not nullable): what to hand over
 *
 * Posts a letter; they arrive in the order they were posted. Thread-safe. After wt_mailbox_close() it is freed.
 */
void
wt_mailbox_post (WtMailbox *self, gpointer letter)
{
  GMainContext *own = g_main_context_get_thread_default ();
  gboolean is_first;

  g_return_if_fail (letter != NULL);

  g_mutex_lock (&self->mutex);
  if (self->closed)
    {
      g_mutex_unlock (&self->mutex);
      if (self->free_letter != NULL)
        self->free_letter (letter);
      return;
    }
  g_queue_push_tail (&self->letters, letter);
  is_first = self->source == NULL;
  if (is_first)
    {
      /* Below painting (GDK_PRIORITY_REDRAW), so that a flood of letters never starves it. */
      self->source = g_idle_source_new ();
      g_source_set_priority (self->source, G_PRIORITY_HIGH_IDLE + 30);
      g_source_set_callback (self->source, deliver, wt_mailbox_ref (self),
                             (GDestroyNotify) wt_mailbox_unref);
    }
  g_mutex_unlock (&self->mutex);

  if (is_first && own != NULL && own != self->context && g_main_depth () > 0)
    attach_after_turn (wt_mailbox_ref (self), own);
  else if (is_first)
    attach (wt_mailbox_ref (self));
}

/**
 * wt_mailbox_close:
 * @self: a mailbox
 *
 * Frees what waits; nothing is delivered any more. Call it in the mailbox's own context, or when that no longer runs.
 */
void
wt_mailbox_close (WtMailbox *self)
{
  g_autoptr (GSource) source = NULL;

  g_mutex_lock (&self->mutex);
  self->closed = TRUE;
  source = g_steal_pointer (&self->source);
  clear_letters (self);
  g_mutex_unlock (&self->mutex);

  if (source != NULL)
    g_source_destroy (source);
}
