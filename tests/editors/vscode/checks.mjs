// What a person sees in VS Code, one check for each thing. Each opens the file that it needs, so that one
// does not hang on another. Those that write have a file of their own, or put it back.
//
// The names are those of ../prove.py, which knows what each needs of the server.

import assert from 'node:assert/strict';
import { STARTING, until } from './workbench.mjs';

const CONFIG = 'pmta/config';
const INCLUDED = 'pmta/includes/virtual-mtas.conf';
const TYPING = 'pmta/typing.conf';
const FORMAT = 'pmta/format.conf';

/** The files that are made beside the deployment. */
export const FILES = {
  [TYPING]: '<domain example.com>\n    max-smtp-out 20\n</domain>\n\n',
  [FORMAT]: '<source 192.0.2.1>\n    smtp-service yes\n</source>\n\n<domain example.net>\nmax-smtp-out    20\n</domain>\n',
  'elsewhere/mail.ini': 'host-name mail.example.com\n',
  'pmta/damaged.conf': '<domain example.org>\n    max-smtp-outt 20\n</domain>\n',
};

export const checks = {
  /** The version of the server is in the status bar. */
  async status(workbench) {
    await workbench.show(CONFIG);
    await workbench.page.locator('.statusbar-item', { hasText: /pmta-ls \d+\.\d+/ }).waitFor({ timeout: STARTING });
  },

  /** The grammar colours a tag before the server says anything. */
  async colours(workbench) {
    await workbench.show(CONFIG);
    const tag = workbench.page.locator('.view-line span span', { hasText: /^virtual-mta|^domain|^pattern-list/ });
    const classes = await tag.first().getAttribute('class');
    assert.match(classes ?? '', /\bmtk(?!1\b)\d+/, 'a tag has the colour of plain text');
  },

  async diagnostics(workbench, pictures) {
    const { page } = workbench;
    await workbench.show(CONFIG);
    await workbench.goTo(CONFIG, 'max-conn 5');
    await page.locator('.cdr.squiggly-warning').first().waitFor();
    await page.keyboard.press('Control+Shift+M');
    await page.locator('.markers-panel .monaco-list-row', { hasText: 'max-conn' }).waitFor();
    await page.locator('.markers-panel .monaco-list-row', { hasText: 'virtual-mtas.conf' }).waitFor();
    await pictures.take('diagnostics', page);
    await page.keyboard.press('Control+J');
  },

  async completion(workbench, pictures) {
    const { page } = workbench;
    await afresh(workbench, TYPING);
    await workbench.goTo(TYPING, 'max-smtp-out 20');
    await page.keyboard.press('Enter');
    await page.keyboard.type('max-');
    await page.keyboard.press('Control+Space');
    const item = page.locator('.suggest-widget.visible .monaco-list-row', { hasText: 'max-msg-rate' });
    await item.first().waitFor();
    await pictures.take('completion', page, () => toggleDetails(page));
    await page.keyboard.press('Escape');
  },

  async hover(workbench, pictures) {
    const { page } = workbench;
    await workbench.show(CONFIG);
    const word = page.locator('.view-line span', { hasText: /^\s*retry-after/ }).last();
    await word.hover();
    const text = page.locator('.monaco-hover:not(.hidden)', { hasText: 'retry-after' });
    await text.first().waitFor();
    await pictures.take('hover', page);
    await page.keyboard.press('Escape');
    await page.mouse.move(5, 5);
  },

  async definition(workbench) {
    const { page } = workbench;
    await workbench.show(CONFIG);
    await workbench.goTo(CONFIG, 'virtual-mta=news', 2);
    await page.keyboard.press('F12');
    await page.waitForSelector('.tab.active[data-resource-name="virtual-mtas.conf"]');
    await until('the section', async () => (await workbench.text()).includes('<virtual-mta news>'));
    await page.locator('.statusbar-item', { hasText: 'Ln 6, Col 14' }).waitFor();
  },

  async code_action(workbench) {
    const { page } = workbench;
    const file = 'pmta/damaged.conf';
    await workbench.show(file);
    await workbench.goTo(file, 'max-smtp-outt', 2);
    await page.locator('.cdr.squiggly-warning, .cdr.squiggly-error').first().waitFor();
    await page.keyboard.press('Control+.');
    await page.locator('.action-widget .monaco-list-row', { hasText: 'max-smtp-out' }).first().waitFor();
    await page.keyboard.press('Enter');
    await workbench.saved(file, 'the name is repaired', (text) => text.includes('max-smtp-out 20'));
  },

  /** The names in a file, in the box that goes to one of them. */
  async outline(workbench) {
    const { page } = workbench;
    await workbench.show(CONFIG);
    await page.keyboard.press('Control+Shift+O');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: '/var/spool/pmta' }).waitFor();
    await page.keyboard.press('Escape');
  },

  /** The one place where a list is used: with several they would be listed. */
  async references(workbench) {
    const { page } = workbench;
    await workbench.show(CONFIG);
    await workbench.goTo(CONFIG, '<pattern-list by-sender', 2);
    await page.keyboard.press('Shift+F12');
    await page.locator('.statusbar-item', { hasText: 'Ln 16, Col 18' }).waitFor();
  },

  async rename(workbench) {
    const { page } = workbench;
    await workbench.show(INCLUDED);
    await workbench.goTo(INCLUDED, '<virtual-mta news', 1);
    await page.keyboard.press('F2');
    await page.locator('.rename-box input').waitFor();
    await page.locator('.rename-box input').fill('weekly');
    await page.keyboard.press('Enter');
    await workbench.saved(INCLUDED, 'the section has its new name', (text) => text.includes('<virtual-mta weekly>'));
    await workbench.show(CONFIG);
    await workbench.saved(CONFIG, 'the sender has it too', (text) => text.includes('virtual-mta=weekly'));
  },

  async format(workbench) {
    const { page } = workbench;
    await workbench.show(FORMAT);
    await page.locator('.view-line', { hasText: 'max-smtp-out' }).click();
    await page.keyboard.press('Control+Shift+I');
    const wanted = '\n<domain example.net>\n    max-smtp-out 20\n</domain>\n';
    await workbench.saved(FORMAT, 'the file is formatted', (text) => text.endsWith(wanted));
  },

  /** Enter indents inside a section. */
  async enter(workbench) {
    const { page } = workbench;
    await afresh(workbench, TYPING);
    await workbench.goTo(TYPING, '<domain example.com>');
    await page.keyboard.press('Enter');
    await page.keyboard.type('retry-after 10m');
    await page.keyboard.press('Escape');
    await workbench.saved(TYPING, 'the line is indented', (text) => text.includes('\n    retry-after 10m\n    max-smtp-out'));
  },

  async comment(workbench) {
    const { page } = workbench;
    await afresh(workbench, TYPING);
    await workbench.goTo(TYPING, 'max-smtp-out');
    await page.keyboard.press('Control+/');
    await workbench.saved(TYPING, 'the line is a comment', (text) => text.includes('    # max-smtp-out 20\n'));
    await workbench.goTo(TYPING, 'max-smtp-out');
    await page.keyboard.press('Control+/');
    await workbench.saved(TYPING, 'it is none any more', (text) => text === FILES[TYPING]);
  },

  /** A start tag gets its end as it is typed, and Enter makes room between the two. */
  async end_tag(workbench) {
    const { page } = workbench;
    await afresh(workbench, TYPING);
    await page.keyboard.press('Control+End');
    await typeTag(page, '<virtual-mta a>');
    await until('the end tag', async () => (await workbench.text()).includes('<virtual-mta a></virtual-mta>'));
    await page.keyboard.press('Enter');
    await page.keyboard.type('host-name a.example.com');
    await page.keyboard.press('Escape');
    const typed = '<virtual-mta a>\n    host-name a.example.com\n</virtual-mta>';
    await workbench.saved(TYPING, 'the cursor is between the tags', (text) => text.includes(typed));
  },

  /** Behind a comment the end tag is written when Enter is pressed, by the extension itself. */
  async end_tag_on_enter(workbench) {
    const { page } = workbench;
    await afresh(workbench, TYPING);
    await page.keyboard.press('Control+End');
    await page.keyboard.insertText('<virtual-mta a> # new');
    await page.keyboard.press('Enter');
    await until('the end tag', async () => (await workbench.text()).includes('</virtual-mta>'));
    await page.keyboard.type('host-name a.example.com');
    await page.keyboard.press('Escape');
    const typed = '<virtual-mta a> # new\n    host-name a.example.com\n</virtual-mta>';
    await workbench.saved(TYPING, 'the cursor is between the tags', (text) => text.includes(typed));
  },

  /** What applies to a queue, and the way to the line that says so. */
  async effective_settings(workbench) {
    const { page } = workbench;
    await workbench.show(CONFIG);
    await workbench.goTo(CONFIG, 'max-smtp-out 20');
    await workbench.run('PowerMTA: Show the effective settings of a queue');
    await until('the settings', async () => /Queue Settings[^]*max-smtp-out/.test(await workbench.text()));
    await page.locator('.detected-link').first().click({ modifiers: ['Control'] });
    await page.locator('.tab.active[data-resource-name="config"]').last().waitFor();
    await workbench.run('View: Close All Editors');
  },

  /** The route of a message that is asked for in three boxes. */
  async trace(workbench) {
    await workbench.show(CONFIG);
    await workbench.run('PowerMTA: Trace a message', { asks: true });
    await workbench.reply('(1/3)', 'news@example.com');
    await workbench.reply('(2/3)', 'you@example.net');
    await workbench.reply('(3/3)', '127.0.0.1');
    await until('the route', async () => /Queued in example\.net\/\w+/.test(await workbench.text()));
    await workbench.run('View: Close Editor');
  },

  async check_workspace(workbench) {
    const { page } = workbench;
    await workbench.show(CONFIG);
    await workbench.run('PowerMTA: Check the workspace');
    await page.locator('.notification-toast', { hasText: /in \d+ of \d+ files\./ }).waitFor();
    await page.locator('.markers-panel').waitFor();
    await dismiss(page);
    await page.keyboard.press('Control+J');
  },

  /** Files that the setting names are configuration. */
  async more_files(workbench) {
    await workbench.show('elsewhere/mail.ini');
    await workbench.page.locator('.statusbar-item', { hasText: /^PowerMTA$/ }).waitFor();
  },

  async restart(workbench) {
    const { page } = workbench;
    await workbench.show(CONFIG);
    const before = workbench.servers();
    assert.notEqual(before.length, 0, 'no server runs');
    await workbench.run('PowerMTA: Restart the language server');
    await until('the old server is gone', () => !workbench.servers().some((it) => before.includes(it)));
    await until('a new server runs', () => workbench.servers().length > 0);
    await page.locator('.statusbar-item', { hasText: /pmta-ls \d+\.\d+/ }).waitFor();
    await page.locator('.cdr.squiggly-warning, .cdr.squiggly-error').first().waitFor();
  },

  /** A command of the server, whose answer the extension shows. */
  async commands(workbench) {
    const { page } = workbench;
    await workbench.show(CONFIG);
    await workbench.run('PowerMTA: Fix all files');
    await page.locator('.notification-toast', { hasText: /fixed safely/ }).waitFor();
    await dismiss(page);
  },

  async log(workbench) {
    await workbench.run('PowerMTA: Show the log of the language server');
    await workbench.page.locator('.panel select option:checked', { hasText: 'PowerMTA' }).first().waitFor({ state: 'attached' });
    await workbench.page.keyboard.press('Control+J');
  },

  async walkthrough(workbench) {
    const { page } = workbench;
    await workbench.run('Welcome: Open Walkthrough...', { asks: true });
    await workbench.choose('Begin with PowerMTA');
    await page.locator('.getting-started-step', { hasText: 'Trace a message' }).waitFor();
  },
};

async function toggleDetails(page) {
  if (!(await page.locator('.suggest-details-container:visible').count())) {
    await page.keyboard.press('Control+Space');
  }
  await page.locator('.suggest-details-container').waitFor();
}

/** Shows a file as it was at first. */
async function afresh(workbench, file) {
  await workbench.show(file);
  await workbench.restore(file, FILES[file]);
}

/** Types a tag, and puts away what is completed meanwhile. */
async function typeTag(page, tag) {
  await page.keyboard.type(tag.slice(0, -1));
  await page.keyboard.press('Escape');
  await page.keyboard.type('>');
}

async function dismiss(page) {
  await page.locator('.notification-toast').first().hover();
  await page.locator('.notification-toast .codicon-notifications-clear').first().click();
}
