/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-demo-audience.h"

#include <string.h>

/**
 * wt_demo_audience_new:
 * @peer: a client
 * @n_steps: how long the script is
 *
 * Returns: (transfer full): a client that has seen nothing yet
 */
WtDemoAudience *
wt_demo_audience_new (const WtBotPeer *peer, guint n_steps)
{
  WtDemoAudience *self = g_new0 (WtDemoAudience, 1);

  self->user = g_strdup (peer->user);
  self->platform = g_strdup (peer->platform);
  self->key = g_strdup (peer->key);
  self->msg_ids = g_ptr_array_new_with_free_func (g_free);
  self->message_ids = g_ptr_array_new_with_free_func (g_free);
  self->acked = g_new0 (gboolean, n_steps);
  for (guint i = 0; i < n_steps; i++)
    {
      char *id = g_uuid_string_random ();

      g_ptr_array_add (self->msg_ids, id);
      g_ptr_array_add (self->message_ids, g_strdup_printf ("demo_%u_%.8s", i + 1, id));
    }
  return self;
}

void
wt_demo_audience_free (WtDemoAudience *self)
{
  g_clear_pointer (&self->user, g_free);
  g_clear_pointer (&self->platform, g_free);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->msg_ids, g_ptr_array_unref);
  g_clear_pointer (&self->message_ids, g_ptr_array_unref);
  g_clear_pointer (&self->acked, g_free);
  g_free (self);
}

/**
 * wt_demo_audience_get_peer:
 * @self: an audience
 *
 * Returns: (transfer none): the client, borrowed from @self
 */
WtBotPeer
wt_demo_audience_get_peer (const WtDemoAudience *self)
{
  WtBotPeer peer = { self->user, self->platform, self->key };

  return peer;
}

/**
 * wt_demo_audience_is_peer:
 * @self: an audience
 * @peer: a client
 *
 * Returns: whether it is this one
 */
gboolean
wt_demo_audience_is_peer (const WtDemoAudience *self, const WtBotPeer *peer)
{
  return strcmp (self->user, peer->user) == 0 && strcmp (self->platform, peer->platform) == 0;
}

/**
 * wt_demo_audience_note_ack:
 * @self: an audience
 * @msg_id: what it ACKed
 *
 * Remembers which of the script's messages have arrived.
 */
void
wt_demo_audience_note_ack (WtDemoAudience *self, const char *msg_id)
{
  for (guint i = 0; i < self->next; i++)
    {
      if (self->acked[i] || strcmp (g_ptr_array_index (self->msg_ids, i), msg_id) != 0)
        continue;
      self->acked[i] = TRUE;
      self->n_acked++;
    }
}
