/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-records.h"
#include "wt-segment.h"

G_BEGIN_DECLS

/* The rows of a message's pictures and files. */

void wt_attachments_add (GPtrArray *attachments,
                         WtSegmentKind kind,
                         const WtMedia *media,
                         WtAttachmentState state);
GPtrArray *wt_attachments_list (WtSegment *segment);

G_END_DECLS
