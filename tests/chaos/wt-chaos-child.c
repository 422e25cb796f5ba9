/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-chaos-child.h"

#include <glib-unix.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "wt-test.h"

static void
take_lines (WtChaosChild *self)
{
  char *newline;

  while ((newline = strchr (self->text->str, '\n')) != NULL)
    {
      g_autofree char *line = g_strndup (self->text->str, (gsize) (newline - self->text->str));

      g_string_erase (self->text, 0, newline - self->text->str + 1);
      self->func (line, self->data);
    }
}

static void
reap (WtChaosChild *self)
{
  g_assert_cmpint (waitpid (self->pid, &self->status, 0), ==, self->pid);
  close (self->in);
  close (self->out);
  self->running = FALSE;
  self->source = 0;
  if (!self->doomed)
    g_error ("%s ended unasked: status %d", self->name, self->status);
}

static gboolean
on_output (int fd, GIOCondition condition, gpointer data)
{
  WtChaosChild *self = data;
  char buffer[16384];
  gssize length = read (fd, buffer, sizeof buffer);

  if (length <= 0)
    {
      reap (self);
      return G_SOURCE_REMOVE;
    }
  g_string_append_len (self->text, buffer, length);
  take_lines (self);
  return G_SOURCE_CONTINUE;
}

/* Starts it; lines come in the main loop. */
void
wt_chaos_child_start (WtChaosChild *self, char **argv)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (self->running);
  if (self->text == NULL)
    self->text = g_string_new (NULL);
  /* A killed one's last line may be cut. */
  g_string_truncate (self->text, 0);
  g_spawn_async_with_pipes (NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &self->pid,
                            &self->in, &self->out, NULL, &error);
  g_assert_no_error (error);
  self->running = TRUE;
  self->doomed = FALSE;
  self->source = g_unix_fd_add (self->out, G_IO_IN | G_IO_HUP, on_output, self);
}

/* Tells it a line; one that is dead does not hear it. */
void
wt_chaos_child_tell (WtChaosChild *self, const char *format, ...)
{
  g_autofree char *line = NULL;
  gsize done = 0, length;
  va_list args;

  if (!self->running)
    return;
  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  length = strlen (line);
  line[length++] = '\n';
  while (done < length)
    {
      gssize written = write (self->in, line + done, length - done);

      if (written < 0)
        return;
      done += (gsize) written;
    }
}

void
wt_chaos_child_wait (WtChaosChild *self)
{
  self->doomed = TRUE;
  wt_test_wait_until (!self->running);
}

/* What it has said is heard when this returns. */
void
wt_chaos_child_kill (WtChaosChild *self)
{
  if (!self->running)
    return;
  self->doomed = TRUE;
  kill (self->pid, SIGKILL);
  wt_chaos_child_wait (self);
}

void
wt_chaos_child_clear (WtChaosChild *self)
{
  wt_chaos_child_kill (self);
  if (self->text != NULL)
    g_string_free (g_steal_pointer (&self->text), TRUE);
}

static gboolean
on_over (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

void
wt_chaos_run_for (guint milliseconds)
{
  gboolean over = FALSE;

  g_timeout_add (milliseconds, on_over, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}
