/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Something with a height that depends on its number and on the width, and that can grow. */
#define WT_TYPE_SAMPLE_ITEM (wt_sample_item_get_type ())
G_DECLARE_FINAL_TYPE (WtSampleItem, wt_sample_item, WT, SAMPLE_ITEM, GObject)

guint wt_sample_item_get_number (WtSampleItem *self);
int wt_sample_item_get_height (WtSampleItem *self, int width);
void wt_sample_item_grow (WtSampleItem *self, int by);

/* Any number of them, each an object only as long as somebody holds it. */
#define WT_TYPE_SAMPLE_MODEL (wt_sample_model_get_type ())
G_DECLARE_FINAL_TYPE (WtSampleModel, wt_sample_model, WT, SAMPLE_MODEL, GObject)

WtSampleModel *wt_sample_model_new (guint n_items);
void wt_sample_model_set_huge (WtSampleModel *self, guint number, int height);
void wt_sample_model_insert (WtSampleModel *self, guint position, guint n);
void wt_sample_model_remove (WtSampleModel *self, guint position, guint n);
void wt_sample_model_replace (WtSampleModel *self, guint position, guint n);
void wt_sample_model_reset (WtSampleModel *self, guint prepended);
int wt_sample_model_get_height (WtSampleModel *self, guint position, int width);
WtSampleItem *wt_sample_model_get (WtSampleModel *self, guint position);
guint wt_sample_model_get_n_objects (WtSampleModel *self);

G_END_DECLS
