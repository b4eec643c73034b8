/**
 * @file PowerMTA configuration files
 * @license MIT OR Apache-2.0
 *
 * Every byte string is in the language: there is no ERROR and no MISSING node.
 * All tokens come from src/scanner.c, which decides what each line is, holds the
 * open sections and ends them. The rules below only give its tokens a shape.
 *
 * | node             | what                                    | fields                       |
 * |------------------|-----------------------------------------|------------------------------|
 * | comment          | `# text`                                |                              |
 * | xml_comment      | `<!-- text -->`, `!-- text -->`         |                              |
 * | semicolon_comment| `; text` on a line of its own           |                              |
 * | section          | `<tag …>` … `</tag>`                    | open: start_tag, close: end_tag (absent when implied) |
 * | start_tag        | `<name argument>`                       | name: tag_name, argument     |
 * | end_tag          | `</name>`                               | name: tag_name, argument (text after the name) |
 * | stray_end_tag    | an end tag that closes nothing          | name: tag_name, argument     |
 * | empty_tag        | `<name argument />`                     | name: tag_name, argument     |
 * | element          | `<name>value</name>` on one line        | name: tag_name, value, close: end_tag |
 * | brace_section    | `name argument {` … `}`                 | open: brace_open (name, argument), close: brace_close |
 * | stray_brace      | `}` that closes nothing                 |                              |
 * | keyword_section  | `listener NAME` … `end`                 | open: keyword_open (name, argument), close: keyword_close (argument) |
 * | stray_end        | `end`, `end WORD` that close nothing    | argument: text               |
 * | indented_section | `domain NAME` and deeper indented lines | open: indented_open (name, argument) |
 * | directive        | `name value`                            | name, value                  |
 * | rule             | `/pattern/ value`                       | pattern: regex or unclosed_regex, flags: regex_flags, value |
 * | assignment       | `name = value`, `two words = value`     | name, operator, value        |
 * | template_marker  | a line that is `{% … %}`, `{{ … }}`, `<? … ?>`, `<% … %>` |            |
 * | opaque           | any other line                          |                              |
 *
 * The body items of a section are its children, after `open` and before `close`.
 * A value holds words, strings and the other kinds of `_piece`, and the anonymous
 * "," ";" and "=". Pieces that touch (`$isp.$tld`) are neighbours without a blank.
 */

/// <reference types="tree-sitter-cli/dsl" />
// @ts-check

export default grammar({
  name: 'pmta',

  // Blanks and line ends are skipped by the scanner.
  extras: _ => [],

  // The order is that of `enum Token` in src/scanner/state.h.
  externals: $ => [
    $._blank,
    $._section_end,
    $._checked,
    $._literal,
    $._continued,
    $.comment,
    $._inner_comment,
    $.xml_comment,
    $.semicolon_comment,
    $.template_marker,
    $.opaque,
    $._section_bracket,
    $._empty_bracket,
    $._element_bracket,
    $._end_bracket,
    $._stray_end_bracket,
    $._closing_bracket,
    $._closing_empty_bracket,
    $.tag_name,
    $.text,
    $.attribute_name,
    $._attribute_equals,
    $._brace_name,
    $._opening_brace,
    $.brace_close,
    $.stray_brace,
    $._keyword_name,
    $._keyword_end,
    $._stray_keyword_end,
    $._end_word,
    $._indented_name,
    $._directive_name,
    $._assignment_word,
    $._assignment_equals,
    $._rule_regex,
    $._rule_unclosed_regex,
    $.regex,
    $.unclosed_regex,
    $._rule_flags,
    $.regex_flags,
    $.word,
    $.quoted_string,
    $.unclosed_string,
    $.boolean,
    $.number,
    $.rate,
    $.address,
    $.macro,
    $.parameter,
    $.bracket_list,
    $._comma,
    $._semicolon,
    $._equals,
    $.statement_end,
    $.line_continuation,
  ],

  rules: {
    source_file: $ => repeat($._item),

    _item: $ => choice(
      $._blank,
      $._checked,
      $.comment,
      $.xml_comment,
      $.semicolon_comment,
      $.template_marker,
      $.opaque,
      $.section,
      $.stray_end_tag,
      $.empty_tag,
      $.element,
      $.brace_section,
      $.stray_brace,
      $.keyword_section,
      $.stray_end,
      $.indented_section,
      $.directive,
      $.rule,
      $.assignment,
    ),

    // Tags

    section: $ => seq(
      field('open', $.start_tag),
      repeat($._item),
      choice(field('close', $.end_tag), $._section_end),
    ),

    start_tag: $ => seq(
      alias($._section_bracket, '<'),
      field('name', $.tag_name),
      optional(field('argument', $.argument)),
      optional(alias($._closing_bracket, '>')),
    ),

    end_tag: $ => seq(
      alias($._end_bracket, '</'),
      field('name', $.tag_name),
      optional(field('argument', $.argument)),
      optional(alias($._closing_bracket, '>')),
    ),

    stray_end_tag: $ => seq(
      alias($._stray_end_bracket, '</'),
      optional(field('name', $.tag_name)),
      optional(field('argument', $.argument)),
      optional(alias($._closing_bracket, '>')),
    ),

    empty_tag: $ => seq(
      alias($._empty_bracket, '<'),
      field('name', $.tag_name),
      optional(field('argument', $.argument)),
      optional(alias($._closing_empty_bracket, '/>')),
    ),

    element: $ => seq(
      alias($._element_bracket, '<'),
      field('name', $.tag_name),
      alias($._closing_bracket, '>'),
      optional(field('value', $.value)),
      field('close', $.end_tag),
    ),

    argument: $ => repeat1(choice(
      $.text,
      $.quoted_string,
      $.macro,
      $.attribute,
      alias($._comma, ','),
      $._literal,
    )),

    attribute: $ => seq(
      field('name', $.attribute_name),
      alias($._attribute_equals, '='),
      field('value', choice($.quoted_string, $.text, $.macro)),
    ),

    // Blocks without tags

    brace_section: $ => seq(
      field('open', $.brace_open),
      repeat($._item),
      choice(field('close', $.brace_close), $._section_end),
    ),

    brace_open: $ => seq(
      optional(seq(
        field('name', alias($._brace_name, $.name)),
        optional(field('argument', $.argument)),
      )),
      alias($._opening_brace, '{'),
    ),

    keyword_section: $ => seq(
      field('open', $.keyword_open),
      repeat($._item),
      choice(field('close', $.keyword_close), $._section_end),
    ),

    keyword_open: $ => seq(
      field('name', alias($._keyword_name, $.name)),
      field('argument', $.argument),
    ),

    keyword_close: $ => seq(
      $._keyword_end,
      optional(field('argument', alias($._end_word, $.text))),
    ),

    stray_end: $ => seq(
      $._stray_keyword_end,
      optional(field('argument', alias($._end_word, $.text))),
    ),

    indented_section: $ => seq(
      field('open', $.indented_open),
      repeat($._item),
      $._section_end,
    ),

    indented_open: $ => seq(
      field('name', alias($._indented_name, $.name)),
      optional(field('argument', $.argument)),
    ),

    // Lines

    directive: $ => seq(
      field('name', alias($._directive_name, $.name)),
      optional(field('value', $.value)),
    ),

    rule: $ => seq(
      field('pattern', choice(
        alias($._rule_regex, $.regex),
        alias($._rule_unclosed_regex, $.unclosed_regex),
      )),
      optional(field('flags', alias($._rule_flags, $.regex_flags))),
      optional(field('value', $.value)),
    ),

    assignment: $ => seq(
      field('name', alias($._assignment_name, $.name)),
      field('operator', alias($._assignment_equals, '=')),
      optional(field('value', $.value)),
    ),

    _assignment_name: $ => repeat1($._assignment_word),

    value: $ => repeat1($._piece),

    _piece: $ => choice(
      $.word,
      $.quoted_string,
      $.unclosed_string,
      $.regex,
      $.unclosed_regex,
      $.regex_flags,
      $.boolean,
      $.number,
      $.rate,
      $.address,
      $.macro,
      $.parameter,
      $.bracket_list,
      alias($._comma, ','),
      alias($._semicolon, ';'),
      alias($._equals, '='),
      $.statement_end,
      $.line_continuation,
      alias($._inner_comment, $.comment),
      $._literal,
      $._continued,
    ),
  },
});
