/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-account-dialog.h"
#include "wt-hint-row.h"

G_BEGIN_DECLS

struct _WtAccountDialog
{
  AdwWindow parent_instance;

  /* Owned. */
  WtProfile *profile;
  WtAccount *account; /* NULL for a new one */
  GtkFileChooserNative *chooser;
  gboolean loading;
  gboolean revoked; /* the stored trust, when saved */

  /* Template children. */
  GtkWidget *save;
  GtkLabel *problem;
  GtkWidget *page;
  AdwComboRow *dialect;
  GtkEditable *url;
  WtHintRow *url_hint;
  GtkEditable *key;
  WtHintRow *key_hint;
  GtkEditable *user_id;
  WtHintRow *user_id_hint;
  GtkEditable *nickname;
  GtkEditable *cardname;
  GtkEditable *platform;
  WtHintRow *platform_hint;
  AdwExpanderRow *target;
  GtkEditable *target_key;
  WtHintRow *target_key_hint;
  GtkEditable *target_platform;
  WtHintRow *target_platform_hint;
  GtkEditable *label;
  AdwComboRow *remote_pictures;
  GtkWidget *enabled_row;
  GtkSwitch *enabled;
  AdwExpanderRow *advanced;
  AdwComboRow *auth;
  GtkEditable *ca_file;
  WtHintRow *ca_file_hint;
  GtkEditable *certificate_file;
  WtHintRow *certificate_file_hint;
  GtkEditable *key_file;
  WtHintRow *key_file_hint;
  AdwActionRow *trusted;
  GtkWidget *revoke;
  GtkSwitch *insecure;
  GtkLabel *secrets_note;
  GtkWidget *remove;
};

char *wt_account_dialog_dup_text (GtkEditable *field);
WtDialect wt_account_dialog_get_dialect (WtAccountDialog *self);
void wt_account_dialog_load (WtAccountDialog *self, const WtAccountRecord *record);

G_END_DECLS
