/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-frame-view.h"

#include <glib/gi18n-lib.h>

#include "wt-copy-row.h"
#include "wt-frame-words.h"
#include "wt-raw-json.h"

struct _WtFrameView
{
  GtkWidget parent_instance;

  /* owned */
  WtFrame *frame;        /* nullable */
  GSignalGroup *signals; /* of the frame */

  /* children */
  GtkWidget *stack;
  GtkWidget *page;
  GtkWidget *facts; /* groups of rows, made anew for each frame */
  GtkWidget *warnings;
  GtkWidget *contents;
  GtkWidget *ack; /* a row in @facts, or NULL */
};

G_DEFINE_FINAL_TYPE (WtFrameView, wt_frame_view, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_PAIR,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
wt_frame_view_dispose (GObject *object)
{
  WtFrameView *self = WT_FRAME_VIEW (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->frame);
  g_clear_pointer (&self->stack, gtk_widget_unparent);

  G_OBJECT_CLASS (wt_frame_view_parent_class)->dispose (object);
}

static void
wt_frame_view_class_init (WtFrameViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wt_frame_view_dispose;
  signals[SIGNAL_PAIR] = g_signal_new ("pair", WT_TYPE_FRAME_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
add_row (GtkWidget *group, const char *title, const char *value, gboolean copy)
{
  GtkWidget *row;

  if (value == NULL || *value == '\0')
    return;

  row = copy ? g_object_new (WT_TYPE_COPY_ROW, NULL) : adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 6);
  gtk_widget_add_css_class (row, "property");
  if (copy)
    wt_copy_row_set_text (WT_COPY_ROW (row), value);
  else
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), value);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static void
on_pair (WtFrameView *self)
{
  if (self->frame != NULL && wt_frame_get_pair (self->frame) != 0)
    g_signal_emit (self, signals[SIGNAL_PAIR], 0, wt_frame_get_pair (self->frame));
}

/* It may have no pair yet, and have it the next moment. */
static void
update_ack (WtFrameView *self)
{
  gboolean is_ack = wt_frame_get_kind (self->frame) == WT_FRAME_ACK;
  gboolean paired = wt_frame_get_pair (self->frame) != 0;
  g_autofree char *words = wt_frame_words_ack (self->frame);
  g_autofree char *time = is_ack && paired
                              ? wt_frame_words_round_trip (wt_frame_get_round_trip (self->frame))
                              : NULL;

  if (is_ack)
    {
      g_free (words);
      words = paired ? g_strdup_printf (_ ("Sent after %s"), time)
                     : g_strdup (_ ("What it acknowledges was not recorded"));
    }
  gtk_widget_set_visible (self->ack, words != NULL);
  gtk_widget_set_sensitive (self->ack, paired);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->ack), words != NULL ? words : "");
}

static void
add_ack (WtFrameView *self)
{
  gboolean is_ack = wt_frame_get_kind (self->frame) == WT_FRAME_ACK;

  self->ack = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->ack), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->ack),
                                 is_ack ? _ ("Go to the Message")
                                        : _ ("Go to the Acknowledgement"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self->ack),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->ack), TRUE);
  g_signal_connect_object (self->ack, "activated", G_CALLBACK (on_pair), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->facts), self->ack);
  update_ack (self);
}

static void
add_diagnosis (WtFrameView *self)
{
  WtDiagnosis *diagnosis = wt_frame_get_diagnosis (self->frame);
  g_autofree char *remedy = diagnosis != NULL ? wt_diagnosis_get_remedy (diagnosis) : NULL;
  g_autofree char *code = NULL;

  add_row (self->facts, _ ("What to Do"), remedy, FALSE);
  if (diagnosis != NULL && wt_diagnosis_get_code (diagnosis) != 0)
    code = g_strdup_printf ("%u", wt_diagnosis_get_code (diagnosis));
  /* Translators: the number that a WebSocket was closed with */
  add_row (self->facts, _ ("Code"), code, FALSE);
}

static void
fill_facts (WtFrameView *self)
{
  WtFrame *frame = self->frame;
  g_autofree char *title = wt_frame_words_title (frame);
  g_autofree char *time = wt_frame_words_time (wt_frame_get_time (frame));
  g_autofree char *size = NULL;

  if (wt_frame_get_json (frame) != NULL)
    size = g_strdup_printf (ngettext ("%lu byte", "%lu bytes", (gulong) wt_frame_get_size (frame)),
                            (gulong) wt_frame_get_size (frame));
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->facts),
                                   wt_frame_words_kind (frame));
  if (wt_frame_get_kind (frame) == WT_FRAME_STATE || wt_frame_get_kind (frame) == WT_FRAME_PAUSE)
    add_row (self->facts, _ ("State"), title, FALSE);
  else
    add_row (self->facts, _ ("Direction"),
             wt_frame_get_outgoing (frame) ? C_ ("frame", "Sent") : C_ ("frame", "Received"),
             FALSE);
  add_row (self->facts, _ ("Account"), wt_frame_get_account_name (frame), FALSE);
  add_row (self->facts, _ ("Time"), time, FALSE);
  add_row (self->facts, _ ("Size"), size, FALSE);
  add_row (self->facts, _ ("Type"), wt_frame_get_type_name (frame), FALSE);
  add_row (self->facts, _ ("Envelope ID"), wt_frame_get_msg_id (frame), TRUE);
  add_row (self->facts, _ ("Acknowledges"), wt_frame_get_acked_msg_id (frame), TRUE);
  add_diagnosis (self);
  add_ack (self);
}

static void
fill_warnings (WtFrameView *self)
{
  GPtrArray *lints = wt_frame_get_lints (self->frame);

  gtk_widget_set_visible (self->warnings, lints != NULL && lints->len > 0);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->warnings), _ ("Warnings"));
  for (guint i = 0; lints != NULL && i < lints->len; i++)
    {
      const WtLint *lint = g_ptr_array_index (lints, i);
      GtkWidget *row = adw_action_row_new ();
      GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
      g_autofree char *words = wt_frame_words_lint (lint);

      gtk_widget_add_css_class (icon, "warning");
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), words);
      adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 4);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), wt_frame_words_remedy (lint->rule));
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->warnings), row);
    }
}

static void
fill_contents (WtFrameView *self)
{
  const char *json = wt_frame_get_json (self->frame);
  g_autofree char *pretty = NULL;
  g_autofree char *cut = NULL;

  gtk_widget_set_visible (self->contents, json != NULL);
  if (json == NULL)
    return;

  pretty = *json == '{' && wt_frame_get_cut (self->frame) == 0 ? wt_raw_json_make_pretty (json)
                                                               : g_strdup (json);
  if (wt_frame_get_cut (self->frame) > 0)
    cut = g_strdup_printf (ngettext ("The last %lu byte is not kept.",
                                     "The last %lu bytes are not kept.",
                                     (gulong) wt_frame_get_cut (self->frame)),
                           (gulong) wt_frame_get_cut (self->frame));
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->contents), _ ("Frame"));
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (self->contents),
      cut != NULL ? cut : _ ("Keys are hidden, pictures and files left out."));
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self->contents),
                                           wt_raw_json_copy_button_new (pretty));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->contents),
                             wt_raw_json_view_new (pretty, _ ("Frame")));
}

static void
replace_group (WtFrameView *self, GtkWidget **group)
{
  if (*group != NULL)
    adw_preferences_page_remove (ADW_PREFERENCES_PAGE (self->page), ADW_PREFERENCES_GROUP (*group));
  *group = NULL;
  if (self->frame == NULL)
    return;
  *group = adw_preferences_group_new ();
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self->page), ADW_PREFERENCES_GROUP (*group));
}

static void
wt_frame_view_init (WtFrameView *self)
{
  GtkWidget *nothing = adw_status_page_new ();

  adw_status_page_set_title (ADW_STATUS_PAGE (nothing), _ ("Nothing Chosen"));
  adw_status_page_set_description (ADW_STATUS_PAGE (nothing),
                                   _ ("Choose a frame to see what is in it."));
  gtk_widget_add_css_class (nothing, "compact");
  self->stack = gtk_stack_new ();
  self->page = adw_preferences_page_new ();
  gtk_stack_add_child (GTK_STACK (self->stack), nothing);
  gtk_stack_add_named (GTK_STACK (self->stack), self->page, "frame");
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));
  self->signals = g_signal_group_new (WT_TYPE_FRAME);
  g_signal_group_connect_object (self->signals, "notify::ack", G_CALLBACK (update_ack), self,
                                 G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->signals, "notify::pair", G_CALLBACK (update_ack), self,
                                 G_CONNECT_SWAPPED);
}

/**
 * wt_frame_view_new:
 *
 * Returns: (transfer floating): a view of nothing
 */
GtkWidget *
wt_frame_view_new (void)
{
  return g_object_new (WT_TYPE_FRAME_VIEW, NULL);
}

/**
 * wt_frame_view_set_frame:
 * @self: a view
 * @frame: (nullable): what to show
 */
void
wt_frame_view_set_frame (WtFrameView *self, WtFrame *frame)
{
  g_return_if_fail (WT_IS_FRAME_VIEW (self));

  if (self->frame == frame)
    return;

  g_signal_group_set_target (self->signals, frame);
  g_set_object (&self->frame, frame);
  replace_group (self, &self->warnings);
  replace_group (self, &self->facts);
  replace_group (self, &self->contents);
  self->ack = NULL;
  if (frame == NULL)
    return;
  gtk_stack_set_visible_child (GTK_STACK (self->stack), self->page);
  fill_warnings (self);
  fill_facts (self);
  fill_contents (self);
}

/**
 * wt_frame_view_get_frame:
 * @self: a view
 *
 * Returns: (transfer none) (nullable): what it shows
 */
WtFrame *
wt_frame_view_get_frame (WtFrameView *self)
{
  g_return_val_if_fail (WT_IS_FRAME_VIEW (self), NULL);

  return self->frame;
}
