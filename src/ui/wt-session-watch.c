/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-session-watch.h"

struct _WtSessionWatch
{
  GObject parent_instance;

  GListModel *sessions;
  GPtrArray *watched; /* of WtSession, as in the model */
};

G_DEFINE_FINAL_TYPE (WtSessionWatch, wt_session_watch, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_session_notify (WtSessionWatch *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
unwatch (WtSessionWatch *self, WtSession *session)
{
  g_signal_handlers_disconnect_by_func (session, on_session_notify, self);
  g_signal_handlers_disconnect_by_func (wt_session_get_account (session), on_session_notify, self);
}

static void
on_items_changed (WtSessionWatch *self, guint position, guint removed, guint added)
{
  for (guint i = 0; i < removed; i++)
    unwatch (self, g_ptr_array_index (self->watched, position + i));
  if (removed > 0)
    g_ptr_array_remove_range (self->watched, position, removed);

  for (guint i = 0; i < added; i++)
    {
      WtSession *session = g_list_model_get_item (self->sessions, position + i);

      g_ptr_array_insert (self->watched, (int) (position + i), session);
      g_signal_connect_object (session, "notify", G_CALLBACK (on_session_notify), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (wt_session_get_account (session), "notify",
                               G_CALLBACK (on_session_notify), self, G_CONNECT_SWAPPED);
    }
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
wt_session_watch_dispose (GObject *object)
{
  WtSessionWatch *self = WT_SESSION_WATCH (object);

  if (self->sessions != NULL)
    g_signal_handlers_disconnect_by_func (self->sessions, on_items_changed, self);
  for (guint i = 0; i < self->watched->len; i++)
    unwatch (self, g_ptr_array_index (self->watched, i));
  g_ptr_array_set_size (self->watched, 0);
  g_clear_object (&self->sessions);

  G_OBJECT_CLASS (wt_session_watch_parent_class)->dispose (object);
}

static void
wt_session_watch_finalize (GObject *object)
{
  WtSessionWatch *self = WT_SESSION_WATCH (object);

  g_clear_pointer (&self->watched, g_ptr_array_unref);

  G_OBJECT_CLASS (wt_session_watch_parent_class)->finalize (object);
}

static void
wt_session_watch_class_init (WtSessionWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wt_session_watch_dispose;
  object_class->finalize = wt_session_watch_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wt_session_watch_init (WtSessionWatch *self)
{
  self->watched = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * wt_session_watch_new:
 * @sessions: a list of #WtSession
 *
 * Returns: (transfer full): a watch over them
 */
WtSessionWatch *
wt_session_watch_new (GListModel *sessions)
{
  g_return_val_if_fail (G_IS_LIST_MODEL (sessions), NULL);

  WtSessionWatch *self = g_object_new (WT_TYPE_SESSION_WATCH, NULL);

  self->sessions = g_object_ref (sessions);
  g_signal_connect_object (sessions, "items-changed", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_SWAPPED);
  on_items_changed (self, 0, 0, g_list_model_get_n_items (sessions));
  return self;
}

/**
 * wt_session_watch_get_sessions:
 * @self: a watch
 *
 * Returns: (transfer none): what it watches
 */
GListModel *
wt_session_watch_get_sessions (WtSessionWatch *self)
{
  g_return_val_if_fail (WT_IS_SESSION_WATCH (self), NULL);

  return self->sessions;
}

/* The greater, the more it needs the user. */
static int
severity (WtSession *session)
{
  gboolean enabled = wt_account_get_record (wt_session_get_account (session))->enabled;

  switch (wt_session_get_state (session))
    {
    case WT_CONNECTION_REFUSED:
      return 5;
    case WT_CONNECTION_WAITING:
      return 4;
    case WT_CONNECTION_RESOLVING:
    case WT_CONNECTION_CONNECTING:
    case WT_CONNECTION_SECURING:
    case WT_CONNECTION_UPGRADING:
    case WT_CONNECTION_CONFIRMING:
      return 3;
    case WT_CONNECTION_ONLINE:
      return 1;
    case WT_CONNECTION_OFFLINE:
    default:
      return enabled ? 2 : 0;
    }
}

/**
 * wt_session_watch_get_worst:
 * @self: a watch
 *
 * Returns: (transfer none) (nullable): the session that needs the user most, the first of equals
 */
WtSession *
wt_session_watch_get_worst (WtSessionWatch *self)
{
  g_return_val_if_fail (WT_IS_SESSION_WATCH (self), NULL);

  WtSession *worst = NULL;

  for (guint i = 0; i < self->watched->len; i++)
    {
      WtSession *session = g_ptr_array_index (self->watched, i);

      if (worst == NULL || severity (session) > severity (worst))
        worst = session;
    }
  return worst;
}
