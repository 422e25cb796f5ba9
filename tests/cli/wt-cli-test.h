/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "wt-api-server.h"
#include "wt-test.h"

G_BEGIN_DECLS

#define ALICE "key-of-alice-secret"
#define BOB "key-of-bob-secret"

/* The guide's server, and a folder that the program takes for all that is the user's. */
typedef struct
{
  WtApiServer *server;
  char *url;
  char *folder;      /* everything below */
  char *temporary;   /* TMPDIR */
  char *profile;     /* not made yet */
  char *alice;       /* a file with the key */
  char *bob;         /* the same */
  GString *received; /* "[text]" of each message the server got */
  guint acks;        /* that clients sent */
  gboolean loud;     /* programs log all there is */
} WtCliTest;

void wt_cli_test_set_up (WtCliTest *self, gconstpointer data);
void wt_cli_test_tear_down (WtCliTest *self, gconstpointer data);
void wt_cli_test_set_fault (WtCliTest *self, const char *fault);
char *wt_cli_test_write (WtCliTest *self, const char *name, const char *contents, gssize length);
void wt_cli_test_say (WtCliTest *self,
                      const char *msg_id,
                      const char *author,
                      const char *group,
                      const char *segment);
guint wt_cli_test_count_files (const char *folder);
char *wt_cli_test_read_all (const char *folder, gsize *length);

void wt_cli_test_keep_result (GObject *source, GAsyncResult *result, gpointer data);

/* The program as it is started by others. */
typedef struct
{
  GSubprocess *process;
  char *output; /* after wt_cli_child_wait() */
  char *errors;
  gsize output_length;
  gboolean ended;
} WtCliChild;

WtCliChild *wt_cli_child_start (WtCliTest *test, const char *first, ...) G_GNUC_NULL_TERMINATED;
WtCliChild *
wt_cli_child_start_with (WtCliTest *test, const char *input, const char *const *arguments);
WtCliChild *wt_cli_child_run (WtCliTest *test, const char *first, ...) G_GNUC_NULL_TERMINATED;
GSubprocessLauncher *wt_cli_child_new_launcher (WtCliTest *test, GSubprocessFlags flags);
int wt_cli_child_wait (WtCliChild *self);
void wt_cli_child_free (WtCliChild *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtCliChild, wt_cli_child_free)

/* Runs the program to its end and checks its exit status; the rest of its command line is in the arguments. */
#define wt_cli_assert_status(child, status)                                                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    int wt_status_ = wt_cli_child_wait (child);                                                    \
    if (wt_status_ != (status))                                                                    \
      g_test_message ("output: %s", (child)->output);                                              \
    g_test_message ("%s", (child)->errors);                                                        \
    g_assert_cmpint (wt_status_, ==, (status));                                                    \
  }                                                                                                \
  G_STMT_END

#define wt_cli_assert_says(text, part)                                                             \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if (strstr ((text), (part)) == NULL)                                                           \
      g_error ("%s:%d: no “%s” in “%s”", __FILE__, __LINE__, (part), (text));                      \
  }                                                                                                \
  G_STMT_END

void wt_cli_assert_safe (const char *text, gsize length);

G_END_DECLS
