/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-chaos-peer.h"

#include <stdio.h>
#include <string.h>

#define WINDOW 16
#define N_DIRECT 2
#define PATIENCE_US (800 * 1000)
/* A PNG's first bytes, so that it is taken for one. */
#define PICTURE_START "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ"
#define PICTURE_LENGTH 120000

void
wt_chaos_peer_init (WtChaosPeer *self, WtChaosChild *server, GRand *random)
{
  memset (self, 0, sizeof *self);
  self->server = server;
  self->random = random;
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < WT_CHAOS_CONVERSATIONS; i++)
    {
      self->talks[i].next = self->talks[i].unheard = 1;
      self->talks[i].heard = g_hash_table_new (NULL, NULL);
    }
}

void
wt_chaos_peer_clear (WtChaosPeer *self)
{
  for (guint i = 0; i < WT_CHAOS_CONVERSATIONS; i++)
    g_clear_pointer (&self->talks[i].heard, g_hash_table_unref);
  g_clear_pointer (&self->ids, g_hash_table_unref);
}

static char *
make_segment (WtChaosPeer *self, guint conversation, guint number)
{
  g_autofree char *rest = NULL;

  if (number != self->picture)
    return g_strdup_printf ("{\"type\":\"text\",\"data\":\"in %u %u\"}", conversation, number);
  rest = g_strnfill (PICTURE_LENGTH, 'A');
  return g_strdup_printf ("{\"type\":\"image\",\"data\":\"" PICTURE_START "%s\"}", rest);
}

static void
say (WtChaosPeer *self, guint conversation, guint number)
{
  g_autofree char *segment = make_segment (self, conversation, number);
  g_autofree char *group = conversation < N_DIRECT
                               ? g_strdup ("")
                               : g_strdup_printf (",\"group_info\":{\"platform\":\"desk\","
                                                  "\"group_id\":\"peer-%u\"}",
                                                  conversation);

  wt_chaos_child_tell (
      self->server,
      "say %u {\"ver\":1,\"msg_id\":\"in-%u-%u\",\"type\":\"sys_std\",\"meta\":{\"sender_user\":"
      "\"peer-secret-key\",\"platform\":\"desk\"},\"payload\":{\"message_info\":{\"platform\":"
      "\"desk\",\"message_id\":\"b-%u-%u\",\"time\":1700000000.5,\"sender_info\":{\"user_info\":{"
      "\"platform\":\"desk\",\"user_id\":\"peer-%u\"}%s}},\"message_segment\":%s,\"message_dim\":"
      "{\"api_key\":\"my-secret-key\",\"platform\":\"desk\"}}}",
      self->generation, conversation, number, conversation, number, conversation, group, segment);
}

static void
pump (WtChaosPeer *self)
{
  if (!self->connected || self->silent)
    return;
  for (guint i = 0; i < WT_CHAOS_CONVERSATIONS; i++)
    {
      WtChaosTalk *talk = &self->talks[i];

      for (; talk->next <= talk->made && talk->next < talk->unheard + WINDOW; talk->next++)
        say (self, i, talk->next);
    }
}

static void
begin_again (WtChaosPeer *self)
{
  for (guint i = 0; i < WT_CHAOS_CONVERSATIONS; i++)
    self->talks[i].next = self->talks[i].unheard;
  self->progress = g_get_monotonic_time ();
}

/* One message more for the client. */
void
wt_chaos_peer_make (WtChaosPeer *self, guint conversation)
{
  self->talks[conversation].made++;
  pump (self);
}

void
wt_chaos_peer_lose_server (WtChaosPeer *self)
{
  self->connected = FALSE;
}

static void
take_ack (WtChaosPeer *self, const char *msg_id)
{
  guint conversation, number;
  WtChaosTalk *talk;

  /* The faults' broken frames have ids too. */
  if (sscanf (msg_id, "in-%u-%u", &conversation, &number) != 2)
    return;
  talk = &self->talks[conversation];
  g_assert_cmpuint (number, <=, talk->made);
  talk->acked = MAX (talk->acked, number);
  if (g_rand_double (self->random) < self->deafness)
    {
      self->lost_acks++;
      return;
    }
  g_hash_table_add (talk->heard, GUINT_TO_POINTER (number));
  while (g_hash_table_remove (talk->heard, GUINT_TO_POINTER (talk->unheard)))
    talk->unheard++;
  talk->next = MAX (talk->next, talk->unheard);
  self->progress = g_get_monotonic_time ();
  pump (self);
}

/* Each message once, and each conversation in order. */
static void
process (WtChaosPeer *self, const char *words)
{
  g_auto (GStrv) parts = g_strsplit (words, " ", 2);
  guint conversation, number;

  if (!g_hash_table_add (self->ids, g_strdup (parts[0])))
    {
      self->repeats++;
      return;
    }
  g_assert_cmpint (sscanf (parts[1], "out %u %u", &conversation, &number), ==, 2);
  if (number != self->talks[conversation].processed + 1)
    g_error ("the server got “%s” after %u", parts[1], self->talks[conversation].processed);
  self->talks[conversation].processed = number;
}

/* What the server says. */
void
wt_chaos_peer_take_line (WtChaosPeer *self, const char *line)
{
  if (g_str_has_prefix (line, "received "))
    process (self, line + strlen ("received "));
  else if (g_str_has_prefix (line, "acked "))
    take_ack (self, line + strlen ("acked "));
  else if (sscanf (line, "connected %u", &self->generation) == 1)
    {
      self->connected = TRUE;
      begin_again (self);
      pump (self);
    }
}

/* Now and then: what was not acknowledged for long is sent again. */
void
wt_chaos_peer_tick (WtChaosPeer *self)
{
  if (g_get_monotonic_time () - self->progress > PATIENCE_US)
    begin_again (self);
  pump (self);
}

gboolean
wt_chaos_peer_is_settled (WtChaosPeer *self)
{
  for (guint i = 0; i < WT_CHAOS_CONVERSATIONS; i++)
    {
      if (self->talks[i].unheard <= self->talks[i].made)
        return FALSE;
    }
  return TRUE;
}
