/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * WtDialect:
 * @WT_DIALECT_GUIDE: segments as the protocol's guide writes them
 * @WT_DIALECT_MAIBOT: segments as MaiBot's bridge accepts them
 *
 * How segments are written. Reading accepts both. Stored on disk: never renumber.
 */
typedef enum
{
  WT_DIALECT_GUIDE = 0,
  WT_DIALECT_MAIBOT = 1,
} WtDialect;

const char *wt_dialect_to_string (WtDialect dialect);
gboolean wt_dialect_from_string (const char *text, WtDialect *dialect);

G_END_DECLS
