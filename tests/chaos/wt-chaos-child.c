/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-chaos-child.h"

#include <glib-unix.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "wt-test.h"

#define MOST_COMPLAINTS 8192

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

/* Returns whether there may come more. */
static gboolean
take_complaints (WtChaosChild *self)
{
  char buffer[4096];
  gssize length;

  while ((length = read (self->err, buffer, sizeof buffer)) > 0)
    {
      g_string_append_len (self->complaints, buffer, length);
      if (self->complaints->len > MOST_COMPLAINTS)
        g_string_erase (self->complaints, 0, (gssize) (self->complaints->len - MOST_COMPLAINTS));
    }
  return length < 0;
}

static gboolean
on_complaints (int fd, GIOCondition condition, gpointer data)
{
  WtChaosChild *self = data;

  if (take_complaints (self))
    return G_SOURCE_CONTINUE;
  self->err_source = 0;
  return G_SOURCE_REMOVE;
}

static void
reap (WtChaosChild *self)
{
  g_assert_cmpint (waitpid (self->pid, &self->status, 0), ==, self->pid);
  take_complaints (self);
  g_clear_handle_id (&self->err_source, g_source_remove);
  close (self->in);
  close (self->out);
  close (self->err);
  self->running = FALSE;
  self->source = 0;
  if (!self->doomed)
    g_error ("%s ended unasked: status %d: %s", self->name, self->status, self->complaints->str);
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
    {
      self->text = g_string_new (NULL);
      self->complaints = g_string_new (NULL);
    }
  /* A killed one's last line may be cut. */
  g_string_truncate (self->text, 0);
  g_string_truncate (self->complaints, 0);
  g_spawn_async_with_pipes (NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &self->pid,
                            &self->in, &self->out, &self->err, &error);
  g_assert_no_error (error);
  g_unix_set_fd_nonblocking (self->err, TRUE, &error);
  g_assert_no_error (error);
  self->running = TRUE;
  self->doomed = FALSE;
  self->source = g_unix_fd_add (self->out, G_IO_IN | G_IO_HUP, on_output, self);
  self->err_source = g_unix_fd_add (self->err, G_IO_IN | G_IO_HUP, on_complaints, self);
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
  if (self->text == NULL)
    return;
  g_string_free (g_steal_pointer (&self->text), TRUE);
  g_string_free (g_steal_pointer (&self->complaints), TRUE);
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
