#ifndef PMTA_SCANNER_VALUES_H_
#define PMTA_SCANNER_VALUES_H_

// The tokens of values and arguments.

#include "tags.h"
#include "words.h"

// How far ahead the end of a comment, a list or a block is looked for.
#define MAX_LOOK_LINES 100
#define MAX_LOOK_CHARS 4096
#define MAX_LIST_CHARS 1024

// The end of what a value may use of its line.
static inline bool at_value_end(const Scanner *scanner, TSLexer *lexer) {
  return (lexer->lookahead == '<' && has_flag(scanner, IN_ELEMENT)) || at_end_of_line(lexer);
}

static inline void after_text(Scanner *scanner) {
  clear_flag(scanner, AFTER_COMMA | AFTER_REGEX | IN_RULE);
  set_flag(scanner, AFTER_TEXT);
}

static inline void after_separator(Scanner *scanner, bool comma) {
  clear_flag(scanner, AFTER_TEXT | AFTER_COMMA | AFTER_REGEX | IN_RULE);
  if (comma) set_flag(scanner, AFTER_COMMA);
}

// Keeps the end of the token behind the last character that is no blank.
typedef struct {
  bool behind_text;
  bool fixed;
} Trim;

static inline void trim_before(Trim *trim, TSLexer *lexer) {
  if (trim->behind_text && !trim->fixed) mark(lexer);
  trim->behind_text = false;
}

static inline void trim_advance(Trim *trim, TSLexer *lexer) {
  if (is_blank(lexer->lookahead)) trim_before(trim, lexer);
  else trim->behind_text = true;
  advance(lexer);
}

// From the opening quote. True if the string is closed on the line; if not, the
// token ends at the end of the line or at "#".
static bool read_string(const Scanner *scanner, TSLexer *lexer) {
  Trim trim = {true, false};
  advance(lexer);
  while (!at_value_end(scanner, lexer)) {
    int32_t c = lexer->lookahead;
    if (c == '"') {
      advance(lexer);
      mark(lexer);
      return true;
    }
    if (c == '#') {
      trim_before(&trim, lexer);
      trim.fixed = true;
    }
    trim_advance(&trim, lexer);
    if (c == '\\' && !at_value_end(scanner, lexer)) trim_advance(&trim, lexer);
  }
  trim_before(&trim, lexer);
  return false;
}

// From "/", where a pattern must stand. True if it is closed before "#".
static bool read_regex(const Scanner *scanner, TSLexer *lexer) {
  Trim trim = {true, false};
  advance(lexer);
  while (lexer->lookahead != '#' && !at_value_end(scanner, lexer)) {
    int32_t c = lexer->lookahead;
    if (c == '/') {
      advance(lexer);
      mark(lexer);
      return true;
    }
    trim_advance(&trim, lexer);
    if (c == '\\' && lexer->lookahead != '#' && !at_value_end(scanner, lexer)) trim_advance(&trim, lexer);
  }
  trim_before(&trim, lexer);
  return false;
}

static inline bool is_word_end(const Scanner *scanner, TSLexer *lexer) {
  int32_t c = lexer->lookahead;
  if (is_alphanumeric(c)) return false;
  return is_blank(c) || c == ',' || c == '"' || c == ';' || c == '=' || at_line_rest(lexer) ||
         at_value_end(scanner, lexer) || (c == '&' && is_entity_tag(scanner));
}

// From "$" or "<" inside a word: true if a macro, an end tag or a comment stands
// there, and the word ends before it.
static bool word_ends_at_sign(TSLexer *lexer, Word *word) {
  int32_t sign = lexer->lookahead;
  mark(lexer);
  advance(lexer);
  push_word(word, sign);
  if (sign == '$') return is_macro_char(lexer->lookahead);
  if (lexer->lookahead == '/') {
    advance(lexer);
    push_word(word, '/');
    return is_letter(lexer->lookahead);
  }
  if (lexer->lookahead == '!') {
    advance(lexer);
    push_word(word, '!');
    if (lexer->lookahead != '-') return false;
    advance(lexer);
    push_word(word, '-');
    return lexer->lookahead == '-';
  }
  return false;
}

// The rest of a word of which `word` has been read. `alone` is false when the
// word touches the token before it.
static enum Token read_word(Scanner *scanner, TSLexer *lexer, Word *word, bool alone) {
  after_text(scanner);
  for (;;) {
    int32_t c = lexer->lookahead;
    if (c == '$' || c == '<') {
      if (at_value_end(scanner, lexer)) {
        mark(lexer);
        break;
      }
      if (word_ends_at_sign(lexer, word)) return WORD;
      continue;
    }
    if (c == '=' && word->is_key && word->length > 0 && alone) {
      advance(lexer);
      mark(lexer);
      after_separator(scanner, false);
      return PARAMETER;
    }
    if (is_word_end(scanner, lexer)) {
      mark(lexer);
      break;
    }
    push_word(word, c);
    advance(lexer);
  }
  if (!alone || lexer->lookahead == '"' || lexer->lookahead == '=') return WORD;
  return classify_word(word);
}

static bool is_regex_sign(int32_t c) {
  static const char SIGNS[] = "^$*+?()[]\\|";
  return c > 0 && c < 0x80 && memchr(SIGNS, c, sizeof(SIGNS) - 1) != NULL;
}

// From "/" where a path is as likely as a pattern. A pattern is closed by its first
// unescaped slash, stands alone and holds what paths seldom do.
static enum Token read_path_or_regex(Scanner *scanner, TSLexer *lexer, Word *word) {
  bool in_word = true;
  bool unusual = false;
  push_word(word, '/');
  advance(lexer);
  while (lexer->lookahead != '#' && !at_value_end(scanner, lexer)) {
    int32_t c = lexer->lookahead;
    if (c == '/') {
      if (!unusual && in_word) return read_word(scanner, lexer, word, true);
      if (!unusual) break;
      advance(lexer);
      int32_t next = lexer->lookahead;
      if (is_blank(next) || next == ',' || at_line_rest(lexer)) {
        mark(lexer);
        after_text(scanner);
        set_flag(scanner, AFTER_REGEX);
        return REGEX;
      }
      if (!in_word) break;
      push_word(word, '/');
      if (!is_letter(next)) return read_word(scanner, lexer, word, true);
      mark(lexer);
      while (is_letter(lexer->lookahead)) {
        push_word(word, lexer->lookahead);
        advance(lexer);
      }
      next = lexer->lookahead;
      if (is_blank(next) || next == ',' || at_line_rest(lexer)) {
        after_text(scanner);
        set_flag(scanner, AFTER_REGEX);
        return REGEX;
      }
      return read_word(scanner, lexer, word, true);
    }
    if (is_blank(c) || is_regex_sign(c)) unusual = true;
    if (in_word && (c == '$' || c == '<')) {
      if (word_ends_at_sign(lexer, word)) in_word = false;
      continue;
    }
    if (in_word && is_word_end(scanner, lexer)) {
      mark(lexer);
      in_word = false;
    }
    if (in_word) push_word(word, c);
    advance(lexer);
    if (c == '\\' && lexer->lookahead == '/') {
      if (in_word) push_word(word, '/');
      advance(lexer);
    }
  }
  if (in_word) return read_word(scanner, lexer, word, true);
  after_text(scanner);
  return WORD;
}

// From "[": a list if a "]" follows and a quote, comma or blank is between.
static enum Token read_bracket(Scanner *scanner, TSLexer *lexer, Word *word) {
  bool in_word = true;
  bool in_quotes = false;
  bool is_list = false;
  push_word(word, '[');
  advance(lexer);
  for (unsigned count = 0; count < MAX_LIST_CHARS && !at_value_end(scanner, lexer); count++) {
    int32_t c = lexer->lookahead;
    if (c == '#' && !in_quotes) break;
    if (c == '"') in_quotes = !in_quotes;
    if (c == '"' || c == ',' || is_blank(c)) is_list = true;
    if (c == ']' && !in_quotes) {
      if (is_list) {
        advance(lexer);
        mark(lexer);
        after_text(scanner);
        return BRACKET_LIST;
      }
      break;
    }
    if (in_word && (c == '$' || c == '<')) {
      if (word_ends_at_sign(lexer, word)) in_word = false;
      continue;
    }
    if (in_word && is_word_end(scanner, lexer)) {
      mark(lexer);
      in_word = false;
    }
    if (in_word) push_word(word, c);
    advance(lexer);
  }
  if (in_word) return read_word(scanner, lexer, word, true);
  after_text(scanner);
  return WORD;
}

// At a newline: true if the next line is a comma list, the rest of a domain-macro.
// Behind the bare name of the macro a single item must look like a name part.
static bool is_comma_list_next(TSLexer *lexer, bool after_name) {
  advance_newline(lexer);
  advance_blanks(lexer);
  int32_t c = lexer->lookahead;
  if (c == '<' || c == '/' || c == ';' || c == '}' || c == '&' || at_line_rest(lexer)) return false;
  bool has_comma = false;
  bool is_name_part = false;
  do {
    while (!is_blank(lexer->lookahead) && lexer->lookahead != ',' && !at_line_rest(lexer)) {
      c = lexer->lookahead;
      if (c == '"' || c == '=') return false;
      if (c == '.' || c == '$') is_name_part = true;
      advance(lexer);
    }
    advance_blanks(lexer);
    if (at_line_rest(lexer)) break;
    if (lexer->lookahead != ',') return false;
    has_comma = true;
    advance(lexer);
    advance_blanks(lexer);
  } while (!at_line_rest(lexer));
  return has_comma || !after_name || is_name_part;
}

// After "\" and blanks, at the end of the line: true if the value has a next line.
static bool has_next_value_line(TSLexer *lexer) {
  advance_newline(lexer);
  advance_blanks(lexer);
  int32_t c = lexer->lookahead;
  return c != '<' && c != '}' && !at_line_rest(lexer);
}

// After "}" inside a value: true if it ends the block that was opened on the line.
static bool is_last_brace(TSLexer *lexer) {
  advance_blanks(lexer);
  return at_line_rest(lexer);
}

static enum Token read_quoted(Scanner *scanner, TSLexer *lexer) {
  bool closed = read_string(scanner, lexer);
  after_text(scanner);
  return closed ? QUOTED_STRING : UNCLOSED_STRING;
}

// The next token of a value, at a character that is no blank and ends no line.
static enum Token read_piece(Scanner *scanner, TSLexer *lexer, bool behind_blank) {
  bool was_literal = has_flag(scanner, IS_LITERAL);
  bool alone = behind_blank || !has_flag(scanner, AFTER_TEXT);
  bool may_be_regex = behind_blank || has_flag(scanner, AFTER_COMMA);
  bool behind_regex = !behind_blank && has_flag(scanner, AFTER_REGEX);
  bool in_rule = has_flag(scanner, IN_RULE);
  clear_flag(scanner, IS_LITERAL);
  Word word;
  word.length = 0;
  word.is_key = true;
  int32_t c = lexer->lookahead;
  if (behind_regex && is_letter(c)) {
    while (is_letter(lexer->lookahead)) {
      push_word(&word, lexer->lookahead);
      advance(lexer);
    }
    if (is_blank(lexer->lookahead) || lexer->lookahead == ',' || at_line_rest(lexer)) {
      mark(lexer);
      after_text(scanner);
      return in_rule ? RULE_FLAGS : REGEX_FLAGS;
    }
    return read_word(scanner, lexer, &word, false);
  }
  if (was_literal) {
    push_word(&word, c);
    advance(lexer);
    return read_word(scanner, lexer, &word, false);
  }
  switch (c) {
    case '"':
      return read_quoted(scanner, lexer);
    case ',':
      advance(lexer);
      mark(lexer);
      after_separator(scanner, true);
      return COMMA;
    case '=':
      advance(lexer);
      mark(lexer);
      after_separator(scanner, false);
      return EQUALS;
    case ';':
      advance(lexer);
      mark(lexer);
      after_separator(scanner, false);
      advance_blanks(lexer);
      if (lexer->lookahead == '}' && has_flag(scanner, INLINE_BRACE)) {
        advance(lexer);
        if (is_last_brace(lexer)) return STATEMENT_END;
        return SEMICOLON;
      }
      return at_line_rest(lexer) || at_value_end(scanner, lexer) ? STATEMENT_END : SEMICOLON;
    case '/':
      if (!may_be_regex) break;
      if (holds_regexes(scanner) && !has_flag(scanner, PATH_VALUE)) {
        bool closed = read_regex(scanner, lexer);
        after_text(scanner);
        if (closed) set_flag(scanner, AFTER_REGEX);
        return closed ? REGEX : UNCLOSED_REGEX;
      }
      return read_path_or_regex(scanner, lexer, &word);
    case '[':
      if (alone) return read_bracket(scanner, lexer, &word);
      break;
    case '$':
      advance(lexer);
      if (is_macro_char(lexer->lookahead)) {
        while (is_macro_char(lexer->lookahead)) advance(lexer);
        mark(lexer);
        after_text(scanner);
        return MACRO;
      }
      push_word(&word, '$');
      break;
    case '\\':
      advance(lexer);
      push_word(&word, '\\');
      if (!behind_blank) break;
      mark(lexer);
      if (is_blank(lexer->lookahead) || at_end_of_line(lexer)) {
        advance_blanks(lexer);
        after_text(scanner);
        if (!at_end_of_line(lexer)) return WORD;
        if (has_next_value_line(lexer)) set_flag(scanner, LINE_CONTINUES);
        return LINE_CONTINUATION;
      }
      break;
    default:
      break;
  }
  return read_word(scanner, lexer, &word, alone);
}

// An argument piece, at a character that is no blank and ends neither tag nor line.
// In a tag ">" ends the text, elsewhere it belongs to it.
static enum Token read_argument_piece(Scanner *scanner, TSLexer *lexer, bool behind_blank, bool in_tag) {
  bool entities = in_tag && is_entity_tag(scanner);
  bool empty_tag = in_tag && scanner->tag == EMPTY_TAG;
  bool may_be_attribute = in_tag && (behind_blank || has_flag(scanner, AFTER_COMMA));
  clear_flag(scanner, AFTER_COMMA | IS_LITERAL);
  int32_t c = lexer->lookahead;
  if (c == ',') {
    advance(lexer);
    mark(lexer);
    set_flag(scanner, AFTER_COMMA);
    return COMMA;
  }
  bool ended = false; // the end of the text is settled
  if (c == '"') {
    advance(lexer);
    while (!at_end_of_line(lexer)) {
      c = lexer->lookahead;
      if (c == '"') {
        advance(lexer);
        mark(lexer);
        return QUOTED_STRING;
      }
      if (!ended && (is_blank(c) || c == '#' || c == ',' || (c == '>' && in_tag) || (c == '&' && entities))) {
        mark(lexer);
        ended = true;
      }
      advance(lexer);
      if (c == '\\' && !at_end_of_line(lexer)) advance(lexer);
    }
    if (!ended) mark(lexer);
    return TEXT;
  }
  if (c == '$') {
    advance(lexer);
    if (is_macro_char(lexer->lookahead)) {
      while (is_macro_char(lexer->lookahead)) advance(lexer);
      mark(lexer);
      return MACRO;
    }
  } else if (may_be_attribute && is_letter(c)) {
    while (is_key_char(lexer->lookahead)) advance(lexer);
    if (lexer->lookahead == '=') {
      mark(lexer);
      advance(lexer);
      c = lexer->lookahead;
      bool has_value = !is_blank(c) && c != '>' && c != ',' && c != '&' && c != '<' && !(c == '/' && empty_tag) &&
                       !at_line_rest(lexer);
      if (has_value) {
        scanner->mode = AT_ATTRIBUTE_EQUALS;
        return ATTRIBUTE_NAME;
      }
    }
  } else {
    // Whatever stands first belongs to the text, but for "/>".
    advance(lexer);
    if (c == '/' && empty_tag && lexer->lookahead == '>') {
      advance(lexer);
      mark(lexer);
      enter_item(scanner);
      return CLOSING_EMPTY_BRACKET;
    }
  }
  for (;;) {
    c = lexer->lookahead;
    if (is_blank(c) || c == ',' || c == '"' || (c == '>' && in_tag) || (c == '&' && entities) || at_line_rest(lexer)) break;
    if (c == '$') {
      mark(lexer);
      advance(lexer);
      if (is_macro_char(lexer->lookahead)) return TEXT;
      continue;
    }
    if (c == '/' && empty_tag) {
      mark(lexer);
      advance(lexer);
      if (lexer->lookahead == '>') return TEXT;
      continue;
    }
    advance(lexer);
  }
  mark(lexer);
  return TEXT;
}

#endif
