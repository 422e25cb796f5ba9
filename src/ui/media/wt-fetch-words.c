/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-fetch-words.h"

#include <glib/gi18n-lib.h>

#include "wt-download.h"
#include "wt-media-error.h"

typedef struct
{
  int code;
  const char *words;
} Words;

static const Words download_words[] = {
  { WT_DOWNLOAD_ERROR_REFUSED_ADDRESS,
    N_ ("Not loaded: the address is in a private network, where no message may reach") },
  { WT_DOWNLOAD_ERROR_BAD_URL, N_ ("Not loaded: this is not an address") },
  { WT_DOWNLOAD_ERROR_SCHEME, N_ ("Not loaded: the address is not a web address") },
  { WT_DOWNLOAD_ERROR_TOO_MANY_REDIRECTS, N_ ("Not loaded: the server sends from place to place") },
  { WT_DOWNLOAD_ERROR_TOO_LARGE, N_ ("Not loaded: too large") },
  { WT_DOWNLOAD_ERROR_TRUNCATED, N_ ("The connection broke off") },
  { WT_DOWNLOAD_ERROR_STALLED, N_ ("The server does not answer") },
  { WT_DOWNLOAD_ERROR_TLS, N_ ("Not loaded: the server’s certificate is not trusted") },
  { WT_DOWNLOAD_ERROR_NETWORK, N_ ("The server cannot be reached") },
  { WT_DOWNLOAD_ERROR_WRITE, N_ ("It cannot be stored: is the disk full?") },
  { WT_DOWNLOAD_ERROR_RANGE, N_ ("The server sent something else") },
};

/**
 * wt_fetch_words_failure:
 * @error: of a #WtFetch
 *
 * Returns: (transfer full): why something was not loaded, in a line or two
 */
char *
wt_fetch_words_failure (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_strdup (_ ("Not loaded"));
  /* The message begins with the status, such as “404 Not Found”. */
  if (g_error_matches (error, WT_DOWNLOAD_ERROR, WT_DOWNLOAD_ERROR_HTTP_STATUS)
      && g_ascii_isdigit (*error->message))
    return g_strdup_printf (_ ("The server says %d"), atoi (error->message));
  if (error->domain == WT_DOWNLOAD_ERROR)
    for (guint i = 0; i < G_N_ELEMENTS (download_words); i++)
      if (download_words[i].code == error->code)
        return g_strdup (_ (download_words[i].words));

  return g_strdup (error->domain == WT_MEDIA_ERROR ? _ ("What the server sent is broken")
                                                   : _ ("It could not be loaded"));
}
