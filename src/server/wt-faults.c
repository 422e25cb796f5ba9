/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-faults.h"

#include <string.h>

#include "wt-digits.h"

#define DEFAULT_RATE 4096
#define DEEP 100000

struct _WtFaults
{
  gatomicrefcount refs;

  GRand *random;
  double chances[WT_N_FAULT_CHANCES];
  gboolean acks_only;
  gboolean real_uuid;
  guint ack_delay;
  guint rate;
  guint reject_status;
  gint64 silent_after; /* frames, or -1 */
  gint64 close_after;  /* frames, or -1 */
  guint16 close_code;
  char *close_reason;
};

typedef gboolean (*Parse) (WtFaults *self, const char *value, GError **error);

G_DEFINE_QUARK (wt_fault_error_quark, wt_fault_error)

static gboolean
refuse (const char *what, GError **error)
{
  g_set_error (error, WT_FAULT_ERROR, WT_FAULT_ERROR_VALUE, "expected %s", what);
  return FALSE;
}

static gboolean
parse_number (const char *value, guint64 most, guint64 *number, GError **error)
{
  if (value != NULL && wt_digits_parse (value, most, number))
    return TRUE;
  g_set_error (error, WT_FAULT_ERROR, WT_FAULT_ERROR_VALUE,
               "expected a number from 0 to %" G_GUINT64_FORMAT, most);
  return FALSE;
}

static gboolean
parse_chance (WtFaults *self, WtFaultChance chance, const char *value, GError **error)
{
  char *end = NULL;
  double number = value == NULL ? -1 : g_ascii_strtod (value, &end);

  if (value == NULL || end == value || *end != '\0' || !(number >= 0 && number <= 1))
    return refuse ("a probability from 0 to 1", error);
  self->chances[chance] = number;
  return TRUE;
}

static gboolean
parse_drop_ack (WtFaults *self, const char *value, GError **error)
{
  return parse_chance (self, WT_FAULT_DROP_ACK, value, error);
}

static gboolean
parse_duplicate (WtFaults *self, const char *value, GError **error)
{
  return parse_chance (self, WT_FAULT_DUPLICATE, value, error);
}

static gboolean
parse_malformed (WtFaults *self, const char *value, GError **error)
{
  return parse_chance (self, WT_FAULT_MALFORMED, value, error);
}

static gboolean
parse_cut (WtFaults *self, const char *value, GError **error)
{
  return parse_chance (self, WT_FAULT_CUT, value, error);
}

static gboolean
parse_reorder (WtFaults *self, const char *value, GError **error)
{
  if (value != NULL && strcmp (value, "acks") != 0 && strcmp (value, "all") != 0)
    return refuse ("acks or all", error);
  self->chances[WT_FAULT_REORDER] = 0.5;
  self->acks_only = g_strcmp0 (value, "acks") == 0;
  return TRUE;
}

static gboolean
parse_delay_ack (WtFaults *self, const char *value, GError **error)
{
  guint64 number;

  if (!parse_number (value, 3600 * 1000, &number, error))
    return FALSE;
  self->ack_delay = (guint) number;
  return TRUE;
}

static gboolean
parse_slow (WtFaults *self, const char *value, GError **error)
{
  guint64 number = DEFAULT_RATE;

  if (value != NULL && !parse_number (value, G_MAXINT32, &number, error))
    return FALSE;
  self->rate = (guint) MAX (number, 20);
  return TRUE;
}

static gboolean
parse_half_open (WtFaults *self, const char *value, GError **error)
{
  guint64 number = 0;

  if (value != NULL && !parse_number (value, G_MAXINT32, &number, error))
    return FALSE;
  self->silent_after = (gint64) number;
  return TRUE;
}

static gboolean
parse_reject_upgrade (WtFaults *self, const char *value, GError **error)
{
  guint64 number;

  if (!parse_number (value, 599, &number, error))
    return FALSE;
  if (number < 300)
    return refuse ("an HTTP status from 300 to 599", error);
  self->reject_status = (guint) number;
  return TRUE;
}

static gboolean
parse_close_after (WtFaults *self, const char *value, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (value != NULL ? value : "", ":", 3);
  guint64 frames, code = 1011;

  if (!parse_number (parts[0], G_MAXINT32, &frames, error))
    return FALSE;
  if (parts[0] != NULL && parts[1] != NULL)
    {
      if (!parse_number (parts[1], 4999, &code, error))
        return FALSE;
      if (code < 1000)
        return refuse ("a close code from 1000 to 4999", error);
      if (parts[2] != NULL && (strlen (parts[2]) > 123 || !g_utf8_validate (parts[2], -1, NULL)))
        return refuse ("a reason of at most 123 bytes of UTF-8", error);
    }
  self->close_after = (gint64) frames;
  self->close_code = (guint16) code;
  g_clear_pointer (&self->close_reason, g_free);
  self->close_reason = g_strdup (g_strv_length (parts) == 3 ? parts[2] : "");
  return TRUE;
}

static gboolean
parse_real_uuid (WtFaults *self, const char *value, GError **error)
{
  if (value != NULL)
    return refuse ("no value", error);
  self->real_uuid = TRUE;
  return TRUE;
}

static const struct
{
  const char *name;
  Parse parse;
} faults[] = {
  { "drop-ack", parse_drop_ack },
  { "delay-ack", parse_delay_ack },
  { "duplicate", parse_duplicate },
  { "reorder", parse_reorder },
  { "close-after", parse_close_after },
  { "half-open", parse_half_open },
  { "malformed", parse_malformed },
  { "slow", parse_slow },
  { "reject-upgrade", parse_reject_upgrade },
  { "cut", parse_cut },
  { "real-uuid", parse_real_uuid },
};

/**
 * wt_faults_new:
 * @seed: of the generator
 *
 * Returns: (transfer full): no faults yet
 */
WtFaults *
wt_faults_new (guint32 seed)
{
  WtFaults *self = g_new0 (WtFaults, 1);

  g_atomic_ref_count_init (&self->refs);
  self->random = g_rand_new_with_seed (seed);
  wt_faults_clear (self);
  return self;
}

WtFaults *
wt_faults_ref (WtFaults *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
wt_faults_unref (WtFaults *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_pointer (&self->random, g_rand_free);
  g_clear_pointer (&self->close_reason, g_free);
  g_free (self);
}

/**
 * wt_faults_clear:
 * @self: faults
 *
 * From now on nothing goes wrong; the generator goes on where it is.
 */
void
wt_faults_clear (WtFaults *self)
{
  memset (self->chances, 0, sizeof self->chances);
  self->acks_only = FALSE;
  self->real_uuid = FALSE;
  self->ack_delay = 0;
  self->rate = 0;
  self->reject_status = 0;
  self->silent_after = -1;
  self->close_after = -1;
  g_clear_pointer (&self->close_reason, g_free);
}

/**
 * wt_faults_get_help:
 *
 * Returns: every description that wt_faults_add() takes, a line each
 */
const char *
wt_faults_get_help (void)
{
  return "  drop-ack=P                      ACKs are not sent, with probability P (0 to 1)\n"
         "  delay-ack=MS                    ACKs are sent MS milliseconds late\n"
         "  duplicate=P                     frames are sent twice\n"
         "  reorder[=acks|all]              every other frame lets the next one pass\n"
         "  close-after=N[:CODE[:REASON]]   closes a connection after N frames from it (1006: no "
         "close frame)\n"
         "  half-open[=N]                   neither reads nor writes after N frames, the socket "
         "stays open\n"
         "  malformed=P                     broken frames are sent besides the good ones\n"
         "  slow[=BYTES]                    BYTES a second each way (4096)\n"
         "  reject-upgrade=STATUS           answers the handshake with an HTTP status\n"
         "  cut=P                           cuts the connection when a frame arrives\n"
         "  real-uuid                       a connection that ends takes the newer one of its "
         "x-uuid with it,\n"
         "                                  as maim_message 0.6.8 does\n";
}

/**
 * wt_faults_add:
 * @self: faults
 * @description: `NAME` or `NAME=VALUE`, see wt_faults_get_help()
 * @error: return location for a #WtFaultError
 *
 * Returns: whether the description was understood
 */
gboolean
wt_faults_add (WtFaults *self, const char *description, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (description, "=", 2);

  for (gsize i = 0; parts[0] != NULL && i < G_N_ELEMENTS (faults); i++)
    {
      if (strcmp (parts[0], faults[i].name) != 0)
        continue;
      if (faults[i].parse (self, parts[1], error))
        return TRUE;
      g_prefix_error (error, "%s: ", faults[i].name);
      return FALSE;
    }
  g_set_error (error, WT_FAULT_ERROR, WT_FAULT_ERROR_UNKNOWN, "there is no fault called “%s”",
               parts[0] != NULL ? parts[0] : "");
  return FALSE;
}

/**
 * wt_faults_happens:
 * @self: faults
 * @chance: what may happen
 *
 * Returns: whether it does this time
 */
gboolean
wt_faults_happens (WtFaults *self, WtFaultChance chance)
{
  return self->chances[chance] > 0 && g_rand_double (self->random) < self->chances[chance];
}

/**
 * wt_faults_reorders_acks_only:
 * @self: faults
 *
 * Returns: whether messages keep their order and only ACKs let others pass
 */
gboolean
wt_faults_reorders_acks_only (WtFaults *self)
{
  return self->acks_only;
}

/**
 * wt_faults_get_ack_delay:
 * @self: faults
 *
 * Returns: milliseconds by which ACKs are late
 */
guint
wt_faults_get_ack_delay (WtFaults *self)
{
  return self->ack_delay;
}

/**
 * wt_faults_get_rate:
 * @self: faults
 *
 * Returns: bytes a second each way, or 0
 */
guint
wt_faults_get_rate (WtFaults *self)
{
  return self->rate;
}

/**
 * wt_faults_get_reject_status:
 * @self: faults
 *
 * Returns: the HTTP status with which handshakes are refused, or 0
 */
guint
wt_faults_get_reject_status (WtFaults *self)
{
  return self->reject_status;
}

/**
 * wt_faults_get_real_uuid:
 * @self: faults
 *
 * Returns: whether a connection that ends closes the newer one of the same uuid (wire.md section 1)
 */
gboolean
wt_faults_get_real_uuid (WtFaults *self)
{
  return self->real_uuid;
}

/**
 * wt_faults_goes_silent:
 * @self: faults
 * @n_frames: how many frames a connection has received
 *
 * Returns: whether it becomes half-open now
 */
gboolean
wt_faults_goes_silent (WtFaults *self, guint64 n_frames)
{
  return self->silent_after >= 0 && n_frames >= (guint64) self->silent_after;
}

/**
 * wt_faults_closes:
 * @self: faults
 * @n_frames: how many frames a connection has received
 * @code: (out): the close code
 * @reason: (out) (transfer none): the reason
 *
 * Returns: whether it is closed now
 */
gboolean
wt_faults_closes (WtFaults *self, guint64 n_frames, guint16 *code, const char **reason)
{
  *code = self->close_code;
  *reason = self->close_reason;
  return self->close_after >= 0 && n_frames >= (guint64) self->close_after;
}

static char *
make_deep (void)
{
  g_autoptr (GString) deep = g_string_sized_new (DEEP + 1);

  for (guint i = 0; i < DEEP; i++)
    g_string_append_c (deep, '[');
  return g_string_free (g_steal_pointer (&deep), FALSE);
}

/**
 * wt_faults_make_malformed:
 * @self: faults
 *
 * Returns: (transfer full): the text of a frame with which something is wrong (wire.md section 4)
 */
GBytes *
wt_faults_make_malformed (WtFaults *self)
{
  static const char *const texts[] = {
    "",
    "not JSON",
    "null",
    "42",
    "[]",
    "{",
    "{\"ver\":1,\"type\":\"sys_std\",\"payload\":{}}",
    "{\"ver\":1,\"msg_id\":\"broken-%u\",\"type\":\"sys_std\",\"payload\":null}",
    "{\"ver\":1,\"msg_id\":\"broken-%u\",\"type\":\"sys_std\",\"payload\":{\"message_info\":[]}}",
    "{\"ver\":1,\"msg_id\":\"broken-%u\",\"type\":\"sys_std\",\"payload\":\"\\ud83d \\u0000\"}",
    "{\"ver\":1,\"msg_id\":\"broken-%u\",\"type\":\"custom_thing\",\"payload\":1e400}",
    "{\"ver\":1,\"msg_id\":\"broken-%u\",\"type\":\"sys_ack\",\"payload\":{},\"meta\":[]}",
  };
  guint choice = (guint) g_rand_int_range (self->random, 0, G_N_ELEMENTS (texts) + 1);
  g_autofree char *id = g_strdup_printf ("broken-%08x", g_rand_int (self->random));
  g_autoptr (GString) text = NULL;

  if (choice == G_N_ELEMENTS (texts))
    {
      g_autofree char *deep = make_deep ();

      return g_bytes_new (deep, strlen (deep));
    }
  text = g_string_new (texts[choice]);
  g_string_replace (text, "broken-%u", id, 0);
  return g_bytes_new (text->str, text->len);
}
