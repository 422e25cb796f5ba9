/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-hint-row.h"

#include "wt-css-class.h"

struct _WtHintRow
{
  AdwPreferencesRow parent_instance;

  /* Owned. */
  char *text;

  /* Borrowed: a sibling in the same form. */
  GtkWidget *field;

  WtHintKind kind;

  /* Children. */
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (WtHintRow, wt_hint_row, ADW_TYPE_PREFERENCES_ROW)

typedef enum
{
  PROP_TEXT = 1,
  PROP_FIELD,
} WtHintRowProperty;

static GParamSpec *properties[PROP_FIELD + 1];

static void
set_field (WtHintRow *self, GtkWidget *field)
{
  g_set_weak_pointer (&self->field, field);
  if (field == NULL)
    return;
  gtk_widget_add_css_class (field, "has-hint");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY,
                                  self->label, NULL, -1);
}

static void
wt_hint_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  WtHintRow *self = WT_HINT_ROW (object);

  switch ((WtHintRowProperty) id)
    {
    case PROP_TEXT:
      wt_hint_row_set_text (self, g_value_get_string (value));
      break;
    case PROP_FIELD:
      set_field (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_hint_row_finalize (GObject *object)
{
  WtHintRow *self = WT_HINT_ROW (object);

  g_clear_weak_pointer (&self->field);
  g_clear_pointer (&self->text, g_free);

  G_OBJECT_CLASS (wt_hint_row_parent_class)->finalize (object);
}

static void
wt_hint_row_class_init (WtHintRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = wt_hint_row_set_property;
  object_class->finalize = wt_hint_row_finalize;

  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL,
                                               G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_FIELD] = g_param_spec_object ("field", NULL, NULL, GTK_TYPE_WIDGET,
                                                G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
wt_hint_row_init (WtHintRow *self)
{
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_wrap_mode (self->label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (self->label, 0);
  gtk_label_set_max_width_chars (self->label, 50);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "caption");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), GTK_WIDGET (self->label));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "hint");
  wt_hint_row_tell (self, WT_HINT_EXPLANATION, NULL);
}

/**
 * wt_hint_row_set_text:
 * @self: a hint
 * @text: (nullable): the explanation of the field
 */
void
wt_hint_row_set_text (WtHintRow *self, const char *text)
{
  g_return_if_fail (WT_IS_HINT_ROW (self));

  if (g_strcmp0 (self->text, text) == 0)
    return;
  g_clear_pointer (&self->text, g_free);
  self->text = g_strdup (text);
  if (self->kind == WT_HINT_EXPLANATION)
    wt_hint_row_tell (self, WT_HINT_EXPLANATION, NULL);
}

/**
 * wt_hint_row_tell:
 * @self: a hint
 * @kind: what @words are
 * @words: (nullable): a warning or an error; not looked at for %WT_HINT_EXPLANATION, which shows the explanation again
 */
void
wt_hint_row_tell (WtHintRow *self, WtHintKind kind, const char *words)
{
  g_return_if_fail (WT_IS_HINT_ROW (self));

  const char *shown = kind == WT_HINT_EXPLANATION ? self->text : words;
  GtkWidget *label = GTK_WIDGET (self->label);

  self->kind = kind;
  gtk_label_set_label (self->label, shown != NULL ? shown : "");
  gtk_widget_set_visible (GTK_WIDGET (self), shown != NULL && *shown != '\0');
  wt_css_class_set (label, "dim-label", kind == WT_HINT_EXPLANATION);
  wt_css_class_set (label, "warning", kind == WT_HINT_WARNING);
  wt_css_class_set (label, "error", kind == WT_HINT_ERROR);

  if (self->field == NULL)
    return;
  wt_css_class_set (self->field, "error", kind == WT_HINT_ERROR);
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (self->field), GTK_ACCESSIBLE_STATE_INVALID,
      kind == WT_HINT_ERROR ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/**
 * wt_hint_row_get_kind:
 * @self: a hint
 *
 * Returns: what it shows now
 */
WtHintKind
wt_hint_row_get_kind (WtHintRow *self)
{
  g_return_val_if_fail (WT_IS_HINT_ROW (self), WT_HINT_EXPLANATION);

  return self->kind;
}

/**
 * wt_hint_row_get_shown:
 * @self: a hint
 *
 * Returns: (transfer none): the words that it shows now
 */
const char *
wt_hint_row_get_shown (WtHintRow *self)
{
  g_return_val_if_fail (WT_IS_HINT_ROW (self), NULL);

  return gtk_label_get_label (self->label);
}
