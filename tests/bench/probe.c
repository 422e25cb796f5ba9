/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <gtk/gtk.h>
#include <poll.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

/* Loaded into a program with LD_PRELOAD: writes into the file WT_PROBE what each turn of its main loop and each painted
 * frame took, and what the frame showed. program.py reads it meanwhile; both know this layout. */

#define MOST_RECORDS 400000
#define MOST_ROWS 32
#define HEADER_SIZE 4096
/* Shorter turns are of no interest, and many. */
#define SHORTEST_TURN 200000

enum
{
  KIND_TURN = 1,
  KIND_FRAME = 2,
};

enum
{
  VIEW_CHAT,
  VIEW_LIST,
  VIEW_SEARCH,
  N_VIEWS,
};

/* Times in nanoseconds: of the monotonic clock, and of the processor (the main thread's, the process's). */
typedef struct
{
  guint32 kind;
  guint32 n_rows[N_VIEWS];
  guint64 time;
  guint64 wall;
  guint64 cpu;
  guint64 process_cpu;
  guint64 hash[N_VIEWS];
} Record;

/* A row of the list of conversations: its middle in the window, and its words. */
typedef struct
{
  gint32 x;
  gint32 y;
  guint64 hash;
} Row;

typedef struct
{
  guint64 n_records;
  /* A count is asked for by a new number here; it is answered in the next turn. */
  guint64 asked;
  guint64 answered;
  guint64 n_widgets;
  guint64 n_objects;
  /* Whether the main loop has nothing to do at the moment. */
  guint64 waiting;
  guint64 n_rows;
  Row rows[MOST_ROWS];
} Header;

G_STATIC_ASSERT (sizeof (Header) <= HEADER_SIZE);

static Header *header;
static Record *records;
static GtkWidget *views[N_VIEWS];
static GtkWidget *panes[2];

/* When the turn, and the frame, began. */
static guint64 turn_wall, turn_cpu, frame_wall, frame_cpu;
/* What the probe itself took of the turn. */
static guint64 own_wall, own_cpu;

static gint n_objects;
static void (*real_constructed) (GObject *object);
static void (*real_finalize) (GObject *object);

static guint64
now (clockid_t clock)
{
  struct timespec time;

  clock_gettime (clock, &time);
  return (guint64) time.tv_sec * 1000000000 + (guint64) time.tv_nsec;
}

static Record *
begin_record (guint32 kind)
{
  Record *record = NULL;

  if (header->n_records >= MOST_RECORDS)
    return NULL;
  record = &records[header->n_records];
  record->kind = kind;
  record->time = now (CLOCK_MONOTONIC);
  record->process_cpu = now (CLOCK_PROCESS_CPUTIME_ID);
  return record;
}

static void
end_record (void)
{
  __atomic_add_fetch (&header->n_records, 1, __ATOMIC_RELEASE);
}

static gboolean
is_inside (graphene_rect_t *bounds, GtkWidget *view)
{
  return bounds->origin.y < (float) gtk_widget_get_height (view)
         && bounds->origin.y + bounds->size.height > 0;
}

static void
remember (GtkWidget **place, GtkWidget *widget)
{
  if (*place != NULL)
    return;
  *place = widget;
  g_object_add_weak_pointer (G_OBJECT (widget), (gpointer *) place);
}

static GtkWidget *
find_list_view (GtkWidget *widget)
{
  if (GTK_IS_LIST_VIEW (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_list_view (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* As they are made: what is hidden may never be, and to look for it after each frame takes longer than many a frame. */
static void
notice_view (GObject *object)
{
  const char *name = G_OBJECT_TYPE_NAME (object);

  if (!g_str_has_prefix (name, "Wt"))
    return;
  if (g_str_equal (name, "WtTimelineView"))
    remember (&views[VIEW_CHAT], GTK_WIDGET (object));
  else if (g_str_equal (name, "WtSearchPane"))
    remember (&views[VIEW_SEARCH], find_list_view (GTK_WIDGET (object)));
  else if (g_str_equal (name, "WtConversationPane"))
    remember (&panes[panes[0] != NULL], GTK_WIDGET (object));
}

static void
choose_list (void)
{
  views[VIEW_LIST] = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (panes); i++)
    if (panes[i] != NULL && gtk_widget_get_mapped (panes[i]))
      views[VIEW_LIST] = find_list_view (panes[i]);
}

static void
hash_labels (GtkWidget *widget, guint64 *hash)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_LABEL (widget))
    *hash = *hash * 31 + g_str_hash (gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    hash_labels (child, hash);
}

/* Which words stand where: the same number, the same look. */
static guint64
hash_rows (GtkWidget *view, guint32 *n_rows)
{
  guint64 hash = 7;

  *n_rows = 0;
  if (view == NULL || !gtk_widget_get_mapped (view))
    return 0;
  for (GtkWidget *row = gtk_widget_get_first_child (view); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      graphene_rect_t bounds;

      if (!gtk_widget_get_mapped (row) || !gtk_widget_compute_bounds (row, view, &bounds)
          || !is_inside (&bounds, view))
        continue;
      hash = hash * 31 + (guint64) (gint64) bounds.origin.y;
      hash_labels (row, &hash);
      (*n_rows)++;
    }
  return hash;
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  return ((const Row *) a)->y - ((const Row *) b)->y;
}

/* Where to click. */
static void
write_rows (GtkWidget *list)
{
  GtkNative *native = list != NULL ? gtk_widget_get_native (list) : NULL;
  double x = 0;
  double y = 0;
  guint n = 0;

  if (native == NULL)
    return;
  gtk_native_get_surface_transform (native, &x, &y);
  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL && n < MOST_ROWS;
       row = gtk_widget_get_next_sibling (row))
    {
      graphene_rect_t bounds, place;

      if (!gtk_widget_get_mapped (row) || !gtk_widget_compute_bounds (row, list, &bounds)
          || !is_inside (&bounds, list)
          || !gtk_widget_compute_bounds (row, GTK_WIDGET (native), &place))
        continue;
      header->rows[n].x = (gint32) (place.origin.x + x + place.size.width / 2);
      header->rows[n].y = (gint32) (place.origin.y + y + place.size.height / 2);
      header->rows[n].hash = 7;
      hash_labels (row, &header->rows[n].hash);
      n++;
    }
  qsort (header->rows, n, sizeof header->rows[0], compare_rows);
  __atomic_store_n (&header->n_rows, n, __ATOMIC_RELEASE);
}

static gboolean
before_paint (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer data)
{
  frame_wall = now (CLOCK_MONOTONIC);
  frame_cpu = now (CLOCK_THREAD_CPUTIME_ID);
  return TRUE;
}

static gboolean
after_paint (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer data)
{
  guint64 wall = now (CLOCK_MONOTONIC);
  guint64 cpu = now (CLOCK_THREAD_CPUTIME_ID);
  Record *record = begin_record (KIND_FRAME);

  if (record == NULL)
    return TRUE;
  record->time = wall;
  record->wall = wall - frame_wall;
  record->cpu = cpu - frame_cpu;
  choose_list ();
  for (guint i = 0; i < N_VIEWS; i++)
    record->hash[i] = hash_rows (views[i], &record->n_rows[i]);
  write_rows (views[VIEW_LIST]);
  end_record ();
  own_wall += now (CLOCK_MONOTONIC) - wall;
  own_cpu += now (CLOCK_THREAD_CPUTIME_ID) - cpu;
  return TRUE;
}

/* Not before GTK has made its first clock: to ask for it would start what it stands for. */
static void
watch_frames (void)
{
  static gboolean done;
  GType type = g_type_from_name ("GdkFrameClock");

  if (done || type == 0 || g_type_class_peek (type) == NULL)
    return;
  done = TRUE;
  g_signal_add_emission_hook (g_signal_lookup ("before-paint", type), 0, before_paint, NULL, NULL);
  g_signal_add_emission_hook (g_signal_lookup ("after-paint", type), 0, after_paint, NULL, NULL);
}

static guint64
count_widgets (GtkWidget *widget)
{
  guint64 n = 1;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_widgets (child);
  return n;
}

static void
answer (void)
{
  GListModel *windows = NULL;
  guint64 n = 0;

  if (header->asked == header->answered || !gtk_is_initialized ())
    return;
  windows = gtk_window_get_toplevels ();
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      n += count_widgets (window);
    }
  header->n_widgets = n;
  header->n_objects = (guint64) g_atomic_int_get (&n_objects);
  __atomic_store_n (&header->answered, header->asked, __ATOMIC_RELEASE);
}

/* A turn is what lies between two waits. */
static void
end_turn (void)
{
  guint64 wall = now (CLOCK_MONOTONIC) - turn_wall - own_wall;
  guint64 cpu = now (CLOCK_THREAD_CPUTIME_ID) - turn_cpu - own_cpu;
  Record *record = wall >= SHORTEST_TURN ? begin_record (KIND_TURN) : NULL;

  if (record != NULL)
    {
      record->wall = wall;
      record->cpu = cpu;
      end_record ();
    }
  own_wall = own_cpu = 0;
}

static int
poll_for_main_loop (GPollFD *fds, guint n_fds, int timeout)
{
  int result = 0;

  end_turn ();
  watch_frames ();
  answer ();
  __atomic_store_n (&header->waiting, timeout != 0, __ATOMIC_RELEASE);
  result = poll ((struct pollfd *) fds, n_fds, timeout);
  __atomic_store_n (&header->waiting, 0, __ATOMIC_RELEASE);
  turn_wall = now (CLOCK_MONOTONIC);
  turn_cpu = now (CLOCK_THREAD_CPUTIME_ID);
  return result;
}

static void
count_constructed (GObject *object)
{
  g_atomic_int_inc (&n_objects);
  real_constructed (object);
  notice_view (object);
}

static void
count_finalized (GObject *object)
{
  g_atomic_int_add (&n_objects, -1);
  real_finalize (object);
}

/* Every class made afterwards chains up to these. */
static void
count_objects (void)
{
  GObjectClass *class = g_type_class_ref (G_TYPE_OBJECT);

  real_constructed = class->constructed;
  real_finalize = class->finalize;
  class->constructed = count_constructed;
  class->finalize = count_finalized;
}

__attribute__ ((constructor)) static void
start (void)
{
  const gsize size = HEADER_SIZE + MOST_RECORDS * sizeof (Record);
  const char *path = g_getenv ("WT_PROBE");
  int fd = path != NULL ? open (path, O_RDWR | O_CREAT, 0600) : -1;
  void *memory = MAP_FAILED;

  if (fd < 0)
    return;
  if (ftruncate (fd, (off_t) size) == 0)
    memory = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close (fd);
  if (memory == MAP_FAILED)
    return;
  header = memory;
  records = (Record *) ((char *) memory + HEADER_SIZE);
  /* Not into what the program itself starts. */
  g_unsetenv ("LD_PRELOAD");
  g_unsetenv ("WT_PROBE");
  count_objects ();
  turn_wall = now (CLOCK_MONOTONIC);
  turn_cpu = now (CLOCK_THREAD_CPUTIME_ID);
  g_main_context_set_poll_func (NULL, poll_for_main_loop);
}
