// A key or a certificate is nobody's configuration, whatever its name is.
'use strict';

const vscode = require('vscode');

/** @returns {vscode.Disposable} */
function leaveKeysAlone() {
  vscode.workspace.textDocuments.forEach(showAsText);
  return vscode.workspace.onDidOpenTextDocument(showAsText);
}

/** @param {vscode.TextDocument} document */
function showAsText(document) {
  if (document.languageId === 'pmta' && document.lineAt(0).text.startsWith('-----BEGIN ')) {
    vscode.languages.setTextDocumentLanguage(document, 'plaintext');
  }
}

module.exports = { leaveKeysAlone };
