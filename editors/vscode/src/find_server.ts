// Finds the server: the first candidate that says it is one.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Candidate, versionIn } from './server_path';

/** How long a program may take to say its version, in milliseconds. */
const PATIENCE = 10_000;

/** A program that is the server. */
export interface Found extends Candidate {
  version: string;
}

/** A program that is not the server, and why. */
export interface Refused extends Candidate {
  reason: string;
}

/** The server, and what was tried before it. */
export async function findServer(candidates: Candidate[]): Promise<{ found?: Found; refused: Refused[] }> {
  const refused: Refused[] = [];
  for (const candidate of candidates) {
    try {
      return { found: { ...candidate, version: await version(candidate.command) }, refused };
    } catch (error) {
      refused.push({ ...candidate, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return { refused };
}

async function version(command: string): Promise<string> {
  const { stdout } = await promisify(execFile)(command, ['--version'], { timeout: PATIENCE });
  const found = versionIn(stdout);
  if (!found) {
    throw new Error(`"${command} --version" does not answer as pmta-ls does.`);
  }
  return found;
}
