/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-file-name.h"

/* What Linux file systems store. */
#define MOST_BYTES 255

/* A longer "extension" is a part of the name. */
#define MOST_EXTENSION_BYTES 32

/* A peer's name may be megabytes: its two ends are enough. */
#define MOST_INPUT_BYTES 4096

#define LAST_RESORT "file"

static const char *const reserved[] = {
  "con",  "prn",  "aux",  "nul",  "com1", "com2", "com3", "com4", "com5",   "com6",    "com7",
  "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7",   "lpt8",    "lpt9",
  "com¹", "com²", "com³", "lpt¹", "lpt²", "lpt³", "com0", "lpt0", "conin$", "conout$", NULL,
};

/* The part after the last separator of either kind that has something after it. */
static char *
take_last_part (const char *name)
{
  const char *end = name + strlen (name);
  const char *start;

  while (end > name && (end[-1] == '/' || end[-1] == '\\'))
    end--;
  start = end;
  while (start > name && start[-1] != '/' && start[-1] != '\\')
    start--;

  if (end - start > MOST_INPUT_BYTES)
    {
      g_autofree char *head = g_strndup (start, MOST_INPUT_BYTES / 2);

      return g_strdup_printf ("%s%.*s", head, MOST_INPUT_BYTES / 2, end - MOST_INPUT_BYTES / 2);
    }

  return g_strndup (start, (gsize) (end - start));
}

/* Characters that show nothing, whatever their class says: fillers and the empty braille cell. */
static gboolean
is_blank (gunichar c)
{
  return g_unichar_isspace (c) || c == 0x115f || c == 0x1160 || c == 0x2800 || c == 0x3164
         || c == 0xffa0 || g_unichar_type (c) == G_UNICODE_LINE_SEPARATOR
         || g_unichar_type (c) == G_UNICODE_PARAGRAPH_SEPARATOR;
}

static gboolean
is_dropped (gunichar c)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_SURROGATE:
      return TRUE;
    default:
      /* Code points that are no characters. */
      return (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef);
    }
}

/* Joiners make emoji and Persian words, but only between letters that are not ASCII. */
static gboolean
is_wanted_joiner (gunichar c, gunichar before, gunichar after)
{
  return (c == 0x200c || c == 0x200d) && before >= 0x80 && after >= 0x80 && !is_blank (after)
         && !is_dropped (after);
}

/* Drops and replaces characters one by one; blanks become one space. */
static char *
clean_characters (const char *name)
{
  g_autoptr (GString) clean = g_string_new (NULL);
  gunichar before = 0;

  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      gunichar after = g_utf8_get_char (g_utf8_next_char (at));

      if (is_blank (c))
        {
          if (is_blank (before))
            continue;
          c = c == 0x3000 ? c : ' ';
        }
      else if (is_dropped (c) && !is_wanted_joiner (c, before, after))
        continue;
      else if (c < 0x80 && strchr ("<>:\"|?*/\\", (int) c) != NULL)
        c = '_';

      g_string_append_unichar (clean, c);
      before = c;
    }

  return g_string_free (g_steal_pointer (&clean), FALSE);
}

/* Dots, blanks and lone joiners at the ends: hidden files, and names that some systems cut. */
static void
trim_ends (GString *name)
{
  gsize start = 0;

  while (name->len > 0)
    {
      const char *last = g_utf8_prev_char (name->str + name->len);
      gunichar c = g_utf8_get_char (last);

      if (c != '.' && !is_blank (c) && !is_dropped (c))
        break;
      g_string_truncate (name, (gsize) (last - name->str));
    }

  while (start < name->len)
    {
      gunichar c = g_utf8_get_char (name->str + start);

      if (c != '.' && !is_blank (c) && !is_dropped (c))
        break;
      start = (gsize) (g_utf8_next_char (name->str + start) - name->str);
    }

  g_string_erase (name, 0, (gssize) start);
}

/* Where the extension starts, its dot included; the end of the name where there is none. */
static gsize
find_extension (GString *name)
{
  const char *dot = strrchr (name->str, '.');
  gsize at;

  if (dot == NULL || dot == name->str)
    return name->len;

  at = (gsize) (dot - name->str);
  if (at > 4 && g_ascii_strncasecmp (dot - 4, ".tar", 4) == 0)
    at -= 4;

  return name->len - at > MOST_EXTENSION_BYTES ? name->len : at;
}

static void
shorten (GString *name)
{
  g_autofree char *extension = NULL;
  gsize cut;

  if (name->len <= MOST_BYTES)
    return;

  extension = g_strdup (name->str + find_extension (name));
  cut = MOST_BYTES - strlen (extension);
  while ((name->str[cut] & 0xc0) == 0x80)
    cut--;

  g_string_truncate (name, cut);
  trim_ends (name);
  g_string_append (name, extension);
}

static gboolean
is_reserved (const char *name)
{
  g_autofree char *stem = g_strndup (name, strcspn (name, "."));
  g_autofree char *lower = g_ascii_strdown (g_strchomp (stem), -1);

  return g_strv_contains (reserved, lower);
}

/* A safe name, or %NULL where nothing is left of it. */
static char *
make_safe (const char *name)
{
  g_autofree char *last = take_last_part (name);
  g_autofree char *valid = g_utf8_make_valid (last, -1);
  g_autofree char *clean = clean_characters (valid);
  /* Last, for what was dropped may have kept two characters apart that belong together. */
  g_autofree char *composed = g_utf8_normalize (clean, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  g_autoptr (GString) safe = g_string_new (composed);

  trim_ends (safe);
  if (safe->len == 0)
    return NULL;

  /* A leading dash is taken for an option by the programs the file is opened with. */
  if (safe->str[0] == '-')
    safe->str[0] = '_';
  if (is_reserved (safe->str))
    g_string_prepend_c (safe, '_');
  shorten (safe);

  return g_string_free (g_steal_pointer (&safe), FALSE);
}

/**
 * wt_file_name_make_safe:
 * @name: (nullable): a file name as a peer wrote it: any bytes
 * @fallback: (nullable): the name where nothing is left of @name; made safe too
 *
 * Makes a name that can only mean a plain, visible file in the folder it is put in: the last part of a
 * path, without control, bidirectional and invisible characters, none of the names that are reserved on
 * any system, not hidden, and within 255 bytes of UTF-8 with its extension kept. Making it safe again
 * changes nothing. It may exist already: that is for the caller to see to.
 *
 * Returns: (transfer full): the name, never empty, valid UTF-8 and composed (NFC)
 */
char *
wt_file_name_make_safe (const char *name, const char *fallback)
{
  g_autofree char *safe = name != NULL ? make_safe (name) : NULL;

  if (safe == NULL && fallback != NULL)
    safe = make_safe (fallback);

  return safe != NULL ? g_steal_pointer (&safe) : g_strdup (LAST_RESORT);
}
