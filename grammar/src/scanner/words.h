#ifndef PMTA_SCANNER_WORDS_H_
#define PMTA_SCANNER_WORDS_H_

// The kind of a word that stands alone: yes, 10m, 100/h, 10.1/16 …

#include "chars.h"

#define MAX_WORD 64

typedef struct {
  unsigned length; // may exceed MAX_WORD: then the text is cut
  bool is_key;
  char text[MAX_WORD + 1];
} Word;

static inline void push_word(Word *word, int32_t c) {
  if (word->length < MAX_WORD) word->text[word->length] = is_non_ascii(c) ? '\x7f' : (char)c;
  word->length++;
  word->is_key = word->is_key && is_key_char(c);
}

static bool equals_ignoring_case(const char *text, unsigned length, const char *lower) {
  if (strlen(lower) != length) return false;
  for (unsigned i = 0; i < length; i++) {
    char c = text[i];
    if (c >= 'A' && c <= 'Z') c = (char)(c - 'A' + 'a');
    if (c != lower[i]) return false;
  }
  return true;
}

static inline unsigned count_digits(const char *text) {
  unsigned count = 0;
  while (is_digit(text[count])) count++;
  return count;
}

static inline unsigned count_letters(const char *text) {
  unsigned count = 0;
  while (is_letter(text[count])) count++;
  return count;
}

static bool is_unit(const char *text, unsigned length) {
  static const char *const UNITS[] = {
    "b",   "k",    "m",   "g",    "t",    "kb",    "mb",  "gb",   "tb",   "w",      "d",       "h",      "s",      "ms",
    "sec", "secs", "min", "mins", "hr",   "hrs",   "day", "days", "hour", "hours",  "week",    "weeks",  "second", "seconds",
    "minute", "minutes",
  };
  for (unsigned i = 0; i < sizeof(UNITS) / sizeof(UNITS[0]); i++) {
    if (equals_ignoring_case(text, length, UNITS[i])) return true;
  }
  return false;
}

// 10, 50M, 1w2d12h
static bool is_number(const char *text) {
  if (!is_digit(*text)) return false;
  while (*text != 0) {
    unsigned digits = count_digits(text);
    if (digits == 0) return false;
    text += digits;
    unsigned letters = count_letters(text);
    if (letters > 0 && !is_unit(text, letters)) return false;
    if (letters == 0) return *text == 0;
    text += letters;
  }
  return true;
}

// 100/h, 83/10m, 10g/2h
static bool is_rate(const char *text) {
  unsigned digits = count_digits(text);
  if (digits == 0) return false;
  text += digits;
  unsigned letters = count_letters(text);
  if (letters > 2) return false;
  text += letters;
  if (*text++ != '/') return false;
  text += count_digits(text);
  letters = count_letters(text);
  return letters > 0 && text[letters] == 0;
}

// The end of ":25", or of nothing.
static bool is_port_or_end(const char *text) {
  if (*text == 0) return true;
  if (*text++ != ':') return false;
  unsigned digits = count_digits(text);
  return digits > 0 && digits <= 5 && text[digits] == 0;
}

// 192.0.2.1, 192.0.2.0/24, 10/8; `rest` is what follows.
static bool is_ipv4(const char *text, const char **rest) {
  unsigned groups = 0;
  for (;;) {
    unsigned digits = count_digits(text);
    if (digits == 0 || digits > 3) return false;
    text += digits;
    groups++;
    if (*text != '.' || groups == 4) break;
    text++;
  }
  if (*text == '/') {
    unsigned digits = count_digits(text + 1);
    if (digits == 0 || digits > 3) return false;
    *rest = text + 1 + digits;
    return true;
  }
  *rest = text;
  return groups == 4;
}

static bool is_ipv6(const char *text, const char **rest) {
  unsigned colons = 0;
  bool gap = false;
  while (is_hex_digit(*text) || *text == ':' || *text == '.') {
    if (*text == ':') {
      colons++;
      if (text[1] == ':') gap = true;
    }
    text++;
  }
  if (!gap && colons != 7) return false;
  if (*text == '/') {
    unsigned digits = count_digits(text + 1);
    if (digits == 0 || digits > 3) return false;
    text += 1 + digits;
  }
  *rest = text;
  return true;
}

static bool is_address(const char *text) {
  const char *rest = NULL;
  if (*text == '[') {
    text++;
    if (equals_ignoring_case(text, 5 <= strlen(text) ? 5 : 0, "ipv6:")) text += 5;
    if (!is_ipv4(text, &rest) && !is_ipv6(text, &rest)) return false;
    return *rest == ']' && is_port_or_end(rest + 1);
  }
  if (is_ipv4(text, &rest)) return is_port_or_end(rest);
  return is_ipv6(text, &rest) && *rest == 0;
}

static enum Token classify_word(Word *word) {
  if (word->length > MAX_WORD) return WORD;
  char *text = word->text;
  text[word->length] = 0;
  // A NUL byte in the text ends the string early.
  if (memchr(text, 0, word->length) != NULL) return WORD;
  char first = text[0];
  if (is_digit(first)) {
    if (is_number(text)) return NUMBER;
    if (is_rate(text)) return RATE;
    return is_address(text) ? ADDRESS : WORD;
  }
  if (word->is_key && (word->length == 2 || word->length == 3 || word->length == 4 || word->length == 5)) {
    if (equals_ignoring_case(text, word->length, "yes") || equals_ignoring_case(text, word->length, "no") ||
        equals_ignoring_case(text, word->length, "true") || equals_ignoring_case(text, word->length, "false")) {
      return BOOLEAN;
    }
  }
  if (first == '[' || first == ':' || is_hex_digit(first)) return is_address(text) ? ADDRESS : WORD;
  return WORD;
}

#endif
