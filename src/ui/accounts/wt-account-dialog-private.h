/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-account-dialog.h"
#include "wt-account-mark.h"
#include "wt-check-list.h"
#include "wt-found-servers.h"
#include "wt-hint-row.h"

G_BEGIN_DECLS

struct _WtAccountDialog
{
  AdwWindow parent_instance;

  /* Owned. */
  WtProfile *profile;
  WtAccount *account; /* NULL for a new one */
  GtkFileChooserNative *chooser;
  GCancellable *cancellable;
  gboolean loading;
  gboolean revoked; /* the stored trust, when saved */
  gboolean saving;  /* when what is being checked turns out well */

  /* Template children. */
  GtkWidget *save;
  GtkWidget *problem_box;
  GtkLabel *problem;
  GtkWidget *save_anyway;
  AdwActionRow *link_note;
  WtFoundServers *found;
  WtCheckList *check_list;
  GtkWidget *check_button;
  AdwComboRow *colour;
  WtAccountMark *mark;
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
void wt_account_dialog_tell_problem (WtAccountDialog *self, const char *words);
void wt_account_dialog_forget_check (WtAccountDialog *self);
void wt_account_dialog_bind_check (GtkWidgetClass *widget_class);
void wt_account_dialog_load (WtAccountDialog *self, const WtAccountRecord *record);

G_END_DECLS
