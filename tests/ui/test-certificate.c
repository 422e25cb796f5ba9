/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-certificate-question.h"
#include "wt-certificate-words.h"

#include "wt-account-dialog.h"
#include "wt-api-server.h"
#include "wt-settings.h"
#include "wt-ui-test.h"
#include "wt-window.h"

#include <string.h>

/* Made for this: O=Wheat Field, CN=wheat.example, for 127.0.0.1, from 2020 to 2120; its key guards nothing. */
static const char self_signed[]
    = "-----BEGIN CERTIFICATE-----\n"
      "MIIBjTCCATSgAwIBAgIBATAKBggqhkjOPQQDAjAuMRQwEgYDVQQKDAtXaGVhdCBG\n"
      "aWVsZDEWMBQGA1UEAwwNd2hlYXQuZXhhbXBsZTAgFw0yMDAxMDEwMDAwMDBaGA8y\n"
      "MTIwMDEwMTAwMDAwMFowLjEUMBIGA1UECgwLV2hlYXQgRmllbGQxFjAUBgNVBAMM\n"
      "DXdoZWF0LmV4YW1wbGUwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASZroxIaDhQ\n"
      "a85/6bQ/tuauFh9gwNnPNMu7MQCpFA21NKpDHVjDagmApKEIvFSkjoQCmSZ91Ajy\n"
      "bBEQyI8lGmFio0EwPzAeBgNVHREEFzAVhwR/AAABgg13aGVhdC5leGFtcGxlMB0G\n"
      "A1UdDgQWBBQPn0MF5W6wRK9r84t0xl8kggDs2DAKBggqhkjOPQQDAgNHADBEAiA4\n"
      "wQq/6cnqQCJvDoQbzptyeuszHrAbro6Jxrjl06XgQQIgB0PkhITtAGN+CVuCUV+F\n"
      "b9wSrUi45FAyKJJk2zTVjgc=\n"
      "-----END CERTIFICATE-----\n"
      "-----BEGIN PRIVATE KEY-----\n"
      "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgQVPs7iTzeFnIBTQJ\n"
      "Uy+UK/O4MbMhHyCEX3JBD1W1bqihRANCAASZroxIaDhQa85/6bQ/tuauFh9gwNnP\n"
      "NMu7MQCpFA21NKpDHVjDagmApKEIvFSkjoQCmSZ91AjybBEQyI8lGmFi\n"
      "-----END PRIVATE KEY-----\n";

#define SELF_SIGNED_LINES                                                                          \
  "1F:4C:EB:9C:AD:49:B6:69\n"                                                                      \
  "10:0C:F7:E5:6C:6D:51:87\n"                                                                      \
  "49:8D:B5:50:90:F5:AB:9A\n"                                                                      \
  "5C:44:71:68:17:6E:71:9E"

/* CN=barley.example by CN=Field Authority, whom nobody knows. */
static const char issued[] = "-----BEGIN CERTIFICATE-----\n"
                             "MIIBgDCCASegAwIBAgIBAjAKBggqhkjOPQQDAjAaMRgwFgYDVQQDDA9GaWVsZCBB\n"
                             "dXRob3JpdHkwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBkxFzAV\n"
                             "BgNVBAMMDmJhcmxleS5leGFtcGxlMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n"
                             "MTX8X0FBgqnNQ37Evyd3dTd9CZ5qmtd/QTPJ0qOYvB6/h/PCbePtY3o5aagJz83T\n"
                             "PGyu+XdtkLusKZPlEt6HA6NdMFswGQYDVR0RBBIwEIIOYmFybGV5LmV4YW1wbGUw\n"
                             "HQYDVR0OBBYEFBFFJlzJYthKxkehC6Tvtl4IiZv+MB8GA1UdIwQYMBaAFOB40igc\n"
                             "SAZzPe1st38Kh4d8tSysMAoGCCqGSM49BAMCA0cAMEQCIBhRNxqViY2fKR6jeIps\n"
                             "pC0wIcxr0ps8PjTAWkSldgUyAiBUJcBacO43fyeHAT4c1P/yQyyGnWQD7H2mz9dT\n"
                             "g+CuIg==\n"
                             "-----END CERTIFICATE-----\n";

static WtDiagnosis *
diagnose (const char *pem, GTlsCertificateFlags errors)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_pem (pem, -1, &error);

  g_assert_no_error (error);
  return wt_diagnosis_new_for_tls (certificate, errors);
}

#define UNKNOWN G_TLS_CERTIFICATE_UNKNOWN_CA
#define IDENTITY G_TLS_CERTIFICATE_BAD_IDENTITY
#define EXPIRED G_TLS_CERTIFICATE_EXPIRED
#define EARLY G_TLS_CERTIFICATE_NOT_ACTIVATED
#define REVOKED G_TLS_CERTIFICATE_REVOKED
#define INSECURE G_TLS_CERTIFICATE_INSECURE
#define GENERIC G_TLS_CERTIFICATE_GENERIC_ERROR

static const struct
{
  const char *pem;
  GTlsCertificateFlags errors;
  gboolean may_trust;
  const char *reasons;
} cases[] = {
  { self_signed, UNKNOWN, TRUE, "It is signed by nobody but itself." },
  { issued, UNKNOWN, TRUE, "It was issued by an authority that this computer does not know." },
  { issued, IDENTITY, TRUE, "It is for another host than “rye.example”." },
  { issued, EXPIRED, TRUE, "It has expired." },
  { issued, EARLY, TRUE, "It is not valid yet." },
  { self_signed, UNKNOWN | EXPIRED | IDENTITY, TRUE,
    "It has expired.\nIt is for another host than “rye.example”.\n"
    "It is signed by nobody but itself." },
  /* What no comparison makes good. */
  { issued, REVOKED, FALSE, "It was revoked by its issuer." },
  { issued, INSECURE, FALSE, "It uses a method that is no longer secure." },
  { self_signed, UNKNOWN | REVOKED, FALSE,
    "It is signed by nobody but itself.\nIt was revoked by its issuer." },
  { issued, GENERIC, FALSE, "It could not be verified." },
};

static void
test_reasons (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (WtDiagnosis) diagnosis = diagnose (cases[i].pem, cases[i].errors);
      g_autofree char *reasons = wt_certificate_words_reasons (diagnosis, "rye.example");

      g_assert_cmpstr (reasons, ==, cases[i].reasons);
      g_assert_cmpint (wt_certificate_words_may_trust (diagnosis), ==, cases[i].may_trust);
    }

  g_autoptr (WtDiagnosis) no_certificate = wt_diagnosis_new (WT_DIAGNOSIS_TLS_SELF_SIGNED, UNKNOWN,
                                                             NULL);

  g_assert_false (wt_certificate_words_may_trust (no_certificate));
  g_assert_false (wt_certificate_words_may_trust (NULL));
}

static void
test_facts (void)
{
  g_autoptr (WtDiagnosis) diagnosis = diagnose (issued, UNKNOWN);
  GTlsCertificate *certificate = wt_diagnosis_get_certificate (diagnosis);
  g_autofree char *subject = wt_certificate_words_subject (certificate);
  g_autofree char *issuer = wt_certificate_words_issuer (certificate);
  g_autofree char *validity = wt_certificate_words_validity (certificate);

  g_assert_cmpstr (subject, ==, "CN=barley.example");
  g_assert_cmpstr (issuer, ==, "CN=Field Authority");
  g_assert_cmpstr (validity, ==, "From 2020-01-01 to 2120-01-01");
}

static void
test_fingerprint (void)
{
  g_autoptr (WtDiagnosis) diagnosis = diagnose (self_signed, UNKNOWN);
  g_autofree char *with_colons = wt_certificate_words_fingerprint (
      wt_diagnosis_get_fingerprint (diagnosis));
  g_autofree char *bare = wt_certificate_words_fingerprint ("0123456789abcdef01");
  g_autofree char *empty = wt_certificate_words_fingerprint ("");

  g_assert_cmpstr (with_colons, ==, SELF_SIGNED_LINES);
  g_assert_cmpstr (bare, ==, "01:23:45:67:89:AB:CD:EF\n01");
  g_assert_cmpstr (empty, ==, "");
}

/* Whether a label with these words in it is in there. */
static gboolean
shows (GtkWidget *widget, const char *words)
{
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_label (GTK_LABEL (widget)), words) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (shows (child, words))
      return TRUE;
  return FALSE;
}

static void
test_question (void)
{
  g_autoptr (WtAccountRecord) record = wt_ui_test_make_account ("me");
  g_autoptr (WtAccount) account = wt_account_new (record);
  g_autoptr (WtDiagnosis) diagnosis = diagnose (self_signed, UNKNOWN | IDENTITY);
  GtkWidget *question = wt_certificate_question_new (account, diagnosis);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (question);
  GtkWidget *facts = adw_message_dialog_get_extra_child (dialog);

  g_assert_true (shows (facts, "It is for another host than “127.0.0.1”."));
  g_assert_true (shows (facts, "CN=wheat.example"));
  g_assert_true (shows (facts, SELF_SIGNED_LINES));
  g_assert_cmpint (adw_message_dialog_get_response_appearance (dialog, "trust"), ==,
                   ADW_RESPONSE_DESTRUCTIVE);
  /* Neither Enter nor Escape trusts. */
  g_assert_cmpstr (adw_message_dialog_get_default_response (dialog), ==, "cancel");
  g_assert_cmpstr (adw_message_dialog_get_close_response (dialog), ==, "cancel");
  g_assert_null (strstr (adw_message_dialog_get_body (dialog), "before"));
  gtk_window_destroy (GTK_WINDOW (question));

  record->trusted_fingerprint = g_strnfill (64, 'a');
  wt_account_update (account, record);
  question = wt_certificate_question_new (account, diagnosis);
  g_assert_nonnull (strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (question)),
                            "not the certificate that you trusted"));
  gtk_window_destroy (GTK_WINDOW (question));
}

/* A window, one account, and a server with the certificate of its own. */
typedef struct
{
  GtkApplication *application; /* borrowed */
  GSettings *settings;
  WtProfile *profile;
  char *folder;
  WtApiServer *server;
  WtWindow *window;
  WtSession *session; /* borrowed */
} Fixture;

static void
start_server (Fixture *fixture)
{
  g_autofree char *file = g_build_filename (fixture->folder, "server.pem", NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (file, self_signed, -1, &error);
  g_assert_no_error (error);
  fixture->server = wt_api_server_new ();
  wt_api_server_set_allow_all (fixture->server, TRUE);
  wt_api_server_set_tls (fixture->server, file, file, NULL, &error);
  g_assert_no_error (error);
  wt_api_server_listen (fixture->server, "127.0.0.1", 0, &error);
  g_assert_no_error (error);
}

static void
save (Fixture *fixture, const WtAccountRecord *record)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  wt_profile_save_account_async (fixture->profile, record, "key", NULL, NULL, wt_ui_test_on_done,
                                 &result);
  wt_test_wait_until (result != NULL);
  fixture->session = wt_profile_save_account_finish (fixture->profile, result, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtAccountRecord) record = wt_ui_test_make_account ("me");
  g_autoptr (GError) error = NULL;

  fixture->application = (GtkApplication *) data;
  fixture->settings = wt_settings_open (NULL, &error);
  g_assert_no_error (error);
  fixture->profile = wt_ui_test_open_profile (&fixture->folder);
  start_server (fixture);
  g_clear_pointer (&record->url, g_free);
  record->url = g_strdup_printf ("wss://127.0.0.1:%u/ws", wt_api_server_get_port (fixture->server));
  save (fixture, record);
  fixture->window = wt_window_new (fixture->application, fixture->settings);
  wt_window_set_profile (fixture->window, fixture->profile, NULL);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gpointer window = fixture->window;

  g_object_add_weak_pointer (G_OBJECT (window), &window);
  gtk_window_close (GTK_WINDOW (fixture->window));
  wt_test_wait_until (window == NULL);
  wt_ui_test_close_profile (fixture->profile, fixture->folder);
  wt_api_server_stop (fixture->server);
  g_object_unref (fixture->server);
  g_object_unref (fixture->settings);
}

static void
ask (Fixture *fixture)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.review-certificate", "x",
                              wt_account_get_id (wt_session_get_account (fixture->session)));
}

/* The question that stands, if one does. */
static AdwMessageDialog *
find_question (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        return ADW_MESSAGE_DIALOG (window);
    }
  return NULL;
}

/* As its buttons do. */
static void
answer (const char *response)
{
  AdwMessageDialog *question = find_question ();

  g_assert_nonnull (question);
  adw_message_dialog_response (question, response);
  gtk_window_destroy (GTK_WINDOW (question));
  g_assert_null (find_question ());
}

static const WtAccountRecord *
get_record (Fixture *fixture)
{
  return wt_account_get_record (wt_session_get_account (fixture->session));
}

static void
test_refuse (Fixture *fixture, gconstpointer data)
{
  wt_session_start (fixture->session);
  wt_test_wait_until (wt_session_get_state (fixture->session) == WT_CONNECTION_REFUSED);
  ask (fixture);
  answer ("cancel");
  g_assert_null (get_record (fixture)->trusted_fingerprint);
  g_assert_cmpint (wt_session_get_state (fixture->session), ==, WT_CONNECTION_REFUSED);
}

static void
test_trust_and_revoke (Fixture *fixture, gconstpointer data)
{
  GtkWidget *dialog;
  GtkWidget *trusted;

  wt_session_start (fixture->session);
  wt_test_wait_until (wt_session_get_state (fixture->session) == WT_CONNECTION_REFUSED);
  ask (fixture);
  answer ("trust");
  wt_test_wait_until (wt_session_get_state (fixture->session) == WT_CONNECTION_ONLINE);
  g_assert_nonnull (get_record (fixture)->trusted_fingerprint);
  /* Nothing to ask any more. */
  ask (fixture);
  g_assert_null (find_question ());

  dialog = wt_account_dialog_new (fixture->profile, wt_session_get_account (fixture->session));
  trusted = GTK_WIDGET (gtk_widget_get_template_child (dialog, WT_TYPE_ACCOUNT_DIALOG, "trusted"));
  g_assert_true (gtk_widget_get_visible (trusted));
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (trusted)), ==, SELF_SIGNED_LINES);
  g_signal_emit_by_name (gtk_widget_get_template_child (dialog, WT_TYPE_ACCOUNT_DIALOG, "revoke"),
                         "clicked");
  g_assert_nonnull (get_record (fixture)->trusted_fingerprint);
  g_signal_emit_by_name (gtk_widget_get_template_child (dialog, WT_TYPE_ACCOUNT_DIALOG, "save"),
                         "clicked");
  wt_test_wait_until (wt_session_get_state (fixture->session) == WT_CONNECTION_REFUSED);
  g_assert_null (get_record (fixture)->trusted_fingerprint);
}

/* Removed while the question stands: its answer does nothing. */
static void
test_removed_meanwhile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtAccount) account = g_object_ref (wt_session_get_account (fixture->session));
  g_autoptr (GAsyncResult) result = NULL;

  wt_session_start (fixture->session);
  wt_test_wait_until (wt_session_get_state (fixture->session) == WT_CONNECTION_REFUSED);
  ask (fixture);
  wt_profile_remove_account_async (fixture->profile, account, NULL, wt_ui_test_on_done, &result);
  wt_test_wait_until (result != NULL);
  g_assert_true (wt_profile_remove_account_finish (fixture->profile, result, NULL));
  answer ("trust");
  g_assert_cmpuint (g_list_model_get_n_items (wt_profile_get_sessions (fixture->profile)), ==, 0);
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application = NULL;
  g_autoptr (GError) error = NULL;

  if (!wt_ui_test_init (&argc, &argv))
    return 77;
  application = adw_application_new ("io.github.wheatear_im.Wheatear.Test",
                                     G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_test_add_func ("/ui/certificate/reasons", test_reasons);
  g_test_add_func ("/ui/certificate/facts", test_facts);
  g_test_add_func ("/ui/certificate/fingerprint", test_fingerprint);
  g_test_add_func ("/ui/certificate/question", test_question);
  g_test_add ("/ui/certificate/refuse", Fixture, application, set_up, test_refuse, tear_down);
  g_test_add ("/ui/certificate/trust-and-revoke", Fixture, application, set_up,
              test_trust_and_revoke, tear_down);
  g_test_add ("/ui/certificate/removed-meanwhile", Fixture, application, set_up,
              test_removed_meanwhile, tear_down);
  return g_test_run ();
}
