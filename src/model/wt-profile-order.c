/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-profile-private.h"

#include "wt-account-store.h"

/* The accounts' order. */

static void
on_ordered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtProfile) self = data;
  g_autoptr (GError) error = NULL;

  if (wt_account_store_order_finish (WT_DATABASE (source), result, &error))
    return;
  wt_profile_note_trouble (self, error);
  g_signal_emit_by_name (self, "trouble", error);
}

/* Each record says where its account stands, so that the next time one is saved that stays so. */
static void
store_order (WtProfile *self)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->sessions)); i++)
    {
      g_autoptr (WtSession) session = g_list_model_get_item (G_LIST_MODEL (self->sessions), i);
      WtAccount *account = wt_session_get_account (session);
      g_autoptr (WtAccountRecord) record = wt_account_record_copy (wt_account_get_record (account));

      record->position = (int) i;
      wt_account_update (account, record);
      g_array_append_val (ids, record->id);
    }
  wt_account_store_order_async (self->database, ids, NULL, on_ordered, g_object_ref (self));
}

/**
 * wt_profile_move_account:
 * @self: an open profile
 * @account: one of its accounts
 * @position: where it shall stand among all, from 0; beyond the last: at the end
 *
 * Changes the order at once, in wt_profile_get_sessions(), and stores it.
 */
void
wt_profile_move_account (WtProfile *self, WtAccount *account, guint position)
{
  g_return_if_fail (WT_IS_PROFILE (self));
  g_return_if_fail (WT_IS_ACCOUNT (account));

  WtSession *session = wt_profile_get_session (self, account);
  guint count = g_list_model_get_n_items (G_LIST_MODEL (self->sessions));
  g_autoptr (GPtrArray) order = g_ptr_array_new_with_free_func (g_object_unref);
  guint old;

  if (session == NULL || !g_list_store_find (self->sessions, session, &old))
    return;
  position = MIN (position, count - 1);
  if (position == old)
    return;

  for (guint i = MIN (old, position); i <= MAX (old, position); i++)
    if (i != old)
      g_ptr_array_add (order, g_list_model_get_item (G_LIST_MODEL (self->sessions), i));
  g_ptr_array_insert (order, position > old ? -1 : 0, g_object_ref (session));
  /* In one go: nobody takes the account for removed. */
  g_list_store_splice (self->sessions, MIN (old, position), order->len, order->pdata, order->len);
  store_order (self);
}
