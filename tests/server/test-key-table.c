/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-key-table.h"

#include <string.h>

static void
test_users (void)
{
  static const struct
  {
    const char *key;
    const char *closed; /* the user where only known keys are let in */
    const char *open;   /* where everybody is */
  } rows[] = {
    { "k1", "alice", "alice" }, { "k2", "alice", "alice" }, { "k3", NULL, "k3" },
    { "", NULL, NULL },         { NULL, NULL, NULL },
  };
  g_autoptr (WtKeyTable) table = wt_key_table_new ();

  wt_key_table_add (table, "k1", "alice");
  wt_key_table_add (table, "k2", "alice");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *closed = NULL;
      g_autofree char *open = NULL;

      wt_key_table_set_allow_all (table, FALSE);
      closed = wt_key_table_dup_user (table, rows[i].key);
      g_assert_cmpstr (closed, ==, rows[i].closed);
      wt_key_table_set_allow_all (table, TRUE);
      open = wt_key_table_dup_user (table, rows[i].key);
      g_assert_cmpstr (open, ==, rows[i].open);
    }
}

static void
test_labels (void)
{
  g_autoptr (WtKeyTable) table = wt_key_table_new ();
  g_autofree char *named = NULL;
  g_autofree char *hidden = NULL;
  g_autofree char *again = NULL;
  g_autofree char *anonymous = NULL;

  wt_key_table_add (table, "k1", "alice");
  named = wt_key_table_dup_label (table, "alice");
  hidden = wt_key_table_dup_label (table, "a-very-secret-key");
  again = wt_key_table_dup_label (table, "a-very-secret-key");
  anonymous = wt_key_table_dup_label (table, "anonymous:1\n2");
  g_assert_cmpstr (named, ==, "alice");
  g_assert_null (strstr (hidden, "secret"));
  g_assert_cmpstr (hidden, ==, again);
  g_assert_cmpstr (anonymous, ==, "anonymous:1\\n2");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/key-table/users", test_users);
  g_test_add_func ("/server/key-table/labels", test_labels);
  return g_test_run ();
}
