/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-avatar.h"

#include "wt-ui-test.h"

#define SIZE 40

static GtkWidget *
make (void)
{
  return g_object_ref_sink (wt_avatar_new (SIZE));
}

static void
drop (GtkWidget *avatar)
{
  gpointer gone = avatar;

  g_object_add_weak_pointer (G_OBJECT (avatar), &gone);
  g_object_unref (avatar);
  g_assert_null (gone);
}

/* The part that is shown. */
static GtkWidget *
get_shown (GtkWidget *avatar)
{
  GtkWidget *found = NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (avatar); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_child_visible (child))
      {
        g_assert_null (found);
        found = child;
      }
  g_assert_nonnull (found);
  return found;
}

static guint
count_colours (GtkWidget *avatar)
{
  g_auto (GStrv) classes = gtk_widget_get_css_classes (avatar);
  guint n = 0;

  for (guint i = 0; classes[i] != NULL; i++)
    n += g_str_has_prefix (classes[i], "color");
  return n;
}

/* Whatever it is called, it keeps its size, and what is written stays in it, in the middle. */
static void
test_names (void)
{
  const char *const names[] = { "a",     "i",      "ada lovelace", "wendy mills",
                                "麦 穗", "孙 377", "😀 😀",          "\xef\xb7\xbd x" };
  GtkWidget *avatar = make ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GtkRequisition size;
      graphene_rect_t bounds;

      wt_avatar_set_name (WT_AVATAR (avatar), names[i]);
      gtk_widget_get_preferred_size (avatar, &size, NULL);
      g_assert_cmpint (size.width, ==, SIZE);
      g_assert_cmpint (size.height, ==, SIZE);
      gtk_widget_size_allocate (avatar, &(GtkAllocation){ 0, 0, SIZE, SIZE }, -1);
      g_assert_true (GTK_IS_LABEL (get_shown (avatar)));
      g_assert_true (gtk_widget_compute_bounds (get_shown (avatar), avatar, &bounds));
      g_test_message ("%s: %.1f × %.1f", names[i], bounds.size.width, bounds.size.height);
      g_assert_cmpfloat (bounds.size.width, >, 0);
      g_assert_cmpfloat (bounds.size.width, <=, SIZE);
      g_assert_cmpfloat_with_epsilon (bounds.origin.x + bounds.size.width / 2, SIZE / 2.0, 1);
      g_assert_cmpfloat_with_epsilon (bounds.origin.y + bounds.size.height / 2, SIZE / 2.0, 1);
      g_assert_cmpuint (count_colours (avatar), ==, 1);
    }
  g_assert_cmpuint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (avatar)), ==,
                    GTK_ACCESSIBLE_ROLE_PRESENTATION);
  drop (avatar);
}

static void
test_pictures (void)
{
  GtkWidget *avatar = make ();

  wt_avatar_set_name (WT_AVATAR (avatar), "ada");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (get_shown (avatar))), ==, "A");
  wt_avatar_set_name (WT_AVATAR (avatar), "  ");
  g_assert_cmpstr (gtk_image_get_icon_name (GTK_IMAGE (get_shown (avatar))), ==,
                   "avatar-default-symbolic");
  wt_avatar_set_name (WT_AVATAR (avatar), "ada");
  g_assert_true (GTK_IS_LABEL (get_shown (avatar)));
  wt_avatar_set_icon_name (WT_AVATAR (avatar), "system-users-symbolic");
  g_assert_cmpstr (gtk_image_get_icon_name (GTK_IMAGE (get_shown (avatar))), ==,
                   "system-users-symbolic");
  wt_avatar_set_icon_name (WT_AVATAR (avatar), NULL);
  g_assert_true (GTK_IS_LABEL (get_shown (avatar)));
  drop (avatar);
}

int
main (int argc, char **argv)
{
  if (!wt_ui_test_init (&argc, &argv))
    return 77;
  g_test_add_func ("/ui/avatar/names", test_names);
  g_test_add_func ("/ui/avatar/pictures", test_pictures);
  return g_test_run ();
}
