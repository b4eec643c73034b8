#!/usr/bin/env python3
"""Runs a language server and keeps one of its capabilities from the client.

    without.py CAPABILITY -- SERVER [ARGUMENT...]

The capability is missing from what the server says it can do, at the start and later; what it sends
of that kind is dropped, and whoever asks for it all the same gets `null`. So a test of an editor that
still passes behind this does not test the capability.
"""

import json
import os
import subprocess
import sys
import threading

# Of each capability: what it is called when a server starts, and the requests and messages that make it up.
CAPABILITIES = {
    "codeAction": (["codeActionProvider"], ["textDocument/codeAction", "codeAction/resolve"]),
    "command": (["executeCommandProvider"], ["workspace/executeCommand", "pmta-ls/view"]),
    "completion": (["completionProvider"], ["textDocument/completion", "completionItem/resolve"]),
    "definition": (["definitionProvider"], ["textDocument/definition"]),
    "diagnostics": (
        ["diagnosticProvider"],
        ["textDocument/publishDiagnostics", "textDocument/diagnostic", "workspace/diagnostic"],
    ),
    "documentSymbol": (["documentSymbolProvider"], ["textDocument/documentSymbol"]),
    "formatting": (
        ["documentFormattingProvider", "documentRangeFormattingProvider"],
        ["textDocument/formatting", "textDocument/rangeFormatting"],
    ),
    "hover": (["hoverProvider"], ["textDocument/hover"]),
    "onTypeFormatting": (["documentOnTypeFormattingProvider"], ["textDocument/onTypeFormatting"]),
    "references": (["referencesProvider"], ["textDocument/references"]),
    "rename": (["renameProvider"], ["textDocument/rename", "textDocument/prepareRename"]),
    "semanticTokens": (
        ["semanticTokensProvider"],
        [
            "textDocument/semanticTokens",
            "textDocument/semanticTokens/full",
            "textDocument/semanticTokens/full/delta",
            "textDocument/semanticTokens/range",
        ],
    ),
}


def read(stream):
    """The next message; none at the end."""
    length = None
    while line := stream.readline():
        if not line.strip():
            break
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            length = int(value)
    body = stream.read(length) if length is not None else b""
    return json.loads(body) if body else None


class Writer:
    """One end of the way to the client or to the server, used by both threads."""

    def __init__(self, stream):
        self.stream = stream
        self.lock = threading.Lock()

    def send(self, message):
        body = json.dumps(message).encode()
        with self.lock:
            self.stream.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
            self.stream.flush()


class Filter:
    def __init__(self, capability):
        self.names, self.methods = CAPABILITIES[capability]
        self.asked = {}

    def to_server(self, message):
        """Remembers what is asked for, so that the answer can be told apart."""
        if "method" in message and "id" in message:
            self.asked[message["id"]] = message["method"]

    def to_client(self, message):
        """The message as the client gets it; none: not at all."""
        if "method" not in message:
            method = self.asked.pop(message.get("id"), None)
            if method == "initialize" and "result" in message:
                for name in self.names:
                    message["result"]["capabilities"].pop(name, None)
            elif method in self.methods:
                message = {"jsonrpc": "2.0", "id": message["id"], "result": None}
        elif message["method"] in self.methods:
            return None
        elif message["method"] == "client/registerCapability":
            parameters = message["params"]
            parameters["registrations"] = [
                it for it in parameters["registrations"] if it["method"] not in self.methods
            ]
        return message


def main():
    capability, separator, *command = sys.argv[1:] + ["", ""]
    command = command[:-2] if len(sys.argv) > 2 else []
    if capability not in CAPABILITIES or separator != "--" or not command:
        sys.exit(f"usage: without.py CAPABILITY -- SERVER [ARGUMENT...]; one of {', '.join(CAPABILITIES)}")
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    to_server, to_client, between = Writer(server.stdin), Writer(sys.stdout.buffer), Filter(capability)

    def forward():
        try:
            while (message := read(sys.stdin.buffer)) is not None:
                between.to_server(message)
                to_server.send(message)
            server.stdin.close()
        except (BrokenPipeError, ValueError):
            pass  # The server has ended first.

    threading.Thread(target=forward, daemon=True).start()
    try:
        while (message := read(server.stdout)) is not None:
            message = between.to_client(message)
            if message is not None:
                to_client.send(message)
    except BrokenPipeError:
        server.stdin.close()
    # The thread that reads may be in the middle of it: nothing waits for it.
    os._exit(server.wait())


if __name__ == "__main__":
    main()
