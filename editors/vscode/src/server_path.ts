// Where the server may be: environment variable, setting, beside the extension, PATH.

import * as path from 'node:path';

const PROGRAM = 'pmta-ls';

/** A program that may be the server. */
export interface Candidate {
  command: string;
  /** What names it, for people. */
  from: string;
  /** Whether a person named it: then it is this one or none. */
  isNamed: boolean;
}

/** What is known of the machine and of what the person wants. */
export interface Surroundings {
  environment: Record<string, string | undefined>;
  /** What `pmta-ls.path` says. */
  setting: string | undefined;
  /** The folder of the extension. */
  extension: string;
  /** The folder that `~` stands for. */
  home: string;
  platform: NodeJS.Platform;
}

/** The programs to try, the first one first. */
export function candidates({ environment, setting, extension, home, platform }: Surroundings): Candidate[] {
  const named = (command: string, from: string): Candidate[] => [
    { command: expandHome(command, home), from, isNamed: true },
  ];
  const variable = environment['PMTA_LS_PATH']?.trim();
  if (variable) {
    return named(variable, 'the environment variable PMTA_LS_PATH');
  }
  const wanted = setting?.trim();
  if (wanted) {
    return named(wanted, 'the setting pmta-ls.path');
  }
  const file = platform === 'win32' ? `${PROGRAM}.exe` : PROGRAM;
  return [
    { command: path.join(extension, 'server', file), from: 'the extension', isNamed: false },
    { command: PROGRAM, from: 'PATH', isNamed: false },
  ];
}

function expandHome(file: string, home: string): string {
  return /^~[/\\]/.test(file) ? path.join(home, file.slice(2)) : file;
}

/** The version in what `--version` prints; none if that is another program. */
export function versionIn(printed: string): string | undefined {
  return /^pmta-ls (\d+\.\d+\.\d+\S*)\s*$/.exec(printed)?.[1];
}
