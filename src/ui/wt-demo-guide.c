/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-demo-guide.h"

/* Frames, and time, after the last message is there: what is decoded off the main thread comes some frames later. */
#define SETTLED_FRAMES 4
#define SETTLED_MICROSECONDS (600 * 1000)

struct _WtDemoGuide
{
  GObject parent_instance;

  /* Owned. */
  WtDemo *demo;
  WtProfile *profile;
  WtTimeline *timeline; /* held, so that it is the one that is shown */
  char *ready_file;     /* NULL: nobody waits */
  GdkFrameClock *clock;

  /* Borrowed, weak. */
  WtWindow *window;

  gboolean opened;
  guint frames;
  gint64 settled_since;
};

G_DEFINE_FINAL_TYPE (WtDemoGuide, wt_demo_guide, G_TYPE_OBJECT)

static WtConversation *
find_group (WtDemoGuide *self)
{
  GListModel *conversations = G_LIST_MODEL (wt_profile_get_conversations (self->profile));

  for (guint i = 0; i < g_list_model_get_n_items (conversations); i++)
    {
      g_autoptr (WtConversation) conversation = g_list_model_get_item (conversations, i);

      if (wt_conversation_get_kind (conversation) == WT_CONVERSATION_GROUP)
        return g_steal_pointer (&conversation);
    }
  return NULL;
}

/* Once: after that, the user leads. */
static void
open_group (WtDemoGuide *self)
{
  g_autoptr (WtConversation) group = NULL;

  if (self->opened || self->window == NULL)
    return;
  group = find_group (self);
  if (group == NULL)
    return;
  self->opened = TRUE;
  if (wt_window_get_conversation (self->window) == NULL || self->ready_file != NULL)
    wt_window_open_conversation (self->window, group);
}

static gboolean
is_all_there (WtDemoGuide *self)
{
  WtConversation *conversation = wt_window_get_conversation (self->window);

  if (conversation == NULL)
    return FALSE;
  if (self->timeline == NULL)
    {
      WtAccount *account = wt_conversation_get_account (conversation);

      self->timeline = wt_session_open_timeline (wt_profile_get_session (self->profile, account),
                                                 conversation);
    }

  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->timeline));
  g_autoptr (WtMessage) last = n > 0 ? g_list_model_get_item (G_LIST_MODEL (self->timeline), n - 1)
                                     : NULL;

  return last != NULL && (gint64) n == wt_conversation_get_last_seq (conversation)
         && wt_message_get_loaded (last);
}

static void
tell (WtDemoGuide *self)
{
  g_autoptr (GError) error = NULL;

  if (!g_file_set_contents (self->ready_file, "ready\n", -1, &error))
    g_printerr ("%s\n", error->message);
  g_clear_pointer (&self->ready_file, g_free);
}

static void
on_after_paint (WtDemoGuide *self)
{
  gint64 now = g_get_monotonic_time ();

  if (self->ready_file == NULL || self->window == NULL)
    {
      g_signal_handlers_disconnect_by_func (self->clock, on_after_paint, self);
      return;
    }
  if (!is_all_there (self))
    {
      self->frames = 0;
      self->settled_since = now;
    }
  else if (++self->frames >= SETTLED_FRAMES && now - self->settled_since >= SETTLED_MICROSECONDS)
    {
      tell (self);
      return;
    }
  gtk_widget_queue_draw (GTK_WIDGET (self->window));
}

static void
on_complete (WtDemoGuide *self)
{
  open_group (self);
  if (self->ready_file == NULL || self->window == NULL || self->clock != NULL)
    return;

  self->clock = gtk_widget_get_frame_clock (GTK_WIDGET (self->window));
  if (self->clock == NULL)
    return;
  g_object_ref (self->clock);
  self->settled_since = g_get_monotonic_time ();
  g_signal_connect_object (self->clock, "after-paint", G_CALLBACK (on_after_paint), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_queue_draw (GTK_WIDGET (self->window));
}

static void
wt_demo_guide_dispose (GObject *object)
{
  WtDemoGuide *self = WT_DEMO_GUIDE (object);

  if (self->demo != NULL)
    g_signal_handlers_disconnect_by_data (self->demo, self);
  if (self->profile != NULL)
    g_signal_handlers_disconnect_by_data (wt_profile_get_conversations (self->profile), self);
  if (self->clock != NULL)
    g_signal_handlers_disconnect_by_data (self->clock, self);
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->clock);
  g_clear_object (&self->timeline);
  g_clear_object (&self->profile);
  g_clear_object (&self->demo);
  g_clear_pointer (&self->ready_file, g_free);

  G_OBJECT_CLASS (wt_demo_guide_parent_class)->dispose (object);
}

static void
wt_demo_guide_class_init (WtDemoGuideClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wt_demo_guide_dispose;
}

static void
wt_demo_guide_init (WtDemoGuide *self)
{
}

/**
 * wt_demo_guide_new:
 * @demo: a demo
 * @profile: its profile, open
 * @window: the window that shows it
 * @ready_file: (nullable) (type filename): a file to make once the demo's last message has been painted
 *
 * Returns: (transfer full): a guide
 */
WtDemoGuide *
wt_demo_guide_new (WtDemo *demo, WtProfile *profile, WtWindow *window, const char *ready_file)
{
  g_return_val_if_fail (WT_IS_DEMO (demo), NULL);
  g_return_val_if_fail (WT_IS_PROFILE (profile), NULL);
  g_return_val_if_fail (WT_IS_WINDOW (window), NULL);

  WtDemoGuide *self = g_object_new (WT_TYPE_DEMO_GUIDE, NULL);

  self->demo = g_object_ref (demo);
  self->profile = g_object_ref (profile);
  self->ready_file = g_strdup (ready_file);
  g_set_weak_pointer (&self->window, window);
  g_signal_connect_object (wt_profile_get_conversations (profile), "items-changed",
                           G_CALLBACK (open_group), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (demo, "complete", G_CALLBACK (on_complete), self, G_CONNECT_SWAPPED);
  if (wt_demo_get_complete (demo))
    on_complete (self);
  return self;
}
