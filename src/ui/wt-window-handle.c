/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-window-handle.h"

#ifdef GDK_WINDOWING_X11
#include <gdk/x11/gdkx.h>
#endif
#ifdef GDK_WINDOWING_WAYLAND
#include <gdk/wayland/gdkwayland.h>
#endif

/* How portals are told which window their questions belong to. */

#ifdef GDK_WINDOWING_WAYLAND

typedef struct
{
  GTask *task; /* NULL when it is answered */
} Export;

static void
answer (Export *export, const char *handle)
{
  g_autoptr (GTask) task = g_steal_pointer (&export->task);

  if (task != NULL)
    g_task_return_pointer (
        task, handle != NULL ? g_strconcat ("wayland:", handle, NULL) : g_strdup (""), g_free);
}

static void
on_exported (GdkToplevel *toplevel, const char *handle, gpointer data)
{
  answer (data, handle);
}

/* The compositor may let go of a window that is closed before it answers. */
static void
export_free (gpointer data)
{
  answer (data, NULL);
  g_free (data);
}

/* GTK would warn. */
static gboolean
can_export (GdkDisplay *display)
{
  return gdk_wayland_display_query_registry (display, "zxdg_exporter_v1")
         || gdk_wayland_display_query_registry (display, "zxdg_exporter_v2");
}

static gboolean
export_wayland (GdkSurface *surface, GTask *task)
{
  Export *export;

  if (!can_export (gdk_surface_get_display (surface)))
    return FALSE;

  export = g_new0 (Export, 1);
  export->task = g_object_ref (task);
  if (gdk_wayland_toplevel_export_handle (GDK_TOPLEVEL (surface), on_exported, export, export_free))
    return TRUE;

  g_clear_object (&export->task);
  g_free (export);
  return FALSE;
}

#endif

/**
 * wt_window_handle_export_async:
 * @window: (nullable): a window
 * @callback: called when it is known
 * @data: for @callback
 *
 * Asks for what portals call a window; wt_window_handle_unexport() is to be called when they have answered.
 */
void
wt_window_handle_export_async (GtkWindow *window, GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (window == NULL || GTK_IS_WINDOW (window));

  g_autoptr (GTask) task = g_task_new (window, NULL, callback, data);
  GdkSurface *surface = window != NULL && gtk_widget_get_mapped (GTK_WIDGET (window))
                            ? gtk_native_get_surface (GTK_NATIVE (window))
                            : NULL;

  g_task_set_source_tag (task, wt_window_handle_export_async);
#ifdef GDK_WINDOWING_X11
  if (GDK_IS_X11_SURFACE (surface))
    {
      g_task_return_pointer (task, g_strdup_printf ("x11:%lx", gdk_x11_surface_get_xid (surface)),
                             g_free);
      return;
    }
#endif
#ifdef GDK_WINDOWING_WAYLAND
  if (GDK_IS_WAYLAND_TOPLEVEL (surface) && export_wayland (surface, task))
    return;
#endif
  g_task_return_pointer (task, g_strdup (""), g_free);
}

/**
 * wt_window_handle_export_finish:
 * @result: the result
 *
 * Returns: (transfer full): the window's name for portals; empty where it is not shown, or has none
 */
char *
wt_window_handle_export_finish (GAsyncResult *result)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/**
 * wt_window_handle_unexport:
 * @window: (nullable): what was exported; it may be closed by now
 *
 * Nobody asks by its name any more.
 */
void
wt_window_handle_unexport (GtkWindow *window)
{
#ifdef GDK_WINDOWING_WAYLAND
  GdkSurface *surface = window != NULL ? gtk_native_get_surface (GTK_NATIVE (window)) : NULL;

  if (GDK_IS_WAYLAND_TOPLEVEL (surface))
    gdk_wayland_toplevel_unexport_handle (GDK_TOPLEVEL (surface));
#endif
}
