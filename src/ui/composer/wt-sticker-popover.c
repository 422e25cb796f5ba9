/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-sticker-popover.h"

#include <glib/gi18n-lib.h>

#include "wt-attachment-words.h"
#include "wt-faces.h"
#include "wt-sticker-tile.h"

#define PAGE_WIDTH 292
#define PAGE_HEIGHT 260

/* Identifiers of faces are numbers below this. */
#define MOST_FACES 500

struct _WtStickerPopover
{
  GtkPopover parent_instance;

  /* owned */
  WtStickerList *stickers;
  WtPictureLoader *loader;       /* nullable */
  GtkFileChooserNative *chooser; /* while it is open */

  /* children */
  GtkWidget *stack;
  GtkWidget *pages; /* of the stickers: the grid, or that there are none */
  GtkWidget *grid;
  GtkWidget *faces;
};

G_DEFINE_FINAL_TYPE (WtStickerPopover, wt_sticker_popover, GTK_TYPE_POPOVER)

enum
{
  SIGNAL_STICKER,
  SIGNAL_FACE,
  SIGNAL_TROUBLE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
on_tile_remove (WtStickerPopover *self, WtStickerTile *tile)
{
  WtSticker *sticker = wt_sticker_tile_get_sticker (tile);

  if (sticker != NULL)
    wt_sticker_list_remove (self->stickers, sticker);
}

static void
on_setup (WtStickerPopover *self, GtkListItem *item)
{
  GtkWidget *tile = wt_sticker_tile_new (self->loader);

  g_signal_connect_object (tile, "remove", G_CALLBACK (on_tile_remove), self, G_CONNECT_SWAPPED);
  gtk_list_item_set_child (item, tile);
}

static void
on_bind (WtStickerPopover *self, GtkListItem *item)
{
  wt_sticker_tile_set_sticker (WT_STICKER_TILE (gtk_list_item_get_child (item)),
                               gtk_list_item_get_item (item));
}

static void
on_unbind (WtStickerPopover *self, GtkListItem *item)
{
  wt_sticker_tile_set_sticker (WT_STICKER_TILE (gtk_list_item_get_child (item)), NULL);
}

static void
on_activated (WtStickerPopover *self, guint position)
{
  g_autoptr (WtSticker) sticker = g_list_model_get_item (G_LIST_MODEL (self->stickers), position);

  gtk_popover_popdown (GTK_POPOVER (self));
  if (sticker != NULL)
    g_signal_emit (self, signals[SIGNAL_STICKER], 0, sticker);
}

static WtStickerTile *
find_focused (WtStickerPopover *self)
{
  GtkWidget *item = gtk_widget_get_focus_child (self->grid);
  GtkWidget *tile = item != NULL ? gtk_widget_get_first_child (item) : NULL;

  return tile != NULL && WT_IS_STICKER_TILE (tile) ? WT_STICKER_TILE (tile) : NULL;
}

static gboolean
on_grid_key (GtkEventControllerKey *keys,
             guint keyval,
             guint keycode,
             GdkModifierType state,
             WtStickerPopover *self)
{
  WtStickerTile *tile = find_focused (self);

  if (tile == NULL)
    return GDK_EVENT_PROPAGATE;
  if (keyval == GDK_KEY_Delete || keyval == GDK_KEY_KP_Delete)
    on_tile_remove (self, tile);
  else if (keyval == GDK_KEY_Menu || (keyval == GDK_KEY_F10 && (state & GDK_SHIFT_MASK) != 0))
    wt_sticker_tile_open_menu (tile);
  else
    return GDK_EVENT_PROPAGATE;

  return GDK_EVENT_STOP;
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtStickerPopover) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  if (wt_sticker_list_add_finish (WT_STICKER_LIST (source), result, &error))
    return;

  words = wt_attachment_words_sticker_failure (error);
  g_signal_emit (self, signals[SIGNAL_TROUBLE], 0, words);
}

static void
on_chosen (WtStickerPopover *self, int response)
{
  g_autoptr (GListModel) files = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (self->chooser));
  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      wt_sticker_list_add_file_async (self->stickers, file, NULL, on_added, g_object_ref (self));
    }

  g_clear_object (&self->chooser);
}

static void
on_add (WtStickerPopover *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_popover_popdown (GTK_POPOVER (self));
  if (self->chooser != NULL)
    return;

  self->chooser = gtk_file_chooser_native_new (_ ("Add Stickers"),
                                               GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                               GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Add"), NULL);
  gtk_file_filter_set_name (filter, _ ("Pictures"));
  for (const char *const *type = (const char *const[]){ "image/png", "image/jpeg", "image/gif",
                                                        "image/webp", NULL };
       *type != NULL; type++)
    gtk_file_filter_add_mime_type (filter, *type);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (self->chooser), TRUE);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_chosen), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
update_empty (WtStickerPopover *self)
{
  gboolean empty = g_list_model_get_n_items (G_LIST_MODEL (self->stickers)) == 0;

  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), empty ? "none" : "some");
}

static GtkWidget *
make_scroller (GtkWidget *child)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), child);
  gtk_widget_set_size_request (scroller, PAGE_WIDTH, PAGE_HEIGHT);
  return scroller;
}

static GtkWidget *
make_grid (WtStickerPopover *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkSelectionModel *model = GTK_SELECTION_MODEL (
      gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->stickers))));
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind), self, G_CONNECT_SWAPPED);
  self->grid = gtk_grid_view_new (model, factory);
  gtk_grid_view_set_min_columns (GTK_GRID_VIEW (self->grid), 3);
  gtk_grid_view_set_max_columns (GTK_GRID_VIEW (self->grid), 3);
  gtk_grid_view_set_single_click_activate (GTK_GRID_VIEW (self->grid), TRUE);
  gtk_widget_add_css_class (self->grid, "stickers");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->grid), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("My Stickers"), -1);
  g_signal_connect_object (self->grid, "activate", G_CALLBACK (on_activated), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_grid_key), self, 0);
  gtk_widget_add_controller (self->grid, keys);
  return make_scroller (self->grid);
}

static GtkWidget *
make_sticker_page (WtStickerPopover *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *nothing = gtk_label_new (
      _ ("No stickers yet. Add some from files, or from the menu of "
         "one that you received."));
  GtkWidget *add = gtk_button_new_with_mnemonic (_ ("_Add from File…"));

  gtk_label_set_wrap (GTK_LABEL (nothing), TRUE);
  gtk_label_set_justify (GTK_LABEL (nothing), GTK_JUSTIFY_CENTER);
  gtk_label_set_max_width_chars (GTK_LABEL (nothing), 28);
  gtk_widget_add_css_class (nothing, "dim-label");
  self->pages = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->pages), nothing, "none");
  gtk_stack_add_named (GTK_STACK (self->pages), make_grid (self), "some");
  gtk_box_append (GTK_BOX (box), self->pages);

  g_signal_connect_object (add, "clicked", G_CALLBACK (on_add), self, G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (add, "flat");
  gtk_box_append (GTK_BOX (box), add);
  g_signal_connect_object (self->stickers, "items-changed", G_CALLBACK (update_empty), self,
                           G_CONNECT_SWAPPED);
  update_empty (self);
  return box;
}

static void
on_face (WtStickerPopover *self, GtkFlowBoxChild *child)
{
  const char *id = gtk_widget_get_name (GTK_WIDGET (child));

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[SIGNAL_FACE], 0, id);
}

static void
add_face (WtStickerPopover *self, const char *id)
{
  const char *emoji = wt_faces_get_emoji (id);
  const char *name = wt_faces_get_name (id);
  GtkWidget *child, *label;

  if (emoji == NULL)
    return;

  child = gtk_flow_box_child_new ();
  label = gtk_label_new (emoji);
  gtk_widget_set_name (child, id);
  gtk_widget_set_tooltip_text (child, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name != NULL ? name : emoji, -1);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), label);
  gtk_flow_box_append (GTK_FLOW_BOX (self->faces), child);
}

/* When first looked at. */
static void
on_page_changed (WtStickerPopover *self)
{
  const char *name = gtk_stack_get_visible_child_name (GTK_STACK (self->stack));

  if (g_strcmp0 (name, "faces") != 0 || gtk_widget_get_first_child (self->faces) != NULL)
    return;

  for (guint i = 0; i < MOST_FACES; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);

      add_face (self, id);
    }
}

static GtkWidget *
make_face_page (WtStickerPopover *self)
{
  self->faces = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (self->faces), GTK_SELECTION_NONE);
  gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (self->faces), TRUE);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (self->faces), 6);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->faces), 8);
  gtk_widget_set_valign (self->faces, GTK_ALIGN_START);
  gtk_widget_add_css_class (self->faces, "faces");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->faces), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Faces"), -1);
  g_signal_connect_object (self->faces, "child-activated", G_CALLBACK (on_face), self,
                           G_CONNECT_SWAPPED);
  return make_scroller (self->faces);
}

static void
wt_sticker_popover_dispose (GObject *object)
{
  WtStickerPopover *self = WT_STICKER_POPOVER (object);

  g_clear_object (&self->chooser);
  g_clear_object (&self->loader);

  G_OBJECT_CLASS (wt_sticker_popover_parent_class)->dispose (object);
}

static void
wt_sticker_popover_finalize (GObject *object)
{
  g_clear_object (&WT_STICKER_POPOVER (object)->stickers);

  G_OBJECT_CLASS (wt_sticker_popover_parent_class)->finalize (object);
}

static void
wt_sticker_popover_class_init (WtStickerPopoverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wt_sticker_popover_dispose;
  object_class->finalize = wt_sticker_popover_finalize;

  signals[SIGNAL_STICKER] = g_signal_new ("sticker", WT_TYPE_STICKER_POPOVER, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, WT_TYPE_STICKER);
  signals[SIGNAL_FACE] = g_signal_new ("face", WT_TYPE_STICKER_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_TROUBLE] = g_signal_new ("trouble", WT_TYPE_STICKER_POPOVER, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
wt_sticker_popover_init (WtStickerPopover *self)
{
}

/**
 * wt_sticker_popover_new:
 * @stickers: one's own
 * @loader: (nullable): for their pictures
 *
 * Returns: (transfer floating): a popover to choose from
 */
GtkWidget *
wt_sticker_popover_new (WtStickerList *stickers, WtPictureLoader *loader)
{
  g_return_val_if_fail (WT_IS_STICKER_LIST (stickers), NULL);

  WtStickerPopover *self = g_object_new (WT_TYPE_STICKER_POPOVER, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *switcher = gtk_stack_switcher_new ();

  self->stickers = g_object_ref (stickers);
  g_set_object (&self->loader, loader);
  self->stack = gtk_stack_new ();
  gtk_stack_add_titled (GTK_STACK (self->stack), make_sticker_page (self), "stickers",
                        _ ("Stickers"));
  gtk_stack_add_titled (GTK_STACK (self->stack), make_face_page (self), "faces", _ ("Faces"));
  g_signal_connect_object (self->stack, "notify::visible-child", G_CALLBACK (on_page_changed), self,
                           G_CONNECT_SWAPPED);
  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (switcher), GTK_STACK (self->stack));
  gtk_widget_set_halign (switcher, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), switcher);
  gtk_box_append (GTK_BOX (box), self->stack);
  gtk_popover_set_child (GTK_POPOVER (self), box);
  return GTK_WIDGET (self);
}
