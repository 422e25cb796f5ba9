/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GQuark wt_media_error_quark (void);
#define WT_MEDIA_ERROR (wt_media_error_quark ())

/**
 * WtMediaError:
 * @WT_MEDIA_ERROR_NOT_BASE64: a byte that has no place in base64, or an impossible length
 * @WT_MEDIA_ERROR_TOO_LARGE: over the limit given, or over the memory there is
 * @WT_MEDIA_ERROR_EMPTY: no bytes at all
 * @WT_MEDIA_ERROR_UNSUPPORTED: a kind of thing that is not handled, such as a pipe for a file
 * @WT_MEDIA_ERROR_BROKEN: not what it claims to be, or changed while it was read
 * @WT_MEDIA_ERROR_NOT_FOUND: no such file or blob
 * @WT_MEDIA_ERROR_TIMED_OUT: more work than the time given for it
 */
typedef enum
{
  WT_MEDIA_ERROR_NOT_BASE64 = 1,
  WT_MEDIA_ERROR_TOO_LARGE,
  WT_MEDIA_ERROR_EMPTY,
  WT_MEDIA_ERROR_UNSUPPORTED,
  WT_MEDIA_ERROR_BROKEN,
  WT_MEDIA_ERROR_NOT_FOUND,
  WT_MEDIA_ERROR_TIMED_OUT,
} WtMediaError;

G_END_DECLS
