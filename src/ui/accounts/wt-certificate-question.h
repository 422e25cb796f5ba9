/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "wt-account.h"
#include "wt-diagnosis.h"

G_BEGIN_DECLS

GtkWidget *wt_certificate_question_new (WtAccount *account, WtDiagnosis *diagnosis);

G_END_DECLS
