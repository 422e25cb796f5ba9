/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-dialect-row.h"

#include "wt-details-words.h"

#include <glib/gi18n-lib.h>

/**
 * WtDialectRow:
 *
 * Chooses how a conversation's messages are written: as its account says, or otherwise.
 */
struct _WtDialectRow
{
  AdwComboRow parent_instance;

  /* Owned. */
  WtSession *session;
  WtConversation *conversation;

  gboolean filling;
};

G_DEFINE_FINAL_TYPE (WtDialectRow, wt_dialect_row, ADW_TYPE_COMBO_ROW)

static const int dialects[] = { WT_DIALECT_OF_ACCOUNT, WT_DIALECT_MAIBOT, WT_DIALECT_GUIDE };

/* The account's own way is named, too: nobody has to look it up. */
static char *
name_choice (WtDialectRow *self, int dialect)
{
  WtAccount *account = wt_conversation_get_account (self->conversation);

  if (dialect != WT_DIALECT_OF_ACCOUNT)
    return g_strdup (wt_details_words_dialect ((WtDialect) dialect));
  /* TRANSLATORS: how messages are written: in no other way than the account's, which is e.g. “MaiBot” */
  return g_strdup_printf (_ ("Like the account: %s"),
                          wt_details_words_dialect (wt_account_get_record (account)->dialect));
}

static void
choose (WtDialectRow *self)
{
  int dialect = wt_conversation_get_record (self->conversation)->dialect;

  self->filling = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (dialects); i++)
    if (dialects[i] == dialect)
      adw_combo_row_set_selected (ADW_COMBO_ROW (self), i);
  self->filling = FALSE;
}

static void
fill (WtDialectRow *self)
{
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (dialects); i++)
    gtk_string_list_take (model, name_choice (self, dialects[i]));
  self->filling = TRUE;
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (model));
  choose (self);
}

static void
on_selected (WtDialectRow *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self));

  if (!self->filling && self->conversation != NULL && selected < G_N_ELEMENTS (dialects))
    wt_session_set_dialect (self->session, self->conversation, dialects[selected]);
}

static void
wt_dialect_row_dispose (GObject *object)
{
  wt_dialect_row_set_conversation (WT_DIALECT_ROW (object), NULL, NULL);

  G_OBJECT_CLASS (wt_dialect_row_parent_class)->dispose (object);
}

static void
wt_dialect_row_class_init (WtDialectRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wt_dialect_row_dispose;
}

static void
wt_dialect_row_init (WtDialectRow *self)
{
  /* The words are long for a narrow pane. */
  adw_combo_row_set_use_subtitle (ADW_COMBO_ROW (self), TRUE);
  g_signal_connect (self, "notify::selected", G_CALLBACK (on_selected), NULL);
}

/**
 * wt_dialect_row_set_conversation:
 * @self: a row
 * @session: (nullable): the conversation's
 * @conversation: (nullable): whose messages it is about
 */
void
wt_dialect_row_set_conversation (WtDialectRow *self,
                                 WtSession *session,
                                 WtConversation *conversation)
{
  g_return_if_fail (WT_IS_DIALECT_ROW (self));
  g_return_if_fail ((session == NULL) == (conversation == NULL));

  if (self->conversation != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->conversation, choose, self);
      g_signal_handlers_disconnect_by_func (wt_conversation_get_account (self->conversation), fill,
                                            self);
    }
  g_set_object (&self->session, session);
  g_set_object (&self->conversation, conversation);
  if (conversation == NULL)
    return;
  g_signal_connect_object (conversation, "notify::dialect", G_CALLBACK (choose), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (wt_conversation_get_account (conversation), "notify::dialect",
                           G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  fill (self);
}
