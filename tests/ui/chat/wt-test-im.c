/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-test-im.h"

#include <gtk/gtkimmodule.h>

struct _WtTestIm
{
  GtkIMContext parent_instance;

  GString *preedit;
};

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
  g_autofree char *text = g_strdup_printf ("中%u", (guint) self->preedit->len);

  set_preedit (self, "");
  g_signal_emit_by_name (self, "commit", text);
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
      g_autofree char *preedit = g_strdup_printf ("%s%c", self->preedit->str,
                                                  (char) ('a' + keyval - GDK_KEY_a));

      set_preedit (self, preedit);
      return TRUE;
    }
  if (!composing)
    return pass_on (self, keyval);
  if (keyval == GDK_KEY_Return || keyval == GDK_KEY_space)
    commit (self);

  return TRUE;
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
    *cursor = (int) self->preedit->len;
}

static void
wt_test_im_reset (GtkIMContext *context)
{
  WtTestIm *self = WT_TEST_IM (context);

  if (self->preedit->len > 0)
    set_preedit (self, "");
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
