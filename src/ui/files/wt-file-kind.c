/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-file-kind.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "wt-file-name.h"
#include "wt-sniff.h"

#define TYPE_UNKNOWN "application/octet-stream"
#define TYPE_TEXT "text/plain"
#define TYPE_ZIP "application/zip"

typedef enum
{
  KIND_PROGRAM,
  KIND_STARTER,
  KIND_INSTALLER,
  KIND_SCRIPT,
  KIND_MACROS,
  KIND_PAGE,
} Kind;

/* What is said of each, and what follows. */
static const struct
{
  WtFileRisk risk;
  const char *words;
} kinds[] = {
  [KIND_PROGRAM] = { WT_FILE_RISK_NEVER, N_ ("a program") },
  [KIND_STARTER] = { WT_FILE_RISK_NEVER, N_ ("a shortcut that starts a program") },
  [KIND_INSTALLER] = { WT_FILE_RISK_WARN, N_ ("a package that installs programs") },
  [KIND_SCRIPT] = { WT_FILE_RISK_WARN, N_ ("a script") },
  [KIND_MACROS] = { WT_FILE_RISK_WARN, N_ ("a document that may contain programs (macros)") },
  [KIND_PAGE] = { WT_FILE_RISK_WARN, N_ ("a web page, which may contain programs") },
};

static const struct
{
  const char *mime_type;
  Kind kind;
} types[] = {
  { "application/x-executable", KIND_PROGRAM },
  { "application/vnd.microsoft.portable-executable", KIND_PROGRAM },
  { "application/x-desktop", KIND_STARTER },
  { "application/x-shellscript", KIND_SCRIPT },
  { "text/html", KIND_PAGE },
};

/* In lower case, the most usual first. */
static const struct
{
  const char *extensions;
  Kind kind;
} names[] = {
  { " exe appimage run jar elf com scr pif cpl msi msix msp dll so sys ocx bin out app apk xap bat "
    "cmd "
    "hta gadget jnlp ",
    KIND_PROGRAM },
  { " desktop lnk url webloc directory service scf inf reg library-ms settingcontent-ms ",
    KIND_STARTER },
  { " deb rpm flatpak flatpakref flatpakrepo snap dmg pkg appx appxbundle iso img vhd vhdx crx xpi "
    "ext ",
    KIND_INSTALLER },
  { " sh bash zsh fish csh ksh ash command py pyw pyc pyz pl pm rb php lua tcl awk js mjs jse vbs "
    "vbe vb "
    "ws wsf wsh wsc ps1 psm1 psd1 ps1xml applescript scpt r jl groovy kts ahk au3 ",
    KIND_SCRIPT },
  { " docm dotm xlsm xltm xlam xlsb pptm potm ppam ppsm sldm xll slk iqy one odb ", KIND_MACROS },
  { " html htm xhtml xht shtml mht mhtml xml-html svgz chm ", KIND_PAGE },
};

static const char *
get_extension (const char *name)
{
  const char *dot = strrchr (name, '.');

  return dot != NULL ? dot + 1 : "";
}

/* The worse of two. */
static int
choose (int found, Kind kind)
{
  return found < 0 || kinds[kind].risk > kinds[found].risk ? (int) kind : found;
}

/**
 * wt_file_kind_get_risk:
 * @name: (nullable): its name as a peer wrote it
 * @mime_type: (nullable): its type as sniffed
 * @words: (out) (nullable): what it is, as in "This is a program"; set where there is a risk
 *
 * Judges a file by what it is and by what it calls itself; the worse of both counts.
 *
 * Returns: what may be done with it
 */
WtFileRisk
wt_file_kind_get_risk (const char *name, const char *mime_type, const char **words)
{
  g_autofree char *safe = wt_file_name_make_safe (name, NULL);
  g_autofree char *lower = g_ascii_strdown (get_extension (safe), -1);
  g_autofree char *word = g_strdup_printf (" %s ", lower);
  int found = -1;

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_strcmp0 (mime_type, types[i].mime_type) == 0)
      found = choose (found, types[i].kind);
  for (guint i = 0; *lower != '\0' && strchr (lower, ' ') == NULL && i < G_N_ELEMENTS (names); i++)
    if (strstr (names[i].extensions, word) != NULL)
      found = choose (found, names[i].kind);

  *words = found >= 0 ? _ (kinds[found].words) : NULL;
  return found >= 0 ? kinds[found].risk : WT_FILE_RISK_NONE;
}

/**
 * wt_file_kind_guess_type:
 * @name: (nullable): a file's name
 * @mime_type: (nullable): its type, as sniffed or as a peer says
 *
 * Returns: (transfer full): the content type to show: by the name where that only makes @mime_type more exact
 */
char *
wt_file_kind_guess_type (const char *name, const char *mime_type)
{
  gboolean uncertain = TRUE;
  g_autofree char *guess = name != NULL ? g_content_type_guess (name, NULL, 0, &uncertain) : NULL;
  g_autofree char *type = mime_type != NULL ? g_content_type_from_mime_type (mime_type) : NULL;
  gboolean vague = type == NULL || g_str_equal (type, TYPE_UNKNOWN) || g_str_equal (type, TYPE_TEXT)
                   || g_str_equal (type, TYPE_ZIP);

  if (guess != NULL && vague && !g_content_type_is_unknown (guess)
      && (type == NULL || g_content_type_is_a (guess, type)))
    return g_steal_pointer (&guess);

  return type != NULL ? g_steal_pointer (&type) : g_strdup (TYPE_UNKNOWN);
}

static gboolean
is_sound_or_film (const char *type)
{
  return g_str_has_prefix (type, "audio/") || g_str_has_prefix (type, "video/");
}

/* Whether a program that goes by the name would take it for something else than it is. */
static gboolean
is_misnamed (const char *name, const char *mime_type)
{
  g_autofree char *guess = g_content_type_guess (name, NULL, 0, NULL);

  if (g_content_type_is_unknown (guess))
    return strrchr (name, '.') == NULL || !g_str_equal (mime_type, TYPE_TEXT);
  if (is_sound_or_film (mime_type))
    return !is_sound_or_film (guess);
  if (g_str_has_prefix (mime_type, "image/"))
    return !g_content_type_is_a (guess, mime_type);

  return g_str_equal (mime_type, "application/pdf") && !g_content_type_is_a (guess, mime_type);
}

/**
 * wt_file_kind_make_name:
 * @name: (nullable): a file's name as a peer wrote it
 * @mime_type: (nullable): its type as sniffed
 *
 * Returns: (transfer full): a safe name with an extension that fits
 */
char *
wt_file_kind_make_name (const char *name, const char *mime_type)
{
  /* Translators: the name of a file that came without one */
  g_autofree char *safe = wt_file_name_make_safe (name, _ ("file"));
  const char *extension = wt_sniff_get_extension (mime_type);
  g_autofree char *longer = NULL;

  if (mime_type == NULL || g_str_equal (extension, "bin") || !is_misnamed (safe, mime_type))
    return g_steal_pointer (&safe);

  longer = g_strdup_printf ("%s.%s", safe, extension);
  return wt_file_name_make_safe (longer, NULL);
}

/**
 * wt_file_kind_dup_words:
 * @media: a file
 *
 * Returns: (transfer full): what kind of file it is, in a few words
 */
char *
wt_file_kind_dup_words (const WtMedia *media)
{
  g_autofree char *type = wt_file_kind_guess_type (media->name, media->mime_type);

  if (g_content_type_is_unknown (type))
    return g_strdup (_ ("File"));
  return g_content_type_get_description (type);
}

/**
 * wt_file_kind_get_icon:
 * @media: a file
 *
 * Returns: (transfer full): the symbolic icon of its type
 */
GIcon *
wt_file_kind_get_icon (const WtMedia *media)
{
  g_autofree char *type = wt_file_kind_guess_type (media->name, media->mime_type);

  return g_content_type_get_symbolic_icon (type);
}
