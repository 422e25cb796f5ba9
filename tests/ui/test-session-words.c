/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-session-words.h"

static void
test_states (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (int state = WT_CONNECTION_OFFLINE; state <= WT_CONNECTION_REFUSED; state++)
    {
      const char *words = wt_session_words_state ((WtConnectionState) state);

      g_assert_true (g_hash_table_add (seen, (gpointer) words));
      g_assert_nonnull (wt_session_words_style ((WtConnectionState) state));
    }
}

static void
test_countdown (void)
{
  const struct
  {
    gint64 retry_at;
    const char *expected;
  } cases[] = {
    { 0, NULL },
    { 10 * G_USEC_PER_SEC, "Trying again now" },
    { 10 * G_USEC_PER_SEC + 1, "Trying again in 1 second" },
    { 12 * G_USEC_PER_SEC, "Trying again in 2 seconds" },
    { G_MAXINT64, "Trying again in 86400 seconds" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = wt_session_words_countdown (cases[i].retry_at, 10 * G_USEC_PER_SEC);

      g_assert_cmpstr (words, ==, cases[i].expected);
    }
}

static WtSessionMending
mending (WtConnectionState state, WtDiagnosisKind kind)
{
  g_autoptr (WtDiagnosis) diagnosis = wt_diagnosis_new (kind, 0, NULL);

  return wt_session_words_mending (state, diagnosis);
}

/* The action that the remedy's words speak of. */
static const struct
{
  WtDiagnosisKind kind;
  guint code;
  WtSessionMending expected;
} mendings[] = {
  { WT_DIAGNOSIS_BAD_URL, 0, WT_SESSION_MENDING_EDIT },
  { WT_DIAGNOSIS_DNS, 0, WT_SESSION_MENDING_EDIT },
  { WT_DIAGNOSIS_REFUSED, 0, WT_SESSION_MENDING_RETRY },
  { WT_DIAGNOSIS_UNREACHABLE, 0, WT_SESSION_MENDING_RETRY },
  { WT_DIAGNOSIS_TIMEOUT, 0, WT_SESSION_MENDING_RETRY },
  /* Without a certificate there is none to trust. */
  { WT_DIAGNOSIS_TLS_EXPIRED, 0, WT_SESSION_MENDING_RETRY },
  { WT_DIAGNOSIS_TLS_SELF_SIGNED, 0, WT_SESSION_MENDING_EDIT },
  { WT_DIAGNOSIS_TLS_CLIENT_CERTIFICATE, 0, WT_SESSION_MENDING_EDIT },
  { WT_DIAGNOSIS_TLS_OTHER, 0, WT_SESSION_MENDING_EDIT },
  { WT_DIAGNOSIS_PROXY, 0, WT_SESSION_MENDING_RETRY },
  { WT_DIAGNOSIS_HTTP_STATUS, 404, WT_SESSION_MENDING_EDIT },
  { WT_DIAGNOSIS_HTTP_STATUS, 426, WT_SESSION_MENDING_EDIT },
  { WT_DIAGNOSIS_HTTP_STATUS, 429, WT_SESSION_MENDING_RETRY },
  { WT_DIAGNOSIS_HTTP_STATUS, 503, WT_SESSION_MENDING_RETRY },
  { WT_DIAGNOSIS_NOT_API_SERVER, 0, WT_SESSION_MENDING_EDIT },
  { WT_DIAGNOSIS_SOCKET_IO, 0, WT_SESSION_MENDING_EDIT },
  { WT_DIAGNOSIS_AUTHENTICATION, 1000, WT_SESSION_MENDING_EDIT },
  { WT_DIAGNOSIS_NO_KEY, 0, WT_SESSION_MENDING_EDIT },
  { WT_DIAGNOSIS_GOING_AWAY, 1001, WT_SESSION_MENDING_RETRY },
  { WT_DIAGNOSIS_NO_PONG, 0, WT_SESSION_MENDING_RETRY },
};

static void
test_mending_by_kind (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (mendings); i++)
    {
      g_autoptr (WtDiagnosis) diagnosis = wt_diagnosis_new (mendings[i].kind, mendings[i].code,
                                                            NULL);
      WtSessionMending found = wt_session_words_mending (WT_CONNECTION_REFUSED, diagnosis);

      if (found != mendings[i].expected)
        g_error ("%s %u: %d", wt_diagnosis_kind_to_nick (mendings[i].kind), mendings[i].code,
                 found);
    }
  for (int mending = WT_SESSION_MENDING_NONE; mending <= WT_SESSION_MENDING_TRUST; mending++)
    {
      const char *label = wt_session_words_mending_label ((WtSessionMending) mending);
      const char *action = wt_session_words_action ((WtSessionMending) mending);

      g_assert_true ((label != NULL) == (mending != WT_SESSION_MENDING_NONE));
      g_assert_true ((action != NULL) == (mending != WT_SESSION_MENDING_NONE));
    }
}

static void
test_mending (void)
{
  g_assert_cmpint (wt_session_words_mending (WT_CONNECTION_WAITING, NULL), ==,
                   WT_SESSION_MENDING_NONE);
  g_assert_cmpint (mending (WT_CONNECTION_ONLINE, WT_DIAGNOSIS_CLOSED), ==,
                   WT_SESSION_MENDING_NONE);
  g_assert_cmpint (mending (WT_CONNECTION_REFUSED, WT_DIAGNOSIS_AUTHENTICATION), ==,
                   WT_SESSION_MENDING_EDIT);
  g_assert_cmpint (mending (WT_CONNECTION_REFUSED, WT_DIAGNOSIS_NO_KEY), ==,
                   WT_SESSION_MENDING_EDIT);
  g_assert_cmpint (mending (WT_CONNECTION_WAITING, WT_DIAGNOSIS_REFUSED), ==,
                   WT_SESSION_MENDING_RETRY);
  /* Every kind has an action. */
  for (int kind = WT_DIAGNOSIS_BAD_URL; kind <= WT_DIAGNOSIS_OTHER; kind++)
    g_assert_cmpint (mending (WT_CONNECTION_WAITING, (WtDiagnosisKind) kind), !=,
                     WT_SESSION_MENDING_NONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/session-words/states", test_states);
  g_test_add_func ("/ui/session-words/countdown", test_countdown);
  g_test_add_func ("/ui/session-words/mending", test_mending);
  g_test_add_func ("/ui/session-words/mending-by-kind", test_mending_by_kind);
  return g_test_run ();
}
