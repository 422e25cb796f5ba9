/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-storage-clear.h"

#include <glib/gi18n-lib.h>

#include "wt-alert.h"

/* The question before anything received is removed: it says exactly what, and what cannot be had again. */

typedef struct
{
  WtStorageClearAnswer answer;
  GObject *data;            /* weak */
  GtkCheckButton *carried;  /* nullable; lives as long as the dialog */
  AdwMessageDialog *dialog; /* borrowed: it holds this */
  gboolean has_remote;
} Question;

static void
question_free (gpointer data, GClosure *closure)
{
  Question *question = data;

  g_clear_weak_pointer (&question->data);
  g_free (question);
}

static gboolean
wants_carried (const Question *question)
{
  return question->carried != NULL && gtk_check_button_get_active (question->carried);
}

static void
on_response (AdwMessageDialog *dialog, const char *response, Question *question)
{
  if (question->data != NULL && g_str_equal (response, "clear"))
    question->answer (wants_carried (question) ? WT_BLOB_HOLD_CARRIED : WT_BLOB_HOLD_REMOTE,
                      question->data);
}

static void
on_toggled (GtkCheckButton *button, Question *question)
{
  adw_message_dialog_set_response_enabled (question->dialog, "clear",
                                           question->has_remote || wants_carried (question));
}

static char *
make_body (const WtUsageShare *remote)
{
  g_autofree char *size = g_format_size (remote->bytes);

  if (remote->count == 0)
    return g_strdup (_ ("There is nothing here that could be downloaded again."));

  /* TRANSLATORS: %s is a size, as in “12 MB” */
  return g_strdup_printf (
      ngettext ("%u picture or file (%s) is removed from this computer. Its message stays, and "
                "offers to download it again for as long as its server has it.",
                "%u pictures and files (%s) are removed from this computer. Their messages stay, "
                "and offer to download them again for as long as their servers have them.",
                remote->count),
      remote->count, size);
}

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_choice (const WtUsageShare *carried, GtkCheckButton **button)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *warning = make_label (
      _ ("No server keeps a copy of these: once removed, nobody can give them back. Export them "
         "first if you may want them."),
      "error");
  g_autofree char *size = g_format_size (carried->bytes);
  g_autofree char *words = g_strdup_printf (
      ngettext ("Also remove %u picture or file (%s) that came inside its message",
                "Also remove %u pictures and files (%s) that came inside their messages",
                carried->count),
      carried->count, size);

  gtk_check_button_set_child (GTK_CHECK_BUTTON (check), make_label (words, NULL));
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  gtk_label_get_text (GTK_LABEL (warning)), -1);
  g_object_bind_property (check, "active", warning, "visible", G_BINDING_SYNC_CREATE);
  gtk_box_append (GTK_BOX (box), check);
  gtk_box_append (GTK_BOX (box), warning);
  *button = GTK_CHECK_BUTTON (check);
  return box;
}

/**
 * wt_storage_clear_ask:
 * @parent: the window it belongs to
 * @usage: what there is
 * @answer: called if the user wants it
 * @data: for @answer, which is not called once this is gone
 *
 * Asks before received pictures and files are removed. What came inside messages, and is nowhere else, is removed only
 * where the user says so.
 */
void
wt_storage_clear_ask (GtkWindow *parent,
                      const WtUsage *usage,
                      WtStorageClearAnswer answer,
                      GObject *data)
{
  const WtUsageShare *remote = &usage->holds[WT_BLOB_HOLD_REMOTE];
  const WtUsageShare *carried = &usage->holds[WT_BLOB_HOLD_CARRIED];
  g_autofree char *body = make_body (remote);
  GtkWidget *dialog = wt_alert_new (parent, _ ("Clear Downloads?"), body);
  Question *question = g_new0 (Question, 1);

  question->answer = answer;
  g_set_weak_pointer (&question->data, data);
  question->dialog = ADW_MESSAGE_DIALOG (dialog);
  question->has_remote = remote->count > 0;
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "clear",
                                    _ ("Clea_r"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "clear",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "clear",
                                           question->has_remote);
  if (carried->count > 0)
    {
      adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog),
                                          make_choice (carried, &question->carried));
      g_signal_connect (question->carried, "toggled", G_CALLBACK (on_toggled), question);
    }
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), question, question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
