/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-check-list.h"

#include "wt-account-problems.h"
#include "wt-certificate-words.h"
#include "wt-connection-check.h"
#include "wt-hint-row.h"

#include <glib/gi18n-lib.h>

/* How long the server may take to acknowledge. */
#define TIMEOUT_MS 10000

struct _WtCheckList
{
  AdwPreferencesGroup parent_instance;

  /* Owned. */
  WtConnectionCheck *check;  /* NULL where there is none */
  GCancellable *cancellable; /* NULL while none goes on */
  char *problem;             /* NULL unless the last one failed */
  guint tick;
  guint ticks;

  /* Borrowed: children. */
  GPtrArray *rows;
  GPtrArray *icons; /* a GtkStack in each row */
  WtHintRow *verdict;
  GtkWidget *failed; /* one of the rows */
};

G_DEFINE_FINAL_TYPE (WtCheckList, wt_check_list, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  FINISHED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char *
get_title (WtConnectionState state)
{
  switch (state)
    {
    case WT_CONNECTION_RESOLVING:
      return _ ("Find the Server");
    case WT_CONNECTION_CONNECTING:
      return _ ("Connect");
    case WT_CONNECTION_SECURING:
      return _ ("Encrypt");
    case WT_CONNECTION_UPGRADING:
      return _ ("Open the Chat Connection");
    case WT_CONNECTION_CONFIRMING:
      return _ ("API Key");
    case WT_CONNECTION_ONLINE:
    default:
      return _ ("Message and Answer");
    }
}

static char *
dup_words (WtCheckList *self, WtConnectionStep *step)
{
  WtDiagnosis *diagnosis = wt_connection_check_get_diagnosis (self->check);

  switch (wt_connection_step_get_outcome (step))
    {
    case WT_STEP_RUNNING:
      return g_strdup (_ ("Checking…"));
    case WT_STEP_PASSED:
      /* TRANSLATORS: a step succeeded; %d: milliseconds */
      return g_strdup_printf (_ ("Works (%d ms)"),
                              (int) ((wt_connection_step_get_span (step) + 999) / 1000));
    case WT_STEP_FAILED:
      return diagnosis != NULL ? wt_diagnosis_get_sentence (diagnosis) : g_strdup (_ ("Failed"));
    case WT_STEP_SKIPPED:
      return g_strdup (_ ("Not needed: the address has no encryption"));
    case WT_STEP_PENDING:
    default:
      return g_strdup (self->cancellable != NULL ? "" : _ ("Not reached"));
    }
}

static void
show_icon (GtkStack *stack, WtStepOutcome outcome)
{
  static const struct
  {
    const char *icon;
    const char *style;
  } looks[] = {
    [WT_STEP_PENDING] = { "content-loading-symbolic", "pending" },
    [WT_STEP_RUNNING] = { "content-loading-symbolic", "pending" },
    [WT_STEP_PASSED] = { "emblem-ok-symbolic", "success" },
    [WT_STEP_FAILED] = { "dialog-error-symbolic", "error" },
    [WT_STEP_SKIPPED] = { "list-remove-symbolic", "skipped" },
  };
  GtkWidget *image = gtk_stack_get_child_by_name (stack, "image");
  GtkWidget *spinner = gtk_stack_get_child_by_name (stack, "spinner");
  gboolean runs = outcome == WT_STEP_RUNNING;
  const char *classes[] = { looks[outcome].style, NULL };

  gtk_image_set_from_icon_name (GTK_IMAGE (image), looks[outcome].icon);
  gtk_widget_set_css_classes (image, classes);
  gtk_spinner_set_spinning (GTK_SPINNER (spinner), runs);
  gtk_stack_set_visible_child (stack, runs ? spinner : image);
}

static void
update_row (WtCheckList *self, WtConnectionStep *step, guint index)
{
  g_autofree char *words = dup_words (self, step);

  adw_action_row_set_subtitle (g_ptr_array_index (self->rows, index), words);
  show_icon (g_ptr_array_index (self->icons, index), wt_connection_step_get_outcome (step));
}

static void
add_row (WtCheckList *self, WtConnectionStep *step)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *stack = gtk_stack_new ();
  GtkWidget *image = g_object_new (GTK_TYPE_IMAGE, "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_stack_add_named (GTK_STACK (stack), image, "image");
  gtk_stack_add_named (GTK_STACK (stack), gtk_spinner_new (), "spinner");
  gtk_widget_set_valign (stack, GTK_ALIGN_CENTER);
  /* What a server says is no markup. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 get_title (wt_connection_step_get_state (step)));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), stack);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
  g_ptr_array_add (self->icons, stack);
  update_row (self, step, self->rows->len - 1);
}

static void
on_step (WtConnectionStep *step, GParamSpec *pspec, WtCheckList *self)
{
  for (guint i = 0; self->check != NULL && i < self->rows->len; i++)
    if (wt_connection_check_get_step (self->check, WT_CONNECTION_FIRST_STEP + i) == step)
      update_row (self, step, i);
}

static void
scroll_to (GtkWidget *part)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (part, GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t bounds;
  GtkAdjustment *adjustment;
  double value, bottom;

  if (scrolled == NULL || !gtk_widget_compute_bounds (part, scrolled, &bounds))
    return;
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  value = gtk_adjustment_get_value (adjustment);
  bottom = (double) (bounds.origin.y + bounds.size.height);
  /* Not clamped, which would not end a scrolling that goes on. */
  if (bottom > gtk_adjustment_get_page_size (adjustment))
    gtk_adjustment_set_value (adjustment,
                              value + bottom - gtk_adjustment_get_page_size (adjustment));
}

/* In the first frame it gets its new size. */
static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  WtCheckList *self = WT_CHECK_LIST (widget);

  if (++self->ticks < 3)
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  /* The verdict is the last of it. */
  scroll_to (self->verdict != NULL ? GTK_WIDGET (self->verdict) : widget);
  /* In view by now: taking the focus does not scroll elsewhere. */
  if (self->failed != NULL)
    gtk_widget_grab_focus (self->failed);
  return G_SOURCE_REMOVE;
}

static void
scroll_soon (WtCheckList *self)
{
  self->ticks = 0;
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
}

static char *
dup_advice (WtDiagnosis *diagnosis)
{
  g_autofree char *remedy = wt_diagnosis_get_remedy (diagnosis);
  const char *fingerprint = wt_diagnosis_get_fingerprint (diagnosis);

  if (fingerprint == NULL)
    return g_steal_pointer (&remedy);

  g_autofree char *words = wt_certificate_words_fingerprint (fingerprint);

  /* TRANSLATORS: %1$s: what to do about a certificate; %2$s: its fingerprint */
  return g_strdup_printf (_ ("%1$s\nThe certificate’s fingerprint is %2$s"), remedy, words);
}

/* Under the step that failed, or under all where none did. */
static void
add_verdict (WtCheckList *self, WtHintKind kind, const char *words)
{
  self->verdict = g_object_new (WT_TYPE_HINT_ROW, NULL);
  if (kind == WT_HINT_EXPLANATION)
    wt_hint_row_set_text (self->verdict, words);
  else
    wt_hint_row_tell (self->verdict, kind, words);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->verdict));
}

static void
show_failure (WtCheckList *self)
{
  WtDiagnosis *diagnosis = wt_connection_check_get_diagnosis (self->check);
  g_autofree char *advice = dup_advice (diagnosis);
  gboolean failed = FALSE;

  self->problem = wt_diagnosis_get_sentence (diagnosis);
  /* What comes after it is not reached: the advice stands in its place. */
  for (guint i = 0; i < self->rows->len; i++)
    {
      WtConnectionStep *step = wt_connection_check_get_step (self->check,
                                                             WT_CONNECTION_FIRST_STEP + i);
      GtkWidget *row = g_ptr_array_index (self->rows, i);

      gtk_widget_set_visible (row, !failed);
      if (wt_connection_step_get_outcome (step) != WT_STEP_FAILED)
        continue;
      failed = TRUE;
      add_verdict (self, WT_HINT_WARNING, advice);
      g_object_set (self->verdict, "field", row, NULL);
      self->failed = row;
    }
}

static void
finish (WtCheckList *self, gboolean passed)
{
  scroll_soon (self);
  g_signal_emit (self, signals[FINISHED], 0, passed);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtCheckList) self = data;
  g_autoptr (GError) error = NULL;
  gboolean passed = wt_connection_check_run_finish (WT_CONNECTION_CHECK (source), result, &error);

  /* Cleared, or another one began? */
  if (error != NULL || self->check != WT_CONNECTION_CHECK (source))
    return;
  g_clear_object (&self->cancellable);
  if (passed)
    add_verdict (self, WT_HINT_EXPLANATION,
                 _ ("Everything works: the server takes this key and acknowledges messages."));
  else
    show_failure (self);
  finish (self, passed);
}

static void
begin (WtCheckList *self, WtEndpoint *endpoint)
{
  self->check = wt_connection_check_new (endpoint, TIMEOUT_MS);
  for (int state = WT_CONNECTION_FIRST_STEP; state <= (int) WT_CONNECTION_LAST_STEP; state++)
    {
      WtConnectionStep *step = wt_connection_check_get_step (self->check,
                                                             (WtConnectionState) state);

      add_row (self, step);
      g_signal_connect_object (step, "notify::outcome", G_CALLBACK (on_step), self, 0);
    }
  scroll_soon (self);
  wt_connection_check_run_async (self->check, self->cancellable, on_checked, g_object_ref (self));
}

static void
on_endpoint (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtCheckList) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WtEndpoint) endpoint = wt_profile_make_endpoint_finish (WT_PROFILE (source), result,
                                                                     &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (endpoint != NULL)
    {
      begin (self, endpoint);
      return;
    }

  g_clear_object (&self->cancellable);
  self->problem = wt_account_problems_endpoint (error);
  add_verdict (self, WT_HINT_ERROR, self->problem);
  finish (self, FALSE);
}

static void
wt_check_list_dispose (GObject *object)
{
  WtCheckList *self = WT_CHECK_LIST (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->check);

  G_OBJECT_CLASS (wt_check_list_parent_class)->dispose (object);
}

static void
wt_check_list_finalize (GObject *object)
{
  WtCheckList *self = WT_CHECK_LIST (object);

  g_free (self->problem);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->icons);

  G_OBJECT_CLASS (wt_check_list_parent_class)->finalize (object);
}

static void
wt_check_list_class_init (WtCheckListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wt_check_list_dispose;
  object_class->finalize = wt_check_list_finalize;

  /**
   * WtCheckList::finished:
   * @self: a check list
   * @passed: whether every step was passed
   *
   * A check is over, or there can be none.
   */
  signals[FINISHED] = g_signal_new ("finished", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
wt_check_list_init (WtCheckList *self)
{
  self->rows = g_ptr_array_new ();
  self->icons = g_ptr_array_new ();
  gtk_widget_add_css_class (GTK_WIDGET (self), "check-steps");
}

/**
 * wt_check_list_new:
 *
 * Returns: (transfer floating): a list without a check
 */
GtkWidget *
wt_check_list_new (void)
{
  return g_object_new (WT_TYPE_CHECK_LIST, NULL);
}

/**
 * wt_check_list_run:
 * @self: a check list
 * @profile: an open profile
 * @record: an account, perhaps not stored as it is
 * @api_key: (nullable): its key; %NULL: the one that is stored for it
 *
 * Begins a check; one that goes on is ended.
 */
void
wt_check_list_run (WtCheckList *self,
                   WtProfile *profile,
                   const WtAccountRecord *record,
                   const char *api_key)
{
  g_return_if_fail (WT_IS_CHECK_LIST (self));
  g_return_if_fail (WT_IS_PROFILE (profile));

  wt_check_list_clear (self);
  self->cancellable = g_cancellable_new ();
  wt_profile_make_endpoint_async (profile, record, api_key, self->cancellable, on_endpoint,
                                  g_object_ref (self));
}

/**
 * wt_check_list_clear:
 * @self: a check list
 *
 * Ends a check that goes on, and shows nothing of it.
 */
void
wt_check_list_clear (WtCheckList *self)
{
  g_return_if_fail (WT_IS_CHECK_LIST (self));

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->check);
  g_clear_pointer (&self->problem, g_free);
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  g_ptr_array_set_size (self->icons, 0);
  if (self->verdict != NULL)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->verdict));
  self->verdict = NULL;
  self->failed = NULL;
}

/**
 * wt_check_list_is_running:
 * @self: a check list
 *
 * Returns: whether a check goes on
 */
gboolean
wt_check_list_is_running (WtCheckList *self)
{
  g_return_val_if_fail (WT_IS_CHECK_LIST (self), FALSE);

  return self->cancellable != NULL;
}

/**
 * wt_check_list_get_problem:
 * @self: a check list
 *
 * Returns: (nullable): a sentence: why the last check failed
 */
const char *
wt_check_list_get_problem (WtCheckList *self)
{
  g_return_val_if_fail (WT_IS_CHECK_LIST (self), NULL);

  return self->problem;
}
