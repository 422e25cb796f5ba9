/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-fault-line.h"
#include "wt-faults.h"

#include <string.h>

static const struct
{
  const char *description;
  int code; /* 0: understood */
} rows[] = {
  { "drop-ack=0.5", 0 },
  { "drop-ack=0", 0 },
  { "drop-ack=1", 0 },
  { "drop-ack", WT_FAULT_ERROR_VALUE },
  { "drop-ack=", WT_FAULT_ERROR_VALUE },
  { "drop-ack=1.1", WT_FAULT_ERROR_VALUE },
  { "drop-ack=-1", WT_FAULT_ERROR_VALUE },
  { "drop-ack=nan", WT_FAULT_ERROR_VALUE },
  { "drop-ack=0.5x", WT_FAULT_ERROR_VALUE },
  { "delay-ack=100", 0 },
  { "delay-ack=-1", WT_FAULT_ERROR_VALUE },
  { "duplicate=0.1", 0 },
  { "reorder", 0 },
  { "reorder=acks", 0 },
  { "reorder=some", WT_FAULT_ERROR_VALUE },
  { "close-after=3", 0 },
  { "close-after=3:1012", 0 },
  { "close-after=3:1000:Authentication failed: no", 0 },
  { "close-after=3:999", WT_FAULT_ERROR_VALUE },
  { "close-after=x", WT_FAULT_ERROR_VALUE },
  { "close-after", WT_FAULT_ERROR_VALUE },
  { "half-open", 0 },
  { "half-open=2", 0 },
  { "half-open=x", WT_FAULT_ERROR_VALUE },
  { "malformed=0.2", 0 },
  { "slow", 0 },
  { "slow=100", 0 },
  { "reject-upgrade=401", 0 },
  { "reject-upgrade=200", WT_FAULT_ERROR_VALUE },
  { "reject-upgrade=600", WT_FAULT_ERROR_VALUE },
  { "cut=0.01", 0 },
  { "real-uuid", 0 },
  { "real-uuid=1", WT_FAULT_ERROR_VALUE },
  { "nothing", WT_FAULT_ERROR_UNKNOWN },
  { "", WT_FAULT_ERROR_UNKNOWN },
  { "=", WT_FAULT_ERROR_UNKNOWN },
};

static void
test_descriptions (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (WtFaults) faults = wt_faults_new (1);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", rows[i].description);
      g_assert_cmpint (wt_faults_add (faults, rows[i].description, &error), ==, rows[i].code == 0);
      if (rows[i].code != 0)
        g_assert_error (error, WT_FAULT_ERROR, rows[i].code);
    }
}

static void
test_values (void)
{
  g_autoptr (WtFaults) faults = wt_faults_new (1);
  const char *reason;
  guint16 code;

  g_assert_false (wt_faults_closes (faults, 1000, &code, &reason));
  g_assert_false (wt_faults_goes_silent (faults, 1000));
  g_assert_true (wt_faults_add (faults, "close-after=3:4001:a:b", NULL));
  g_assert_false (wt_faults_closes (faults, 2, &code, &reason));
  g_assert_true (wt_faults_closes (faults, 3, &code, &reason));
  g_assert_cmpuint (code, ==, 4001);
  g_assert_cmpstr (reason, ==, "a:b");
  g_assert_true (wt_faults_add (faults, "half-open", NULL));
  g_assert_true (wt_faults_goes_silent (faults, 0));
  wt_faults_clear (faults);
  g_assert_false (wt_faults_closes (faults, 3, &code, &reason));
  g_assert_false (wt_faults_goes_silent (faults, 1000));
}

static char *
roll (guint32 seed)
{
  g_autoptr (WtFaults) faults = wt_faults_new (seed);
  g_autoptr (GString) result = g_string_new (NULL);

  wt_faults_add (faults, "drop-ack=0.5", NULL);
  for (guint i = 0; i < 64; i++)
    g_string_append_c (result, wt_faults_happens (faults, WT_FAULT_DROP_ACK) ? '1' : '0');
  return g_string_free (g_steal_pointer (&result), FALSE);
}

static void
test_seed (void)
{
  g_autofree char *one = roll (7);
  g_autofree char *same = roll (7);
  g_autofree char *other = roll (8);

  g_assert_cmpstr (one, ==, same);
  g_assert_cmpstr (one, !=, other);
}

static void
test_malformed_is_text (void)
{
  g_autoptr (WtFaults) faults = wt_faults_new (3);

  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (GBytes) bytes = wt_faults_make_malformed (faults);
      gsize length;
      const char *text = g_bytes_get_data (bytes, &length);

      g_assert_true (length == 0 || g_utf8_validate (text, (gssize) length, NULL));
    }
}

static gboolean
record (GBytes *frame, gpointer data)
{
  g_string_append_len (data, g_bytes_get_data (frame, NULL), (gssize) g_bytes_get_size (frame));
  return TRUE;
}

static void
push (WtFaultLine *line, const char *text, gboolean is_ack)
{
  g_autoptr (GBytes) frame = g_bytes_new (text, strlen (text));

  g_assert_true (wt_fault_line_push (line, frame, is_ack));
}

/* Messages are letters, ACKs digits. */
static void
test_line (void)
{
  static const struct
  {
    const char *fault;
    const char *at_once;
    const char *later;
  } lines[] = {
    { NULL, "a1b2", "a1b2" },
    { "drop-ack=1", "ab", "ab" },
    { "delay-ack=500", "ab", "ab12" },
    { "duplicate=1", "aa11bb22", "aa11bb22" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (WtClock) clock = wt_clock_new_manual (1, 1);
      g_autoptr (WtFaults) faults = wt_faults_new (1);
      g_autoptr (GString) out = g_string_new (NULL);
      g_autoptr (WtFaultLine) line = wt_fault_line_new (faults, clock, record, out);

      if (lines[i].fault != NULL)
        g_assert_true (wt_faults_add (faults, lines[i].fault, NULL));
      push (line, "a", FALSE);
      push (line, "1", TRUE);
      push (line, "b", FALSE);
      push (line, "2", TRUE);
      g_assert_cmpstr (out->str, ==, lines[i].at_once);
      wt_clock_advance (clock, 499);
      g_assert_cmpstr (out->str, ==, lines[i].at_once);
      wt_clock_advance (clock, 1);
      g_assert_cmpstr (out->str, ==, lines[i].later);
    }
}

static void
test_reorder (gconstpointer data)
{
  gboolean acks_only = GPOINTER_TO_INT (data);
  g_autoptr (WtClock) clock = wt_clock_new_manual (1, 1);
  g_autoptr (WtFaults) faults = wt_faults_new (5);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (WtFaultLine) line = wt_fault_line_new (faults, clock, record, out);
  g_autoptr (GString) letters = g_string_new (NULL);

  g_assert_true (wt_faults_add (faults, acks_only ? "reorder=acks" : "reorder", NULL));
  for (char c = 'a'; c <= 'z'; c++)
    {
      char message[] = { c, '\0' }, ack[] = { (char) (c - 'a' + 'A'), '\0' };

      push (line, message, FALSE);
      push (line, ack, TRUE);
    }
  wt_clock_advance (clock, 1000);

  /* Nothing is lost or doubled, and something moved. */
  g_assert_cmpuint (out->len, ==, 52);
  for (char c = 'a'; c <= 'z'; c++)
    {
      g_assert_nonnull (strchr (out->str, c));
      g_assert_nonnull (strchr (out->str, c - 'a' + 'A'));
    }
  g_assert_false (g_str_has_prefix (out->str, "aAbBcCdDeEfFgGhHiIjJkKlL"));
  for (gsize i = 0; i < out->len; i++)
    {
      if (g_ascii_islower (out->str[i]))
        g_string_append_c (letters, out->str[i]);
    }
  if (acks_only)
    g_assert_cmpstr (letters->str, ==, "abcdefghijklmnopqrstuvwxyz");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/faults/descriptions", test_descriptions);
  g_test_add_func ("/server/faults/values", test_values);
  g_test_add_func ("/server/faults/seed", test_seed);
  g_test_add_func ("/server/faults/malformed-is-text", test_malformed_is_text);
  g_test_add_func ("/server/faults/line", test_line);
  g_test_add_data_func ("/server/faults/reorder-acks", GINT_TO_POINTER (TRUE), test_reorder);
  g_test_add_data_func ("/server/faults/reorder-all", GINT_TO_POINTER (FALSE), test_reorder);
  return g_test_run ();
}
