/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-cli-words.h"

#include <glib/gi18n-lib.h>

#include "wt-base64.h"
#include "wt-cli-output.h"
#include "wt-database.h"
#include "wt-outbox.h"

/* All words of the terminal that say what went wrong, in one place. */

static const char *
get_database_words (int code)
{
  switch (code)
    {
    case WT_DATABASE_ERROR_NEWER:
      return _ ("The profile belongs to a newer version of Wheatear; nothing was changed. Update "
                "Wheatear to use it");
    case WT_DATABASE_ERROR_CORRUPT:
      return _ (
          "The profile's database is damaged, or is not Wheatear's; nothing was changed. Move it "
          "to a safe place, or put a backup in its place");
    case WT_DATABASE_ERROR_FULL:
      return _ ("The disk is full; nothing that was stored is lost. Free some space and try again");
    case WT_DATABASE_ERROR_READ_ONLY:
      return _ (
          "The profile cannot be written, or has to be opened in the window once to be "
          "brought up to date. Change its permissions, or copy it to where it can be written");
    case WT_DATABASE_ERROR_BUSY:
      return _ ("Another program holds the profile's database. Close it and try again");
    case WT_DATABASE_ERROR_NOT_FOUND:
      return _ ("There is no such profile, or what was looked for is gone");
    default:
      return _ ("The profile's database cannot be used");
    }
}

static const char *
get_media_words (int code)
{
  switch (code)
    {
    case WT_MEDIA_ERROR_NOT_FOUND:
      return _ ("The file does not exist");
    case WT_MEDIA_ERROR_EMPTY:
      return _ ("The file is empty");
    case WT_MEDIA_ERROR_TOO_LARGE:
      return _ ("The file is too large");
    default:
      return _ ("The file cannot be used");
    }
}

/**
 * wt_cli_words_error:
 * @error: what went wrong
 *
 * Returns: (transfer full): that in words, with the technical ones last
 */
char *
wt_cli_words_error (const GError *error)
{
  const char *words = NULL;

  if (error->domain == WT_DATABASE_ERROR)
    words = get_database_words (error->code);
  else if (error->domain == WT_MEDIA_ERROR)
    words = get_media_words (error->code);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_strdup (_ ("Interrupted."));

  /* TRANSLATORS: what happened, and the technical words for it */
  return words != NULL ? g_strdup_printf (_ ("%s (%s)."), words, error->message)
                       : g_strdup (error->message);
}

/**
 * wt_cli_words_failure:
 * @failure: (nullable): a message's #WtMessageRecord.failure
 *
 * Returns: (transfer none): why it failed
 */
const char *
wt_cli_words_failure (const char *failure)
{
  if (g_strcmp0 (failure, WT_FAILURE_NO_ACK) == 0)
    return _ ("The server did not acknowledge the message, although it was sent several times.");
  if (g_strcmp0 (failure, WT_FAILURE_NO_TARGET) == 0)
    return _ ("It is not known where the message is to go: the conversation has no target key.");
  if (g_strcmp0 (failure, WT_FAILURE_TOO_LARGE) == 0)
    return _ (
        "The message is too large: the protocol allows 100 MiB, and pictures and files grow by "
        "a third on their way.");
  if (g_strcmp0 (failure, WT_FAILURE_UNREADABLE) == 0)
    return _ ("A picture or file of the message cannot be read any more.");
  return _ ("The message could not be sent.");
}

/**
 * wt_cli_words_state:
 * @state: a connection's state
 *
 * Returns: (transfer none): the step or state as a name
 */
const char *
wt_cli_words_state (WtConnectionState state)
{
  switch (state)
    {
    case WT_CONNECTION_RESOLVING:
      return _ ("Resolve");
    case WT_CONNECTION_CONNECTING:
      return _ ("Connect");
    case WT_CONNECTION_SECURING:
      return _ ("TLS");
    case WT_CONNECTION_UPGRADING:
      /* Translators: the step from HTTP to WebSocket */
      return _ ("Upgrade");
    case WT_CONNECTION_CONFIRMING:
      return _ ("Authentication");
    case WT_CONNECTION_ONLINE:
      return _ ("Ping");
    case WT_CONNECTION_WAITING:
      return _ ("Waiting");
    case WT_CONNECTION_REFUSED:
      return _ ("Refused");
    case WT_CONNECTION_OFFLINE:
    default:
      return _ ("Offline");
    }
}

/**
 * wt_cli_words_note_remedy:
 * @diagnosis: why there is no connection
 *
 * Tells the user what happened and what to do about it.
 */
void
wt_cli_words_note_remedy (WtDiagnosis *diagnosis)
{
  g_autofree char *sentence = wt_diagnosis_get_sentence (diagnosis);
  g_autofree char *remedy = wt_diagnosis_get_remedy (diagnosis);
  const char *fingerprint = wt_diagnosis_get_fingerprint (diagnosis);

  wt_cli_output_note ("%s", sentence);
  wt_cli_output_note ("%s", remedy);
  if (fingerprint != NULL)
    wt_cli_output_note (_ ("The certificate's fingerprint, for --trust: %s"), fingerprint);
}

/**
 * wt_cli_words_warn:
 * @endpoint: where a connection goes
 *
 * Says it where the key can be read on its way.
 */
void
wt_cli_words_warn (WtEndpoint *endpoint)
{
  if (!wt_endpoint_get_is_tls (endpoint) && !wt_endpoint_get_is_loopback (endpoint))
    wt_cli_output_note ("%s",
                        _ ("Warning: ws:// is not encrypted: keys and messages can be read on "
                           "the way. Use wss:// where the server has it."));
  if (wt_endpoint_get_is_tls (endpoint) && wt_endpoint_get_tls (endpoint)->insecure)
    wt_cli_output_note ("%s", _ ("Warning: the server's certificate is not verified: anybody in "
                                 "between can read keys and messages."));
}

/**
 * wt_cli_words_milliseconds:
 * @microseconds: a span
 *
 * Returns: (transfer full): the span in milliseconds with its unit
 */
char *
wt_cli_words_milliseconds (gint64 microseconds)
{
  /* TRANSLATORS: milliseconds */
  return g_strdup_printf (_ ("%.1f ms"), (double) microseconds / 1000);
}
