/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-media-error.h"

G_DEFINE_QUARK (wt_media_error_quark, wt_media_error)
