/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-chaos-pipe.h"

#include <glib-unix.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  GString *text;
  WtChaosLineFunc func;
  gpointer data;
} Listener;

static gboolean
on_input (int fd, GIOCondition condition, gpointer data)
{
  Listener *listener = data;
  char buffer[16384];
  gssize length = read (fd, buffer, sizeof buffer);
  char *newline;

  /* The test is gone. */
  if (length <= 0)
    _exit (0);
  g_string_append_len (listener->text, buffer, length);
  while ((newline = strchr (listener->text->str, '\n')) != NULL)
    {
      g_autofree char *line = g_strndup (listener->text->str,
                                         (gsize) (newline - listener->text->str));

      g_string_erase (listener->text, 0, newline - listener->text->str + 1);
      listener->func (line, listener->data);
    }
  return G_SOURCE_CONTINUE;
}

static void
listener_free (gpointer data)
{
  Listener *listener = data;

  g_string_free (listener->text, TRUE);
  g_free (listener);
}

/* Calls @func with each line of standard input, in the main loop; ends the program at its end. */
void
wt_chaos_pipe_listen (WtChaosLineFunc func, gpointer data)
{
  Listener *listener = g_new0 (Listener, 1);

  listener->text = g_string_new (NULL);
  listener->func = func;
  listener->data = data;
  g_unix_fd_add_full (G_PRIORITY_DEFAULT, STDIN_FILENO, G_IO_IN | G_IO_HUP, on_input, listener,
                      listener_free);
}

/* Says a line. It is in the pipe when this returns, whatever becomes of the program then. */
void
wt_chaos_pipe_say (const char *format, ...)
{
  g_autofree char *line = NULL;
  gsize done = 0, length;
  va_list args;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  length = strlen (line);
  line[length++] = '\n';
  while (done < length)
    {
      gssize written = write (STDOUT_FILENO, line + done, length - done);

      if (written < 0)
        _exit (0);
      done += (gsize) written;
    }
}
