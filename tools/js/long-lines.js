// The formatter leaves long words, comments and template texts alone: no line may be longer than 120 characters.

import { readFileSync } from 'node:fs';

const MOST = 120;
const long = process.argv
  .slice(2)
  .flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line, at) => ([...line].length > MOST ? [`${file}:${at + 1}`] : [])),
  );
if (long.length) {
  console.error(`Lines over ${MOST} characters:\n${long.join('\n')}`);
  process.exit(1);
}
