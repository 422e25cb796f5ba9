/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-server-options.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "wt-demo-cast.h"
#include "wt-echo-bot.h"

#define DEFAULT_HOST "127.0.0.1"
#define DEFAULT_PORT 18040
#define DEFAULT_PATH "/ws"

/* As they stand on the command line. */
typedef struct
{
  char *host;
  int port;
  char *path;
  GStrv keys;
  char *key_file;
  char *certificate;
  char *certificate_key;
  char *client_ca;
  GStrv bots;
  GStrv faults;
  int seed;
  char *demo_user_id;
  char *demo_user_name;
  gboolean demo;
  gboolean version;
} Raw;

static void
raw_clear (Raw *raw)
{
  g_clear_pointer (&raw->host, g_free);
  g_clear_pointer (&raw->path, g_free);
  g_clear_pointer (&raw->keys, g_strfreev);
  g_clear_pointer (&raw->key_file, g_free);
  g_clear_pointer (&raw->certificate, g_free);
  g_clear_pointer (&raw->certificate_key, g_free);
  g_clear_pointer (&raw->client_ca, g_free);
  g_clear_pointer (&raw->bots, g_strfreev);
  g_clear_pointer (&raw->faults, g_strfreev);
  g_clear_pointer (&raw->demo_user_id, g_free);
  g_clear_pointer (&raw->demo_user_name, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Raw, raw_clear)

static gboolean
refuse (GError **error, const char *format, const char *what)
{
  g_autoptr (GString) message = g_string_new (format);

  g_string_replace (message, "%s", what, 1);
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, message->str);
  return FALSE;
}

static GOptionContext *
make_context (Raw *raw)
{
  const GOptionEntry entries[] = {
    { "host", 0, 0, G_OPTION_ARG_STRING, &raw->host, N_ ("Listen on this address (127.0.0.1)"),
      N_ ("HOST") },
    { "port", 0, 0, G_OPTION_ARG_INT, &raw->port, N_ ("Listen on this port (18040); 0: a free one"),
      N_ ("PORT") },
    { "path", 0, 0, G_OPTION_ARG_STRING, &raw->path, N_ ("The WebSocket's path (/ws)"),
      N_ ("PATH") },
    { "key", 0, 0, G_OPTION_ARG_STRING_ARRAY, &raw->keys,
      N_ ("An API key and whose it is, any number of times; without any, everybody is let in"),
      N_ ("KEY=USER") },
    { "key-file", 0, 0, G_OPTION_ARG_FILENAME, &raw->key_file,
      N_ ("The same from a file, one to a line"), N_ ("FILE") },
    { "tls-certificate", 0, 0, G_OPTION_ARG_FILENAME, &raw->certificate,
      N_ ("Speak wss:// with this certificate (PEM)"), N_ ("FILE") },
    { "tls-key", 0, 0, G_OPTION_ARG_FILENAME, &raw->certificate_key,
      N_ ("The certificate's key (PEM)"), N_ ("FILE") },
    { "client-ca", 0, 0, G_OPTION_ARG_FILENAME, &raw->client_ca,
      N_ ("Ask clients for a certificate signed by one of these (PEM)"), N_ ("FILE") },
    { "bot", 0, 0, G_OPTION_ARG_STRING_ARRAY, &raw->bots,
      N_ ("A bot that lives in the server: echo. Write to its key, “echo”, on any platform: "
          "wheatear-cli send --to echo"),
      N_ ("NAME") },
    { "demo", 0, 0, G_OPTION_ARG_NONE, &raw->demo, N_ ("Play the demo to whoever connects"), NULL },
    { "demo-user-id", 0, 0, G_OPTION_ARG_STRING, &raw->demo_user_id,
      N_ ("The id of the demo's user (demo-user)"), N_ ("ID") },
    { "demo-user-name", 0, 0, G_OPTION_ARG_STRING, &raw->demo_user_name,
      N_ ("The name of the demo's user"), N_ ("NAME") },
    { "fault", 0, 0, G_OPTION_ARG_STRING_ARRAY, &raw->faults,
      N_ ("Do something wrong, for tests; see below"), N_ ("NAME[=VALUE]") },
    { "seed", 0, 0, G_OPTION_ARG_INT, &raw->seed, N_ ("The seed of the faults' generator (1)"),
      /* Translators: in --help, stands for a number */
      N_ ("N") },
    { "version", 0, 0, G_OPTION_ARG_NONE, &raw->version, N_ ("Print the version and exit"), NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autofree char *description = g_strconcat (_ ("Faults:"), "\n", wt_faults_get_help (), NULL);

  g_option_context_set_summary (
      context,
      _ ("An API server of the maim_message protocol, with bots, for demonstration and tests."));
  g_option_context_set_description (context, description);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  return g_steal_pointer (&context);
}

/* Keys may have a `=` in them, users hardly do: the last one parts them. The key is not repeated in an
 * error. */
static gboolean
add_key (WtServerOptions *self, const char *text, GError **error)
{
  const char *equals = strrchr (text, '=');

  if (equals == NULL || equals == text || equals[1] == '\0')
    return refuse (error, "%s", _ ("A key is given as KEY=USER."));
  g_ptr_array_add (self->keys, g_strndup (text, (gsize) (equals - text)));
  g_ptr_array_add (self->keys, g_strdup (equals + 1));
  return TRUE;
}

static gboolean
add_key_file (WtServerOptions *self, const char *file, GError **error)
{
  g_autofree char *contents = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (file, &contents, NULL, error))
    return FALSE;
  lines = g_strsplit (contents, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    {
      if (*g_strstrip (*line) == '\0' || **line == '#')
        continue;
      if (!add_key (self, *line, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_keys (WtServerOptions *self, const Raw *raw, GError **error)
{
  for (char **key = raw->keys; key != NULL && *key != NULL; key++)
    {
      if (!add_key (self, *key, error))
        return FALSE;
    }
  return raw->key_file == NULL || add_key_file (self, raw->key_file, error);
}

static gboolean
take_address (WtServerOptions *self, Raw *raw, GError **error)
{
  g_autofree char *port = g_strdup_printf ("%d", raw->port);

  if (raw->port < 0 || raw->port > G_MAXUINT16)
    return refuse (error, _ ("%s is no port: it is a number from 0 to 65535."), port);
  if (raw->path != NULL && (*raw->path != '/' || strpbrk (raw->path, "?# ") != NULL))
    return refuse (error, _ ("“%s” is no path: it begins with a slash and has no ?, # or space."),
                   raw->path);
  if (raw->host != NULL && *raw->host == '\0')
    return refuse (error, "%s", _ ("The host is empty."));
  self->port = (guint16) raw->port;
  self->host = raw->host != NULL ? g_steal_pointer (&raw->host) : g_strdup (DEFAULT_HOST);
  self->path = raw->path != NULL ? g_steal_pointer (&raw->path) : g_strdup (DEFAULT_PATH);
  return TRUE;
}

static gboolean
take_tls (WtServerOptions *self, Raw *raw, GError **error)
{
  if (raw->certificate == NULL && (raw->certificate_key != NULL || raw->client_ca != NULL))
    return refuse (error, _ ("%s needs --tls-certificate."),
                   raw->certificate_key != NULL ? "--tls-key" : "--client-ca");
  self->certificate = g_steal_pointer (&raw->certificate);
  self->certificate_key = g_steal_pointer (&raw->certificate_key);
  self->client_ca = g_steal_pointer (&raw->client_ca);
  return TRUE;
}

static gboolean
take_bots (WtServerOptions *self, Raw *raw, GError **error)
{
  for (char **bot = raw->bots; bot != NULL && *bot != NULL; bot++)
    {
      if (strcmp (*bot, WT_ECHO_BOT_USER) != 0)
        return refuse (error, _ ("There is no bot called “%s”: there is “echo”."), *bot);
      self->echo = TRUE;
    }
  self->demo = raw->demo;
  self->demo_user_id = g_steal_pointer (&raw->demo_user_id);
  self->demo_user_name = g_steal_pointer (&raw->demo_user_name);
  return TRUE;
}

static gboolean
take_faults (WtServerOptions *self, const Raw *raw, GError **error)
{
  if (raw->faults == NULL)
    return TRUE;
  self->faults = wt_faults_new ((guint32) raw->seed);
  for (char **fault = raw->faults; *fault != NULL; fault++)
    {
      if (!wt_faults_add (self->faults, *fault, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * wt_server_options_parse:
 * @arguments: the command line, the program's name first
 * @error: return location for a #GOptionError, #WtFaultError or #GFileError, in the user's words
 *
 * Reads the command line. `--help` prints the help and exits.
 *
 * Returns: (transfer full) (nullable): what is asked for
 */
WtServerOptions *
wt_server_options_parse (char **arguments, GError **error)
{
  g_auto (Raw) raw = { .port = DEFAULT_PORT, .seed = 1 };
  g_auto (GStrv) left = g_strdupv (arguments);
  g_autoptr (GOptionContext) context = make_context (&raw);
  g_autoptr (WtServerOptions) self = g_new0 (WtServerOptions, 1);

  self->keys = g_ptr_array_new_with_free_func (g_free);
  if (!g_option_context_parse_strv (context, &left, error))
    return NULL;
  if (left[0] != NULL && left[1] != NULL)
    {
      refuse (error, _ ("“%s” is no option."), left[1]);
      return NULL;
    }
  self->version = raw.version;
  if (!take_address (self, &raw, error) || !take_keys (self, &raw, error)
      || !take_tls (self, &raw, error) || !take_bots (self, &raw, error)
      || !take_faults (self, &raw, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
wt_server_options_free (WtServerOptions *self)
{
  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->keys, g_ptr_array_unref);
  g_clear_pointer (&self->certificate, g_free);
  g_clear_pointer (&self->certificate_key, g_free);
  g_clear_pointer (&self->client_ca, g_free);
  g_clear_pointer (&self->faults, wt_faults_unref);
  g_clear_pointer (&self->demo_user_id, g_free);
  g_clear_pointer (&self->demo_user_name, g_free);
  g_free (self);
}
