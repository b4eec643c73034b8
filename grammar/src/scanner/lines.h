#ifndef PMTA_SCANNER_LINES_H_
#define PMTA_SCANNER_LINES_H_

// What a line is: directive, assignment, opening of a block, comment …

#include "values.h"

// The line behind its first word.
typedef struct {
  unsigned words;         // words that follow
  unsigned name_words;    // words before a "=" that makes the line an assignment
  bool brace;             // the last word is "{"
  bool closing_brace;     // the last word is "}"
  unsigned lone_braces;   // words that are "{" or "}"
  bool inline_block;      // "{ … }" ends the line
  int32_t second;         // the character behind the first blanks
  bool second_is_number;
  bool has_tag;
  bool has_pattern;
  bool unclosed_string;
} LineRest;

static void read_line_rest(TSLexer *lexer, LineRest *rest, bool first_is_plain, bool entities) {
  memset(rest, 0, sizeof(*rest));
  bool plain = first_is_plain; // all words so far are letters, digits and hyphens
  bool open_brace = false;
  bool first_in_brace = false;
  bool block_content = false;
  for (;;) {
    bool behind_blank = is_blank(lexer->lookahead);
    advance_blanks(lexer);
    if (at_line_rest(lexer)) break;
    int32_t first = lexer->lookahead;
    unsigned length = 0;
    bool digits = true;
    bool key = true;
    rest->words++;
    if (first_in_brace) {
      block_content = is_alphanumeric(first) || first == '}';
      first_in_brace = false;
    }
    if (behind_blank && first == '/') rest->has_pattern = true;
    while (!is_blank(lexer->lookahead) && !at_line_rest(lexer)) {
      int32_t c = lexer->lookahead;
      digits = digits && is_digit(c);
      key = key && is_key_char(c);
      length++;
      advance(lexer);
      if (c == '"') {
        while (lexer->lookahead != '"') {
          if (at_end_of_line(lexer)) {
            rest->unclosed_string = true;
            return;
          }
          c = lexer->lookahead;
          advance(lexer);
          if (c == '\\' && !at_end_of_line(lexer)) advance(lexer);
        }
        advance(lexer);
      } else if (c == '<') {
        c = lexer->lookahead;
        if (c == '/' || c == '!' || (length == 1 && behind_blank && is_letter(c))) {
          // What follows may be another item: the line is no block.
          rest->has_tag = true;
          return;
        }
      } else if (c == '&' && entities && lexer->lookahead == 'l') {
        rest->has_tag = true;
        return;
      }
    }
    bool lone = behind_blank && length == 1;
    if (rest->words == 1) {
      rest->second_is_number = digits;
      rest->second = first;
    }
    if (rest->name_words == 0 && first == '=' &&
        (rest->words == 1 || (length == 1 && plain && rest->words <= 3))) {
      rest->name_words = rest->words;
    }
    plain = plain && key;
    rest->brace = lone && first == '{';
    if (rest->brace && !open_brace) {
      open_brace = true;
      first_in_brace = true;
    }
    rest->closing_brace = lone && first == '}';
    if (rest->brace || rest->closing_brace) rest->lone_braces++;
  }
  rest->inline_block = open_brace && rest->closing_brace && rest->lone_braces == 2 && block_content;
}

// Behind the last character of a line that opens an indented section: true if the
// next line that has text is indented deeper.
static bool is_next_line_deeper(TSLexer *lexer, unsigned indent) {
  advance_line(lexer);
  for (unsigned line = 0; line < MAX_LOOK_LINES; line++) {
    if (at_end_of_file(lexer)) return false;
    advance_newline(lexer);
    unsigned column = 0;
    while (is_blank(lexer->lookahead)) {
      column = next_column(column, lexer->lookahead);
      advance(lexer);
    }
    if (!at_line_rest(lexer)) return column > indent;
    advance_line(lexer);
  }
  return false;
}

static bool opens_indented_section(const Name *name) {
  static const char *const NAMES[] = {
    "domain", "virtual-mta", "virtual-mta-pool", "vmta", "pool", "route",
    "bounce-processor", "feedback-loop", "feedback-loop-processor", "log-bounce",
  };
  for (unsigned i = 0; i < sizeof(NAMES) / sizeof(NAMES[0]); i++) {
    if (name_is(name, NAMES[i])) return true;
  }
  return false;
}

// A section name, a block keyword or the name of an open unknown block: a line
// that begins with it may end open sections.
static bool may_end_sections(const Scanner *scanner, const Name *name, uint8_t id) {
  if (id != UNKNOWN_SECTION) return true;
  if (name_is(name, "end") || name_is(name, "listener") || name_is(name, "smtp-service")) return true;
  for (unsigned i = 0; i < scanner->depth; i++) {
    if (is_section_of(&scanner->sections[i], id, name)) return true;
  }
  return false;
}

static bool is_path_directive(const Name *name) {
  return name_is(name, "include") ||
         (name->length > 5 && memcmp(name->text + name->length - 5, "-file", 5) == 0);
}

static bool is_domain_macro(const Name *name) {
  static const char TEXT_OF_NAME[] = "domain-macro";
  if (name->length != sizeof(TEXT_OF_NAME) - 1) return false;
  for (unsigned i = 0; i < name->length; i++) {
    char c = name->text[i] == '_' ? '-' : name->text[i];
    if (c != TEXT_OF_NAME[i]) return false;
  }
  return true;
}

// Ends the innermost section, one token each; `count` of them are due.
static enum Token end_section(Scanner *scanner, unsigned count) {
  scanner->depth--;
  scanner->pending = (uint8_t)(count - 1);
  return SECTION_END;
}

// The answer to a first look at what may end open sections: an end for each of
// them, or the word that there are none. The look has passed the place where the
// item's first token ends, so that token has to wait for the next call.
static enum Token end_sections_or_go_on(Scanner *scanner, unsigned count) {
  enter_item(scanner);
  if (count > 0) return end_section(scanner, count);
  set_flag(scanner, IS_CHECKED);
  return CHECKED;
}

// From behind "<!--": to "-->" if that is near, else to the end of the line.
static enum Token read_xml_comment(TSLexer *lexer, bool one_line) {
  Trim trim = {true, false};
  unsigned lines = 0;
  unsigned dashes = 0;
  for (unsigned count = 0; count < MAX_LOOK_CHARS; count++) {
    int32_t c = lexer->lookahead;
    if (at_end_of_file(lexer)) break;
    if (is_newline(c)) {
      trim_before(&trim, lexer);
      trim.fixed = true;
      if (one_line || ++lines == MAX_LOOK_LINES) return XML_COMMENT;
    }
    if (c == '>' && dashes >= 2) {
      advance(lexer);
      mark(lexer);
      return XML_COMMENT;
    }
    dashes = c == '-' ? dashes + 1 : 0;
    trim_advance(&trim, lexer);
  }
  if (!trim.fixed) {
    // A line longer than the look ahead.
    while (!at_end_of_line(lexer)) trim_advance(&trim, lexer);
    trim_before(&trim, lexer);
  }
  return XML_COMMENT;
}

// To the end of the line, a comment, an end tag or an XML comment.
static enum Token read_opaque(Scanner *scanner, TSLexer *lexer, bool behind_text) {
  Trim trim = {behind_text, false};
  bool behind_blank = false;
  bool in_quotes = false;
  enter_item(scanner);
  while (!at_end_of_line(lexer)) {
    int32_t c = lexer->lookahead;
    if (c == '#' && !trim.fixed) {
      trim_before(&trim, lexer);
      if (!in_quotes) return OPAQUE;
      trim.fixed = true;
    }
    if (c == '"') {
      // A quote with a partner protects the "#" between them.
      if (in_quotes) trim.fixed = false;
      in_quotes = !in_quotes;
    }
    if (c == '<' && behind_blank && !in_quotes) {
      advance(lexer);
      c = lexer->lookahead;
      if (c == '/') {
        advance(lexer);
        if (is_letter(lexer->lookahead)) return OPAQUE;
      } else if (c == '!') {
        advance(lexer);
        if (lexer->lookahead == '-') return OPAQUE;
      }
      trim.behind_text = true;
      behind_blank = false;
      continue;
    }
    behind_blank = is_blank(c);
    trim_advance(&trim, lexer);
  }
  trim_before(&trim, lexer);
  return OPAQUE;
}

// From behind the two characters that open a marker: the line is one if nothing
// but a comment follows its end.
static enum Token read_template(Scanner *scanner, TSLexer *lexer, const char *close, bool close_optional) {
  Trim trim = {true, false};
  enter_item(scanner);
  while (!at_end_of_line(lexer)) {
    int32_t c = lexer->lookahead;
    if (c == close[0]) {
      trim_advance(&trim, lexer);
      if (lexer->lookahead != close[1]) continue;
      advance(lexer);
      mark(lexer);
      advance_blanks(lexer);
      return at_line_rest(lexer) ? TEMPLATE_MARKER : read_opaque(scanner, lexer, false);
    }
    if (c == '#' && !close_optional) {
      trim_before(&trim, lexer);
      trim.fixed = true;
    }
    trim_advance(&trim, lexer);
  }
  trim_before(&trim, lexer);
  return close_optional ? TEMPLATE_MARKER : OPAQUE;
}

// A line that begins with a word. `name` holds what has been read of it.
static enum Token read_word_line(Scanner *scanner, TSLexer *lexer, Name *name, bool line_start, unsigned column) {
  bool checked = has_flag(scanner, IS_CHECKED) || scanner->depth == 0;
  bool plain = true;
  for (unsigned i = 0; i < name->length; i++) plain = plain && is_key_char(name->text[i]);
  for (;;) {
    int32_t c = lexer->lookahead;
    if (is_blank(c) || c == '"' || c == '<' || at_line_rest(lexer)) break;
    if (c == '=' && name->length > 0) {
      mark(lexer);
      scanner->mode = IN_ASSIGNMENT;
      clear_flag(scanner, IS_CHECKED | AFTER_VALUE);
      return ASSIGNMENT_WORD;
    }
    if (c == ';') {
      mark(lexer);
      advance(lexer);
      if (is_blank(lexer->lookahead) || at_line_rest(lexer)) {
        enter_value(scanner);
        return DIRECTIVE_NAME;
      }
    } else {
      advance(lexer);
    }
    plain = plain && is_key_char(c);
    push_char(name, c);
  }
  uint8_t id = scanner->depth > 0 ? find_section(name) : UNKNOWN_SECTION;
  bool first_look = !checked && may_end_sections(scanner, name, id);
  if (!first_look) mark(lexer);
  LineRest rest;
  read_line_rest(lexer, &rest, plain, is_entity_tag(scanner));

  bool has_room = scanner->depth < MAX_DEPTH;
  bool is_block = (rest.brace || rest.inline_block) && !rest.has_tag && !rest.unclosed_string &&
                  !(rest.has_pattern && holds_regexes(scanner));
  bool is_assignment = !is_block && rest.name_words > 0;
  bool one_word = rest.words == 1 && !rest.closing_brace && !rest.has_tag && !is_block && !is_assignment;
  bool is_keyword = (one_word && name_is(name, "listener")) ||
                    (one_word && rest.second_is_number && !holds_service(scanner) && name_is(name, "smtp-service"));
  bool is_end = (rest.words == 0 || (one_word && is_letter(rest.second))) && name_is(name, "end");

  if ((is_block || is_keyword) && first_look) {
    Opening opening = {id, name, is_block && rest.words == 1};
    unsigned count = sections_closed_by(scanner, &opening);
    if (count > 0 || has_room) return end_sections_or_go_on(scanner, count);
  }
  int keyword = is_end ? innermost_of_kind(scanner, KEYWORD_SECTION) : -1;
  if (first_look) return end_sections_or_go_on(scanner, keyword < 0 ? 0 : scanner->depth - 1 - (unsigned)keyword);

  clear_flag(scanner, IS_CHECKED | AFTER_VALUE);
  if (is_block && has_room) {
    push_section(scanner, BRACE_SECTION, find_section(name), name);
    scanner->mode = IN_BRACE_OPEN;
    if (rest.inline_block) set_flag(scanner, INLINE_BRACE);
    return BRACE_NAME;
  }
  if (is_assignment) {
    scanner->mode = IN_ASSIGNMENT;
    return ASSIGNMENT_WORD;
  }
  if (is_end) {
    scanner->mode = AFTER_END;
    if (keyword < 0) return STRAY_KEYWORD_END;
    scanner->depth = (uint8_t)keyword;
    return KEYWORD_END;
  }
  if (is_keyword && has_room) {
    push_section(scanner, KEYWORD_SECTION, find_section(name), name);
    scanner->mode = IN_BLOCK_OPEN;
    return KEYWORD_NAME;
  }
  if (line_start && scanner->depth == 0 && opens_indented_section(name) && is_next_line_deeper(lexer, column)) {
    push_section(scanner, INDENTED_SECTION, find_section(name), name);
    scanner->indent = (uint8_t)(column > 255 ? 255 : column);
    scanner->mode = IN_BLOCK_OPEN;
    return INDENTED_NAME;
  }
  enter_value(scanner);
  if (is_domain_macro(name)) set_flag(scanner, MACRO_LIST);
  if (is_path_directive(name)) set_flag(scanner, PATH_VALUE);
  return DIRECTIVE_NAME;
}

#endif
