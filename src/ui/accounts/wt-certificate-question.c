/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-certificate-question.h"

#include "wt-alert.h"
#include "wt-certificate-words.h"

#include <glib/gi18n-lib.h>

static void
add_fact (GtkBox *facts, const char *name, const char *value, const char *style)
{
  GtkWidget *caption = gtk_label_new (name);
  GtkWidget *text = gtk_label_new (value);

  gtk_label_set_xalign (GTK_LABEL (caption), 0);
  gtk_widget_add_css_class (caption, "caption-heading");
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (text), TRUE);
  gtk_widget_set_margin_bottom (text, 6);
  if (style != NULL)
    gtk_widget_add_css_class (text, style);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  caption, NULL, -1);
  gtk_box_append (facts, caption);
  gtk_box_append (facts, text);
}

static GtkWidget *
make_facts (WtDiagnosis *diagnosis, const char *host)
{
  GTlsCertificate *certificate = wt_diagnosis_get_certificate (diagnosis);
  GtkWidget *facts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *reasons = wt_certificate_words_reasons (diagnosis, host);
  g_autofree char *subject = wt_certificate_words_subject (certificate);
  g_autofree char *issuer = wt_certificate_words_issuer (certificate);
  g_autofree char *validity = wt_certificate_words_validity (certificate);
  g_autofree char *fingerprint = wt_certificate_words_fingerprint (
      wt_diagnosis_get_fingerprint (diagnosis));

  add_fact (GTK_BOX (facts), _ ("Why It Is Not Trusted"), reasons, NULL);
  add_fact (GTK_BOX (facts), _ ("Issued for"), subject, NULL);
  add_fact (GTK_BOX (facts), _ ("Issued by"), issuer, NULL);
  /* Translators: from when to when a certificate may be used */
  add_fact (GTK_BOX (facts), _ ("Valid"), validity, NULL);
  add_fact (GTK_BOX (facts), _ ("SHA-256 Fingerprint"), fingerprint, "monospace");
  return facts;
}

static char *
make_body (const WtAccountRecord *record, const char *name)
{
  /* TRANSLATORS: %s is an account's name */
  g_autofree char *advice = g_strdup_printf (
      _ ("Somebody in between could show a certificate like this one, and then read the key and "
         "all messages of “%s”. Trust it only if its fingerprint is the one that the server’s "
         "operator gives you in another way."),
      name);

  if (record->trusted_fingerprint == NULL)
    return g_steal_pointer (&advice);
  return g_strdup_printf (
      "%s %s", _ ("This is not the certificate that you trusted for this account before."), advice);
}

/**
 * wt_certificate_question_new:
 * @account: whose server it is
 * @diagnosis: of a refused certificate, see wt_certificate_words_may_trust()
 *
 * Asks whether to trust exactly this certificate, for this account only: the responses are `trust` and `cancel`.
 *
 * Returns: (transfer none): an #AdwMessageDialog
 */
GtkWidget *
wt_certificate_question_new (WtAccount *account, WtDiagnosis *diagnosis)
{
  g_return_val_if_fail (WT_IS_ACCOUNT (account), NULL);
  g_return_val_if_fail (wt_certificate_words_may_trust (diagnosis), NULL);

  const WtAccountRecord *record = wt_account_get_record (account);
  g_autoptr (WtEndpoint) endpoint = wt_account_make_endpoint (account, NULL, NULL);
  const char *host = endpoint != NULL ? wt_endpoint_get_host (endpoint) : record->url;
  g_autofree char *name = wt_account_dup_display_name (account);
  g_autofree char *body = make_body (record, name);
  GtkWidget *question = wt_alert_new (NULL, _ ("Trust This Certificate?"), body);

  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (question), make_facts (diagnosis, host));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (question), "cancel", _ ("_Cancel"), "trust",
                                    _ ("_Trust This Certificate"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (question), "trust",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (question), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (question), "cancel");
  return question;
}
