/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-session-words.h"

#include "wt-certificate-words.h"

#include <glib/gi18n-lib.h>

/**
 * wt_session_words_state:
 * @state: a connection's state
 *
 * Returns: (transfer none): the state in words
 */
const char *
wt_session_words_state (WtConnectionState state)
{
  switch (state)
    {
    case WT_CONNECTION_RESOLVING:
      return _ ("Looking up the server");
    case WT_CONNECTION_CONNECTING:
      return _ ("Connecting");
    case WT_CONNECTION_SECURING:
      return _ ("Securing the connection");
    case WT_CONNECTION_UPGRADING:
      return _ ("Opening the chat connection");
    case WT_CONNECTION_CONFIRMING:
      return _ ("Checking the key");
    case WT_CONNECTION_ONLINE:
      return _ ("Online");
    case WT_CONNECTION_WAITING:
      return _ ("Waiting to reconnect");
    case WT_CONNECTION_REFUSED:
      return _ ("Not connected: needs your attention");
    case WT_CONNECTION_OFFLINE:
    default:
      return _ ("Offline");
    }
}

/**
 * wt_session_words_is_connecting:
 * @state: a connection's state
 *
 * Returns: whether an attempt to connect is under way
 */
gboolean
wt_session_words_is_connecting (WtConnectionState state)
{
  return state >= WT_CONNECTION_RESOLVING && state <= WT_CONNECTION_CONFIRMING;
}

/**
 * wt_session_words_style:
 * @state: a connection's state
 *
 * Returns: (transfer none): the style class of a dot that shows the state
 */
const char *
wt_session_words_style (WtConnectionState state)
{
  if (state == WT_CONNECTION_ONLINE)
    return "online";
  if (state == WT_CONNECTION_REFUSED)
    return "refused";
  return state == WT_CONNECTION_OFFLINE ? "offline" : "connecting";
}

/**
 * wt_session_words_countdown:
 * @retry_at: when the next attempt is, in microseconds of g_get_monotonic_time(), or 0
 * @now: g_get_monotonic_time()
 *
 * Returns: (transfer full) (nullable): how long it is until then, in words
 */
char *
wt_session_words_countdown (gint64 retry_at, gint64 now)
{
  if (retry_at <= 0)
    return NULL;
  if (retry_at <= now)
    return g_strdup (_ ("Trying again now"));

  guint seconds = (guint) MIN ((retry_at - now + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC, 86400);

  return g_strdup_printf (
      ngettext ("Trying again in %u second", "Trying again in %u seconds", seconds), seconds);
}

/**
 * wt_session_words_mending:
 * @state: the connection's state
 * @diagnosis: (nullable): why there is none
 *
 * Returns: which action has a chance to mend it
 */
WtSessionMending
wt_session_words_mending (WtConnectionState state, WtDiagnosis *diagnosis)
{
  if (diagnosis == NULL || state == WT_CONNECTION_ONLINE)
    return WT_SESSION_MENDING_NONE;

  if (wt_certificate_words_may_trust (diagnosis))
    return WT_SESSION_MENDING_TRUST;

  switch (wt_diagnosis_get_kind (diagnosis))
    {
    case WT_DIAGNOSIS_BAD_URL:
    case WT_DIAGNOSIS_DNS:
    case WT_DIAGNOSIS_TLS_WRONG_HOST:
    case WT_DIAGNOSIS_TLS_SELF_SIGNED:
    case WT_DIAGNOSIS_TLS_UNKNOWN_ISSUER:
    case WT_DIAGNOSIS_TLS_CLIENT_CERTIFICATE:
    case WT_DIAGNOSIS_TLS_OTHER:
    case WT_DIAGNOSIS_NOT_API_SERVER:
    case WT_DIAGNOSIS_SOCKET_IO:
    case WT_DIAGNOSIS_AUTHENTICATION:
    case WT_DIAGNOSIS_NO_KEY:
      return WT_SESSION_MENDING_EDIT;
    case WT_DIAGNOSIS_HTTP_STATUS:
      /* It is the address where it is not the server's own trouble. */
      return wt_diagnosis_can_retry (diagnosis) ? WT_SESSION_MENDING_RETRY
                                                : WT_SESSION_MENDING_EDIT;
    case WT_DIAGNOSIS_NONE:
    case WT_DIAGNOSIS_REFUSED:
    case WT_DIAGNOSIS_UNREACHABLE:
    case WT_DIAGNOSIS_TIMEOUT:
    case WT_DIAGNOSIS_TLS_EXPIRED:
    case WT_DIAGNOSIS_PROXY:
    case WT_DIAGNOSIS_MESSAGE_TOO_BIG:
    case WT_DIAGNOSIS_REPLACED:
    case WT_DIAGNOSIS_GOING_AWAY:
    case WT_DIAGNOSIS_PROTOCOL:
    case WT_DIAGNOSIS_NO_PONG:
    case WT_DIAGNOSIS_NO_ACK:
    case WT_DIAGNOSIS_CLOSED:
    case WT_DIAGNOSIS_OTHER:
    default:
      return WT_SESSION_MENDING_RETRY;
    }
}

/**
 * wt_session_words_action:
 * @mending: what can be done
 *
 * Returns: (transfer none) (nullable): the window's action for it, whose target is the account's row id
 */
const char *
wt_session_words_action (WtSessionMending mending)
{
  switch (mending)
    {
    case WT_SESSION_MENDING_RETRY:
      return "win.retry-account";
    case WT_SESSION_MENDING_EDIT:
      return "win.edit-account";
    case WT_SESSION_MENDING_TRUST:
      return "win.review-certificate";
    case WT_SESSION_MENDING_NONE:
    default:
      return NULL;
    }
}

/**
 * wt_session_words_mending_label:
 * @mending: what can be done
 *
 * Returns: (transfer none) (nullable): the words on its button
 */
const char *
wt_session_words_mending_label (WtSessionMending mending)
{
  switch (mending)
    {
    case WT_SESSION_MENDING_RETRY:
      return _ ("Retry Now");
    case WT_SESSION_MENDING_EDIT:
      return _ ("Edit Account");
    case WT_SESSION_MENDING_TRUST:
      return _ ("Show Certificate");
    case WT_SESSION_MENDING_NONE:
    default:
      return NULL;
    }
}
