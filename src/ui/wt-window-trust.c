/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-window-private.h"

#include "wt-certificate-question.h"
#include "wt-certificate-words.h"
#include "wt-error-words.h"

#include <glib/gi18n-lib.h>

/* What the question is about: the certificate that was shown, whatever the server shows by the time of the answer. */
typedef struct
{
  WtWindow *window;
  WtSession *session;
  char *fingerprint;
} Trust;

static void
trust_free (gpointer data, GClosure *closure)
{
  Trust *trust = data;

  g_clear_object (&trust->window);
  g_clear_object (&trust->session);
  g_clear_pointer (&trust->fingerprint, g_free);
  g_free (trust);
}

static void
on_trusted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtWindow) self = data;
  g_autoptr (GError) error = NULL;
  WtSession *session = wt_profile_save_account_finish (WT_PROFILE (source), result, &error);

  if (session == NULL)
    {
      g_autofree char *words = wt_error_words_sentence (error);

      wt_window_toast (self, words);
      return;
    }
  wt_session_stop (session);
  if (wt_account_get_record (wt_session_get_account (session))->enabled)
    wt_session_start (session);
}

/* Removed while the question stood there? */
static gboolean
is_still_there (Trust *trust)
{
  GListModel *sessions = wt_profile_get_sessions (trust->window->profile);

  for (guint i = 0; i < g_list_model_get_n_items (sessions); i++)
    {
      g_autoptr (WtSession) session = g_list_model_get_item (sessions, i);

      if (session == trust->session)
        return TRUE;
    }
  return FALSE;
}

static void
on_answered (AdwMessageDialog *question, const char *response, gpointer data)
{
  Trust *trust = data;
  g_autoptr (WtAccountRecord) record = NULL;

  if (g_strcmp0 (response, "trust") != 0 || !is_still_there (trust))
    return;
  record = wt_account_record_copy (wt_account_get_record (wt_session_get_account (trust->session)));
  g_clear_pointer (&record->trusted_fingerprint, g_free);
  record->trusted_fingerprint = g_strdup (trust->fingerprint);
  wt_profile_save_account_async (trust->window->profile, record, NULL, NULL, NULL, on_trusted,
                                 g_object_ref (trust->window));
}

/**
 * wt_window_ask_for_trust:
 * @self: a window
 * @session: a session that was refused for its server's certificate; for others nothing is asked
 *
 * Shows the certificate, and trusts exactly it, for this account only, if the user says so.
 */
void
wt_window_ask_for_trust (WtWindow *self, WtSession *session)
{
  WtDiagnosis *diagnosis = wt_session_get_diagnosis (session);
  GtkWidget *question;
  Trust *trust;

  if (!wt_certificate_words_may_trust (diagnosis))
    return;

  question = wt_certificate_question_new (wt_session_get_account (session), diagnosis);
  trust = g_new0 (Trust, 1);
  trust->window = g_object_ref (self);
  trust->session = g_object_ref (session);
  trust->fingerprint = g_strdup (wt_diagnosis_get_fingerprint (diagnosis));
  g_signal_connect_data (question, "response", G_CALLBACK (on_answered), trust, trust_free, 0);
  gtk_window_set_transient_for (GTK_WINDOW (question), GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (question));
}
