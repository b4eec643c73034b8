// The folder of the extension: npm runs the tests there.

export const EXTENSION = process.cwd();
