/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-test-im.h"

#include <gtk/gtkimmodule.h>

struct _WtTestIm
{
  GtkIMContext parent_instance;

  GString *preedit;
  guint n_conversions;
};

/* Of all of them; a program has one keyboard. */
static WtTestImStyle current_style;
static GdkRectangle cursor_location;

G_DEFINE_FINAL_TYPE (WtTestIm, wt_test_im, GTK_TYPE_IM_CONTEXT)

static void
set_preedit (WtTestIm *self, const char *preedit)
{
  gboolean was_empty = self->preedit->len == 0;

  g_string_assign (self->preedit, preedit);
  if (was_empty && self->preedit->len > 0)
    g_signal_emit_by_name (self, "preedit-start");
  g_signal_emit_by_name (self, "preedit-changed");
  if (!was_empty && self->preedit->len == 0)
    g_signal_emit_by_name (self, "preedit-end");
}

static void
commit (WtTestIm *self)
{
  g_autofree char *text = current_style == WT_TEST_IM_WORDS
                              ? g_strdup_printf ("中%u", (guint) self->preedit->len)
                              : g_strdup (self->preedit->str);

  self->n_conversions = 0;
  set_preedit (self, "");
  g_signal_emit_by_name (self, "commit", text);
}

static void
compose (WtTestIm *self, guint keyval)
{
  g_autofree char *preedit = NULL;

  switch (current_style)
    {
    case WT_TEST_IM_CONVERSION:
      preedit = g_strconcat (self->preedit->str, "か", NULL);
      break;
    case WT_TEST_IM_SYLLABLES:
      /* The second letter completes a syllable, the third begins the next. */
      if (g_str_equal (self->preedit->str, "가"))
        commit (self);
      preedit = g_strdup (self->preedit->len == 0 ? "ㄱ" : "가");
      break;
    case WT_TEST_IM_WORDS:
    default:
      preedit = g_strdup_printf ("%s%c", self->preedit->str, (char) ('a' + keyval - GDK_KEY_a));
      break;
    }
  set_preedit (self, preedit);
}

/* Returns: whether the key is its own, while it composes */
static gboolean
use_key (WtTestIm *self, guint keyval)
{
  gboolean enter = keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter;

  switch (current_style)
    {
    case WT_TEST_IM_CONVERSION:
      if (keyval == GDK_KEY_space)
        {
          g_autofree char *word = g_strdup_printf ("漢%u", ++self->n_conversions);

          set_preedit (self, word);
        }
      else if (keyval == GDK_KEY_Escape)
        set_preedit (self, "");
      else if (enter)
        commit (self);
      return TRUE;
    case WT_TEST_IM_SYLLABLES:
      commit (self);
      return FALSE;
    case WT_TEST_IM_WORDS:
    default:
      if (enter || keyval == GDK_KEY_space)
        commit (self);
      return TRUE;
    }
}

/* What is not composed, “@” say, goes through as it is. */
static gboolean
pass_on (WtTestIm *self, guint keyval)
{
  gunichar character = gdk_keyval_to_unicode (keyval);
  char text[7] = "";

  if (character == 0 || !g_unichar_isgraph (character))
    return FALSE;

  g_unichar_to_utf8 (character, text);
  g_signal_emit_by_name (self, "commit", text);
  return TRUE;
}

static gboolean
wt_test_im_filter_keypress (GtkIMContext *context, GdkEvent *event)
{
  WtTestIm *self = WT_TEST_IM (context);
  guint keyval = gdk_key_event_get_keyval (event);
  gboolean composing = self->preedit->len > 0;

  if (gdk_event_get_event_type (event) != GDK_KEY_PRESS
      || (gdk_event_get_modifier_state (event) & GDK_CONTROL_MASK) != 0)
    return FALSE;
  if (keyval >= GDK_KEY_a && keyval <= GDK_KEY_z)
    {
      compose (self, keyval);
      return TRUE;
    }

  return composing ? use_key (self, keyval) : pass_on (self, keyval);
}

static void
wt_test_im_get_preedit_string (GtkIMContext *context,
                               char **text,
                               PangoAttrList **attributes,
                               int *cursor)
{
  WtTestIm *self = WT_TEST_IM (context);

  if (text != NULL)
    *text = g_strdup (self->preedit->str);
  if (attributes != NULL)
    *attributes = pango_attr_list_new ();
  if (cursor != NULL)
    *cursor = (int) g_utf8_strlen (self->preedit->str, -1);
}

static void
wt_test_im_reset (GtkIMContext *context)
{
  WtTestIm *self = WT_TEST_IM (context);

  if (self->preedit->len > 0)
    set_preedit (self, "");
}

/* Korean ones keep what is there, the others wait for a decision. */
static void
wt_test_im_focus_out (GtkIMContext *context)
{
  WtTestIm *self = WT_TEST_IM (context);

  if (current_style == WT_TEST_IM_SYLLABLES && self->preedit->len > 0)
    commit (self);
}

static void
wt_test_im_set_cursor_location (GtkIMContext *context, GdkRectangle *area)
{
  cursor_location = *area;
}

static void
wt_test_im_finalize (GObject *object)
{
  g_string_free (WT_TEST_IM (object)->preedit, TRUE);

  G_OBJECT_CLASS (wt_test_im_parent_class)->finalize (object);
}

static void
wt_test_im_class_init (WtTestImClass *klass)
{
  GtkIMContextClass *im_class = GTK_IM_CONTEXT_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wt_test_im_finalize;
  im_class->filter_keypress = wt_test_im_filter_keypress;
  im_class->get_preedit_string = wt_test_im_get_preedit_string;
  im_class->reset = wt_test_im_reset;
  im_class->focus_out = wt_test_im_focus_out;
  im_class->set_cursor_location = wt_test_im_set_cursor_location;
}

static void
wt_test_im_init (WtTestIm *self)
{
  self->preedit = g_string_new (NULL);
}

/* After GTK is initialised: makes it one that the setting `gtk-im-module` can name. */
void
wt_test_im_register (void)
{
  g_io_extension_point_implement (GTK_IM_MODULE_EXTENSION_POINT_NAME, WT_TYPE_TEST_IM,
                                  WT_TEST_IM_NAME, 1);
}

/* How all of them compose from now on. */
void
wt_test_im_set_style (WtTestImStyle style)
{
  current_style = style;
}

/* Where candidates would be shown, in the widget's coordinates. */
GdkRectangle
wt_test_im_get_cursor_location (void)
{
  return cursor_location;
}
