// Shows texts that the server makes: effective settings, routes, syntax trees.

import * as vscode from 'vscode';
import type { LanguageClient, Location, Range } from 'vscode-languageclient/node';
import { type Asked, askedBy, SCHEME, viewUri } from './view_uri';

/** The command that the server puts into lenses and actions of editors that have it. */
export const SHOW = 'pmta-ls.showView';

/** A text that the server makes. */
interface View {
  text: string;
  /** The lines of files that it names. */
  links: { range: Range; target: Location }[];
}

export class Views implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  /** The links of the texts that are shown. */
  private readonly links = new Map<string, View['links']>();
  private readonly registered: vscode.Disposable;

  constructor(private readonly client: () => LanguageClient | undefined) {
    this.registered = vscode.Disposable.from(
      this.changed,
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
        onDidChange: this.changed.event,
        provideTextDocumentContent: (uri) => this.text(uri),
      }),
      vscode.languages.registerDocumentLinkProvider(
        { scheme: SCHEME },
        { provideDocumentLinks: ({ uri }) => (this.links.get(uri.toString()) ?? []).map(toLink) },
      ),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.links.delete(uri.toString())),
      vscode.commands.registerCommand(SHOW, ({ title, ...asked }: Asked & { title: string }) => this.show(title, asked)),
    );
  }

  /** Asks the server for a text; none if it has nothing to say. */
  async ask(asked: Asked): Promise<View | undefined> {
    const view = await this.client()?.sendRequest<View | null>('pmta-ls/view', asked);
    return view ?? undefined;
  }

  /** Shows a text beside the editor. */
  async show(title: string, asked: Asked): Promise<void> {
    const uri = vscode.Uri.from(viewUri(title, asked));
    // One that is shown already may be out of date.
    this.changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true });
  }

  dispose(): void {
    this.registered.dispose();
  }

  private async text(uri: vscode.Uri): Promise<string> {
    const view = await this.ask(askedBy(uri.query));
    this.links.set(uri.toString(), view?.links ?? []);
    return view?.text ?? 'There is nothing to show.\n';
  }
}

function toLink({ range, target }: View['links'][number]): vscode.DocumentLink {
  const { start, end } = range;
  const line = target.range.start.line + 1;
  return new vscode.DocumentLink(
    new vscode.Range(start.line, start.character, end.line, end.character),
    vscode.Uri.parse(target.uri).with({ fragment: `L${line}` }),
  );
}
